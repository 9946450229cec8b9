import type {
  Channel,
  Conversation,
  Customer,
  Inbox,
  Person,
  Preview,
} from '../../../shared/domain/conversation.ts'
import type { Priority, Status } from '../../../shared/domain/conversation.ts'
import { conversationId } from '../../../shared/domain/ids.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { momentsOf } from './moments.ts'
import {
  asList,
  asObject,
  asText,
  entryOf,
  isObject,
  isTrue,
  momentOrNull,
  textOrNull,
  webUrlOrNull,
} from './read.ts'
import { messageFrom, nameOf, type Frame } from './transform-message.ts'
import type { WireConversation, WireMeta, WireSender } from './wire-types.ts'

/** What a conversation's inbox is called, and over what it runs; only the list of inboxes says it. */
export interface KnownInbox {
  readonly name: string
  readonly medium: string
}

export interface ToldConversation {
  readonly conversation: Conversation
  /** The newest messages that came along: the newest of any kind, and the newest that is no activity. */
  readonly messages: readonly Message[]
}

/**
 * A conversation as lists and answers tell it. Null only where nothing says which one it is; anything else missing,
 * null, of another type or unknown becomes the nearest harmless value.
 */
export function conversationFrom(
  raw: unknown,
  frame: Frame,
  inboxes: ReadonlyMap<string, KnownInbox>,
): ToldConversation | null {
  const wire: WireConversation = asObject(raw)
  const key = keyOf(wire)
  if (key === null) return null
  const meta: WireMeta = asObject(wire.meta)
  const embedded = [...asList(wire.messages), wire.last_non_activity_message].filter(isObject)
  const messages = distinct(embedded.map((each) => messageFrom(each, key, frame)))
  const status = statusOf(wire)
  const newest = newestOf(messages)
  return {
    messages,
    conversation: {
      id: conversationId(frame.accountId, key),
      accountId: frame.accountId,
      key,
      status,
      customer: customerOf(asObject(meta.sender), frame.baseUrl),
      inbox: inboxOf(wire, meta, inboxes),
      assignee: assigneeOf(meta, frame),
      team: textOrNull(asObject(meta.team)['name']),
      labels: asList(wire.labels)
        .map(asText)
        .filter((label) => label !== ''),
      priority: priorities.find((each) => each === wire.priority) ?? null,
      subject: textOrNull(asObject(wire.additional_attributes)['mail_subject']),
      canReply: wire.can_reply !== false,
      muted: isTrue(wire.muted),
      readScope: 'everyone',
      ...momentsOf(wire, messages, status.kind === 'done'),
      updatedAt: momentOrNull(wire.updated_at),
      preview: previewOf(newestOf(messages.filter((each) => each.kind !== 'activity')) ?? newest),
      lastMessageKey: newest?.key ?? null,
    },
  }
}

/** Chatwoot's display id; a message that came along knows it too. */
function keyOf(wire: WireConversation): string | null {
  const told = [...asList(wire.messages), wire.last_non_activity_message].map(
    (each) => asObject(each)['conversation_id'],
  )
  return [wire.id, ...told].map(textOrNull).find((each) => each !== null) ?? null
}

const priorities: readonly Priority[] = ['low', 'medium', 'high', 'urgent']

/** One we do not know is shown as open, never as done. */
function statusOf(wire: WireConversation): Status {
  switch (wire.status) {
    case 'open':
    case 'pending':
      return { kind: wire.status }
    case 'snoozed':
      return { kind: 'snoozed', until: momentOrNull(wire.snoozed_until) }
    case 'resolved':
      return { kind: 'done' }
    default:
      return { kind: 'unknown', raw: asText(wire.status) }
  }
}

function customerOf(sender: WireSender, baseUrl: string): Customer {
  return {
    key: asText(sender.id),
    name: nameOf(sender),
    email: textOrNull(sender.email),
    phone: textOrNull(sender.phone_number),
    avatarUrl: webUrlOrNull(sender.thumbnail, baseUrl) ?? webUrlOrNull(sender.avatar_url, baseUrl),
    blocked: isTrue(sender.blocked),
  }
}

function assigneeOf(meta: WireMeta, frame: Frame): Person | null {
  if (!isObject(meta.assignee)) return null
  const assignee: WireSender = meta.assignee
  const key = textOrNull(assignee.id)
  if (key === null) return null
  const isBot = meta.assignee_type === 'AgentBot' || assignee.type === 'agent_bot'
  return {
    key,
    name: nameOf(assignee),
    avatarUrl:
      webUrlOrNull(assignee.thumbnail, frame.baseUrl) ?? webUrlOrNull(assignee.avatar_url, frame.baseUrl),
    kind: isBot ? 'bot' : 'agent',
    isMe: !isBot && key === frame.userId,
  }
}

function inboxOf(wire: WireConversation, meta: WireMeta, inboxes: ReadonlyMap<string, KnownInbox>): Inbox {
  const key = asText(wire.inbox_id)
  const known = inboxes.get(key)
  const channel = entryOf(channels, asText(meta.channel).replace(/^Channel::/, '')) ?? 'other'
  // One channel type carries both; only the inbox says which.
  const isWhatsapp = channel === 'sms' && known?.medium === 'whatsapp'
  return { key, name: known?.name ?? '', channel: isWhatsapp ? 'whatsapp' : channel }
}

const channels: Readonly<Record<string, Channel>> = {
  WebWidget: 'web',
  Email: 'email',
  Whatsapp: 'whatsapp',
  TwilioSms: 'sms',
  Sms: 'sms',
  FacebookPage: 'facebook',
  Instagram: 'instagram',
  Telegram: 'telegram',
  Line: 'line',
  Tiktok: 'tiktok',
  Voice: 'voice',
  Api: 'api',
}

function distinct(messages: readonly Message[]): Message[] {
  return [...new Map(messages.map((each) => [each.key, each])).values()]
}

function newestOf(messages: readonly Message[]): Message | null {
  return messages.reduce<Message | null>(
    (newest, each) => (newest === null || each.sequence >= newest.sequence ? each : newest),
    null,
  )
}

const previewLength = 500

function previewOf(message: Message | null): Preview | null {
  if (message === null) return null
  const text = message.text !== '' ? message.text : (message.attachments[0]?.name ?? '')
  const author = message.author?.name ?? null
  return { side: message.side, author, text: text.slice(0, previewLength), isNote: message.kind === 'note' }
}
