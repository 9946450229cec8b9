import type { ConversationRow, MessageRow } from '../../src/shared/contract/contract.ts'

/** A conversation's row with nothing remarkable about it but what is given. */
export function aRow(given: Partial<ConversationRow> & { id: string }): ConversationRow {
  return {
    accountId: 'acme',
    who: { name: 'Ayu', email: null, phone: null, avatar: null },
    inbox: { name: 'Website chat', channel: 'web' },
    subject: null,
    status: { kind: 'open' },
    isLocal: false,
    assignee: null,
    team: null,
    labels: [],
    priority: null,
    muted: false,
    unread: { kind: 'exact', count: 0 },
    readScope: 'everyone',
    needsYou: false,
    waitingSince: null,
    lastActivityAt: 0,
    canReply: true,
    replyUntil: null,
    limits: { maxLength: 150_000, files: 'many', quotes: true, copies: false, templates: false },
    preview: null,
    pending: [],
    outbox: 'clear',
    heldBack: 0,
    hasDraft: false,
    ...given,
  }
}

/** A message of the customer's, unless said otherwise. */
export function aMessage(given: Partial<MessageRow> & { id: string }): MessageRow {
  return {
    conversationId: 'acme:1',
    side: 'them',
    author: { name: 'Ayu', avatar: null },
    kind: 'text',
    text: 'Halo',
    html: null,
    subject: null,
    sentAt: 0,
    sequence: 0,
    delivery: { kind: 'none' },
    attachments: [],
    replyTo: null,
    isDeleted: false,
    mail: null,
    rating: null,
    outboxId: null,
    ...given,
  }
}
