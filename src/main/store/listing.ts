import type { Conversation } from '../../shared/domain/conversation.ts'
import type { EffectiveConversation } from '../../shared/domain/effective.ts'
import { isInView, views, type InboxQuery, type View } from '../../shared/domain/view.ts'
import { waitingSince } from '../../shared/domain/waiting.ts'
import { StoreFault } from './store.ts'

/** Where a conversation stands in a list; lists run from the lowest rank up, equal ranks by id. */
export interface Place {
  readonly rank: number
  readonly id: string
}

export type Sort = InboxQuery['sort']

/** Rank of those nobody waits in: after everybody who does. */
const nobodyWaits = Number.MAX_SAFE_INTEGER

export function rankOf(row: Conversation, sort: Sort): number {
  switch (sort) {
    case 'newest':
      return -row.lastActivityAt
    case 'longestWait':
      return waitingSince(row) ?? nobodyWaits
  }
}

export function placeOf(row: Conversation, sort: Sort): Place {
  return { rank: rankOf(row, sort), id: row.id }
}

export function comparePlaces(a: Place, b: Place): number {
  return a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** A search is always newest first: what is looked for was mostly seen lately. */
export function sortOf(query: InboxQuery): Sort {
  return wordsSought(query) === null ? query.sort : 'newest'
}

/** What is searched for, or null when nothing is. */
export function wordsSought(query: InboxQuery): string | null {
  return query.find === null || query.find.trim() === '' ? null : query.find
}

export function viewsOf(row: EffectiveConversation): View[] {
  return views.filter((view) => isInView(view, row))
}

export function noCounts(): Record<View, number> {
  return { needsYou: 0, mine: 0, unassigned: 0, open: 0, pending: 0, snoozed: 0, done: 0 }
}

/** Cuts one page from rows sorted by place; `candidates` must reach one row past the page where there is one. */
export function pageFrom(candidates: readonly EffectiveConversation[], sort: Sort, limit: number): ListPage {
  const rows = candidates.slice(0, limit)
  const last = rows.at(-1)
  const next = last !== undefined && candidates.length > limit ? placeText(placeOf(last, sort)) : null
  return { rows, next }
}

export interface ListPage {
  rows: EffectiveConversation[]
  next: string | null
}

/** Parses the `next` of an earlier page; null is the top of the list. */
export function placeAfter(after: string | null): Place {
  if (after === null) return { rank: -Infinity, id: '' }
  const gap = after.indexOf(' ')
  const rank = Number(after.slice(0, gap))
  if (gap <= 0 || Number.isNaN(rank)) throw new StoreFault('other', `This is no place in a list: ${after}`)
  return { rank, id: after.slice(gap + 1) }
}

function placeText(place: Place): string {
  return `${place.rank} ${place.id}`
}
