import type { Conversation } from './conversation.ts'

/** Since when the customer waits for an answer (epoch ms): the server's word, else their first unanswered message; null when nobody waits. */
export function waitingSince(
  row: Pick<Conversation, 'status' | 'waitingSince' | 'lastTheirsAt' | 'lastReplyAt' | 'readScope'>,
): number | null {
  if (row.status.kind !== 'open' && row.status.kind !== 'unknown') return null
  // On the customer's side of a helpdesk it is we who wait, not they.
  if (row.readScope === 'own') return null
  if (isAnswered(row)) return null
  return row.waitingSince ?? row.lastTheirsAt
}

function isAnswered(row: Pick<Conversation, 'lastTheirsAt' | 'lastReplyAt' | 'waitingSince'>): boolean {
  if (row.lastTheirsAt === null) return row.waitingSince === null
  return row.lastReplyAt !== null && row.lastReplyAt >= row.lastTheirsAt
}
