import type { Conversation } from './conversation.ts'
import type { Message } from './message.ts'
import { compareMessages } from './ordering.ts'

export type MergedConversation =
  | { readonly kind: 'changed'; readonly conversation: Conversation }
  | { readonly kind: 'unchanged' }
  /** An older copy than the one kept: nothing of it is taken. */
  | { readonly kind: 'stale' }

/**
 * What to keep of a conversation after the server told it once more. An older copy never overwrites a newer one, and
 * what only ever grows (activity, their newest message, the newest reply) never shrinks.
 */
export function mergeConversation(kept: Conversation | null, said: Conversation): MergedConversation {
  if (kept === null) return { kind: 'changed', conversation: said }
  if (kept.updatedAt !== null && said.updatedAt !== null && said.updatedAt < kept.updatedAt)
    return { kind: 'stale' }
  const isBehind = said.lastActivityAt < kept.lastActivityAt
  const conversation: Conversation = {
    ...said,
    lastTheirsAt: latest(kept.lastTheirsAt, said.lastTheirsAt),
    lastReplyAt: latest(kept.lastReplyAt, said.lastReplyAt),
    lastActivityAt: Math.max(kept.lastActivityAt, said.lastActivityAt),
    preview: isBehind ? kept.preview : (said.preview ?? kept.preview),
    lastMessageKey: isBehind ? kept.lastMessageKey : (said.lastMessageKey ?? kept.lastMessageKey),
  }
  return isSame(kept, conversation) ? { kind: 'unchanged' } : { kind: 'changed', conversation }
}

export type MergedMessage =
  { readonly kind: 'changed'; readonly message: Message } | { readonly kind: 'unchanged' }

/**
 * The newer word wins; an own id once seen is kept, since a server may wipe it on a retry. So is that it is ours, where a
 * server does not tell which agent wrote.
 */
export function mergeMessage(kept: Message | null, said: Message): MergedMessage {
  if (kept === null) return { kind: 'changed', message: said }
  const ownId = said.ownId ?? kept.ownId
  const isOurs = ownId !== null && kept.side === 'me' && said.side === 'colleague' && said.author === null
  const message: Message = { ...said, ownId, side: isOurs ? 'me' : said.side }
  return isSame(kept, message) ? { kind: 'unchanged' } : { kind: 'changed', message }
}

/** Advances a conversation by messages that arrived outside its own row: a thread read, the answer to a send. */
export function withMessages(conversation: Conversation, messages: readonly Message[]): Conversation {
  return [...messages].sort(compareMessages).reduce(withMessage, conversation)
}

function withMessage(row: Conversation, message: Message): Conversation {
  const isTheirs = message.side === 'them' && message.kind !== 'activity' && !message.isDeleted
  const isReply = isHumanReply(message)
  const lastTheirsAt = isTheirs ? latest(row.lastTheirsAt, message.sentAt) : row.lastTheirsAt
  const lastReplyAt = isReply ? latest(row.lastReplyAt, message.sentAt) : row.lastReplyAt
  const isAnswered = isReply && (lastTheirsAt === null || message.sentAt >= lastTheirsAt)
  const isNewest = message.sentAt >= row.lastActivityAt
  return {
    ...row,
    lastTheirsAt,
    lastReplyAt,
    waitingSince: isAnswered ? null : row.waitingSince,
    // What a lapsed window closed, a new message of theirs opens again.
    canReply:
      row.canReply || (isTheirs && row.replyWindowMs !== null && message.sentAt > (row.lastTheirsAt ?? 0)),
    lastActivityAt: Math.max(row.lastActivityAt, message.sentAt),
    lastMessageKey: isNewest ? message.key : row.lastMessageKey,
    preview: isNewest && message.kind !== 'activity' ? previewOf(message) : row.preview,
  }
}

/** A reply of a human agent that reached the server: notes, bots and failed messages answer nobody. */
function isHumanReply(message: Message): boolean {
  const isAgent = message.side === 'me' || message.side === 'colleague'
  return isAgent && message.kind === 'text' && message.delivery.kind !== 'failed' && !message.isDeleted
}

function previewOf(message: Message): Conversation['preview'] {
  const text = message.text !== '' ? message.text : (message.attachments[0]?.name ?? '')
  return { side: message.side, author: message.author?.name ?? null, text, isNote: message.kind === 'note' }
}

function latest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}

/** Whether two pieces of plain JSON say the same, in whatever order their keys are. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
