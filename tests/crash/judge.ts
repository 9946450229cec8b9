import type { CrashOrder } from './crash-orders.ts'

/** An order that is still open on this computer's disk when all is quiet, by its mark. */
export interface OpenOrder {
  readonly mark: string
  readonly conversation: string
  readonly isReply: boolean
  readonly state: string
  readonly attempts: number
  /** The agent is asked what became of it. */
  readonly isAsked: boolean
}

/** What the server did for us, in the order in which it did so. */
export interface AcceptedOrder {
  readonly conversation: string
  readonly mark: string
}

export interface Verdict {
  /** Ordered and kept, but neither at the server nor waiting on the disk. */
  readonly lost: readonly string[]
  /** Replies which the customer got twice, or will: at the server and queued as well. */
  readonly doubled: readonly string[]
  /** Done before something that was ordered earlier in the same conversation. */
  readonly outOfOrder: readonly string[]
  readonly asked: readonly string[]
  /** Asked about although the server has it. */
  readonly askedInVain: readonly string[]
  /** Actions set more than once, which is their right: a state set twice is the same state. */
  readonly setAgain: readonly string[]
}

/** Compares what was ordered with what the server accepted and what is still open here. Pure. */
export function judge(
  orders: readonly CrashOrder[],
  accepted: readonly AcceptedOrder[],
  open: readonly OpenOrder[],
): Verdict {
  const namesOf = (which: (order: CrashOrder) => boolean): string[] => orders.filter(which).map(nameOf)
  const times = (order: CrashOrder): number => accepted.filter((each) => isOf(order, each)).length
  const openAs = (order: CrashOrder): OpenOrder | undefined =>
    open.find(({ mark }) => mark === markHere(order))
  return {
    lost: namesOf((order) => times(order) === 0 && openAs(order) === undefined),
    doubled: namesOf(
      (order) =>
        order.what.kind === 'reply' &&
        (times(order) > 1 || (times(order) === 1 && openAs(order)?.state === 'queued')),
    ),
    outOfOrder: [...new Set(orders.map(({ conversation }) => conversation))].flatMap((conversation) =>
      overtaking(
        orders.filter((each) => each.conversation === conversation),
        accepted,
      ),
    ),
    asked: namesOf((order) => openAs(order)?.isAsked === true),
    askedInVain: namesOf((order) => openAs(order)?.isAsked === true && times(order) > 0),
    setAgain: namesOf((order) => order.what.kind === 'action' && times(order) > 1),
  }
}

/** Whether nothing open goes on by itself: what is there has failed, asks, or waits behind such a reply. */
export function isQuiet(open: readonly OpenOrder[]): boolean {
  const blocked = new Set<string>()
  for (const { conversation, state, isReply, isAsked } of open) {
    if (blocked.has(conversation)) continue
    if (state !== 'failed' && !isAsked) return false
    if (isReply) blocked.add(conversation)
  }
  return true
}

/** Marks of one conversation's actions are told apart from another's. */
export function markHere({ conversation, mark, what }: CrashOrder): string {
  return what.kind === 'reply' ? mark : `${conversation} ${mark}`
}

function isOf(order: CrashOrder, { conversation, mark }: AcceptedOrder): boolean {
  return order.conversation === conversation && order.mark === mark
}

/** Orders of one conversation that were done although an earlier reply was not, or not yet. */
function overtaking(orders: readonly CrashOrder[], accepted: readonly AcceptedOrder[]): string[] {
  const firstOf = (order: CrashOrder): number => {
    const at = accepted.findIndex((each) => isOf(order, each))
    return at === -1 ? Infinity : at
  }
  return orders.flatMap((order, index) => {
    const at = firstOf(order)
    const isAhead = orders
      .slice(0, index)
      .some((earlier) => (earlier.what.kind === 'reply' || at < Infinity) && firstOf(earlier) > at)
    return at < Infinity && isAhead ? [nameOf(order)] : []
  })
}

function nameOf(order: CrashOrder): string {
  const { what, conversation, mark } = order
  return `${conversation}: ${what.kind === 'reply' ? what.text : mark}`
}
