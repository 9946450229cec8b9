import type { ConversationRow, Query } from '../../shared/contract/contract.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import { isInView } from '../../shared/domain/view.ts'

/**
 * The stretch of one query's rows that the window holds: whole pages, at most about `maxHeld` rows. Pages given back
 * at either end are fetched again by their cursor. Pure: every function returns the next window, or the same one.
 */
export interface ListWindow {
  readonly query: Query
  readonly phase: 'loading' | 'ready' | 'failed'
  /** With rows in sight: why there are no more of them yet. */
  readonly failure: Failure | null
  readonly entries: readonly Entry[]
  /** The pages held, in order. */
  readonly pages: readonly HeldPage[]
  /** Pages above the held ones that were given back, nearest last. */
  readonly above: readonly HeldPage[]
  /** Rows given back above; where the first entry stands in the whole list. */
  readonly rowsAbove: number
  /** Cursor of the page below, null at the end of the list. */
  readonly next: string | null
}

export interface Entry {
  readonly row: ConversationRow
  /** Revision of the word this row came from: an older word never replaces it. */
  readonly revision: number
}

export interface HeldPage {
  /** Cursor this page is fetched with. */
  readonly after: string | null
  /** The last row the page had when it came. */
  readonly end: SortKey | null
}

export type SortKey = Pick<ConversationRow, 'id' | 'lastActivityAt' | 'waitingSince'>

export interface Page {
  readonly revision: number
  readonly rows: readonly ConversationRow[]
  readonly next: string | null
}

export interface Change {
  readonly revision: number
  readonly upserted: readonly ConversationRow[]
  readonly removed: readonly string[]
}

export const maxHeld = 2000

/** A folder or a filter is its server's list: its order is not ours to know, nor what belongs to it. */
export function isServersList(query: Query): boolean {
  return query.folder !== null || query.terms !== null
}

export function emptyWindow(query: Query): ListWindow {
  return {
    query,
    phase: 'loading',
    failure: null,
    entries: [],
    pages: [],
    above: [],
    rowsAbove: 0,
    next: null,
  }
}

/** The first page of a query, or of the same query read anew. */
export function withFirstPage(window: ListWindow, page: Page): ListWindow {
  const empty = emptyWindow(window.query)
  return { ...grown(empty, page, null), phase: 'ready' }
}

/** The page below; rows above are given back when too many are held. */
export function withNextPage(window: ListWindow, page: Page): ListWindow {
  let held: ListWindow = { ...grown(window, page, window.next), failure: null }
  if (isServersList(window.query)) return held
  while (held.entries.length > maxHeld && held.pages.length > 1) held = withoutFirstPage(held)
  return held
}

/** A page above that had been given back; rows below are given back in turn. */
export function withEarlierPage(window: ListWindow, page: Page): ListWindow {
  const earlier = window.above.at(-1)
  if (earlier === undefined) return window
  const entries = united(window, page)
  const added = entries.length - window.entries.length
  let held: ListWindow = {
    ...window,
    entries,
    above: window.above.slice(0, -1),
    rowsAbove: window.above.length === 1 ? 0 : Math.max(0, window.rowsAbove - added),
    pages: [earlier, ...window.pages],
  }
  while (held.entries.length > maxHeld && held.pages.length > 1) held = withoutLastPage(held)
  return held
}

/** What happened since, merged in order. `keepId` is the open conversation, which stays where it is being read. */
export function withChange(window: ListWindow, change: Change, keepId: string | null): ListWindow {
  const held = new Map(window.entries.map((entry) => [entry.row.id, entry]))
  let touched = false
  for (const row of change.upserted) {
    const before = held.get(row.id)
    if (before !== undefined && before.revision >= change.revision) continue
    const stays = belongs(window.query, row, keepId, before !== undefined) && isWithin(window, row)
    if (!stays && before === undefined) continue
    touched = true
    if (stays) held.set(row.id, { row, revision: change.revision })
    else held.delete(row.id)
  }
  for (const id of change.removed) {
    const before = held.get(id)
    if (before === undefined || before.revision > change.revision) continue
    touched = true
    held.delete(id)
  }
  return touched ? { ...window, entries: sorted(window.query, held.values()) } : window
}

