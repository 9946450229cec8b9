import { accountOf, type ConversationId, type OutboxId } from '../../shared/domain/ids.ts'
import { refusedName } from '../../shared/domain/order-name.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import { say } from '../../shared/words/words.ts'
import type { Core } from './core.ts'
import { strandedActions } from './rows.ts'

/**
 * Tells of orders the server refused: where they were given the window may be gone since, or never have been there (the
 * tray). Each is told once.
 */
export interface Refusals {
  /** The orders of this conversation moved. */
  look(core: Core, id: ConversationId): void
}

/** `standing` are the orders that were refused before this start: they were told then. */
export function createRefusals(standing: readonly OutboxRow[]): Refusals {
  const told = new Set(strandedActions(standing).map((each) => each.outboxId as OutboxId))
  return {
    look(core, id) {
      const stranded = strandedActions(core.parts.store.openOrders(id))
      for (const { outboxId, action, failure } of stranded) {
        if (told.has(outboxId as OutboxId)) continue
        told.add(outboxId as OutboxId)
        const why = say(`failure.${failure.code}`, failure.facts)
        const name = core.parts.store.said(id)?.customer.name ?? ''
        const named = core.desk.accounts.get(accountOf(id))?.named ?? null
        const what = say(`stranded.${refusedName(action, named)}`, { why })
        core.hub.publish('notice.raised', {
          notice: 'orderRefused',
          conversationId: id,
          facts: { name, what },
        })
        if (!core.looking.visible) core.announcer.announce({ conversationId: id, title: name, body: what })
      }
    },
  }
}
