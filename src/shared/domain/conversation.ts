import type { Answers } from './attributes.ts'
import type { AccountId, ConversationId } from './ids.ts'
import type { ReplyLimits } from './reply.ts'

/** What a server last said of one conversation. Every `...At` is epoch milliseconds; `null` is "none" or "not known". */
export interface Conversation {
  readonly id: ConversationId
  readonly accountId: AccountId
  readonly key: string
  readonly status: Status
  readonly customer: Customer
  readonly inbox: Inbox
  readonly assignee: Person | null
  readonly team: string | null
  readonly labels: readonly string[]
  readonly priority: Priority | null
  readonly subject: string | null
  /** What the server said when it was last asked; see domain/reply-window for now. */
  readonly canReply: boolean
  /** How long after a message of theirs the channel takes free text; null for ever. */
  readonly replyWindowMs: number | null
  readonly limits: ReplyLimits
  /** Custom attributes of the conversation. */
  readonly attributes: Answers
  readonly muted: boolean
  readonly unread: Unread
  /** Messages of theirs up to this moment are read, in the sense of `readScope`. */
  readonly readAt: number | null
  readonly readScope: ReadScope
  /** The newest message of theirs, and the newest reply a human agent wrote to them (notes and bots do not count). */
  readonly lastTheirsAt: number | null
  readonly lastReplyAt: number | null
  /** First unanswered message of theirs: the server's word where it has one. */
  readonly waitingSince: number | null
  readonly createdAt: number
  readonly lastActivityAt: number
  /** The server's own version stamp of this row, so an older copy never overwrites a newer; null where it has none. */
  readonly updatedAt: number | null
  readonly preview: Preview | null
  /** Key of the newest message the server named with this row; tells whether our copy of the thread is behind. */
  readonly lastMessageKey: string | null
}

export type Status =
  | { readonly kind: 'open' }
  | { readonly kind: 'pending' }
  /** `until: null` means until the customer writes again. */
  | { readonly kind: 'snoozed'; readonly until: number | null }
  | { readonly kind: 'done' }
  | { readonly kind: 'gone' }
  /** A status we do not know: shown as open, never as done. */
  | { readonly kind: 'unknown'; readonly raw: string }

export type Unread =
  | { readonly kind: 'exact'; readonly count: number }
  | { readonly kind: 'atLeast'; readonly count: number }
  | { readonly kind: 'some' }

/** Who shares the read mark: every agent, only us as this user, or only this computer. */
export type ReadScope = 'everyone' | 'own' | 'device'

export type Priority = 'low' | 'medium' | 'high' | 'urgent'

export interface Customer {
  readonly key: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly avatarUrl: string | null
  readonly blocked: boolean
}

export interface Person {
  readonly key: string
  readonly name: string
  readonly avatarUrl: string | null
  readonly kind: 'agent' | 'bot'
  readonly isMe: boolean
}

export interface Inbox {
  readonly key: string
  readonly name: string
  readonly channel: Channel
}

export type Channel =
  | 'web'
  | 'email'
  | 'whatsapp'
  | 'sms'
  | 'facebook'
  | 'instagram'
  | 'telegram'
  | 'line'
  | 'tiktok'
  | 'voice'
  | 'api'
  | 'other'

export interface Preview {
  readonly side: Side
  readonly author: string | null
  readonly text: string
  readonly isNote: boolean
}

/** Who said it, as the agent sees it; never "incoming/outgoing". */
export type Side = 'me' | 'colleague' | 'bot' | 'them' | 'system'
