import type {
  Conversation,
  Customer,
  Inbox,
  Person,
  Preview,
  Status,
} from '../../../shared/domain/conversation.ts'
import { conversationId } from '../../../shared/domain/ids.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { asList, asObject, asText, isTrue, textOrNull, webUrlOrNull, type Loose } from '../../foreign/read.ts'
import { channelFacts, type SpaceChannel } from './channels.ts'
import { momentOf } from './moments.ts'
import type { Frame, ToldMessage } from './transform-message.ts'

/** What the newest messages of a contact say of their conversation: contacts themselves tell nothing of them. */
export interface Summary {
  readonly newest: string | null
  readonly newestAt: number | null
  readonly channelKey: string | null
  readonly lastTheirsAt: number | null
  readonly lastReplyAt: number | null
  /** Messages of theirs since the newest answer of a person; `isMore` where that answer was out of sight. */
  readonly unanswered: number
  readonly isMore: boolean
}

export const nothingHeard: Summary = {
  newest: null,
  newestAt: null,
  channelKey: null,
  lastTheirsAt: null,
  lastReplyAt: null,
  unanswered: 0,
  isMore: false,
}

/**
 * A contact is a conversation (docs/providers/aelyst.md §1). Null only where it has no id; anything else missing or
 * unknown becomes the nearest harmless value.
 */
export function conversationFrom(raw: unknown, told: Told, frame: Frame): Conversation | null {
  const wire = asObject(raw)
  const key = textOrNull(wire['id'])
  if (key === null) return null
  const { summary, channels } = told
  const inbox = inboxOf(summary.channelKey, channels)
  const facts = channelFacts(inbox.source)
  const createdAt = momentOf(wire['created_at']) ?? summary.newestAt ?? 0
  const { lastTheirsAt, lastReplyAt, newest } = summary
  return {
    id: conversationId(frame.accountId, key),
    accountId: frame.accountId,
    key,
    status: statusOf(wire),
    customer: customerOf(wire, key, frame.baseUrl),
    inbox: { key: inbox.key, name: inbox.name, channel: facts.channel } satisfies Inbox,
    assignee: assigneeOf(wire, frame),
    team: null,
    labels: tagsOf(wire),
    priority: null,
    subject: null,
    // Who never wrote where answers are only free for a day gets templates alone.
    canReply: facts.windowMs === null || lastTheirsAt !== null || newest === null,
    replyWindowMs: facts.windowMs,
    limits: facts.limits,
    attributes: {},
    muted: false,
    unread: summary.isMore
      ? { kind: 'atLeast', count: summary.unanswered }
      : { kind: 'exact', count: summary.unanswered },
    readAt: null,
    readScope: 'device',
    lastTheirsAt,
    lastReplyAt,
    waitingSince: null,
    createdAt,
    lastActivityAt: Math.max(createdAt, summary.newestAt ?? 0),
    updatedAt: null,
    preview: told.preview ?? null,
    lastMessageKey: newest,
  }
}

export interface Told {
  readonly summary: Summary
  readonly channels: ReadonlyMap<string, SpaceChannel>
  readonly preview?: Preview | null
}

/** What the newest messages add to what was known; they are oldest first. `isAll` where there are none before them. */
export function summaryOf(before: Summary, told: readonly ToldMessage[], isAll: boolean): Summary {
  const newest = told.at(-1)
  if (newest === undefined) return before
  const theirs = told.filter(({ message }) => message.side === 'them')
  const replies = told.filter(isHumanReply)
  const lastReply = replies.at(-1)
  const since = theirs.filter(({ message }) => message.sequence > (lastReply?.message.sequence ?? -Infinity))
  const meets = isAll || told.some(({ message }) => message.key === before.newest)
  const fresh = since.filter(({ message }) => message.sequence > Number(before.newest ?? -Infinity))
  const isCounted = lastReply !== undefined || isAll || !meets
  return {
    newest: newest.message.key,
    newestAt: newest.message.sentAt,
    channelKey: told.findLast((each) => each.channelKey !== null)?.channelKey ?? before.channelKey,
    lastTheirsAt: latest(before.lastTheirsAt, theirs.at(-1)?.message.sentAt ?? null),
    lastReplyAt: latest(before.lastReplyAt, lastReply?.message.sentAt ?? null),
    unanswered: isCounted ? since.length : before.unanswered + fresh.length,
    isMore: isCounted ? lastReply === undefined && !meets : before.isMore,
  }
}

export function previewOf(message: Message | undefined): Preview | null {
  if (message === undefined) return null
  const text = message.text !== '' ? message.text : (message.attachments[0]?.name ?? '')
  const author = message.author?.name ?? null
  return { side: message.side, author, text: text.slice(0, 500), isNote: false }
}

/** What it is read as, whatever word this server uses (docs/providers/aelyst.md §11); an unknown one is shown as open. */
export function statusOf({ status }: Loose): Status {
  const raw = asText(status).toLowerCase()
  switch (raw) {
    case 'open':
    case 'unsnoozed':
    case '':
      return { kind: 'open' }
    case 'closed':
    case 'close':
    case 'done':
    case 'blocked':
      return { kind: 'done' }
    case 'snoozed':
      return { kind: 'snoozed', until: null }
    default:
      return { kind: 'unknown', raw: asText(status) }
  }
}

export function customerOf(wire: Loose, key: string, baseUrl: string): Customer {
  const [email, phone] = [textOrNull(wire['email']), textOrNull(wire['phone'])]
  return {
    key,
    name: textOrNull(nameOf(wire)) ?? phone ?? email ?? key,
    email,
    phone,
    avatarUrl: webUrlOrNull(wire['profilePic'], baseUrl),
    blocked: isTrue(wire['isBlocked']) || wire['status'] === 'blocked',
  }
}

/** Of a contact or a user. */
export function nameOf(wire: Loose): string {
  return [wire['firstName'], wire['lastName']]
    .map((each) => asText(each).trim())
    .filter((each) => each !== '')
    .join(' ')
}

/** Nobody may be null, or somebody without an id. */
export function assigneeOf(wire: Loose, frame: Frame): Person | null {
  const assignee = asObject(wire['assignee'])
  const key = textOrNull(assignee['id'])
  if (key === null) return null
  const name = textOrNull(nameOf(assignee)) ?? frame.users.get(key)?.name ?? asText(assignee['email'])
  return { key, name, avatarUrl: null, kind: 'agent', isMe: key === frame.userId }
}

export function tagsOf(wire: Loose): string[] {
  const tags = asList(wire['tags']).map(asText)
  return [...new Set(tags.filter((each) => each.trim() !== ''))]
}

/** A person answered: here, in the workspace or in the channel's own app. */
function isHumanReply({ message }: ToldMessage): boolean {
  const isAgent = message.side === 'me' || message.side === 'colleague'
  return isAgent && message.kind === 'text' && message.delivery.kind !== 'failed'
}

function inboxOf(key: string | null, channels: Told['channels']): SpaceChannel {
  return (key === null ? undefined : channels.get(key)) ?? { key: key ?? '', name: '', source: '' }
}

function latest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}
