import { asList, asObject, asText, momentOrNull, numberOrNull } from '../../foreign/read.ts'

/**
 * Where a pull goes on, as the store keeps it. First the lists are read in pages (`seed`), then what changed since
 * (`steady`). All moments are the server's clock, epoch ms.
 */
export type Cursor = SeedCursor | SteadyCursor

export interface SeedCursor {
  readonly kind: 'seed'
  /** Which of the lists, by its place in `seedLists`. */
  readonly list: number
  readonly page: number
  /** Of this list: how many came so far, and how many make a full page. */
  readonly seen: number
  readonly pageSize: number
  readonly done: number
  readonly total: number | null
  /** When the first load began; null before its first answer. */
  readonly startedAt: number | null
  /** Resolved conversations are read as far back as this. */
  readonly doneSince: number | null
  readonly unread: readonly string[]
}

export interface SteadyCursor {
  readonly kind: 'steady'
  /** Everything changed up to this moment has been told. */
  readonly asOf: number
  /** How far the server's clock was ahead of ours, ms: an estimate that its next answer corrects. */
  readonly aheadMs: number
  readonly turn: number
  /** The page of open conversations the next re-read looks at, besides the first. */
  readonly sweepPage: number
  /** Conversations last seen unread, longest unchecked first. */
  readonly unread: readonly string[]
}

export const seedLists = ['open', 'pending', 'snoozed', 'resolved'] as const

const version = 1
const mostUnread = 60

export function startOfSeed(doneSince: number | null): SeedCursor {
  const nothing = { list: 0, page: 1, seen: 0, pageSize: 0, done: 0, total: null }
  return { kind: 'seed', ...nothing, startedAt: null, doneSince, unread: [] }
}

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify({ version, ...cursor, unread: cursor.unread.slice(-mostUnread) })
}

/** Null for no cursor, and for what is none of ours or of another version: then everything starts over. */
export function readCursor(text: string | null): Cursor | null {
  const raw = asObject(parsed(text ?? ''))
  if (raw['version'] !== version) return null
  const unread = asList(raw['unread']).map(asText)
  if (raw['kind'] === 'seed') return seedFrom(raw, unread)
  const asOf = momentOrNull(raw['asOf'])
  if (raw['kind'] !== 'steady' || asOf === null) return null
  const numbers = {
    aheadMs: whole(raw['aheadMs']),
    turn: whole(raw['turn']),
    sweepPage: whole(raw['sweepPage']),
  }
  return { kind: 'steady', asOf, ...numbers, unread }
}

function seedFrom(raw: Readonly<Record<string, unknown>>, unread: readonly string[]): SeedCursor | null {
  const list = whole(raw['list'])
  if (list < 0 || list >= seedLists.length) return null
  return {
    kind: 'seed',
    list,
    page: Math.max(1, whole(raw['page'])),
    seen: whole(raw['seen']),
    pageSize: whole(raw['pageSize']),
    done: whole(raw['done']),
    total: numberOrNull(raw['total']),
    startedAt: momentOrNull(raw['startedAt']),
    doneSince: momentOrNull(raw['doneSince']),
    unread,
  }
}

function whole(value: unknown): number {
  return Math.round(numberOrNull(value) ?? 0)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
