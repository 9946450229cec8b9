import { createAgenda, type Agenda, type SimulatorClock } from '../agenda.ts'
import { numberOfText, seededRandom, type SeededRandom } from '../seeded-random.ts'
import {
  createOffice,
  type ContactFile,
  type InboxOptions,
  type Office,
  type SignIn,
  type Tools,
} from './office.ts'
import { standardInstallation, type Installation } from './installation.ts'
import { createPublicProofs, type PublicProofs } from './public-proofs.ts'

/**
 * Everything one simulated Chatwoot installation knows, as plain mutable state. Times are epoch ms inside; only
 * `shapes` turns them into the provider's seconds and ISO strings. The rules of what moves what are in `rules`.
 */
export interface World {
  readonly clock: SimulatorClock
  readonly random: SeededRandom
  readonly agenda: Agenda
  readonly installation: Installation
  readonly users: Map<number, User>
  readonly bots: Map<number, Bot>
  readonly tokens: Map<string, TokenOwner>
  readonly accounts: Map<number, Account>
  readonly files: Map<string, StoredFile>
  /** By the token of their address: files whose bytes are still to be put. */
  readonly uploads: Map<string, AwaitedUpload>
  readonly listeners: Set<(change: Change) => void>
  readonly accepted: Accepted
  readonly office: Office
  readonly publicProofs: PublicProofs
  readonly lastIds: { conversation: number; message: number; attachment: number; contact: number }
}

export type TokenOwner =
  { readonly kind: 'user'; readonly id: number } | { readonly kind: 'bot'; readonly id: number }
export type Availability = 'online' | 'busy' | 'offline'
export type Role = 'agent' | 'administrator'
export type ConversationStatus = 'open' | 'resolved' | 'pending' | 'snoozed'
export type PriorityName = 'low' | 'medium' | 'high' | 'urgent'
export type MessageStatus = 'sent' | 'delivered' | 'read' | 'failed'
export type MessageType = 'incoming' | 'outgoing' | 'activity' | 'template'

export interface User extends SignIn {
  readonly id: number
  name: string
  email: string
  avatar: StoredFile | null
  token: string
  pubsubToken: string
}

export interface Bot {
  readonly id: number
  readonly name: string
  readonly token: string
}

export interface Account extends Tools {
  readonly id: number
  readonly name: string
  readonly locale: string
  readonly createdAt: number
  status: 'active' | 'suspended'
  readonly members: Map<number, Member>
  readonly inboxes: Map<number, Inbox>
  readonly teams: Map<number, Team>
  readonly labels: Label[]
  readonly contacts: Map<number, Contact>
  /** By display id, in order of creation. */
  readonly conversations: Map<number, Conversation>
  /** Display ids are never used again, not even after the newest conversation was deleted. */
  lastDisplayId: number
}

export interface Member {
  readonly userId: number
  role: Role
  availability: Availability
  isAutoOffline: boolean
  activeAt: number
}

export type ChannelType =
  | 'Channel::WebWidget'
  | 'Channel::Email'
  | 'Channel::Whatsapp'
  | 'Channel::Telegram'
  | 'Channel::Instagram'
  | 'Channel::FacebookPage'
  | 'Channel::Api'
  | 'Channel::Sms'
  | 'Channel::TwilioSms'
  | 'Channel::Tiktok'

export interface Inbox extends InboxOptions {
  readonly id: number
  readonly channelType: ChannelType
  readonly members: Set<number>
  readonly email: string | null
  readonly phone: string | null
  /** Hours within which an API channel lets agents answer; null means always. */
  readonly replyWindowHours: number | null
  readonly activeBotId: number | null
  autoAssignment: boolean
  /** Whose turn it was last in the round. */
  lastAutoAssignedId: number | null
  /** Twilio carries both kinds of message under one channel type. */
  readonly medium: 'sms' | 'whatsapp' | null
  isLockedToOne: boolean
  /** Asks the customer how it was when a conversation is resolved. */
  asksForRating: boolean
  /** WhatsApp's approved texts, the only ones that leave outside the reply window. */
  readonly templates: readonly MessageTemplate[]
}

export interface MessageTemplate {
  readonly name: string
  readonly language: string
  readonly category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION'
  readonly status: 'APPROVED' | 'REJECTED' | 'PENDING'
  /** The body, with `{{1}}` or `{{name}}` for what is filled in. */
  readonly text: string
  /** What it has besides its body, in WhatsApp's own words: a header, a footer, buttons. */
  readonly otherComponents?: readonly Readonly<Record<string, unknown>>[]
}

export interface Team {
  readonly id: number
  readonly name: string
  readonly description: string
  allowAutoAssign: boolean
  readonly members: Set<number>
}

export interface Label {
  readonly id: number
  readonly title: string
  readonly description: string
  readonly color: string
}

export interface Contact extends ContactFile {
  readonly id: number
  name: string
  email: string | null
  phone: string | null
  identifier: string | null
  readonly avatar: StoredFile | null
  additionalAttributes: Record<string, unknown>
  customAttributes: Record<string, unknown>
  readonly createdAt: number
  blocked: boolean
  lastActivityAt: number | null
}

