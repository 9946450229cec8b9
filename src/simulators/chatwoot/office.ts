/**
 * What an installation knows besides its conversations, as plain mutable state: how people sign in and what they prefer,
 * an account's shared tools, what is filed about a contact, and who was notified of what. Times are epoch ms.
 */
export interface Office {
  /** Of all users and accounts, oldest first. */
  readonly notifications: Notification[]
  /** Second steps that somebody owes; each works once. */
  readonly mfaTokens: Map<string, { readonly userId: number; readonly expiresAt: number }>
  /** How often each throttle was asked in which of its periods. */
  readonly throttled: Map<string, { period: number; count: number }>
  /** Letters that left; nobody receives them. */
  readonly transcripts: { account: number; conversation: number; email: string; at: number }[]
  readonly listeners: Set<(news: OfficeNews) => void>
  /** One counter for whatever here has a database id. */
  lastId: number
}

/** What a realtime channel would tell of it. */
export type OfficeNews =
  | { readonly kind: 'notificationCreated' | 'notificationDeleted'; readonly notification: Notification }
  | { readonly kind: 'notificationUpdated'; readonly notification: Notification }
  | { readonly kind: 'contactCreated' | 'contactUpdated'; readonly account: number; readonly contact: number }
  | { readonly kind: 'cacheInvalidated'; readonly account: number }

export interface SignIn {
  password: string
  /** null where a password is enough. */
  readonly mfa: { readonly code: string; readonly backupCodes: Set<string> } | null
  displayName: string | null
  signature: string | null
  uiSettings: Record<string, unknown>
}

export interface Tools {
  readonly cacheKeys: { label: number; inbox: number; team: number }
  /** Keys of conversation attributes that must be filled in before resolving; only clients hold people to it. */
  readonly requiredAttributes: string[]
  readonly attributeDefinitions: AttributeDefinition[]
  readonly cannedReplies: CannedReply[]
  readonly macros: Macro[]
  readonly folders: Folder[]
  /** By user. */
  readonly notificationFlags: Map<number, NotificationFlags>
}

export interface ContactFile {
  labels: string[]
  readonly notes: ContactNote[]
  /** Those without a conversation yet; the others are seen by their conversations. */
  readonly inboxSources: { readonly inboxId: number; readonly sourceId: string }[]
}

export interface InboxOptions {
  name: string
  readonly replyWindowMessage: string | null
}

export interface AttributeDefinition {
  readonly id: number
  readonly name: string
  readonly key: string
  readonly model: 'conversation_attribute' | 'contact_attribute'
  readonly type: 'text' | 'number' | 'currency' | 'percent' | 'link' | 'date' | 'list' | 'checkbox'
  readonly values: readonly string[]
  readonly description: string
  readonly createdAt: number
}

export interface CannedReply {
  readonly id: number
  shortCode: string
  content: string
  readonly createdAt: number
  updatedAt: number
}

export interface Macro {
  readonly id: number
  name: string
  visibility: 'personal' | 'global'
  readonly createdBy: number
  updatedBy: number
  actions: MacroAction[]
}

export interface MacroAction {
  readonly name: string
  readonly values: readonly unknown[]
}

/** A saved filter: only its owner sees it. */
export interface Folder {
  readonly id: number
  readonly userId: number
  name: string
  filterType: FilterType
  query: Readonly<Record<string, unknown>>
  readonly createdAt: number
  updatedAt: number
}

export type FilterType = 'conversation' | 'contact' | 'report'

export interface ContactNote {
  readonly id: number
  readonly userId: number | null
  content: string
  readonly createdAt: number
  updatedAt: number
}

export interface NotificationFlags {
  email: string[]
  push: string[]
}

export const notificationTypes = [
  'conversation_creation',
  'conversation_assignment',
  'assigned_conversation_new_message',
  'conversation_mention',
  'participating_conversation_new_message',
] as const
export type NotificationType = (typeof notificationTypes)[number]

export interface Notification {
  readonly id: number
  readonly userId: number
  readonly accountId: number
  readonly type: NotificationType
  /** The display id; what is told of it is the database id. */
  readonly conversation: number
  readonly messageId: number | null
  readonly createdAt: number
  lastActivityAt: number
  readAt: number | null
  snoozedUntil: number | null
  updatedAt: number
}

export function createOffice(): Office {
  return {
    notifications: [],
    mfaTokens: new Map(),
    throttled: new Map(),
    transcripts: [],
    listeners: new Set(),
    lastId: 900,
  }
}

export function nextId(office: Office): number {
  office.lastId += 1
  return office.lastId
}

export function tellOffice(office: Office, news: OfficeNews): void {
  for (const listener of office.listeners) listener(news)
}

/** A new account's tools: nothing yet, and the keys by which clients know whether their copies are old. */
export function emptyTools(): Tools {
  return {
    cacheKeys: { label: 1_000_000_001, inbox: 1_000_000_001, team: 1_000_000_001 },
    requiredAttributes: [],
    attributeDefinitions: [],
    cannedReplies: [],
    macros: [],
    folders: [],
    notificationFlags: new Map(),
  }
}

export function emptyContactFile(): ContactFile {
  return { labels: [], notes: [], inboxSources: [] }
}
