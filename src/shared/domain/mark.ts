import type { ConversationId } from './ids.ts'

/**
 * What only this computer knows of a conversation. `done` and `snoozed` hide it until the customer writes after
 * `seenAt`; `unread` is the agent's "marked unread by hand", which wins until the conversation is opened. `readAt` is
 * the read mark where no server keeps one; marks from before that was kept lack it.
 */
export interface LocalMark {
  readonly conversationId: ConversationId
  readonly local: { readonly kind: 'done' } | { readonly kind: 'snoozed'; readonly until: number } | null
  readonly seenAt: number
  readonly unreadByHand: boolean
  readonly readAt?: number | null
}
