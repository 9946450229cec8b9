import type { Conversation, Customer, Person, Status, Unread } from '../../../shared/domain/conversation.ts'
import { conversationId } from '../../../shared/domain/ids.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { compareMessages } from '../../../shared/domain/ordering.ts'
import type { ReplyLimits } from '../../../shared/domain/reply.ts'
import {
  asList,
  asObject,
  asText,
  countOrNull,
  isObject,
  momentOrNull,
  textOrNull,
} from '../../foreign/read.ts'
import { messagesFrom, type Frame } from './transform-message.ts'
import type { WireContact, WireConversation, WireMember, WireTag } from './wire-types.ts'

export interface ToldConversation {
  readonly conversation: Conversation
  /** Those that came along, in their order. */
  readonly messages: readonly Message[]
}

/** What the server's own word of who has it is worth, and what is known here instead. */
export interface Assignees {
  /** Whom it was given to from here; null for nobody, as far as is known. */
  known(conversationKey: string): Person | null
  /** Whether reads tell who has it now (docs/providers/wapikit.md §6.1, §13). */
  readonly isTold: boolean
}

/** What WhatsApp takes from a business. */
export const limits: ReplyLimits = {
  maxLength: 4096,
  files: 'none',
  quotes: false,
  copies: false,
  templates: false,
}
export const replyWindowMs = 86_400_000
const inbox = { key: 'whatsapp', name: 'WhatsApp', channel: 'whatsapp' } as const

/**
 * A conversation as any dialect tells it. Null only where nothing says which one it is, or where it is another
 * organisation's (docs/providers/wapikit.md §6.2); anything else missing, null, of another type or unknown becomes the
 * nearest harmless value.
 */
export function conversationFrom(raw: unknown, frame: Frame, assignees: Assignees): ToldConversation | null {
  const wire: WireConversation = asObject(raw)
  const key = keyOf(wire)
  if (key === null || isForeign(wire, frame)) return null
  const contact: WireContact = asObject(wire.contact)
  const messages = messagesFrom(wire.messages, key, frame).sort(compareMessages)
  const createdAt = momentOrNull(wire.createdAt) ?? messages[0]?.sentAt ?? 0
  const newest = messages.at(-1) ?? null
  const moments = momentsOf(messages, startOf(wire, createdAt))
  return {
    messages,
    conversation: {
      id: conversationId(frame.accountId, key),
      accountId: frame.accountId,
      key,
      status: statusOf(wire.status),
      customer: customerOf(contact, wire),
      inbox,
      assignee: assignees.isTold ? personFrom(wire.assignedTo, frame) : assignees.known(key),
      team: null,
      labels: tagsFrom(wire.tags),
      priority: null,
      subject: null,
      // A campaign that nobody answered: WhatsApp takes no free text there. Without messages nothing can be said.
      canReply: moments.lastTheirsAt !== null || !Array.isArray(wire.messages),
      replyWindowMs,
      limits,
      attributes: {},
      muted: false,
      unread: unreadOf(wire, moments),
      readAt: null,
      readScope: 'device',
      ...moments,
      createdAt,
      lastActivityAt: Math.max(createdAt, newest?.sentAt ?? 0),
      updatedAt: null,
      preview:
        newest === null ? null : { side: newest.side, author: null, text: previewOf(newest), isNote: false },
      lastMessageKey: newest?.key ?? null,
    },
  }
}

/** Whose it is; by its own route a server reads anybody's (docs/providers/wapikit.md §6.2). */
export function isForeign(wire: WireConversation, { organizationId }: Frame): boolean {
  const said = textOrNull(wire.organizationId)
  return said !== null && organizationId !== '' && said !== organizationId
}

/** Entries of one conversation in one answer are parts of it: a join made several (docs/providers/wapikit.md §6.1). */
export function mergedEntries(raw: unknown): WireConversation[] {
  const merged = new Map<string, WireConversation>()
  for (const [index, wire] of asList(raw).filter(isObject).entries()) {
    const key = keyOf(wire) ?? `~${index}`
    const before = merged.get(key)
    merged.set(key, before === undefined ? wire : { ...before, ...joined(before, wire) })
  }
  return [...merged.values()]
}

