import type { Answers } from '../../../shared/domain/attributes.ts'
import type { Conversation, Customer, Person, Preview } from '../../../shared/domain/conversation.ts'
import type { Priority, Status } from '../../../shared/domain/conversation.ts'
import { conversationId } from '../../../shared/domain/ids.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { channelFacts, type ChannelFacts, type KnownInbox } from './channels.ts'
import { momentsOf } from './moments.ts'
import {
  asList,
  asObject,
  asText,
  isObject,
  isTrue,
  momentOrNull,
  textOrNull,
  webUrlOrNull,
} from '../../foreign/read.ts'
import { messageFrom, nameOf, type Frame } from './transform-message.ts'
import type { WireConversation, WireMeta, WireSender } from './wire-types.ts'

export interface ToldConversation {
  readonly conversation: Conversation
  /** The newest messages that came along: the newest of any kind, and the newest that is no activity. */
  readonly messages: readonly Message[]
}

/**
 * A conversation as lists and answers tell it. Null only where nothing says which one it is; anything else missing,
 * null, of another type or unknown becomes the nearest harmless value. `saidAt` is the server's clock when it said so.
 */
export function conversationFrom(
  raw: unknown,
  frame: Frame,
  inboxes: ReadonlyMap<string, KnownInbox>,
  saidAt: number | null = null,
): ToldConversation | null {
  const wire: WireConversation = asObject(raw)
  const key = keyOf(wire)
  if (key === null) return null
  const meta: WireMeta = asObject(wire.meta)
  const embedded = [...asList(wire.messages), wire.last_non_activity_message].filter(isObject)
  const messages = distinct(embedded.map((each) => messageFrom(each, key, frame)))
  const status = statusOf(wire)
  const newest = newestOf(messages)
  const inbox = inboxes.get(asText(wire.inbox_id))
  const facts = channelFacts(textOrNull(meta.channel) ?? inbox?.channelType ?? '', inbox)
  const moments = momentsOf(wire, messages, status.kind === 'done')
  const canReply = wire.can_reply !== false
  return {
    messages,
    conversation: {
      id: conversationId(frame.accountId, key),
      accountId: frame.accountId,
      key,
      status,
      customer: customerOf(asObject(meta.sender), frame.baseUrl),
      inbox: { key: asText(wire.inbox_id), name: inbox?.name ?? '', channel: facts.channel },
      assignee: assigneeOf(meta, frame),
      team: textOrNull(asObject(meta.team)['name']),
      labels: asList(wire.labels)
        .map(asText)
        .filter((label) => label !== ''),
      priority: priorities.find((each) => each === wire.priority) ?? null,
      subject: textOrNull(asObject(wire.additional_attributes)['mail_subject']),
      canReply,
      replyWindowMs: windowOf(facts, canReply, moments.lastTheirsAt, saidAt ?? moments.lastActivityAt),
      limits: facts.limits,
      attributes: attributesOf(wire.custom_attributes),
      muted: isTrue(wire.muted),
      readScope: 'everyone',
      ...moments,
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

export function customerOf(sender: WireSender, baseUrl: string): Customer {
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

/**
 * The server only says whether free text is taken at this moment; when that lapses is ours to reckon
 * (docs/providers/chatwoot.md §2.2). Where its word contradicts the channel's window, its word counts.
 */
function windowOf(
  { windowMs, exceptionMs }: ChannelFacts,
  canReply: boolean,
  lastTheirsAt: number | null,
  saidAt: number,
): number | null {
  if (windowMs === null || !canReply || lastTheirsAt === null) return windowMs
  const ageMs = saidAt - lastTheirsAt
  if (ageMs < windowMs) return windowMs
  // Later than that it knows of the exception, or of a newer message of theirs than this row tells.
  return exceptionMs !== null && ageMs < exceptionMs ? exceptionMs : null
}

/** Custom attributes under their own names, untouched; what is richer than one value as its JSON. */
function attributesOf(raw: unknown): Answers {
  return Object.fromEntries(
    Object.entries(asObject(raw)).map(([key, value]) => [
      key,
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
        ? value
        : (JSON.stringify(value) ?? null),
    ]),
  )
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
