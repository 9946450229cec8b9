import { isObject, isText } from './exchange.ts'
import { originMark } from './files.ts'
import { currentStatus } from './rules.ts'
import type {
  Contact,
  ContactChannel,
  Message,
  MessageBody,
  SpaceChannel,
  Template,
  User,
  World,
} from './world.ts'

/** What is rendered: the provider's names and units for what the world knows (docs/providers/aelyst.md §4.2, §10). */
export function contactShape(world: World, contact: Contact): object {
  const { id, firstName, lastName, phone, email, language, profilePic, countryCode, customFields } = contact
  return {
    id,
    firstName,
    lastName,
    phone,
    email,
    language,
    profilePic: profilePic?.replace(originMark, world.origin) ?? null,
    countryCode,
    custom_fields: customFields,
    status: statusShown(world, contact),
    tags: contact.tags,
    assignee: assigneeShape(world, contact),
    lifecycle: contact.lifecycle,
    created_at: seconds(contact.createdAt),
    isBlocked: contact.isBlocked,
  }
}

export function statusShown(world: World, contact: Contact): string | null {
  if (contact.statusSaid !== undefined) return contact.statusSaid.raw
  const { statusWords } = world.manners
  if (contact.isBlocked && statusWords === 'closed') return 'blocked'
  return contact.status === 'open' ? 'open' : statusWords
}

export function userShape(world: World, user: User): object {
  const { firstName, lastName, email, role, team, restrictions } = user
  return { id: shownUserId(world, user.id), firstName, lastName, email, role, team, restrictions }
}

/** No time of its own: the id is all there is to go by. */
export function messageShape(world: World, contact: Contact, message: Message): object {
  const { sender, statuses } = message
  const history = statuses.map(({ value, at, message: reason }) =>
    reason === undefined
      ? { value, timestamp: seconds(at) }
      : { value, timestamp: seconds(at), message: reason },
  )
  const by = sender?.userId === undefined ? sender : { ...sender, userId: shownUserId(world, sender.userId) }
  return {
    messageId: message.id,
    channelMessageId: message.channelMessageId,
    contactId: contact.id,
    channelId: message.channelId,
    traffic: message.traffic,
    message: bodyShape(world, message.body),
    ...(currentStatus(message) === null ? {} : { status: history }),
    ...(by === null ? {} : { sender: by }),
  }
}

export function spaceChannelShape({ id, name, source, createdAt }: SpaceChannel): object {
  return { id, name, source, created_at: seconds(createdAt) }
}

export function contactChannelShape(world: World, joined: ContactChannel): object {
  const channel = world.channels.get(joined.channelId)
  const shown = (at: number | null) =>
    at === null ? null : world.manners.channelTimes === 'millis' ? at : seconds(at)
  return {
    id: joined.channelId,
    name: channel?.name ?? '',
    source: channel?.source ?? '',
    contactChannelId: joined.contactChannelId,
    meta: null,
    lastMessageTime: shown(joined.lastMessageAt),
    lastIncomingMessageTime: shown(joined.lastIncomingAt),
    created_at: seconds(joined.createdAt),
  }
}

export function templateShape(world: World, template: Template): object {
  const { components, ...rest } = template
  const isText = world.manners.templateComponents === 'text'
  return {
    ...rest,
    components: isText ? JSON.stringify(components) : components,
    botId: null,
    namespace: null,
    templateId: String(template.id * 1_000_003),
  }
}

function bodyShape(world: World, body: MessageBody): object {
  const { attachment } = body
  if (!isObject(attachment) || !isText(attachment['url'])) return body
  const url = attachment['url'].replace(originMark, world.origin)
  return { ...body, attachment: { ...attachment, url } }
}

function assigneeShape(world: World, { assigneeId }: Contact): object | null {
  const user = assigneeId === null ? undefined : world.users.get(assigneeId)
  if (user !== undefined) {
    const { firstName, lastName, email } = user
    return { id: shownUserId(world, user.id), firstName, lastName, email }
  }
  if (world.manners.nobody === 'null') return null
  return { id: null, firstName: null, lastName: null, email: null }
}

function shownUserId(world: World, id: number): number | string {
  return world.manners.userIds === 'text' ? String(id) : id
}

function seconds(at: number): number {
  return Math.floor(at / 1000)
}