/** The tags, one text each, whatever the dialect calls it. */
export function tagsFrom(raw: unknown): string[] {
  const texts = asList(raw).map((each) => {
    const tag: WireTag = asObject(each)
    return textOrNull(tag.label) ?? textOrNull(tag.name)
  })
  return [...new Set(texts.filter((each) => each !== null))]
}

/** A member as the person a conversation is given to; null where nothing says who it is. */
export function personFrom(raw: unknown, { memberId }: Frame): Person | null {
  const member: WireMember = asObject(raw)
  const key = textOrNull(member.uniqueId)
  if (key === null) return null
  const name = textOrNull(member.name) ?? textOrNull(member.email) ?? key
  return { key, name, avatarUrl: null, kind: 'agent', isMe: key === memberId }
}

export function keyOf(wire: WireConversation): string | null {
  const told = asList(wire.messages).map((each) => asObject(each)['conversationId'])
  return [wire.uniqueId, ...told].map(textOrNull).find((each) => each !== null) ?? null
}

function joined(a: WireConversation, b: WireConversation): Pick<WireConversation, 'messages' | 'tags'> {
  return { messages: distinct(a.messages, b.messages), tags: distinct(a.tags, b.tags) }
}

function distinct(...lists: readonly unknown[]): unknown[] {
  const rows = lists.flatMap(asList)
  const ids = new Map(
    rows.map((each, index) => [textOrNull(asObject(each)['uniqueId']) ?? `~${index}`, each]),
  )
  return [...ids.values()]
}

/** One we do not know is shown as open, never as done. */
function statusOf(raw: unknown): Status {
  switch (raw) {
    case 'Active':
      return { kind: 'open' }
    case 'Closed':
    case 'Resolved':
      return { kind: 'done' }
    case 'Deleted':
      return { kind: 'gone' }
    default:
      return { kind: 'unknown', raw: asText(raw) }
  }
}

/** Nobody names those who write first, so their number is what they are called by (docs/providers/wapikit.md §6.1). */
function customerOf(contact: WireContact, wire: WireConversation): Customer {
  const digits = asText(contact.phone).trim()
  const phone = digits === '' ? null : digits.startsWith('+') ? digits : `+${digits}`
  return {
    key: textOrNull(contact.uniqueId) ?? asText(wire.contactId),
    name: textOrNull(contact.name) ?? phone ?? '',
    email: null,
    phone,
    avatarUrl: null,
    blocked: contact.status === 'Blocked',
  }
}

type Moments = Pick<Conversation, 'lastTheirsAt' | 'lastReplyAt' | 'waitingSince'>

function momentsOf(messages: readonly Message[], startedAt: number | null): Moments {
  const theirs = messages.filter((each) => each.side === 'them')
  const replies = messages.filter((each) => each.side !== 'them' && each.delivery.kind !== 'failed')
  const lastTheirsAt = theirs.at(-1)?.sentAt ?? startedAt
  const lastReply = replies.at(-1)
  const unanswered =
    lastReply === undefined ? theirs : theirs.filter((each) => compareMessages(each, lastReply) > 0)
  return {
    lastTheirsAt,
    lastReplyAt: lastReply?.sentAt ?? null,
    waitingSince: unanswered[0]?.sentAt ?? (messages.length === 0 ? startedAt : null),
  }
}

/**
 * A customer whose first message the server does not keep, a video say, leaves a conversation with nothing in it
 * (docs/providers/wapikit.md §8): they wrote when it began, and they wait.
 */
function startOf(wire: WireConversation, createdAt: number): number | null {
  const isEmpty = wire.messages === null || (Array.isArray(wire.messages) && wire.messages.length === 0)
  return isEmpty && wire.initiatedBy === 'Contact' ? createdAt : null
}

/** Servers count nothing today: where they do, the number; else only that something is there (docs/providers/wapikit.md §11). */
function unreadOf(wire: WireConversation, { waitingSince }: Moments): Unread {
  const count = countOrNull(wire.numberOfUnreadMessages)
  if (count !== null) return { kind: 'exact', count }
  return waitingSince === null ? { kind: 'exact', count: 0 } : { kind: 'some' }
}

const previewLength = 500

function previewOf({ text, attachments }: Message): string {
  return (text !== '' ? text : (attachments[0]?.name ?? '')).slice(0, previewLength)
}
