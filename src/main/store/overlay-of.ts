import type { Overlay, PendingAction } from '../../shared/domain/effective.ts'
import type { LocalMark } from '../../shared/domain/mark.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'

/**
 * What this computer lays over a conversation: its mark, and the orders that may still come true, oldest first.
 * What the server refused no longer shows, nor does a reply whose fate the agent is asked about: it answered nobody yet.
 * A note answers nobody at all.
 */
export function overlayOf(mark: LocalMark | null, orders: readonly OutboxRow[]): Overlay {
  const pending: PendingAction[] = []
  let answeredUntil: number | null = null
  for (const { order, state } of orders) {
    if (state.kind === 'sent' || state.kind === 'failed') continue
    if (order.kind === 'action') pending.push({ action: order.action, seenAt: order.seenAt })
    else if (!order.isNote && (state.kind !== 'unsure' || !state.asked)) {
      if (order.seenAt !== null) answeredUntil = Math.max(answeredUntil ?? order.seenAt, order.seenAt)
    }
  }
  return { mark, pending, answeredUntil }
}

export function isClear(overlay: Overlay): boolean {
  return overlay.mark === null && overlay.pending.length === 0 && overlay.answeredUntil === null
}
