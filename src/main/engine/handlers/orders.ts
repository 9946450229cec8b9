import { Refusal } from '../../../shared/contract/failure.ts'
import { accountOf, type ConversationId, type OutboxId } from '../../../shared/domain/ids.ts'
import type { ActionKind, OutboxOrder } from '../../../shared/domain/outbox.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'

type Names = 'reply.send' | 'conversation.act' | 'outbox.sendAgain' | 'outbox.check' | 'outbox.discard'

export function orderHandlers(core: Core): Pick<Handlers, Names> {
  return {
    'reply.send'({ conversationId, text, clientKey }) {
      const id = conversationId as ConversationId
      if (text.trim() === '') throw new Refusal('badInput', { field: 'text' })
      return give(core, id, clientKey, { kind: 'reply', text, seenAt: seenAt(core, id) })
    },
    'conversation.act'({ conversationId, action }) {
      const id = conversationId as ConversationId
      if (core.desk.accounts.get(accountOf(id))?.can[capability(action)] !== true)
        throw new Refusal('notPossible')
      const seen = seenAt(core, id)
      noteByHand(core, id, action)
      return give(core, id, core.parts.randomId(), { kind: 'action', action, seenAt: seen })
    },
    'outbox.sendAgain'({ outboxId }) {
      core.outbox.sendAgain(outboxId as OutboxId)
      return {}
    },
    'outbox.check': async ({ outboxId }) => ({ finding: await core.outbox.check(outboxId as OutboxId) }),
    'outbox.discard'({ outboxId }) {
      core.outbox.discard(outboxId as OutboxId)
      return {}
    },
  }
}

/** A row before it is a request: durable when this returns. */
function give(core: Core, id: ConversationId, key: string, order: OutboxOrder): { outboxId: string } {
  const row = core.parts.store.enqueue({
    id: key as OutboxId,
    accountId: accountOf(id),
    conversationId: id,
    order,
    state: { kind: 'queued', notBefore: null },
    createdAt: core.parts.clock.now(),
    attempts: 0,
  })
  core.publisher.orderMoved(id)
  core.outbox.pump()
  return { outboxId: row.id }
}

/** The newest message of theirs the agent could see when giving the order. */
function seenAt(core: Core, id: ConversationId): number | null {
  const said = core.parts.store.said(id)
  if (said === null) throw new Refusal('notFound')
  return said.lastTheirsAt
}

/** "Marked unread by hand" is this computer's and wins until the conversation is opened. */
function noteByHand(core: Core, id: ConversationId, action: ActionKind): void {
  const { store } = core.parts
  const mark = store.mark(id)
  if (action === 'markUnread') {
    store.putMark({
      conversationId: id,
      local: mark?.local ?? null,
      seenAt: mark?.seenAt ?? 0,
      unreadByHand: true,
    })
  }
  if (action === 'markRead' && mark?.unreadByHand === true) {
    if (mark.local === null) store.removeMark(id)
    else store.putMark({ ...mark, unreadByHand: false })
  }
}

function capability(action: ActionKind): 'resolve' | 'reopen' | 'markRead' | 'markUnread' {
  return action
}
