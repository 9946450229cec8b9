import { isOfWhatWasSeen, type Action } from '../../shared/domain/action.ts'
import type { LocalMark } from '../../shared/domain/mark.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import type { AccountRow } from '../../shared/contract/contract.ts'
import type { Session } from '../providers/provider.ts'
import type { Store } from '../store/store.ts'

/**
 * What can be done on this computer alone where a server has no part for it: to be done, to sleep, to be read. It hides
 * a conversation until the customer writes again, and no colleague sees it.
 */
export const doableHere = { resolve: true, snooze: true, markRead: true, markUnread: true } as const

/** What an account's agent can do, there or here. */
export function withHere(can: AccountRow['can']): AccountRow['can'] {
  return { ...can, ...doableHere }
}

/** Whether the server has no part for this action, so that it is done here. */
export function isDoneHere(session: Session, action: Action): boolean {
  switch (action.kind) {
    case 'resolve':
      return session.done === undefined
    case 'snooze':
      return session.snooze === undefined && action.until !== null
    case 'markRead':
      return session.read === undefined
    case 'markUnread':
      return session.read?.markUnread === undefined
    case 'reopen':
    case 'pend':
    case 'assign':
    case 'assignTeam':
    case 'label':
    case 'prioritise':
    case 'mute':
    case 'unmute':
      return false
  }
}

/** Marks the conversation as the action wants it, up to what the agent saw when it was ordered. */
export function doHere(store: Store, row: OutboxRow, action: Action): void {
  const mark = store.mark(row.conversationId) ?? unmarked(row)
  const seenAt = isOfWhatWasSeen(action.kind) ? (row.order.seenAt ?? 0) : mark.seenAt
  if (action.kind === 'resolve') keep(store, { ...mark, seenAt, local: { kind: 'done' } })
  if (action.kind === 'snooze' && action.until !== null)
    keep(store, { ...mark, seenAt, local: { kind: 'snoozed', until: action.until } })
  if (action.kind === 'markRead') keep(store, { ...mark, readAt: seenAt, unreadByHand: false })
}

/** Takes back what was only done here. */
export function reopenHere(store: Store, id: OutboxRow['conversationId']): boolean {
  const mark = store.mark(id)
  if (mark === null || mark.local === null) return false
  keep(store, { ...mark, local: null })
  return true
}

/** Wakes what slept here until now; tells which. */
export function wakeHere(store: Store, now: number): OutboxRow['conversationId'][] {
  const due = store.dueMarks(now)
  for (const id of due) reopenHere(store, id)
  return due
}

function keep(store: Store, mark: LocalMark): void {
  const saysNothing = mark.local === null && !mark.unreadByHand && (mark.readAt ?? null) === null
  if (saysNothing) store.removeMark(mark.conversationId)
  else store.putMark(mark)
}

function unmarked({ conversationId }: OutboxRow): LocalMark {
  return { conversationId, local: null, seenAt: 0, readAt: null, unreadByHand: false }
}
