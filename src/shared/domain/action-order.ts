import { isDoneAlready, partOf, replaces, type Action } from './action.ts'
import { holderOf, isSameStatus, seenOf, type Seen } from './conflict.ts'
import type { Conversation } from './conversation.ts'
import type { OutboxRow } from './outbox.ts'

/**
 * An action as it is kept, with what the agent saw of the conversation: the server's word, under `open`, our own orders
 * of it that are on their way. While one of those lies over a part, what the server said of it since was not seen.
 */
export function actionOrder(action: Action, said: Conversation, open: readonly OutboxRow[]): ActionOrder {
  const earlier = open.flatMap(waiting)
  const isDropped = (each: Waiting): boolean => each.isUntried && replaces(action, each.action)
  const ours = earlier.flatMap((each) => [
    ...(each.saw?.ours ?? []),
    ...(isDropped(each) ? [] : [each.action]),
  ])
  const ofPart = earlier.filter((each) => partOf(each.action.kind) === partOf(action.kind))
  const pinned = ofPart.find((each) => each.saw !== undefined)?.saw
  const saw = withPinned(action, seenOf(said, unlike(ours)), pinned)
  const leavesNothing = ofPart.length > 0 && ofPart.every(isDropped) && !ours.some(isOfPart(action))
  const order = { kind: 'action', action, seenAt: said.lastTheirsAt, saw } as const
  return leavesNothing && isBack(action, saw, said) ? { ...order, isBack: true } : order
}

export type ActionOrder = Extract<OutboxRow['order'], { kind: 'action' }>

interface Waiting {
  readonly action: Action
  readonly saw: Seen | undefined
  /** Surely nothing of it has left, nor will once it is replaced. */
  readonly isUntried: boolean
}

/** What the server refused, it did not do. */
function waiting({ order, state, attempts }: OutboxRow): Waiting[] {
  if (order.kind !== 'action' || state.kind === 'failed' || state.kind === 'sent') return []
  const isUntried = attempts === 0 && (state.kind === 'held' || state.kind === 'queued')
  return [{ action: order.action, saw: order.saw, isUntried }]
}

function isOfPart(action: Action): (other: Action) => boolean {
  return (other) => partOf(other.kind) === partOf(action.kind)
}

/** Each once: orders inherit from orders, and would grow without end. */
function unlike(actions: readonly Action[]): Action[] {
  return [...new Map(actions.map((each) => [JSON.stringify(each), each])).values()]
}

function withPinned(action: Action, seen: Seen, pinned: Seen | undefined): Seen {
  if (pinned === undefined) return seen
  switch (partOf(action.kind)) {
    case 'status':
      return { ...seen, status: pinned.status }
    case 'assignee':
      return { ...seen, assignee: pinned.assignee }
    case 'team':
      return { ...seen, team: pinned.team }
    case 'priority':
      return { ...seen, priority: pinned.priority }
    case 'labels':
    case 'read':
      return seen
  }
}

/** Whether the order brings back what was there before the orders it replaces. */
function isBack(action: Action, saw: Seen, said: Conversation): boolean {
  switch (action.kind) {
    case 'resolve':
      return saw.status.kind === 'done' && Object.keys(action.answers).length === 0
    case 'reopen':
      return saw.status.kind === 'open'
    case 'pend':
      return saw.status.kind === 'pending'
    case 'snooze':
      return isSameStatus(saw.status, { kind: 'snoozed', until: action.until })
    case 'assign':
      // A bot that has it is nobody to us, and is to be taken off all the same.
      return saw.assignee === (action.to?.key ?? null) && (saw.assignee !== null || isHeldByNobody(said))
    case 'assignTeam':
      return saw.team === (action.to?.name ?? null)
    case 'prioritise':
      return saw.priority === action.priority
    case 'label':
    case 'mute':
    case 'unmute':
      return isDoneAlready(said, action)
    case 'markRead':
    case 'markUnread':
      return false
  }
}

function isHeldByNobody(said: Conversation): boolean {
  return said.assignee === null || holderOf(said) !== null
}
