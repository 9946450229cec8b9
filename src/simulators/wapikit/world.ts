import { createAgenda, type Agenda, type SimulatorClock } from '../agenda.ts'
import { seededRandom, type SeededRandom } from '../seeded-random.ts'
import type { Manners } from './manners.ts'

/**
 * Everything one simulated Wapikit server knows, as plain mutable state, and the few steps that change it. Times are
 * epoch ms inside; only `shapes` writes them out.
 */
export interface World {
  readonly clock: SimulatorClock
  readonly random: SeededRandom
  readonly agenda: Agenda
  readonly manners: Manners
  /** Signs keys; nobody outside ever sees it. */
  secret: string
  readonly organizations: Map<string, Organization>
  readonly users: Map<string, User>
  readonly contacts: Map<string, Contact>
  /** In order of creation, of all organisations. */
  readonly conversations: Map<string, Conversation>
  readonly listeners: Set<(news: News) => void>
  /** The limiter's counters, by address and route. */
  readonly counters: Map<string, { count: number; expiresAt: number }>
  readonly accepted: Accepted
}

export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly username: string
  readonly password: string
  readonly createdAt: number
  isActive: boolean
}

export interface Organization {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly members: Map<string, Member>
  readonly tags: Tag[]
  readonly lists: ContactList[]
  readonly whatsApp: {
    readonly accountId: string
    readonly accessToken: string
    readonly webhookSecret: string
  }
  readonly smtpPassword: string
}

export interface Member {
  readonly id: string
  readonly organizationId: string
  readonly userId: string
  accessLevel: 'Owner' | 'Member'
  readonly createdAt: number
  /** Only whoever made the organisation is given one. */
  apiKey: { readonly id: string; key: string; readonly createdAt: number } | null
}

export interface Tag {
  readonly id: string
  readonly text: string
}

export interface ContactList {
  readonly id: string
  readonly name: string
}

export interface Contact {
  readonly id: string
  readonly organizationId: string
  readonly createdAt: number
  /** Empty for everybody whom nobody has named. */
  name: string
  /** Digits alone, unique over all organisations. */
  phone: string
  attributes: Readonly<Record<string, unknown>>
  status: ContactStatus
  listIds: readonly string[]
}

export const contactStatuses = ['Active', 'Inactive', 'Blocked', 'Deleted'] as const
export type ContactStatus = (typeof contactStatuses)[number]

export const conversationStatuses = ['Active', 'Closed', 'Deleted', 'Resolved'] as const
export type ConversationStatus = (typeof conversationStatuses)[number]

export interface Conversation {
  readonly id: string
  readonly organizationId: string
  readonly contactId: string
  readonly campaignId: string | null
  readonly createdAt: number
  status: ConversationStatus
  readonly messages: Message[]
  readonly tagIds: string[]
  /** One a member, for ever. */
  readonly assignments: Assignment[]
}

export interface Assignment {
  readonly memberId: string
  readonly createdAt: number
  isHolding: boolean
}

export interface Message {
  readonly id: string
  readonly conversationId: string
  readonly createdAt: number
  readonly direction: 'InBound' | 'OutBound'
  readonly status: 'Sent'
  readonly type: 'Text'
  readonly data: Readonly<Record<string, unknown>>
  readonly whatsAppId: string
}

/** What realtime and the simulated customers hear of. */
export interface News {
  readonly kind: 'received' | 'sent'
  readonly conversation: Conversation
  readonly message: Message
}

/** What requests truly did, for tests that count. */
export interface Accepted {
  readonly messages: {
    conversation: string
    text: string | null
    /** On its way to the customer's phone. */
    isDelivered: boolean
    /** null where it was not stored. */
    message: string | null
    at: number
  }[]
  readonly actions: { action: string; conversation: string | null; value: string | null; at: number }[]
}

export function createWorld(options: { clock: SimulatorClock; seed: number; manners: Manners }): World {
  const random = seededRandom(options.seed)
  return {
    clock: options.clock,
    random,
    agenda: createAgenda(options.clock),
    manners: options.manners,
    secret: random.letters(32),
    organizations: new Map(),
    users: new Map(),
    contacts: new Map(),
    conversations: new Map(),
    listeners: new Set(),
    counters: new Map(),
    accepted: { messages: [], actions: [] },
  }
}

/** A random UUID of version 4, the same in every run of the same world. */
export function nextId({ random }: World): string {
  const hex = (count: number) => random.letters(count, '0123456789abcdef')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`
}

export function addContact(world: World, given: Omit<Contact, 'id' | 'status'>): Contact {
  const contact: Contact = { id: nextId(world), status: 'Active', ...given }
  world.contacts.set(contact.id, contact)
  return contact
}

export function addConversation(
  world: World,
  contact: Contact,
  given: { readonly at: number; readonly campaignId?: string | undefined },
): Conversation {
  const conversation: Conversation = {
    id: nextId(world),
    organizationId: contact.organizationId,
    contactId: contact.id,
    campaignId: given.campaignId ?? null,
    createdAt: given.at,
    status: 'Active',
    messages: [],
    tagIds: [],
    assignments: [],
  }
  world.conversations.set(conversation.id, conversation)
  return conversation
}

/** WhatsApp tells whole seconds of what comes in; what goes out bears the server's own time. */
export function addMessage(
  world: World,
  conversation: Conversation,
  given: Pick<Message, 'direction' | 'data'> & { readonly at: number; readonly whatsAppId?: string },
): Message {
  const { direction, data, at, whatsAppId = `wamid.${world.random.letters(20)}` } = given
  const message: Message = {
    id: nextId(world),
    conversationId: conversation.id,
    createdAt: direction === 'InBound' ? Math.floor(at / 1000) * 1000 : at,
    direction,
    status: 'Sent',
    type: 'Text',
    data,
    whatsAppId,
  }
  conversation.messages.push(message)
  return message
}

export function tell(world: World, news: News): void {
  for (const listener of world.listeners) listener(news)
}

/** As SQL orders them: by time, and in the order of arrival where that is the same. */
export function orderedMessages({ messages }: Conversation): Message[] {
  return [...messages].sort((a, b) => a.createdAt - b.createdAt)
}

export function contactOf(world: World, conversation: Conversation): Contact {
  return present(world.contacts.get(conversation.contactId), 'contact')
}

export function organizationOf(world: World, id: string): Organization {
  return present(world.organizations.get(id), 'organization')
}

export function userOf(world: World, member: Member): User {
  return present(world.users.get(member.userId), 'user')
}

export function listsOfAll({ organizations }: World): ContactList[] {
  return [...organizations.values()].flatMap(({ lists }) => lists)
}

/** Of whatever organisation: nothing here looks at that. */
export function memberWith(world: World, id: string): Member | null {
  for (const organization of world.organizations.values()) {
    const member = organization.members.get(id)
    if (member !== undefined) return member
  }
  return null
}

export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The simulated world has no such ${what}.`)
  return value
}
