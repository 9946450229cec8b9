import type { Action } from '../../src/shared/domain/action.ts'
import { seededRandom, type SeededRandom } from '../../src/simulators/seeded-random.ts'

/** One thing the agent of a crash run orders; `conversation` is the server's key. */
export interface CrashOrder {
  readonly conversation: string
  /** A reply's own id, or what the action sets, as the desk of the run names it when the server accepted it. */
  readonly mark: string
  readonly what:
    | { readonly kind: 'reply'; readonly clientKey: string; readonly text: string }
    | { readonly kind: 'action'; readonly action: Action }
}

export const repliesEach = 3
const actionsEach = 2

/**
 * What the agent orders in one run, in this order: in each conversation three replies, a label somewhere between, and at
 * last to resolve it. The conversations take turns by chance; some replies say the same.
 */
export function crashOrders(
  seed: number,
  places: readonly { readonly conversation: string; readonly label: string }[],
): CrashOrder[] {
  const random = seededRandom(seed)
  const queues = places.map(({ conversation, label }) => {
    const replies = Array.from({ length: repliesEach }, (_, index) => replyOf(random, conversation, index))
    const labelling: CrashOrder = {
      conversation,
      mark: `label ${label}`,
      what: { kind: 'action', action: { kind: 'label', add: [label], remove: [] } },
    }
    const resolving: CrashOrder = {
      conversation,
      mark: 'resolve',
      what: { kind: 'action', action: { kind: 'resolve', answers: {} } },
    }
    return [...replies.toSpliced(random.between(0, repliesEach), 0, labelling), resolving]
  })
  const orders: CrashOrder[] = []
  while (orders.length < places.length * (repliesEach + actionsEach)) {
    const next = random.pick(queues.filter((queue) => queue.length > 0)).shift()
    if (next !== undefined) orders.push(next)
  }
  return orders
}

function replyOf(random: SeededRandom, conversation: string, index: number): CrashOrder {
  const clientKey = uuid(random)
  const text = random.chance(0.3) ? 'Thanks!' : `Answer ${index + 1} of ${conversation}: ${random.letters(6)}`
  return { conversation, mark: clientKey, what: { kind: 'reply', clientKey, text } }
}

function uuid(random: SeededRandom): string {
  const hex = (count: number): string => random.letters(count, '0123456789abcdef')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
}
