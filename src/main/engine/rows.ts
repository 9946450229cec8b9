import type { ConversationRow, MessageRow, StrandedAction } from '../../shared/contract/contract.ts'
import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import { partOf } from '../../shared/domain/action.ts'
import type { EffectiveConversation } from '../../shared/domain/effective.ts'
import { fileNameAt } from '../../shared/domain/file-name-at.ts'
import { messageId, type ConversationId } from '../../shared/domain/ids.ts'
import type { Attachment, MailAddresses, Message } from '../../shared/domain/message.ts'
import { blockOf, type Block, type OutboxRow } from '../../shared/domain/outbox.ts'
import type { FileRef, Reply } from '../../shared/domain/reply.ts'
import { replyUntil } from '../../shared/domain/reply-window.ts'
import { waitingSince } from '../../shared/domain/waiting.ts'

/** Turns a foreign address into the opaque id the window may use. */
export type MediaId = (url: string | null, name: string) => string | null

/** One line of the list, as the window gets it. */
export function conversationRow(
  row: EffectiveConversation,
  { orders, hasDraft }: OfOurs,
  media: MediaId,
): ConversationRow {
  const { customer, assignee, inbox, preview } = row
  return {
    id: row.id,
    accountId: row.accountId,
    who: {
      name: customer.name,
      email: customer.email,
      phone: customer.phone,
      avatar: media(customer.avatarUrl, customer.name),
    },
    inbox: { name: inbox.name, channel: inbox.channel },
    subject: row.subject,
    status: row.status,
    isLocal: row.isLocal,
    assignee:
      assignee === null
        ? null
        : {
            key: assignee.key,
            name: assignee.name,
            isMe: assignee.isMe,
            isBot: assignee.kind === 'bot',
            avatar: media(assignee.avatarUrl, assignee.name),
          },
    team: row.team,
    labels: [...row.labels],
    priority: row.priority,
    muted: row.muted,
    unread: row.unread,
    readScope: row.readScope,
    needsYou: row.needsYou,
    waitingSince: waitingSince(row),
    lastActivityAt: row.lastActivityAt,
    canReply: row.canReply,
    replyUntil: replyUntil(row),
    limits: { ...row.limits },
    preview: newestOwnWords(orders, row.lastTheirsAt) ?? preview,
    pending: [...row.pending],
    outbox: outboxOf(orders),
    heldBack: heldBackBy(blockOf(orders)),
    hasDraft,
  }
}

/** What this computer keeps of a conversation beside what its server told. */
export interface OfOurs {
  /** Open ones, oldest first. */
  readonly orders: readonly OutboxRow[]
  readonly hasDraft: boolean
}

/** Everything a thread shows: what the server has, then what is still on its way, in the order it was written. */
export function threadRows(
  messages: readonly Message[],
  orders: readonly OutboxRow[],
  media: MediaId,
): MessageRow[] {
  const lastAt = messages.at(-1)?.sentAt ?? 0
  const block = blockOf(orders)
  return [
    ...messages.map((each) => messageRow(each, media)),
    ...orders.flatMap((order, index) =>
      order.order.kind === 'reply'
        ? [
            {
              ...ownRow(order, order.order, lastAt, index),
              delivery: ownDelivery(order, order.order, { block, before: orders.slice(0, index) }),
            },
          ]
        : [],
    ),
  ]
}

export function messageRow(message: Message, media: MediaId): MessageRow {
  const { author } = message
  return {
    id: message.id,
    conversationId: message.conversationId,
    side: message.side,
    author: author === null ? null : { name: author.name, avatar: media(author.avatarUrl, author.name) },
    kind: message.kind,
    text: message.text,
    html: message.html,
    subject: message.subject,
    sentAt: message.sentAt,
    sequence: message.sequence,
    delivery: message.delivery,
    attachments: message.attachments.map((each) => attachmentRow(each, media)),
    replyTo: message.replyTo === null ? null : messageId(message.conversationId, message.replyTo),
    isDeleted: message.isDeleted,
    mail: mailRow(message.mail),
    rating: message.rating === null ? null : { ...message.rating },
    outboxId: null,
  }
}

/** Id of the bubble that stands for a reply until the server has it. */
export function ownRowId(conversation: ConversationId, order: Pick<OutboxRow, 'id'>): string {
  return messageId(conversation, `own-${order.id}`)
}

/** Whether a message of this conversation is only such a bubble: no server knows its key. */
export function isOwnRowId(conversation: ConversationId, id: string): boolean {
  return id.startsWith(messageId(conversation, 'own-'))
}

/** Actions that stopped and need the agent's word. */
export function strandedActions(orders: readonly OutboxRow[]): StrandedAction[] {
  return orders.flatMap(({ id, conversationId, order, state }) =>
    order.kind === 'action' && state.kind === 'failed'
      ? [{ outboxId: id, conversationId, action: order.action.kind, failure: failureIn(state) }]
      : [],
  )
}

