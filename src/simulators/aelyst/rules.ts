import { bigInJson } from './answers.ts'
import type {
  Contact,
  ContactChannel,
  ContactFields,
  Message,
  MessageBody,
  MessageStatus,
  Sender,
  World,
} from './world.ts'

/** What moves a contact: messages, status, merging. Nothing here asks who wanted it. */
export function addMessage(world: World, contact: Contact, given: NewMessage): Message {
  const at = given.at ?? world.clock.now()
  const { channelId, traffic, body, sender = null } = given
  const id = messageIdAt(world, at)
  const statuses: MessageStatus[] = traffic === 'incoming' ? [] : [{ value: 'pending', at }]
  const channelMessageId = channelMessageIdOf(world, channelId, id)
  const message: Message = { id, channelMessageId, channelId, at, traffic, body, sender, statuses }
  contact.messages.push(message)
  const channel = joinChannel(world, contact, channelId, at)
  channel.lastMessageAt = at
  if (traffic === 'incoming') {
    channel.lastIncomingAt = at
    if (!contact.isBlocked) setStatus(contact, 'open')
  }
  contact.updatedAt = at
  for (const listener of [...world.listeners]) listener(contact, message)
  return message
}

export interface NewMessage {
  readonly channelId: number
  readonly traffic: Message['traffic']
  readonly body: MessageBody
  readonly sender?: Sender
  readonly at?: number
}

export function addContact(world: World, fields: Partial<ContactFields>, at = world.clock.now()): Contact {
  world.lastIds.contact += 1
  const contact: Contact = {
    id: world.lastIds.contact,
    ...noFields,
    ...fields,
    createdAt: at,
    updatedAt: at,
    status: 'closed',
    isBlocked: false,
    tags: [],
    assigneeId: null,
    lifecycle: null,
    queuedUntil: 0,
    channels: [],
    messages: [],
    comments: [],
  }
  world.contacts.set(contact.id, contact)
  return contact
}

export function joinChannel(world: World, contact: Contact, channelId: number, at: number): ContactChannel {
  const known = contact.channels.find((one) => one.channelId === channelId)
  if (known !== undefined) return known
  world.lastIds.contactChannel += 1
  const contactChannelId = world.lastIds.contactChannel
  const joined = { channelId, contactChannelId, createdAt: at, lastMessageAt: null, lastIncomingAt: null }
  contact.channels.push(joined)
  return joined
}

export function setStatus(contact: Contact, status: Contact['status']): void {
  contact.status = status
  delete contact.statusSaid
}

/** A later word on what became of a message; the earlier ones stay. */
export function moveMessage(
  world: World,
  message: Message,
  value: MessageStatus['value'],
  reason?: string,
): void {
  const at = world.clock.now()
  message.statuses.push(reason === undefined ? { value, at } : { value, at, message: reason })
}

export function currentStatus(message: Message): MessageStatus['value'] | null {
  return message.statuses.at(-1)?.value ?? null
}

/** The older one stays and takes everything over; the other's id is nobody's any more. */
export function mergeContacts(world: World, one: Contact, other: Contact): Contact {
  const [stays, goes] = one.id < other.id ? [one, other] : [other, one]
  stays.messages = [...stays.messages, ...goes.messages].sort((a, b) => a.id - b.id)
  const added = goes.channels.filter(
    (each) => !stays.channels.some((had) => had.channelId === each.channelId),
  )
  stays.channels = [...stays.channels, ...added]
  stays.tags = [...new Set([...stays.tags, ...goes.tags])].slice(0, 10)
  stays.email ??= goes.email
  stays.phone ??= goes.phone
  stays.assigneeId ??= goes.assigneeId
  if (goes.status === 'open') setStatus(stays, 'open')
  stays.updatedAt = world.clock.now()
  world.contacts.delete(goes.id)
  for (const [old, now] of world.merged) if (now === goes.id) world.merged.set(old, stays.id)
  world.merged.set(goes.id, stays.id)
  return stays
}

/** The channel a message without one goes to: where something happened last. */
export function lastChannelOf(contact: Contact): number | null {
  const active = contact.channels.filter((one) => one.lastMessageAt !== null)
  return active.sort((a, b) => (b.lastMessageAt ?? 0) - (a.lastMessageAt ?? 0))[0]?.channelId ?? null
}

/** Their variables are filled in wherever an agent writes; what is not known becomes nothing. */
export function expanded(text: string, contact: Contact): string {
  return text.replaceAll(/\{\{\s*\$contact\.(\w+)\s*\}\}/g, (_whole, name: string) => {
    const filled: Readonly<Record<string, string | null>> = {
      id: String(contact.id),
      name: nameOf(contact),
      firstname: contact.firstName,
      lastname: contact.lastName,
      email: contact.email,
      phone: contact.phone,
    }
    return filled[name.toLowerCase()] ?? ''
  })
}

export function nameOf({ firstName, lastName }: ContactFields): string {
  return [firstName, lastName ?? ''].filter((part) => part !== '').join(' ')
}

/** Microseconds since 1970, one more for each of the same moment. */
function messageIdAt(world: World, at: number): number {
  if (world.manners.messageIds === 'counted') {
    world.lastIds.message += 1
    return world.lastIds.message
  }
  let id = at * 1000
  while (world.takenMessageIds.has(id)) id += 1
  world.takenMessageIds.add(id)
  return id
}

/** The channel's own: text on WhatsApp, a number on Telegram, one too big for JavaScript on Facebook. */
function channelMessageIdOf(world: World, channelId: number, id: number): string | number {
  const source = world.channels.get(channelId)?.source ?? ''
  if (source === 'telegram') return id % 100_000
  if (source === 'facebook') return bigInJson(`90071992547409${String(id).slice(-6)}`)
  return `${source}.${world.random.letters(20)}`
}

const noFields: ContactFields = {
  firstName: '',
  lastName: null,
  phone: null,
  email: null,
  language: null,
  profilePic: null,
  countryCode: null,
  customFields: null,
}