export interface Conversation {
  /** The database id, which only notifications ever show; every route takes the display id. */
  readonly id: number
  readonly displayId: number
  readonly uuid: string
  readonly accountId: number
  readonly inboxId: number
  readonly contactId: number
  readonly sourceId: string
  readonly createdAt: number
  readonly messages: Message[]
  readonly additionalAttributes: Record<string, unknown>
  /** User ids, in the order in which they joined. */
  readonly participants: Set<number>
  /** Everybody a note here ever named. */
  readonly mentioned: Set<number>
  customAttributes: Record<string, unknown>
  /** Kept in Redis, one for all agents of the account. */
  draft: string | null
  status: ConversationStatus
  priority: PriorityName | null
  labels: string[]
  assignee: { readonly kind: 'user' | 'bot'; readonly id: number } | null
  teamId: number | null
  snoozedUntil: number | null
  updatedAt: number
  lastActivityAt: number
  firstReplyAt: number | null
  waitingSince: number | null
  agentLastSeenAt: number | null
  assigneeLastSeenAt: number | null
  contactLastSeenAt: number | null
}

/** One conversation and where it is. */
export interface Place {
  readonly world: World
  readonly account: Account
  readonly conversation: Conversation
}

export interface Sender {
  readonly kind: 'user' | 'contact' | 'bot'
  readonly id: number
}

export interface Message {
  readonly id: number
  readonly type: MessageType
  readonly sender: Sender | null
  readonly isPrivate: boolean
  readonly sourceId: string | null
  readonly createdAt: number
  readonly additionalAttributes: Record<string, unknown>
  contentType: string
  content: string | null
  contentAttributes: Record<string, unknown>
  attachments: Attachment[]
  status: MessageStatus
  updatedAt: number
}

export interface Attachment {
  readonly id: number
  readonly fileType:
    'image' | 'audio' | 'video' | 'file' | 'location' | 'contact' | 'fallback' | 'embed' | 'none'
  readonly file: StoredFile | null
  readonly width: number | null
  readonly height: number | null
  readonly location: { readonly latitude: number; readonly longitude: number; readonly title: string } | null
  /** What is shown of one that is neither a file nor a place, in the provider's words. */
  readonly told?: Readonly<Record<string, unknown>>
}

/** A file in the installation's storage, reached through a signed address that needs no token. */
export interface StoredFile {
  readonly signedId: string
  readonly name: string
  readonly contentType: string
  readonly bytes: () => Uint8Array
}

/** A file announced by `direct_uploads`, until somebody puts bytes that match what was announced. */
export interface AwaitedUpload {
  readonly byteSize: number
  /** MD5 in base64. */
  readonly checksum: string
  readonly contentType: string
  bytes: Uint8Array
}

/** What a realtime channel or a notification would tell; the simulated customers listen to it as well. */
export interface Change {
  readonly kind:
    | 'messageCreated'
    | 'messageUpdated'
    | 'conversationCreated'
    | 'conversationUpdated'
    | 'conversationDeleted'
    | 'assigneeChanged'
    | 'mentioned'
    | 'typingOn'
    | 'typingOff'
  readonly account: Account
  readonly conversation: Conversation
  readonly message: Message | null
  /** Who did it, where that is known. */
  readonly by?: Sender | null
  /** The ids of those it is about: the new assignee, the mentioned. */
  readonly users?: readonly number[]
  /** What the sender called the message, which nobody keeps. */
  readonly echoId?: string
  /** Typing a note, which no customer may see. */
  readonly isPrivate?: boolean
}

/** What agents' requests truly did, for tests that count. */
export interface Accepted {
  readonly messages: {
    account: number
    conversation: number
    message: number
    content: string | null
    at: number
  }[]
  readonly actions: {
    account: number
    conversation: number
    action: string
    value: string | null
    at: number
  }[]
}

export function createWorld(options: { clock: SimulatorClock; seed: number }): World {
  return {
    clock: options.clock,
    random: seededRandom(options.seed),
    agenda: createAgenda(options.clock),
    installation: standardInstallation(),
    users: new Map(),
    bots: new Map(),
    tokens: new Map(),
    accounts: new Map(),
    files: new Map(),
    uploads: new Map(),
    listeners: new Set(),
    accepted: { messages: [], actions: [] },
    office: createOffice(),
    publicProofs: createPublicProofs(),
    // Database ids run over all accounts, so they never equal the display ids that start at 1 in each.
    lastIds: { conversation: 4100, message: 58_200, attachment: 7300, contact: 1500 },
  }
}

export function tell(world: World, change: Change): void {
  for (const listener of world.listeners) listener(change)
}

export function inboxOf(account: Account, conversation: Conversation): Inbox {
  return present(account.inboxes.get(conversation.inboxId), `inbox ${conversation.inboxId}`)
}

export function contactOf(account: Account, conversation: Conversation): Contact {
  return present(account.contacts.get(conversation.contactId), `contact ${conversation.contactId}`)
}

export function userOf(world: World, id: number): User {
  return present(world.users.get(id), `user ${id}`)
}

export function botOf(world: World, id: number): Bot {
  return present(world.bots.get(id), `bot ${id}`)
}

/** Keeps a file under a signed id that is the same in every run of the same world. */
export function storeFile(
  world: World,
  file: { name: string; contentType: string; bytes: () => Uint8Array },
): StoredFile {
  const signedId = nextSignedId(world, file.name)
  let kept: Uint8Array | null = null
  const stored: StoredFile = { ...file, signedId, bytes: () => (kept ??= file.bytes()) }
  world.files.set(signedId, stored)
  return stored
}

export function nextSignedId(world: World, name: string): string {
  const number = world.files.size + 1
  const claim = Buffer.from(JSON.stringify({ blob: number, name })).toString('base64url')
  return `${claim}--${numberOfText(claim).toString(16).padStart(8, '0')}`
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The simulated world has no ${what}.`)
  return value
}
