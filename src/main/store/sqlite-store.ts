import type { Conversation } from '../../shared/domain/conversation.ts'
import { effective, noOverlay, type EffectiveConversation } from '../../shared/domain/effective.ts'
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
  const databases = openDatabases(folder, options)
  try {
    return sqliteStoreOver(databases)
  } catch (error) {
    // The next try must not find the files held by this one.
    databases.cache.close()
    databases.desk.close()
    throw error
  }
}

/** The same over databases that are already open. */
export function sqliteStoreOver(databases: Databases): Store {
  const desk = deskIn(databases.desk)
  const cache = cacheIn(databases.cache)
  cache.keepAccounts(desk.accounts().map((account) => account.id))
  const overlaid = overlaidRows(desk, cache)
  const halves = { desk, cache, overlaid }
  return {
    ...desk,
    ...cached(halves),
    ...reading(halves),
    ...touching(halves),
    removeAccount(id) {
      // The cache goes first: an account without its cache is pulled again, a cache without its account is nobody's.
      cache.keepAccounts(desk.accounts().flatMap((account) => (account.id === id ? [] : [account.id])))
      desk.removeAccount(id)
      overlaid.reload()
    },
    rekey(from, to) {
      overlaid.touch([from, to])
      desk.rekey(from, to)
    },
    tidy(now) {
      cache.tidy()
      // Last, as giving room back needs some first.
      desk.tidy(now)
    },
    close() {
      databases.cache.close()
      databases.desk.close()
    },
  }
}

interface Halves {
  readonly desk: Desk
  readonly cache: Cache
  readonly overlaid: OverlaidRows
}

function cached({
  desk,
  cache,
  overlaid,
}: Halves): Pick<
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
  | 'directory'
  | 'putDirectory'
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
    directory: cache.directory,
    putDirectory(accountId, directory) {
      if (desk.hasAccount(accountId)) cache.putDirectory(accountId, directory)
    },
  }
}

function reading({
  desk,
  cache,
  overlaid,
}: Halves): Pick<Store, 'said' | 'conversation' | 'inboxPage' | 'counts'> {
  const shown = (said: Conversation): EffectiveConversation =>
    overlaid.all().get(said.id)?.shown ?? effective(said, noOverlay)
  /** Rows of the cache that nothing is laid over, and the overlaid ones where they belong now, in one order. */
  function listed(query: InboxQuery, from: Place, limit: number): EffectiveConversation[] {
    const laidOver = overlaid.all()
    const rows = [...laidOver.values()].map((each) => each.shown).filter((row) => isAfter(row, query, from))
    let left = limit
    for (const row of cache.listed(query, from)) {
      if (laidOver.has(row.id)) continue
      rows.push(effective(row.said(), noOverlay))
      left -= 1
      if (left === 0) break
    }
    const place = (row: EffectiveConversation): Place => placeOf(row, query.sort)
    return rows.sort((a, b) => comparePlaces(place(a), place(b))).slice(0, limit)
  }
  return {
    said: cache.conversation,
    conversation(id) {
      const said = cache.conversation(id)
      return said === null ? null : shown(said)
    },
    inboxPage(query, after, limit) {
      const from = placeAfter(after)
      const sought = wordsSought(query)
      if (sought === null) return pageFrom(listed(query, from, limit + 1), query.sort, limit)
      const found = cache.found({ pieces: piecesOf(sought), accountId: query.accountId }, from, limit + 1)
      return pageFrom(found.map(shown), sortOf(query), limit)
    },
    counts() {
      const counts = new Map(desk.accounts().map((account) => [account.id, noCounts()]))
      for (const { accountId, view, count } of cache.tally()) add(counts.get(accountId), [view], count)
      for (const { told, shown: now } of overlaid.all().values()) {
        add(counts.get(told.accountId), viewsOf(told), -1)
        add(counts.get(told.accountId), viewsOf(now), 1)
      }
      return counts
    },
  }
}

function isAfter(row: EffectiveConversation, query: InboxQuery, from: Place): boolean {
  if (query.accountId !== null && row.accountId !== query.accountId) return false
  return isInView(query.view, row) && comparePlaces(placeOf(row, query.sort), from) > 0
}

function add(counts: Record<View, number> | undefined, to: readonly View[], by: number): void {
  if (counts !== undefined) for (const view of to) counts[view] += by
}

/** Calls on the desk after which a conversation may show otherwise. */
function touching({
  desk,
  overlaid,
}: Halves): Pick<
  Store,
  | 'putMark'
  | 'removeMark'
  | 'enqueue'
  | 'enqueueAll'
  | 'moveOrder'
  | 'removeOrder'
  | 'takeBack'
  | 'takeOut'
  | 'recoverSending'
> {
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
    enqueueAll(rows) {
      overlaid.touch(rows.map((row) => row.conversationId))
      return desk.enqueueAll(rows)
    },
    moveOrder(id, state, attempts) {
      touchOrder(id)
      desk.moveOrder(id, state, attempts)
    },
    removeOrder(id) {
      touchOrder(id)
      desk.removeOrder(id)
    },
    takeBack(id) {
      touchOrder(id)
      return desk.takeBack(id)
    },
    takeOut(id) {
      touchOrder(id)
      return desk.takeOut(id)
    },
    recoverSending() {
      const rows = desk.recoverSending()
      overlaid.touch(rows.map((row) => row.conversationId))
      return rows
    },
  }
}
