import type { Store } from '../../src/main/store/store.ts'
import { keyOf } from '../../src/shared/domain/ids.ts'
import type { OutboxRow } from '../../src/shared/domain/outbox.ts'
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

function markOf({ id, conversationId, order }: OutboxRow): string {
  if (order.kind === 'reply') return id
  const { action } = order
  const wanted = action.kind === 'label' ? `label ${action.add.join(',')}` : action.kind
  return `${keyOf(conversationId)} ${wanted}`
}
