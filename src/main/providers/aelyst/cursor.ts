import { asList, asObject, asText, numberOrNull, parseJson, textOrNull } from '../../foreign/read.ts'
import { nothingHeard, type Summary } from './transform.ts'

/**
 * Where a pull goes on, as the store keeps it: the walk through the list of contacts, and what is known of each
 * conversation that is looked after. Moments are our clock, epoch ms.
 */
export interface Cursor {
  /** Counts the walks; a contact that a whole walk did not meet has left the list. */
  readonly walk: number
  /** Of the list's next page; null between two walks. */
  readonly next: string | null
  readonly isWalking: boolean
  /** How many pages the walk has read so far, or the last one had. */
  readonly pages: number
  /** When the last walk ended; null before the first did. */
  readonly listedAt: number | null
  readonly entries: ReadonlyMap<string, Entry>
}

export interface Entry {
  /** Of the contact as it was told last. */
  readonly hash: string
  readonly walk: number
  /** Mine or nobody's: looked at more often. */
  readonly isClose: boolean
  /** When its messages are looked at next; null before the first time. */
  readonly dueAt: number | null
  readonly summary: Summary
}

const version = 1

export const startCursor: Cursor = {
  walk: 0,
  next: null,
  isWalking: false,
  pages: 0,
  listedAt: null,
  entries: new Map(),
}

export function writeCursor({ entries, ...rest }: Cursor): string {
  return JSON.stringify({ version, ...rest, entries: [...entries].map(([key, each]) => [key, ...row(each)]) })
}

/** For no cursor, and for what is none of ours or of another version, everything starts over. */
export function readCursor(text: string | null): Cursor {
  const raw = asObject(parseJson(new TextEncoder().encode(text ?? ''))?.value)
  if (raw['version'] !== version) return startCursor
  return {
    walk: numberOrNull(raw['walk']) ?? 0,
    next: textOrNull(raw['next']),
    isWalking: raw['isWalking'] === true,
    pages: numberOrNull(raw['pages']) ?? 0,
    listedAt: numberOrNull(raw['listedAt']),
    entries: new Map(
      asList(raw['entries'])
        .map(asList)
        .map(([key, ...rest]) => [asText(key), entry(rest)]),
    ),
  }
}

/** As a row: there may be thousands. */
function row({ hash, walk, isClose, dueAt, summary }: Entry): unknown[] {
  const { newest, newestAt, channelKey, lastTheirsAt, lastReplyAt, unanswered, isMore } = summary
  const head = [hash, walk, isClose ? 1 : 0, dueAt]
  if (newest === null) return head
  return [...head, newest, newestAt, channelKey, lastTheirsAt, lastReplyAt, unanswered, isMore ? 1 : 0]
}

function entry(row: readonly unknown[]): Entry {
  const [hash, walk, isClose, dueAt, newest, newestAt, channelKey, theirsAt, replyAt, unanswered, isMore] =
    row
  const head = {
    hash: asText(hash),
    walk: numberOrNull(walk) ?? 0,
    isClose: isClose === 1,
    dueAt: numberOrNull(dueAt),
  }
  if (textOrNull(newest) === null) return { ...head, summary: nothingHeard }
  return {
    ...head,
    summary: {
      newest: textOrNull(newest),
      newestAt: numberOrNull(newestAt),
      channelKey: textOrNull(channelKey),
      lastTheirsAt: numberOrNull(theirsAt),
      lastReplyAt: numberOrNull(replyAt),
      unanswered: numberOrNull(unanswered) ?? 0,
      isMore: isMore === 1,
    },
  }
}