/** Lets go of rows that stayed only because they were being read. */
export function withoutStrays(window: ListWindow, keepId: string | null): ListWindow {
  const entries = window.entries.filter((entry) => belongs(window.query, entry.row, keepId, true))
  return entries.length === window.entries.length ? window : { ...window, entries }
}

/** The list's order; the same as the engine's, ties by id. */
export function compareRows(sort: Query['sort'], a: SortKey, b: SortKey): number {
  if (sort === 'longestWait') {
    const wait = (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity)
    if (wait < 0 || wait > 0) return wait
  }
  return b.lastActivityAt - a.lastActivityAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function belongs(query: Query, row: ConversationRow, keepId: string | null, isHeld: boolean): boolean {
  if (row.status.kind === 'gone') return false
  if (isServersList(query)) return isHeld
  if (query.accountId !== null && query.accountId !== row.accountId) return false
  // Only the engine can search messages: what it found stays, and news is matched by what the row itself shows.
  if (query.find !== null) return isHeld || mentions(row, query.find)
  const { assignee } = row
  const placed =
    assignee === null ? null : ({ isMe: assignee.isMe, kind: assignee.isBot ? 'bot' : 'agent' } as const)
  if (isInView(query.view, { status: row.status, needsYou: row.needsYou, assignee: placed })) return true
  const isOpen = row.status.kind === 'open' || row.status.kind === 'unknown'
  return query.view === 'needsYou' && isHeld && row.id === keepId && isOpen
}

function mentions(row: ConversationRow, find: string): boolean {
  const shown = [row.who.name, row.who.email, row.who.phone, row.subject, row.preview?.text]
  const sought = find.trim().toLocaleLowerCase()
  return shown.some((text) => text?.toLocaleLowerCase().includes(sought))
}

function isWithin(window: ListWindow, row: SortKey): boolean {
  if (isServersList(window.query)) return true
  const { sort } = window.query
  const top = window.above.at(-1)?.end ?? null
  const bottom = window.next === null ? null : (window.pages.at(-1)?.end ?? null)
  if (top !== null && compareRows(sort, row, top) <= 0) return false
  return bottom === null || compareRows(sort, row, bottom) <= 0
}

function grown(window: ListWindow, page: Page, after: string | null): ListWindow {
  const held = { after, end: page.rows.at(-1) ?? null }
  return { ...window, entries: united(window, page), pages: [...window.pages, held], next: page.next }
}

function united(window: ListWindow, page: Page): readonly Entry[] {
  const held = new Map(window.entries.map((entry) => [entry.row.id, entry]))
  for (const row of page.rows) {
    const before = held.get(row.id)
    if (before === undefined || before.revision <= page.revision)
      held.set(row.id, { row, revision: page.revision })
  }
  return sorted(window.query, held.values())
}

function withoutFirstPage(window: ListWindow): ListWindow {
  const [first, ...pages] = window.pages
  const end = first?.end ?? null
  if (first === undefined || end === null) return window
  const entries = window.entries.filter((entry) => compareRows(window.query.sort, entry.row, end) > 0)
  const rowsAbove = window.rowsAbove + window.entries.length - entries.length
  return { ...window, entries, pages, above: [...window.above, first], rowsAbove }
}

function withoutLastPage(window: ListWindow): ListWindow {
  const last = window.pages.at(-1)
  const pages = window.pages.slice(0, -1)
  const end = pages.at(-1)?.end ?? null
  if (last === undefined || end === null) return window
  const entries = window.entries.filter((entry) => compareRows(window.query.sort, entry.row, end) <= 0)
  return { ...window, entries, pages, next: last.after }
}

function sorted(query: Query, entries: Iterable<Entry>): readonly Entry[] {
  if (isServersList(query)) return [...entries]
  return [...entries].sort((a, b) => compareRows(query.sort, a.row, b.row))
}
