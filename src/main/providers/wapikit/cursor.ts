import { asList, asObject, asText, numberOrNull, parseJson } from '../../foreign/read.ts'

/**
 * Where a pull goes on, as the store keeps it. The list is walked from its first page until what is known; between two
 * walks `page` is 1. The rows were kept in the same transaction, so what is noted here of them is true.
 */
export interface Cursor {
  /** Nothing is known before the first walk is over, so it goes to the end. */
  readonly isFirst: boolean
  readonly list: ListName
  readonly page: number
  /** The conversation the last page ended in; it was told whole, and its rows on this page are not news. */
  readonly cut: string | null
  readonly done: number
  /** How many walks there were. */
  readonly turn: number
  /** The page the next look at older conversations reads. */
  readonly sweepPage: number
  /** What the first page held, and whether that alone tells that nothing is new. */
  readonly front: { readonly print: string; readonly isTelling: boolean } | null
  /** The newest conversations by key, each with the print of how it was told last; and those of this walk. */
  readonly known: Prints
  readonly fresh: Prints
}

/** By itself the list holds all but the closed. */
export type ListName = 'open' | 'closed'

export type Prints = readonly (readonly [key: string, print: string])[]

const version = 1
const mostPrints = { open: 90, closed: 30 } as const

export const startOfAll: Cursor = {
  isFirst: true,
  list: 'open',
  page: 1,
  cut: null,
  done: 0,
  turn: 0,
  sweepPage: 2,
  front: null,
  known: [],
  fresh: [],
}

/** Adds the prints of one more page, the newest conversations first. */
export function withPrints(cursor: Cursor, prints: Prints): Prints {
  const most = cursor.list === 'open' ? mostPrints.open : mostPrints.open + mostPrints.closed
  return [...cursor.fresh, ...prints].slice(0, most)
}

/** What is known once a walk is over: what it told, then what it did not get to. */
export function settledPrints({ known, fresh }: Pick<Cursor, 'known' | 'fresh'>): Prints {
  const told = new Set(fresh.map(([key]) => key))
  return [...fresh, ...known.filter(([key]) => !told.has(key))].slice(0, mostPrints.open + mostPrints.closed)
}

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify({ version, ...cursor })
}

/** Null for no cursor, and for what is none of ours or of another version: then everything starts over. */
export function readCursor(text: string | null): Cursor | null {
  const raw = asObject(parseJson(new TextEncoder().encode(text ?? ''))?.value)
  if (raw['version'] !== version) return null
  const front = asObject(raw['front'])
  return {
    isFirst: raw['isFirst'] === true,
    list: raw['list'] === 'closed' ? 'closed' : 'open',
    page: Math.max(1, whole(raw['page'])),
    cut: typeof raw['cut'] === 'string' ? raw['cut'] : null,
    done: whole(raw['done']),
    turn: whole(raw['turn']),
    sweepPage: Math.max(2, whole(raw['sweepPage'])),
    front:
      typeof front['print'] === 'string'
        ? { print: front['print'], isTelling: front['isTelling'] === true }
        : null,
    known: printsIn(raw['known']),
    fresh: printsIn(raw['fresh']),
  }
}

function printsIn(raw: unknown): Prints {
  return asList(raw).map((each) => {
    const [key, print] = asList(each).map(asText)
    return [key ?? '', print ?? ''] as const
  })
}

function whole(value: unknown): number {
  return Math.round(numberOrNull(value) ?? 0)
}
