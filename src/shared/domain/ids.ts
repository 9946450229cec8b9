/** Ids are opaque strings; only this file knows that a conversation's id starts with its account's. */
export type AccountId = string & { readonly brand: 'AccountId' }
export type ConversationId = string & { readonly brand: 'ConversationId' }
export type MessageId = string & { readonly brand: 'MessageId' }
/** The outbox row's id; also the client key of a reply and the own id a server may keep for us. */
export type OutboxId = string & { readonly brand: 'OutboxId' }

export function accountId(raw: string): AccountId {
  if (raw === '' || raw.includes(':')) throw new Error(`not an account id: ${raw}`)
  return raw as AccountId
}

export function conversationId(account: AccountId, key: string): ConversationId {
  return `${account}:${key}` as ConversationId
}

export function messageId(conversation: ConversationId, key: string): MessageId {
  return `${conversation}/${key}` as MessageId
}

/** The account a conversation belongs to. */
export function accountOf(conversation: ConversationId): AccountId {
  return conversation.slice(0, conversation.indexOf(':')) as AccountId
}

/** The provider's own key of a conversation. */
export function keyOf(conversation: ConversationId): string {
  return conversation.slice(conversation.indexOf(':') + 1)
}
