import type { Action } from '../../src/shared/domain/action.ts'
import { seededRandom, type SeededRandom } from '../../src/simulators/seeded-random.ts'
import type { Place } from './rig.ts'

/** One thing the agent of a crash run orders; `conversation` is the server's key. */
export interface CrashOrder {
  readonly conversation: string
  /** A reply's own id, or what the action sets, as the desk of the run names it when the server accepted it. */
  readonly mark: string
  readonly what: CrashReply | { readonly kind: 'action'; readonly action: Action }
}

/** Typed into its draft, a file attached, and sent. */
export interface CrashReply {
  readonly kind: 'reply'
  readonly clientKey: string
  /** It is sent under this one first, taken back, and sent again from its draft. */
  readonly formerKey: string | null
  readonly text: string
  readonly isNote: boolean
  readonly file: CrashFile | null
}

export interface CrashFile {
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
}

export const repliesEach = 3
export const placesEach = 2

/**
 * What the agent orders in one run, in this order: in each conversation three replies, and what can be set there, the
 * last of it at the end. One reply has a file, one is a note, one is taken back and sent again; in every
 * other conversation two say the same. The conversations take turns by chance.
 */
export function crashOrders(seed: number, places: readonly Place[]): CrashOrder[] {
  const random = seededRandom(seed)
  const takenBackAt = random.between(0, places.length - 1)
  const queues = places.map((place, index) => {
    const same = random.chance(0.5) ? 'Thanks!' : null
    const replies = [index === takenBackAt, false].map((isTakenBack) => {
      const text = same ?? `Answer in ${place.conversation}: ${random.letters(6)}`
      return reply(random, place, { text, formerKey: isTakenBack ? uuid(random) : null })
    })
    const wishes = index % 2 === 0 ? ({ file: place.takesFiles } as const) : { note: place.takesNotes }
    const queue = replies.toSpliced(random.between(0, replies.length), 0, special(random, place, wishes))
    const setting = place.actions.map((action) => settingOf(place, action))
    const [last] = setting.splice(-1)
    for (const each of setting) queue.splice(random.between(0, repliesEach), 0, each)
    return last === undefined ? queue : [...queue, last]
  })
  const orders: CrashOrder[] = []
  const count = queues.reduce((sum, queue) => sum + queue.length, 0)
  while (orders.length < count) {
    const next = random.pick(queues.filter((queue) => queue.length > 0)).shift()
    if (next !== undefined) orders.push(next)
  }
  return orders
}

/** What an action sets, in a word or two; unique among those of a conversation. */
export function markOfAction(action: Action): string {
  return action.kind === 'label' ? `label ${action.add.join(',')}` : action.kind
}

/** Every mark the server may know an order by. */
export function marksOf({ mark, what }: CrashOrder): string[] {
  return what.kind === 'reply' && what.formerKey !== null ? [what.formerKey, mark] : [mark]
}

function special(
  random: SeededRandom,
  place: Place,
  { file = false, note = false }: { readonly file?: boolean; readonly note?: boolean },
): CrashOrder {
  const name = `${random.letters(8)}.txt`
  const attached = { id: uuid(random), name, sizeBytes: random.between(2_000, 90_000) }
  const text = `${file ? 'See' : 'About'} ${name}`
  return reply(random, place, { text, isNote: note, file: file ? attached : null })
}

function reply(random: SeededRandom, { conversation }: Place, of: Partial<CrashReply>): CrashOrder {
  const clientKey = uuid(random)
  const bare = { kind: 'reply', clientKey, formerKey: null, text: '', isNote: false, file: null } as const
  return { conversation, mark: clientKey, what: { ...bare, ...of } }
}

function settingOf({ conversation }: Place, action: Action): CrashOrder {
  return { conversation, mark: markOfAction(action), what: { kind: 'action', action } }
}

function uuid(random: SeededRandom): string {
  const hex = (count: number): string => random.letters(count, '0123456789abcdef')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
}
