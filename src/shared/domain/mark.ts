import type { ConversationId } from './ids.ts'

/**
 * What only this computer knows of a conversation. `done` and `snoozed` hide it until the customer writes after
 * `seenAt`; `unread` is the agent's "marked unread by hand", which wins until the conversation is opened.
 */
export interface LocalMark {
  readonly conversationId: ConversationId
  readonly local: { readonly kind: 'done' } | { readonly kind: 'snoozed'; readonly until: number } | null
  readonly seenAt: number
  readonly unreadByHand: boolean
}
