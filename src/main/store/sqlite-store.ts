import type { EffectiveConversation } from '../../shared/domain/effective.ts'
import { effective, noOverlay } from '../../shared/domain/effective.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { isInView, type InboxQuery, type View } from '../../shared/domain/view.ts'
import {
  comparePlaces,
  noCounts,
  pageFrom,
  placeAfter,
  placeOf,
  sortOf,
  viewsOf,
  wordsSought,
  type Place,
} from './listing.ts'
import { openDatabases, type Databases, type OpenOptions } from './open-databases.ts'
import { overlaidRows, type OverlaidRows } from './overlaid-rows.ts'
import { piecesOf } from './search-words.ts'
import { settle, type Rows } from './settle.ts'
import { cacheIn, type Cache } from './sqlite-cache.ts'
import { deskIn, type Desk } from './sqlite-desk.ts'
import type { ChangeSet, Store } from './store.ts'

/** The store on disk: `desk.db` and `cache.db` in a folder of their own. One process holds it at a time. */
export function openSqliteStore(folder: string, options: OpenOptions = {}): Store {
  return sqliteStoreOver(openDatabases(folder, options))
}

/** The same over databases that are already open. */
export function sqliteStoreOver(databases: Databases): Store {
  const desk = deskIn(databases.desk)
  const cache = cacheIn(databases.cache)
  cache.keepAccounts(desk.accounts().map((account) => account.id))
  const overlaid = overlaidRows(desk, cache)
  return {
    ...desk,
    ...cached(desk, cache, overlaid),
    ...reading(desk, cache, overlaid),
    ...touching(desk, overlaid),
    removeAccount(id) {
      // The cache goes first: an account without its cache is pulled again, a cache without its account is nobody's.
      cache.keepAccounts(desk.accounts().flatMap((account) => (account.id === id ? [] : [account.id])))
      desk.removeAccount(id)
      overlaid.reload()
    },
    tidy(now) {
      desk.tidy(now)
      cache.tidy()
    },
    close() {
      databases.cache.close()
      databases.desk.close()
    },
  }
}

function cached(
  desk: Desk,
  cache: Cache,
  overlaid: OverlaidRows,
): Pick<
  Store,
  | 'cursor'
  | 'applyPage'
  | 'applyRows'
  | 'putThreadStart'
  | 'hasWholeThread'
  | 'threadsBehind'
  | 'putThreadFilled'
  | 'threadFilledTo'
  | 'thread'
> {
  function apply(rows: Rows, page: { accountId: AccountId; cursor: string } | null): ChangeSet {
    const isKnown = new Set(desk.accounts().map((account) => account.id))
    const conversations = rows.conversations.filter((row) => isKnown.has(row.accountId))
    const settled = settle({ conversations, messages: rows.messages }, cache)
    cache.write(settled, page !== null && isKnown.has(page.accountId) ? page : null)
    overlaid.touch(settled.conversations.map((row) => row.id))
    return settled.changes
  }
  return {
    cursor: cache.cursor,
    applyPage: (accountId, page) => apply(page, { accountId, cursor: page.cursor }),
    applyRows: (rows) => apply(rows, null),
    putThreadStart: cache.putThreadStart,
    hasWholeThread: cache.hasWholeThread,
    threadsBehind: cache.threadsBehind,
    putThreadFilled: cache.putThreadFilled,
    threadFilledTo: cache.threadFilledTo,
    thread: cache.thread,
  }
}

function reading(
  desk: Desk,
  cache: Cache,
  overlaid: OverlaidRows,
): Pick<Store, 'said' | 'conversation' | 'inboxPage' | 'counts'> {
  return {
    said: cache.conversation,
    conversation(id) {
      const said = cache.conversation(id)
      return said === null ? null : (overlaid.all().get(id)?.shown ?? effective(said, noOverlay))
    },
    inboxPage(query, after, limit) {
      const sort = sortOf(query)
      const from = placeAfter(after)
      const sought = wordsSought(query)
      // One row past the page tells whether another page follows.
      const candidates =
        sought === null
          ? listedFrom(cache, overlaid, query, from, limit + 1)
          : cache
              .found(piecesOf(sought), query.accountId, from, limit + 1)
              .map((said) => overlaid.all().get(said.id)?.shown ?? effective(said, noOverlay))
      return pageFrom(candidates, sort, limit)
    },
    counts() {
      const counts = new Map(desk.accounts().map((account) => [account.id, noCounts()]))
      for (const { accountId, view, count } of cache.tally()) {
        const record = counts.get(accountId as AccountId)
        if (record !== undefined) record[view as View] = count
      }
      for (const { told, shown } of overlaid.all().values()) {
        const record = counts.get(told.accountId)
        if (record === undefined) continue
        for (const view of viewsOf(told)) record[view] -= 1
        for (const view of viewsOf(shown)) record[view] += 1
      }
      return counts
    },
  }
}

/** Rows of the cache that nothing is laid over, and the overlaid ones where they belong now, in one order. */
function listedFrom(
  cache: Cache,
  overlaid: OverlaidRows,
  query: InboxQuery,
  from: Place,
  limit: number,
): EffectiveConversation[] {
  const { view, accountId, sort } = query
  const laidOver = overlaid.all()
  const rows: EffectiveConversation[] = []
  for (const row of cache.listed(view, accountId, sort, from)) {
    if (laidOver.has(row.id)) continue
    rows.push(effective(row.said(), noOverlay))
    if (rows.length === limit) break
  }
  for (const { shown } of laidOver.values()) {
    const isAsked = isInView(view, shown) && (accountId === null || shown.accountId === accountId)
    if (isAsked && comparePlaces(placeOf(shown, sort), from) > 0) rows.push(shown)
  }
  return rows.sort((a, b) => comparePlaces(placeOf(a, sort), placeOf(b, sort))).slice(0, limit)
}

/** Calls on the desk after which a conversation may show otherwise. */
function touching(
  desk: Desk,
  overlaid: OverlaidRows,
): Pick<Store, 'putMark' | 'removeMark' | 'enqueue' | 'moveOrder' | 'removeOrder' | 'recoverSending'> {
  const touchOrder = (id: Parameters<Store['moveOrder']>[0]): void => {
    const row = desk.outboxRow(id)
    if (row !== null) overlaid.touch([row.conversationId])
  }
  return {
    putMark(mark) {
      overlaid.touch([mark.conversationId])
      desk.putMark(mark)
    },
    removeMark(id) {
      overlaid.touch([id])
      desk.removeMark(id)
    },
    enqueue(row) {
      overlaid.touch([row.conversationId])
      return desk.enqueue(row)
    },
    moveOrder(id, state, attempts) {
      touchOrder(id)
      desk.moveOrder(id, state, attempts)
    },
    removeOrder(id) {
      touchOrder(id)
      desk.removeOrder(id)
    },
    recoverSending() {
      const rows = desk.recoverSending()
      overlaid.touch(rows.map((row) => row.conversationId))
      return rows
    },
  }
}
