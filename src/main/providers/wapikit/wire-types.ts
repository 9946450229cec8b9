/**
 * The names of what Wapikit tells in any of its dialects, as far as Tuntas reads them (docs/providers/wapikit.md §6, §13).
 * Every value is `unknown`: any may be missing, null or of another type, and only `foreign/read.ts` decides what it is.
 */
export interface WireConversation {
  readonly uniqueId?: unknown
  readonly contactId?: unknown
  readonly organizationId?: unknown
  readonly initiatedBy?: unknown
  readonly createdAt?: unknown
  readonly status?: unknown
  readonly messages?: unknown
  readonly numberOfUnreadMessages?: unknown
  /** Hosted only. */
  readonly totalMessages?: unknown
  readonly contact?: unknown
  readonly tags?: unknown
  readonly assignedTo?: unknown
}

export interface WireContact {
  readonly uniqueId?: unknown
  readonly name?: unknown
  readonly phone?: unknown
  readonly status?: unknown
}

export interface WireMessage {
  readonly uniqueId?: unknown
  readonly conversationId?: unknown
  readonly createdAt?: unknown
  readonly direction?: unknown
  readonly status?: unknown
  readonly message_type?: unknown
  /** Hosted spells it so. */
  readonly messageType?: unknown
  readonly messageData?: unknown
  readonly replyToMessageId?: unknown
  readonly whatsAppMessageId?: unknown
}

export interface WireTag {
  readonly uniqueId?: unknown
  readonly name?: unknown
  readonly label?: unknown
}

export interface WireMember {
  readonly uniqueId?: unknown
  readonly name?: unknown
  readonly email?: unknown
  readonly accessLevel?: unknown
}

/** Of all that `GET /user` answers; the rest holds secrets of the organisation, and nobody reads it (§6.8). */
export interface WireUser {
  readonly uniqueId?: unknown
  readonly name?: unknown
  readonly email?: unknown
  readonly currentOrganizationAccessLevel?: unknown
  readonly organization?: unknown
}

export interface SentMessage {
  readonly messageType: 'Text'
  readonly messageData: { readonly text: string }
}
