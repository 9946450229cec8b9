import { marksOf, type CrashOrder } from './crash-orders.ts'

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

/** What the server did for us. */
export interface AcceptedOrder {
  readonly conversation: string
  /** Null for a reply of a server that does not keep our ids. */
  readonly mark: string | null
  readonly text: string | null
  readonly fileSizes: readonly number[]
}

export interface Verdict {
  /** Ordered and kept, but neither at the server nor waiting on the disk; or there without its file. */
  readonly lost: readonly string[]
  /** Replies which the customer got twice, or will: at the server and queued as well. And what nobody ordered. */
  readonly doubled: readonly string[]
  /** Done before something that was ordered earlier in the same conversation. */
  readonly outOfOrder: readonly string[]
  /** What the server has. */
  readonly there: readonly string[]
  readonly asked: readonly string[]
  /** Asked about although the server has it. */
  readonly askedInVain: readonly string[]
  /** Actions set more than once, which is their right: a state set twice is the same state. */
  readonly setAgain: readonly string[]
}

/** Compares what was ordered with what the server accepted, in its order, and what is still open here. Pure. */
export function judge(
  orders: readonly CrashOrder[],
  accepted: readonly AcceptedOrder[],
  open: readonly OpenOrder[],
): Verdict {
  const done = recognised(orders, accepted)
  const namesOf = (which: (order: CrashOrder) => boolean): string[] => orders.filter(which).map(nameOf)
  const times = (order: CrashOrder): number => done.filter((each) => each.order === order).length
  const openAs = (order: CrashOrder): OpenOrder | undefined =>
    open.find(({ mark }) => marksHere(order).includes(mark))
  const strange = done.flatMap(({ order, by }) => (order === null ? [`${by.conversation}: ${by.text}`] : []))
  const isReply = ({ what }: CrashOrder): boolean => what.kind === 'reply'
  const isQueuedToo = (order: CrashOrder): boolean =>
    times(order) === 1 && ['held', 'queued'].includes(openAs(order)?.state ?? '')
  return {
    lost: [
      ...namesOf((order) => times(order) === 0 && openAs(order) === undefined),
      ...done.flatMap(({ order, by }) => (order === null || hasItsFile(order, by) ? [] : [nameOf(order)])),
    ],
    doubled: [...namesOf((order) => isReply(order) && (times(order) > 1 || isQueuedToo(order))), ...strange],
    outOfOrder: [...new Set(orders.map(({ conversation }) => conversation))].flatMap((conversation) =>
      overtaking(
        orders.filter((each) => each.conversation === conversation),
        done.map(({ order }) => order),
      ),
    ),
    there: namesOf((order) => times(order) > 0),
    asked: namesOf((order) => openAs(order)?.isAsked === true),
    askedInVain: namesOf((order) => openAs(order)?.isAsked === true && times(order) > 0),
    setAgain: namesOf((order) => !isReply(order) && times(order) > 1),
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

/** Unique, as some replies say the same. */
export function nameOf({ what, conversation, mark }: CrashOrder): string {
  return `${conversation}: ${what.kind === 'reply' ? `${what.text} (${mark.slice(0, 8)})` : mark}`
}

/** Marks of one conversation's actions are told apart from another's. */
function marksHere(order: CrashOrder): string[] {
  return order.what.kind === 'reply' ? marksOf(order) : [`${order.conversation} ${order.mark}`]
}

interface Done {
  /** Null for what nobody ordered. */
  readonly order: CrashOrder | null
  readonly by: AcceptedOrder
}

/**
 * Which order each is that the server did. A reply without our id is, of those that say the same in its conversation,
 * the one whose turn it is: they have to come in the order in which they were written. Where it is one too many, it
 * is the last of them once more.
 */
function recognised(orders: readonly CrashOrder[], accepted: readonly AcceptedOrder[]): Done[] {
  const met = new Map<string, number>()
  return accepted.map((by) => {
    const here = orders.filter(({ conversation }) => conversation === by.conversation)
    const { mark } = by
    if (mark !== null) return { by, order: here.find((order) => marksOf(order).includes(mark)) ?? null }
    const same = here.filter(({ what }) => what.kind === 'reply' && what.text === by.text)
    const key = `${by.conversation}: ${by.text}`
    const turn = met.get(key) ?? 0
    met.set(key, turn + 1)
    return { by, order: same[turn] ?? same.at(-1) ?? null }
  })
}

function hasItsFile({ what }: CrashOrder, { fileSizes }: AcceptedOrder): boolean {
  const sizes = what.kind === 'reply' && what.file !== null ? [what.file.sizeBytes] : []
  return sizes.join(' ') === fileSizes.join(' ')
}

/** Orders of one conversation that were done although an earlier one was not, or not yet. */
function overtaking(orders: readonly CrashOrder[], done: readonly (CrashOrder | null)[]): string[] {
  const firstOf = (order: CrashOrder): number => {
    const at = done.indexOf(order)
    return at === -1 ? Infinity : at
  }
  return orders.flatMap((order, index) => {
    const at = firstOf(order)
    const isAhead = orders.slice(0, index).some((earlier) => firstOf(earlier) > at)
    return at < Infinity && isAhead ? [nameOf(order)] : []
  })
}
