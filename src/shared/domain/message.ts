import type { Side } from './conversation.ts'
import type { ConversationId, MessageId } from './ids.ts'

/** One message as a server told it. `...At` is epoch milliseconds. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly key: string
  readonly side: Side
  readonly author: Author | null
  readonly kind: MessageKind
  readonly text: string
  /** Foreign HTML (e-mail), unsanitised: only the renderer's sanitiser may show it. */
  readonly html: string | null
  readonly subject: string | null
  readonly sentAt: number
  /** The provider's own order among messages of one moment. */
  readonly sequence: number
  readonly delivery: Delivery
  readonly attachments: readonly Attachment[]
  /** Key of the message this one answers. */
  readonly replyTo: string | null
  readonly isDeleted: boolean
  /** Addresses of an e-mail, as told. */
  readonly mail: MailAddresses | null
  /** A question how satisfied they are: `stars` 1 to 5 once they answered. */
  readonly rating: { readonly stars: number | null; readonly words: string | null } | null
  /** Our outbox row's id where the server kept it. */
  readonly ownId: string | null
}

export interface MailAddresses {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
}

export interface Author {
  readonly key: string
  readonly name: string
  readonly avatarUrl: string | null
}

/** `text` to or from the customer, `note` only agents see, `activity` told by the system, `other` anything new. */
export type MessageKind = 'text' | 'note' | 'activity' | 'other'

export type Delivery =
  | { readonly kind: 'none' }
  | { readonly kind: 'sent' | 'delivered' | 'read' }
  | { readonly kind: 'failed'; readonly reason: string | null }

export interface Attachment {
  readonly key: string
  readonly kind: 'image' | 'audio' | 'video' | 'file' | 'location' | 'contact' | 'other'
  readonly name: string
  readonly url: string | null
  readonly thumbUrl: string | null
  readonly sizeBytes: number | null
  readonly width: number | null
  readonly height: number | null
}
