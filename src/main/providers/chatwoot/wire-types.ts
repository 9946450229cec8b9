/**
 * The names of what Chatwoot tells, as far as Tuntas reads them (docs/providers/chatwoot.md §8). Every value is
 * `unknown`: any of them may be missing, null or of another type, and only `read.ts` decides what it is.
 */
export interface WireConversation {
  readonly id?: unknown
  readonly status?: unknown
  readonly inbox_id?: unknown
  readonly labels?: unknown
  readonly priority?: unknown
  readonly muted?: unknown
  readonly can_reply?: unknown
  readonly unread_count?: unknown
  readonly created_at?: unknown
  readonly updated_at?: unknown
  readonly timestamp?: unknown
  readonly last_activity_at?: unknown
  readonly first_reply_created_at?: unknown
  readonly waiting_since?: unknown
  readonly agent_last_seen_at?: unknown
  readonly snoozed_until?: unknown
  readonly additional_attributes?: unknown
  readonly custom_attributes?: unknown
  readonly meta?: unknown
  readonly messages?: unknown
  readonly last_non_activity_message?: unknown
}

export interface WireMeta {
  readonly sender?: unknown
  readonly channel?: unknown
  readonly assignee?: unknown
  readonly assignee_type?: unknown
  readonly team?: unknown
}

export interface WireMessage {
  readonly id?: unknown
  readonly content?: unknown
  readonly conversation_id?: unknown
  readonly message_type?: unknown
  readonly content_type?: unknown
  readonly content_attributes?: unknown
  readonly additional_attributes?: unknown
  readonly status?: unknown
  readonly created_at?: unknown
  readonly updated_at?: unknown
  readonly private?: unknown
  readonly sender?: unknown
  readonly sender_type?: unknown
  readonly sender_id?: unknown
  readonly attachments?: unknown
}

export interface WireContentAttributes {
  readonly in_reply_to?: unknown
  readonly deleted?: unknown
  readonly external_error?: unknown
  readonly automation_rule_id?: unknown
  readonly email?: unknown
  readonly items?: unknown
  readonly submitted_values?: unknown
  readonly to_emails?: unknown
  readonly cc_emails?: unknown
  readonly bcc_emails?: unknown
  readonly tuntas_id?: unknown
}

/** A person of any kind: contact, agent or bot. */
export interface WireSender {
  readonly id?: unknown
  readonly name?: unknown
  readonly available_name?: unknown
  readonly type?: unknown
  readonly thumbnail?: unknown
  readonly avatar_url?: unknown
  readonly email?: unknown
  readonly phone_number?: unknown
  readonly identifier?: unknown
  readonly blocked?: unknown
}

export interface WireAttachment {
  readonly id?: unknown
  readonly file_type?: unknown
  readonly data_url?: unknown
  readonly thumb_url?: unknown
  readonly file_size?: unknown
  readonly width?: unknown
  readonly height?: unknown
  readonly fallback_title?: unknown
  readonly coordinates_lat?: unknown
  readonly coordinates_long?: unknown
}

export interface WireProfile {
  readonly id?: unknown
  readonly name?: unknown
  readonly available_name?: unknown
  readonly email?: unknown
  readonly avatar_url?: unknown
  readonly accounts?: unknown
}

export interface WireMembership {
  readonly id?: unknown
  readonly name?: unknown
  readonly status?: unknown
  readonly role?: unknown
}

export interface WireInbox {
  readonly id?: unknown
  readonly name?: unknown
  readonly channel_type?: unknown
  readonly medium?: unknown
  readonly provider?: unknown
  readonly additional_attributes?: unknown
}

/** What a reply or a note is sent as. `source_id` must never be among it: it silently stops delivery (§1.5). */
export interface SentMessage {
  readonly content: string
  readonly message_type: 'outgoing'
  readonly content_attributes: { readonly tuntas_id: string; readonly in_reply_to?: number | string }
  readonly echo_id: string
  /** Left out for replies: some versions take any value of it for true when it comes with files. */
  readonly private?: true
  readonly cc_emails?: string
  readonly bcc_emails?: string
  readonly template_params?: object
  /** Signed ids of files that were uploaded beforehand. */
  readonly attachments?: readonly string[]
}
