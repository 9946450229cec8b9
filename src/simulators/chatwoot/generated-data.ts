import type { SeededRandom } from '../seeded-random.ts'
import { addContact, settle, type Settled } from './settling.ts'
import { markSeen } from './read-state.ts'
import { addConversation, addMessage } from './rules.ts'
import { setAssignee, setStatus } from './rules-state.ts'
import type { Account, ConversationStatus, World } from './world.ts'
import { emptyPlan } from './small-data.ts'

/** Many conversations fast, the same for the same seed: for scrolling, loading and measuring, not for reading. */
export function generate(world: World, count: number, token: string): Settled {
  const settled = settle(world, emptyPlan, token)
  const [account] = world.accounts.values()
  if (account === undefined) throw new Error('The empty plan has no account.')
  const now = world.clock.now()
  // Oldest first, as they would have come; the newest a minute ago, the oldest some weeks.
  for (let index = count; index > 0; index -= 1) {
    const startedAt = now - 60_000 - Math.round((index / count) ** 2 * 40 * 86_400_000)
    generateOne(world, account, settled.me.id, startedAt)
  }
  return settled
}

function generateOne(world: World, account: Account, meId: number, startedAt: number): void {
  const { random } = world
  const inbox = random.pick([...account.inboxes.values()])
  const contact = addContact(
    world,
    account,
    { name: personName(random), hasPortrait: random.chance(0.5) },
    startedAt,
  )
  const conversation = addConversation(world, account, { inbox, contactId: contact.id, at: startedAt })
  const place = { world, account, conversation }
  const customer = { kind: 'contact', id: contact.id } as const
  const me = { kind: 'user', id: meId } as const
  const count = random.between(1, 7)
  for (let index = 0; index < count; index += 1) {
    const at = startedAt + index * 7000
    const isTheirs = index % 3 !== 1
    addMessage(place, {
      type: isTheirs ? 'incoming' : 'outgoing',
      sender: isTheirs ? customer : me,
      content: sentence(random),
      at,
    })
  }
  const at = startedAt + count * 7000
  if (random.chance(0.4)) setAssignee(place, me, { by: me, at })
  const status = statusOf(random)
  if (status !== 'open') setStatus(place, status, { by: me, at })
  if (status === 'resolved' || random.chance(0.6)) markSeen(conversation, meId, at)
  if (random.chance(0.3)) conversation.labels = [random.pick(['delivery', 'question', 'invoice'])]
  if (random.chance(0.15)) conversation.priority = random.pick(['low', 'medium', 'high', 'urgent'])
}

function statusOf(random: SeededRandom): ConversationStatus {
  const drawn = random.next()
  if (drawn < 0.75) return 'open'
  if (drawn < 0.8) return 'pending'
  return drawn < 0.85 ? 'snoozed' : 'resolved'
}

function personName(random: SeededRandom): string {
  return `${random.pick(firstNames)} ${random.pick(lastNames)}`
}

function sentence(random: SeededRandom): string {
  const parts = [random.pick(openings), random.pick(subjects), random.pick(endings)]
  return `${parts.join(' ')} (${random.letters(4, '0123456789')})`
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
  'Mira',
  'Noor',
  'Olu',
  'Pia',
]
const lastNames = [
  'Abend',
  'Barros',
  'Castellan',
  'Dahlke',
  'Ekwueme',
  'Fiorin',
  'Garde',
  'Holmqvist',
  'Ito',
  'Jansma',
  'Kovalik',
  'Lindo',
  'Marchetti',
  'Nakano',
]
const openings = [
  'Could you tell me',
  'I would like to know',
  'Nobody told me',
  'I still wonder',
  'Please check',
]
const subjects = [
  'where my order is',
  'how the return works',
  'whether the colour fits',
  'when you open',
  'what the invoice means',
]
const endings = [
  'today?',
  'before the weekend.',
  'as soon as you can.',
  'when you have a minute.',
  '- thank you!',
]
