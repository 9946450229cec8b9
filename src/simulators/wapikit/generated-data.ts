import type { SeededRandom } from '../seeded-random.ts'
import { them, us, type ServerPlan, type ThreadPlan } from './settling.ts'

/** Many conversations fast, the same for the same seed: for scrolling, loading and measuring, not for reading. */
export function generatedPlan(conversations: number, random: SeededRandom): ServerPlan {
  const threads = Array.from({ length: conversations }, (_, index) => thread(random, index, conversations))
  const people = [
    { name: 'Sanja Obuya' },
    { name: 'Teo Varga', accessLevel: 'Owner' },
    { name: 'Miro Castell', accessLevel: 'Member' },
  ] as const
  const own = { name: 'Paper Lantern Tours', people, tags: ['booking', 'refund'], lists: [], threads }
  return { organizations: [own] }
}

/** The newest a minute ago, the oldest some weeks. */
function thread(random: SeededRandom, index: number, count: number): ThreadPlan {
  const newest = 1 + ((index + 1) / count) ** 2 * 40 * 1440
  const length = random.between(1, 7)
  const lines = Array.from({ length }, (_, at) => {
    const minutesAgo = newest + (length - at) / 8
    const text = `${random.pick(openings)} ${random.pick(subjects)} (${random.letters(4, '0123456789')})`
    return at % 3 === 1 ? us(minutesAgo, text) : them(minutesAgo, text)
  })
  return {
    name: random.chance(0.6) ? `${random.pick(firstNames)} ${random.pick(lastNames)}` : '',
    phone: `1555${String(2_000_000 + index)}`,
    lines,
    ...(random.chance(0.1) ? { status: 'Closed' } : {}),
    ...(random.chance(0.2) ? { tags: [random.pick(['booking', 'refund'])] } : {}),
  }
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
  'Kaya',
  'Luan',
]
const lastNames = ['Abend', 'Barros', 'Castellan', 'Dahlke', 'Ekwueme', 'Fiorin', 'Garde', 'Holmqvist', 'Ito']
const openings = [
  'Could you tell me',
  'I would like to know',
  'Nobody told me',
  'I still wonder',
  'Please check',
]
const subjects = [
  'where we meet',
  'how long it takes',
  'whether it rains',
  'who our guide is',
  'what to bring',
]
