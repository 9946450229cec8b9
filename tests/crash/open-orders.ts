import type { Store } from '../../src/main/store/store.ts'
import { keyOf } from '../../src/shared/domain/ids.ts'
import type { OutboxRow } from '../../src/shared/domain/outbox.ts'
import { markOfAction } from './crash-orders.ts'
import type { OpenOrder } from './judge.ts'

/** What a store still has to carry out, oldest first, by the marks of a crash run. */
export function openOrdersOf(store: Store): OpenOrder[] {
  return store.openOrders().map((row) => ({
    mark: markOf(row),
    conversation: keyOf(row.conversationId),
    isReply: row.order.kind === 'reply',
    state: row.state.kind,
    attempts: row.attempts,
    isAsked: row.state.kind === 'unsure' && row.state.asked,
  }))
}

/** Replies of which a byte may have left, and whose answer was not heard. */
export function underWayIn(store: Store): number {
  const isUnderWay = ({ order, state }: OutboxRow): boolean =>
    order.kind === 'reply' && state.kind === 'sending' && state.isPreparing !== true
  return store.openOrders().filter(isUnderWay).length
}

function markOf({ id, conversationId, order }: OutboxRow): string {
  return order.kind === 'reply' ? id : `${keyOf(conversationId)} ${markOfAction(order.action)}`
}
