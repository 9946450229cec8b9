import type { Conversation, Preview, Status } from '../../../shared/domain/conversation.ts'
import { conversationId } from '../../../shared/domain/ids.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { compareMessages } from '../../../shared/domain/ordering.ts'
import type { ReplyLimits } from '../../../shared/domain/reply.ts'
import { asList, asObject, asText, momentOrNull, textOrNull, type Loose } from '../../foreign/read.ts'
import type { Told } from '../provider.ts'
import type { OwnContact } from './keys.ts'
import { messagesFrom, type Frame } from './transform-message.ts'

/** Every ticket comes with all its messages; these many go along, and the rest is read where somebody scrolls. */
const newestCount = 20

/**
 * A ticket as lists and answers tell it. Null only where nothing says which one it is; anything else missing, null, of
 * another type or unknown becomes the nearest harmless value (docs/providers/chatwoot-public.md §3.1, §5).
 */
export function ticketFrom(raw: unknown, contact: OwnContact, frame: Frame): Told | null {
  const wire = asObject(raw)
  const key = keyOf(wire)
  if (key === null) return null
  const messages = distinct(messagesFrom(wire['messages'], key, frame)).sort(compareMessages)
  const seenAt = momentOrNull(wire['contact_last_seen_at'])
  const theirs = messages.filter((each) => each.side === 'them' && !each.isDeleted)
  const mine = messages.filter((each) => each.side === 'me' && !each.isDeleted)
  const newest = messages.at(-1) ?? null
  // Whole seconds on both sides: what was written in the second of the last look counts as read.
  const unread = theirs.filter((each) => each.sentAt > (seenAt ?? -1)).length
  const theirsAt = theirsAfter(theirs, mine)
  const startedAt = messages[0]?.sentAt ?? seenAt ?? momentOrNull(wire['agent_last_seen_at']) ?? 0
  const conversation: Conversation = {
    id: conversationId(frame.accountId, key),
    accountId: frame.accountId,
    key,
    status: statusOf(wire['status']),
    customer: deskOf(key, frame),
    inbox: {
      key: contact.key,
      name: frame.hasSeveral && contact.name !== '' ? contact.name : frame.inboxName,
      channel: 'api',
    },
    ...nothingOfTheirs,
    limits,
    unread: { kind: 'exact', count: unread },
    readAt: unread === 0 && seenAt !== null ? Math.max(seenAt, theirsAt ?? 0) : seenAt,
    readScope: 'own',
    lastTheirsAt: theirsAt,
    lastReplyAt: latest(mine),
    waitingSince: null,
    createdAt: startedAt,
    lastActivityAt: latest(messages) ?? startedAt,
    updatedAt: null,
    preview: previewOf(messages.findLast((each) => each.kind !== 'activity') ?? null),
    lastMessageKey: newest?.key ?? null,
  }
  return { conversation, messages: messages.slice(-newestCount) }
}

/** The number of a ticket; a message that came along knows it too. */
function keyOf(wire: Loose): string | null {
  const told = asList(wire['messages']).map((each) => asObject(each)['conversation_id'])
  return [wire['id'], ...told].map(textOrNull).find((each) => each !== null) ?? null
}

/** To a customer a ticket is open or resolved; what we do not know is shown as open. */
function statusOf(raw: unknown): Status {
  switch (raw) {
    case 'open':
    case 'pending':
    case 'snoozed':
      return { kind: 'open' }
    case 'resolved':
      return { kind: 'done' }
    default:
      return { kind: 'unknown', raw: asText(raw) }
  }
}

/** Whom we talk to: no person of theirs has a ticket, so it is the desk, by the number it gave. */
function deskOf(key: string, { inboxName }: Frame): Conversation['customer'] {
  const nobody = { email: null, phone: null, avatarUrl: null, blocked: false }
  return { key: `desk:${key}`, name: `${inboxName} #${key}`, ...nobody }
}

/** What only the people at the helpdesk see of it. */
const nothingOfTheirs = {
  assignee: null,
  team: null,
  labels: [],
  priority: null,
  subject: null,
  canReply: true,
  replyWindowMs: null,
  attributes: {},
  muted: false,
} as const

const limits: ReplyLimits = {
  maxLength: 150_000,
  files: 'many',
  quotes: false,
  copies: false,
  templates: false,
}

function distinct(messages: readonly Message[]): Message[] {
  return [...new Map(messages.map((each) => [each.key, each])).values()]
}

/** An answer within the second of our words still is an answer to them: bots are that quick. */
function theirsAfter(theirs: readonly Message[], mine: readonly Message[]): number | null {
  const [answer, words] = [theirs.at(-1), mine.at(-1)]
  if (answer === undefined) return null
  const isSameSecond = words !== undefined && words.sentAt === answer.sentAt
  return isSameSecond && compareMessages(words, answer) < 0 ? answer.sentAt + 1 : answer.sentAt
}

function latest(messages: readonly Message[]): number | null {
  return messages.reduce<number | null>((at, { sentAt }) => Math.max(at ?? sentAt, sentAt), null)
}

const previewLength = 500

function previewOf(message: Message | null): Preview | null {
  if (message === null) return null
  const text = message.text !== '' ? message.text : (message.attachments[0]?.name ?? '')
  const author = message.author?.name ?? null
  return { side: message.side, author, text: text.slice(0, previewLength), isNote: false }
}
