import { createAgenda, type Agenda, type SimulatorClock } from '../agenda.ts'
import { seededRandom, type SeededRandom } from '../seeded-random.ts'
import type { Manners } from './manners.ts'

/**
 * Everything one simulated workspace knows, as plain mutable state. Times are epoch ms inside; only `shapes` turns them
 * into the provider's seconds. There is no conversation: what moves is the contact. The rules of it are in `rules`.
 */
export interface World {
  readonly clock: SimulatorClock
  readonly random: SeededRandom
  readonly agenda: Agenda
  readonly manners: Manners
  origin: string
  /** `/v1` or `/v2`: before every path. */
  readonly base: string
  token: string
  readonly users: Map<number, User>
  readonly channels: Map<number, SpaceChannel>
  readonly contacts: Map<number, Contact>
  /** Ids that were merged away, and whose they are now. */
  readonly merged: Map<number, number>
  readonly templates: Map<number, Template>
  closingNotes: readonly ClosingNote[]
  stages: readonly string[]
  readonly listeners: Set<(contact: Contact, message: Message) => void>
  readonly accepted: Accepted
  /** When which bucket of the rate limit was asked. */
  readonly calls: Map<string, number[]>
  readonly takenMessageIds: Set<number>
  readonly lastIds: { contact: number; message: number; contactChannel: number }
}

export interface User {
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: string
  readonly team: { readonly id: number; readonly name: string } | null
  readonly restrictions: readonly string[]
}

export interface SpaceChannel {
  readonly id: number
  readonly name: string
  /** An open list there: also one nobody has written down. */
  readonly source: string
  readonly createdAt: number
}

export interface ClosingNote {
  readonly category: string
  readonly description?: string
}

export interface Template {
  readonly id: number
  readonly channelId: number
  readonly name: string
  readonly languageCode: string
  readonly category: string
  readonly status: string
  readonly components: readonly TemplateComponent[]
}

/** `text` may hold `{{1}}`, to be filled by as many parameters. */
export interface TemplateComponent {
  readonly type: 'header' | 'body' | 'footer' | 'buttons'
  readonly format?: string
  readonly text?: string
  readonly buttons?: readonly Readonly<Record<string, unknown>>[]
}

export interface ContactFields {
  firstName: string
  lastName: string | null
  phone: string | null
  email: string | null
  language: string | null
  profilePic: string | null
  countryCode: string | null
  customFields: readonly { readonly name: string; readonly value: unknown }[] | null
}

export interface Contact extends ContactFields {
  readonly id: number
  readonly createdAt: number
  updatedAt: number
  status: 'open' | 'closed'
  /** What is said instead of the status, null included; absent for the truth. */
  statusSaid?: { readonly raw: string | null }
  isBlocked: boolean
  tags: readonly string[]
  assigneeId: number | null
  lifecycle: string | null
  /** A new contact is still being worked on until then. */
  queuedUntil: number
  channels: ContactChannel[]
  /** Oldest first. */
  messages: Message[]
  readonly comments: { readonly text: string; readonly at: number }[]
}

export interface ContactChannel {
  readonly channelId: number
  readonly contactChannelId: number
  readonly createdAt: number
  lastMessageAt: number | null
  lastIncomingAt: number | null
}

export interface Message {
  readonly id: number
  readonly channelMessageId: string | number
  readonly channelId: number
  readonly at: number
  readonly traffic: 'incoming' | 'outgoing'
  readonly body: MessageBody
  readonly sender: Sender | null
  readonly statuses: MessageStatus[]
}

export type MessageBody = Readonly<Record<string, unknown>> & { readonly type: string }

export interface Sender {
  readonly source: string
  readonly userId?: number
  readonly workflowId?: number
}

export interface MessageStatus {
  readonly value: 'pending' | 'sent' | 'delivered' | 'read' | 'failed'
  readonly at: number
  readonly message?: string
}

/** What requests truly did; named as every simulator names it. The conversation is the contact. */
export interface Accepted {
  readonly messages: { conversation: number; message: number; content: string | null; at: number }[]
  readonly actions: { conversation: number; action: string; value: string | null; at: number }[]
}

export function createWorld(given: {
  readonly clock: SimulatorClock
  readonly seed: number
  readonly manners: Manners
  readonly base: string
}): World {
  return {
    ...given,
    random: seededRandom(given.seed),
    agenda: createAgenda(given.clock),
    origin: '',
    token: '',
    users: new Map(),
    channels: new Map(),
    contacts: new Map(),
    merged: new Map(),
    templates: new Map(),
    closingNotes: [],
    stages: [],
    listeners: new Set(),
    accepted: { messages: [], actions: [] },
    calls: new Map(),
    takenMessageIds: new Set(),
    lastIds: { contact: 300, message: 1_262_965_212, contactChannel: 900 },
  }
}