/** Our clock may run behind the server's; what we wrote last still stands last. */
function ownRow(order: OutboxRow, reply: Reply, lastAt: number, index: number): Omit<MessageRow, 'delivery'> {
  return {
    id: ownRowId(order.conversationId, order),
    conversationId: order.conversationId,
    side: 'me',
    author: null,
    kind: reply.isNote ? 'note' : 'text',
    text: reply.text,
    html: null,
    subject: null,
    sentAt: Math.max(order.createdAt, lastAt),
    sequence: Number.MAX_SAFE_INTEGER - 10_000 + index,
    attachments: [...reply.files.map(fileOnItsWay), ...(reply.links ?? []).map(linkOnItsWay)],
    replyTo: reply.replyTo === null ? null : messageId(order.conversationId, reply.replyTo),
    isDeleted: false,
    mail: reply.mail === null ? null : { from: [], to: [], cc: [...reply.mail.cc], bcc: [...reply.mail.bcc] },
    rating: null,
    outboxId: order.id,
  }
}

function ownDelivery(
  order: OutboxRow,
  { template }: Reply,
  { block, before }: { block: Block | null; before: readonly OutboxRow[] },
): MessageRow['delivery'] {
  const { state } = order
  const isWaiting = block?.waiting.includes(order) ?? false
  const canEdit = template === null
  const holdsBack = block?.head === order ? heldBackBy(block) : 0
  switch (state.kind) {
    case 'held':
    case 'queued':
      // Its own time says nothing about when it leaves where one before it does not move.
      if (state.kind === 'held' && !isWaiting && !before.some((each) => each.state.kind === 'queued'))
        return { kind: 'held', until: state.until }
      return {
        kind: 'queued',
        notBefore: state.kind === 'queued' ? state.notBefore : null,
        why: state.kind === 'queued' ? (state.why ?? null) : null,
        waitsFor: isWaiting && block !== null ? ownRowId(order.conversationId, block.head) : null,
        canEdit: canEdit && order.attempts === 0,
      }
    case 'sending':
      return { kind: 'sending' }
    case 'sent':
      return { kind: 'sent' }
    case 'failed':
      return { kind: 'refused', failure: failureIn(state), holdsBack, canEdit }
    case 'unsure':
      return {
        kind: 'unsure',
        asks: state.asked,
        finding: state.finding === 'found' ? null : state.finding,
        ...{ holdsBack, canEdit },
      }
  }
}

/** What the agent would miss; that something was read is nothing they wait for. */
function heldBackBy(block: Block | null): number {
  return block?.waiting.filter(isSpeaking).length ?? 0
}

function isSpeaking({ order }: OutboxRow): boolean {
  return order.kind === 'reply' || partOf(order.action.kind) !== 'read'
}

function failureIn(state: Extract<OutboxRow['state'], { kind: 'failed' }>): Failure {
  return {
    code: state.code as FailureCode,
    facts: JSON.parse(state.reason) as Record<string, string>,
    retryAt: null,
  }
}

function attachmentRow(each: Attachment, media: MediaId): MessageRow['attachments'][number] {
  return {
    kind: each.kind,
    name: each.name,
    media: media(each.url, each.name),
    thumb: media(each.thumbUrl, each.name),
    sizeBytes: each.sizeBytes,
    width: each.width,
    height: each.height,
  }
}

function fileOnItsWay({ name, contentType, sizeBytes }: FileRef): MessageRow['attachments'][number] {
  const kinds = { image: 'image', audio: 'audio', video: 'video' } as const
  const family = contentType.split('/')[0] ?? ''
  const kind = family === 'image' || family === 'audio' || family === 'video' ? kinds[family] : 'file'
  return { kind, name, media: null, thumb: null, sizeBytes, width: null, height: null }
}

/** A file at an address: what it is shows once the server has it. */
function linkOnItsWay(address: string): MessageRow['attachments'][number] {
  const none = { media: null, thumb: null, sizeBytes: null, width: null, height: null }
  return { kind: 'file', name: fileNameAt(address), ...none }
}

function mailRow(mail: MailAddresses | null): MessageRow['mail'] {
  if (mail === null) return null
  return { from: [...mail.from], to: [...mail.to], cc: [...mail.cc], bcc: [...mail.bcc] }
}

/** What we wrote last, unless they wrote since: words that got stuck must not stand before theirs. */
function newestOwnWords(
  orders: readonly OutboxRow[],
  lastTheirsAt: number | null,
): ConversationRow['preview'] {
  const newest = orders.findLast((each) => each.order.kind === 'reply')?.order
  if (newest?.kind !== 'reply' || (lastTheirsAt ?? -Infinity) > (newest.seenAt ?? -Infinity)) return null
  const text = newest.text !== '' ? newest.text : (newest.files[0]?.name ?? '')
  return { side: 'me', author: null, text, isNote: newest.isNote }
}

function outboxOf(orders: readonly OutboxRow[]): ConversationRow['outbox'] {
  if (orders.some(({ state }) => state.kind === 'unsure' && state.asked)) return 'asks'
  const failed = orders.filter(({ state }) => state.kind === 'failed')
  if (failed.length > 0) return failed.some(({ order }) => order.kind === 'reply') ? 'failed' : 'notDone'
  return orders.some(isSpeaking) ? 'onItsWay' : 'clear'
}
