import type { ConversationRow } from '../../../shared/contract/contract.ts'

/** Whether free text may go out right now: for ever, for a while, or no longer. Nobody tells when it lapses. */
export type ReplyWindow =
  | { readonly kind: 'open' }
  | { readonly kind: 'closing'; readonly until: number; readonly leftMs: number }
  | { readonly kind: 'closed' }

export function replyWindow(
  row: Pick<ConversationRow, 'canReply' | 'replyUntil'>,
  nowAt: number,
): ReplyWindow {
  if (!row.canReply) return { kind: 'closed' }
  if (row.replyUntil === null) return { kind: 'open' }
  const leftMs = row.replyUntil - nowAt
  return leftMs <= 0 ? { kind: 'closed' } : { kind: 'closing', until: row.replyUntil, leftMs }
}

/** The time left, rounded down to what an agent plans with. */
export function timeLeft(leftMs: number): { readonly unit: 'hours' | 'minutes'; readonly count: number } {
  const minutes = Math.floor(leftMs / 60_000)
  return minutes >= 60
    ? { unit: 'hours', count: Math.floor(minutes / 60) }
    : { unit: 'minutes', count: Math.max(1, minutes) }
}
