import type { Cursor, Entry } from './cursor.ts'

/**
 * How soon what is looked at again: lists say nothing of new messages, so contacts are looked at one by one, those the
 * agent answers for more often (docs/providers/aelyst.md §8). Pure.
 */
export interface Load {
  readonly isFiltered: boolean
  /** All paths have one bucket. */
  readonly isShared: boolean
}

const listMs = 15_000
const fullListMs = 300_000
/** Of a walk through everybody: a page costs half a second, and shall not be more than a tenth of all there is. */
const fullPageMs = 5_000

export function isListDue({ listedAt, pages }: Cursor, { isFiltered }: Load, now: number): boolean {
  if (listedAt === null) return true
  const everyMs = isFiltered ? listMs : Math.max(fullListMs, pages * fullPageMs)
  // A clock that was turned back does not stop the list.
  return Math.abs(now - listedAt) >= everyMs
}

/** When the messages of a conversation are looked at next. */
export function nextDueAt({ isClose, summary }: Entry, { isShared }: Load, now: number): number {
  const everyMs = isClose ? closeMs(now - (summary.newestAt ?? 0)) : otherMs
  return now + everyMs * (isShared ? sharedFactor : 1)
}

export function isTopDue({ dueAt }: Entry, now: number): boolean {
  return dueAt === null || dueAt <= now || dueAt > now + longestMs
}

/** Mine and nobody's first, those never looked at before the rest, then whoever waits longest. */
export function byUrgency([, a]: readonly [string, Entry], [, b]: readonly [string, Entry]): number {
  return Number(b.isClose) - Number(a.isClose) || (a.dueAt ?? 0) - (b.dueAt ?? 0)
}

function closeMs(ageMs: number): number {
  if (ageMs < 15 * 60_000) return 15_000
  return ageMs < 4 * 3_600_000 ? 60_000 : otherMs
}

const otherMs = 180_000
const sharedFactor = 3
const longestMs = sharedFactor * otherMs + 600_000
