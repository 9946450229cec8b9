import type { Action } from '../../shared/domain/action.ts'
import type { OutboxId } from '../../shared/domain/ids.ts'
import type { OutboxRow, OutboxState } from '../../shared/domain/outbox.ts'
import type { Core } from './core.ts'

/**
 * How an order begins: held for as long as the agent chose, so that it can be taken back, or at once. Read marks are
 * looked at and not ordered, and opening again is how one takes back: those never wait.
 */
export function firstState(core: Core, order: Action | 'reply'): OutboxState {
  const undoMs = core.settings().undoSeconds * 1000
  const waits = order === 'reply' || !['markRead', 'markUnread', 'reopen', 'unmute'].includes(order.kind)
  if (!waits || undoMs === 0) return { kind: 'queued', notBefore: null }
  return { kind: 'held', until: core.parts.clock.now() + undoMs }
}

/** Until when all of these can be taken back; null where they leave at once. */
export function undoUntil(rows: readonly Pick<OutboxRow, 'state'>[]): number | null {
  const ends = rows.map(({ state }) => (state.kind === 'held' ? state.until : 0))
  const first = Math.min(...ends)
  return rows.length === 0 || first === 0 ? null : first
}

/** Newest first, so that a reply in several messages goes back into its draft in the order it was written. */
export function takeBack(core: Core, ids: readonly OutboxId[]): { undone: number; late: number } {
  const taken = [...new Set(ids)].reverse().flatMap((id) => core.parts.store.takeBack(id) ?? [])
  for (const { conversationId } of taken) core.publisher.orderMoved(conversationId)
  core.outbox.pump()
  return { undone: taken.length, late: new Set(ids).size - taken.length }
}
