import type { Conversation } from '../../shared/domain/conversation.ts'
import type { Directory } from '../../shared/domain/directory.ts'
import type { AccountId, ConversationId, MessageId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { InboxQuery, View } from '../../shared/domain/view.ts'
import type { Place } from './listing.ts'
import { conversationIn, jsonIn, messageIn, numberIn, textIn } from './row-values.ts'
import type { Piece } from './search-words.ts'
import type { Held, Settled } from './settle.ts'
import { messagesPerConversation, writeConversation, writeMessage } from './sqlite-cache-write.ts'
import type { Database, Row } from './sqlite-database.ts'

/** The half of the store that keeps what servers told us, as they told it; it knows nothing of marks and orders. */
export interface Cache extends Held {
  cursor(accountId: AccountId): string | null
  /** One transaction; the cursor of a page goes along. Nothing new, nothing written. */
  write(settled: Settled, page: { readonly accountId: AccountId; readonly cursor: string } | null): void
  putThreadStart(id: ConversationId, before: string): void
  hasWholeThread(id: ConversationId): boolean
  threadsBehind(accountId: AccountId, limit: number): ConversationId[]
  putThreadFilled(id: ConversationId, lastMessageKey: string | null): void
  threadFilledTo(id: ConversationId): string | null
  thread(id: ConversationId, before: MessageId | null, limit: number): Message[]
  /** Rows of a view after a place, in order; a reader stops when its page is full. */
  listed(query: Omit<InboxQuery, 'find'>, after: Place): Iterable<Listed>
  /** Newest first: conversations in which every piece is found somewhere. */
  found(sought: Sought, after: Place, limit: number): Conversation[]
  directory(accountId: AccountId): Directory | null
  putDirectory(accountId: AccountId, directory: Directory): void
  /** How many rows each list of the cache has. */
  tally(): { accountId: AccountId; view: View; count: number }[]
  /** Keeps only what belongs to these accounts. */
  keepAccounts(ids: readonly AccountId[]): void
  tidy(): void
}

export interface Sought {
  readonly pieces: readonly Piece[]
  readonly accountId: AccountId | null
}

/** A row of a list; its payload is parsed only when it is asked for. */
export interface Listed {
  readonly id: string
  said(): Conversation
}

export function cacheIn(database: Database): Cache {
  return {
    ...rowsIn(database),
    ...threadsIn(database),
    ...listsIn(database),
    ...directoriesIn(database),
    ...upkeepOf(database),
  }
}

const newestFirst = 'sent_at DESC, sequence DESC, key DESC'

function rowsIn(
  database: Database,
): Pick<Cache, 'conversation' | 'message' | 'newestMessages' | 'cursor' | 'write'> {
  const cursor = (id: AccountId): string | null => {
    const row = database.get('SELECT cursor FROM cursor WHERE account_id = ?', id)
    return row === null ? null : textIn(row, 'cursor')
  }
  return {
    conversation: (id) =>
      conversationIn(
        database.get('SELECT json FROM conversation JOIN said USING (num) WHERE conversation.id = ?', id),
      ),
    message: (id) => messageIn(database.get('SELECT json FROM message WHERE id = ?', id)),
    newestMessages: (id) =>
      messagesIn(
        database.all(`SELECT json FROM message WHERE ${ofConversation} ORDER BY ${newestFirst} LIMIT 1`, id),
      ),
    cursor,
    write(settled, page) {
      const moved = page !== null && cursor(page.accountId) !== page.cursor ? page : null
      if (settled.conversations.length + settled.messages.length === 0 && moved === null) return
      database.transaction(() => {
        for (const row of settled.conversations) writeConversation(database, row)
        for (const message of settled.messages) writeMessage(database, message)
        if (moved === null) return
        database.run('INSERT OR REPLACE INTO cursor VALUES (?, ?)', moved.accountId, moved.cursor)
      })
    },
  }
}

function threadsIn(
  database: Database,
): Pick<
  Cache,
  'putThreadStart' | 'hasWholeThread' | 'threadsBehind' | 'putThreadFilled' | 'threadFilledTo' | 'thread'
> {
  return {
    putThreadStart: (id, before) =>
      void database.run('UPDATE conversation SET thread_start = ? WHERE id = ?', before, id),
    hasWholeThread: (id) =>
      database.get('SELECT 1 FROM conversation WHERE id = ? AND thread_start IS NOT NULL', id) !== null,
    threadsBehind: (id, limit) =>
      database
        .all(
          'SELECT id FROM conversation WHERE is_behind = 1 AND account_id = ? ORDER BY newest_rank, id LIMIT ?',
          id,
          limit,
        )
        .map((row) => conversationIdIn(row)),
    putThreadFilled: (id, lastMessageKey) =>
      void database.run(
        'UPDATE conversation SET is_filled = 1, filled_to = ? WHERE id = ?',
        lastMessageKey,
        id,
      ),
    threadFilledTo(id) {
      const row = database.get(
        'SELECT filled_to FROM conversation WHERE id = ? AND filled_to IS NOT NULL',
        id,
      )
      return row === null ? null : textIn(row, 'filled_to')
    },
    thread(id, before, limit) {
      const older =
        before === null
          ? ''
          : 'AND (sent_at, sequence, key) < (SELECT sent_at, sequence, key FROM message WHERE id = ?)'
      const rows = database.all(
        `SELECT json FROM message WHERE ${ofConversation} ${older} ORDER BY ${newestFirst} LIMIT ?`,
        ...(before === null ? [id, limit] : [id, before, limit]),
      )
      return messagesIn(rows).reverse()
    },
  }
}

const ofConversation = 'conversation = (SELECT num FROM conversation WHERE id = ?)'

function listsIn(database: Database): Pick<Cache, 'listed' | 'found' | 'tally'> {
  return {
    *listed({ view, accountId, sort }, after) {
      const rank = sort === 'newest' ? 'newest_rank' : 'wait_rank'
      const ofAccount = accountId === null ? '' : 'account_id = ? AND'
      const rows = database.walk(
        `SELECT listed.id, json FROM listed CROSS JOIN said USING (num)
         WHERE ${ofAccount} view = ? AND (${rank}, id) > (?, ?) ORDER BY ${rank}, id`,
        ...(accountId === null ? [] : [accountId]),
        view,
        after.rank,
        after.id,
      )
      for (const row of rows) {
        yield { id: textIn(row, 'id'), said: () => jsonIn<Conversation>(row, 'json') }
      }
    },
    found({ pieces, accountId }, after, limit) {
      if (pieces.length === 0) return []
      const hits = pieces.map((piece) => `SELECT num FROM (${piece.namesOnly ? inNames : inAnything})`)
      const phrases = pieces.flatMap(({ phrase, namesOnly }) => {
        const begun = `"${phrase}" *`
        return namesOnly ? [begun] : [begun, begun]
      })
      const rows = database.all(
        `SELECT json FROM (
           SELECT num FROM conversation
           WHERE num IN (${hits.join(' INTERSECT ')}) AND NOT is_gone AND (newest_rank, id) > (?, ?)
             ${accountId === null ? '' : 'AND account_id = ?'}
           ORDER BY newest_rank, id LIMIT ?
         ) CROSS JOIN said USING (num)`,
        ...phrases,
        after.rank,
        after.id,
        ...(accountId === null ? [] : [accountId]),
        limit,
      )
      return rows.flatMap((row) => conversationIn(row) ?? [])
    },
    tally: () =>
      database.all('SELECT account_id, view, count FROM tally').map((row) => ({
        accountId: textIn(row, 'account_id') as AccountId,
        view: textIn(row, 'view') as View,
        count: numberIn(row, 'count'),
      })),
  }
}

const inNames = 'SELECT rowid AS num FROM conversation_words WHERE conversation_words MATCH ?'
const inAnything = `${inNames} UNION SELECT rowid / ${messagesPerConversation} FROM message_words WHERE message_words MATCH ?`

function directoriesIn(database: Database): Pick<Cache, 'directory' | 'putDirectory'> {
  return {
    directory(id) {
      const row = database.get('SELECT json FROM directory WHERE account_id = ?', id)
      return row === null ? null : jsonIn(row, 'json')
    },
    putDirectory: (id, directory) =>
      void database.run(
        `INSERT INTO directory VALUES (?, ?)
         ON CONFLICT DO UPDATE SET json = excluded.json WHERE json IS NOT excluded.json`,
        id,
        JSON.stringify(directory),
      ),
  }
}

function upkeepOf(database: Database): Pick<Cache, 'keepAccounts' | 'tidy'> {
  return {
    keepAccounts(ids) {
      const others = 'account_id NOT IN (SELECT value FROM json_each(?))'
      const kept = JSON.stringify(ids)
      database.transaction(() => {
        for (const table of ['conversation', 'cursor', 'tally', 'directory']) {
          database.run(`DELETE FROM ${table} WHERE ${others}`, kept)
        }
      })
    },
    tidy() {
      for (const table of ['conversation_words', 'message_words']) mergeSome(database, table)
      database.get('PRAGMA optimize')
      database.get('PRAGMA wal_checkpoint(PASSIVE)')
    },
  }
}

/** FTS5 merges in steps of some 2 ms each (64 pages); the next idle moment goes on. */
function mergeSome(database: Database, table: string): void {
  for (let step = 0; step < 16; step += 1) {
    const before = changesSoFar(database)
    database.run(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', 64)`)
    // FTS5's own way of saying that nothing was left to merge.
    if (changesSoFar(database) - before < 2) return
  }
}

function changesSoFar(database: Database): number {
  return numberIn(database.get('SELECT total_changes() AS changes'), 'changes')
}

function messagesIn(rows: readonly Row[]): Message[] {
  return rows.flatMap((row) => messageIn(row) ?? [])
}

function conversationIdIn(row: Row): ConversationId {
  return textIn(row, 'id') as ConversationId
}
