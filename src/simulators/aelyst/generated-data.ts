import { seededRandom } from '../seeded-random.ts'
import { by, them, type ContactPlan, type SpacePlan } from './plan.ts'
import { smallSpace } from './small-data.ts'

/** As many contacts as wanted, in the small world's workspace, about half of them open; the same for the same seed. */
export function generatedSpace(count: number, seed: number): SpacePlan {
  const random = seededRandom(seed)
  const contacts = Array.from({ length: count }, (_, index): ContactPlan => {
    const minutes = random.between(2, 40_000)
    const isAnswered = random.chance(0.4)
    const assignee = random.pick(['nilo', 'ada', null])
    return {
      name: `${random.pick(firstNames)} ${random.pick(lastNames)}`,
      phone: `+1555${String(2_000_000 + index)}`,
      channel: random.pick(['whatsapp', 'telegram', 'facebook']),
      status: random.chance(0.5) ? 'open' : 'closed',
      ...(assignee === null ? {} : { assignee }),
      lines: [
        them(`${minutes}m`, `${random.pick(questions)} (${random.letters(4, '0123456789')})`),
        ...(isAnswered ? [by('ada', `${minutes - 1}m`, 'One moment, I will look.')] : []),
      ],
    }
  })
  return { ...smallSpace, contacts }
}

const firstNames = [
  'Ana',
  'Birk',
  'Chidi',
  'Dina',
  'Emre',
  'Fadwa',
  'Goro',
  'Hana',
  'Ivo',
  'Jun',
  'Mira',
  'Olu',
]
const lastNames = [
  'Abend',
  'Barros',
  'Dahlke',
  'Ekwueme',
  'Fiorin',
  'Garde',
  'Ito',
  'Jansma',
  'Kovalik',
  'Lindo',
]
const questions = [
  'Where is my order?',
  'How does the return work?',
  'When do you open on Saturday?',
  'What does this invoice mean?',
  'Is the blue one in stock?',
]
