import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { momentOrNull, numberOrNull } from '../../foreign/read.ts'
import type { WireConversation } from './wire-types.ts'

type Moments = Pick<
  Conversation,
  'createdAt' | 'lastActivityAt' | 'unread' | 'readAt' | 'lastTheirsAt' | 'lastReplyAt' | 'waitingSince'
>

/** Chatwoot counts at most so many unread messages (docs/providers/chatwoot.md §2.2). */
const unreadCap = 10

/**
 * When they wrote, when a human answered and up to where it is read, as far as one row proves it
 * (docs/providers/chatwoot.md §2.4). The server tells whole seconds while it compares fractions, so what its counts
 * prove is placed a millisecond after, or at the end of, the second it told.
 */
export function momentsOf(wire: WireConversation, messages: readonly Message[], isDone: boolean): Moments {
  const createdAt = momentOrNull(wire.created_at) ?? momentOrNull(wire.timestamp) ?? oldest(messages)
  const seenAt = momentOrNull(wire.agent_last_seen_at)
  const unreadCount = numberOrNull(wire.unread_count)
  const theirs = latestOf(messages.filter(isTheirs))
  // Nobody ever looked and nothing is unread: they never wrote, and "waiting since" is only when it was created.
  const neverWrote = unreadCount === 0 && seenAt === null && theirs === null
  const waitingSince = isDone || neverWrote ? null : momentOrNull(wire.waiting_since)
  const lastTheirsAt = latest(
    theirs,
    waitingSince === null ? null : waitingSince + 1,
    unreadCount !== null && unreadCount > 0 ? (seenAt ?? createdAt) + 1 : null,
  )
  const readAt = unreadCount === 0 ? latest(seenAt === null ? null : seenAt + 999, lastTheirsAt) : seenAt
  return {
    createdAt,
    lastActivityAt: momentOrNull(wire.last_activity_at) ?? momentOrNull(wire.timestamp) ?? createdAt,
    unread: unreadOf(unreadCount, lastTheirsAt, readAt),
    readAt,
    lastTheirsAt,
    lastReplyAt: latest(latestOf(messages.filter(isHumanReply)), momentOrNull(wire.first_reply_created_at)),
    waitingSince,
  }
}

function unreadOf(
  count: number | null,
  lastTheirsAt: number | null,
  readAt: number | null,
): Conversation['unread'] {
  if (count !== null && count >= unreadCap) return { kind: 'atLeast', count }
  if (count !== null && count >= 0) return { kind: 'exact', count }
  return lastTheirsAt !== null && lastTheirsAt > (readAt ?? 0)
    ? { kind: 'some' }
    : { kind: 'exact', count: 0 }
}

function isTheirs(message: Message): boolean {
  return message.side === 'them' && message.kind !== 'activity' && !message.isDeleted
}

/** Notes, bots and what never got out answer nobody. */
function isHumanReply(message: Message): boolean {
  const isAgent = message.side === 'me' || message.side === 'colleague'
  return isAgent && message.kind === 'text' && message.delivery.kind !== 'failed' && !message.isDeleted
}

function latestOf(messages: readonly Message[]): number | null {
  return messages.length === 0 ? null : Math.max(...messages.map((each) => each.sentAt))
}

function oldest(messages: readonly Message[]): number {
  return messages.length === 0 ? 0 : Math.min(...messages.map((each) => each.sentAt))
}

function latest(...moments: (number | null)[]): number | null {
  return moments.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null)
}
