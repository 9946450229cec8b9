import type { Conversation } from './conversation.ts'

type Windowed = Pick<Conversation, 'canReply' | 'replyWindowMs' | 'lastTheirsAt'>

/**
 * Until when the customer can be answered freely, epoch ms; null where there is no such limit, and where it is not
 * known when they wrote last: then only the server's word counts.
 */
export function replyUntil(row: Windowed): number | null {
  return row.replyWindowMs === null || row.lastTheirsAt === null ? null : row.lastTheirsAt + row.replyWindowMs
}

/** Servers say it at the moment of answering, and nobody tells when it lapses: so it is reckoned here. */
export function mayReply(row: Windowed, now: number): boolean {
  const until = replyUntil(row)
  return row.canReply && (until === null || now < until)
}
