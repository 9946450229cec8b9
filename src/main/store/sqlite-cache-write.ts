import type { Conversation } from '../../shared/domain/conversation.ts'
import { effective, noOverlay } from '../../shared/domain/effective.ts'
import type { Message } from '../../shared/domain/message.ts'
import { rankOf, viewsOf } from './listing.ts'
import { conversationWords, messageWords } from './search-words.ts'
import { conversationIn, messageIn, numberIn } from './row-values.ts'
import type { Database } from './sqlite-database.ts'

/** Writes a conversation with all that is derived from it: its place in each list, its words. */
export function writeConversation(database: Database, said: Conversation): void {
  const row = effective(said, noOverlay)
  const newestRank = rankOf(row, 'newest')
  const saved = database.get(
    `INSERT INTO conversation (id, account_id, is_gone, newest_rank, last_message_key) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET is_gone = excluded.is_gone, newest_rank = excluded.newest_rank,
       last_message_key = excluded.last_message_key
     RETURNING num`,
    said.id,
    said.accountId,
    said.status.kind === 'gone' ? 1 : 0,
    newestRank,
    said.lastMessageKey,
  )
  const num = numberIn(saved, 'num')
  const before = conversationIn(database.get('SELECT json FROM said WHERE num = ?', num))
  database.run(
    'INSERT INTO said VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
    num,
    JSON.stringify(said),
  )
  writeWords(database, { table: 'conversation_words', num }, [
    before && conversationWords(before),
    conversationWords(said),
  ])
  const shownIn = viewsOf(row)
  database.run(
    'DELETE FROM listed WHERE num = ? AND view NOT IN (SELECT value FROM json_each(?))',
    num,
    JSON.stringify(shownIn),
  )
  for (const view of shownIn) {
    database.run(
      `INSERT INTO listed (num, view, account_id, id, newest_rank, wait_rank) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET newest_rank = excluded.newest_rank, wait_rank = excluded.wait_rank
         WHERE newest_rank <> excluded.newest_rank OR wait_rank <> excluded.wait_rank`,
      num,
      view,
      said.accountId,
      said.id,
      newestRank,
      rankOf(row, 'longestWait'),
    )
  }
}

export function writeMessage(database: Database, message: Message): void {
  const kept = database.get('SELECT num, json FROM message WHERE id = ?', message.id)
  const { id, sentAt, sequence, key } = message
  const json = JSON.stringify(message)
  if (kept === null) {
    const conversation = numberIn(
      database.get('SELECT num FROM conversation WHERE id = ?', message.conversationId),
      'num',
    )
    const num = freeNumber(database, conversation)
    database.run(
      'INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?)',
      num,
      id,
      conversation,
      sentAt,
      sequence,
      key,
      json,
    )
    writeWords(database, { table: 'message_words', num }, [null, messageWords(message)])
    return
  }
  const num = numberIn(kept, 'num')
  const before = messageIn(kept)
  database.run(
    'UPDATE message SET sent_at = ?, sequence = ?, json = ? WHERE num = ?',
    sentAt,
    sequence,
    json,
    num,
  )
  writeWords(database, { table: 'message_words', num }, [
    before && messageWords(before),
    messageWords(message),
  ])
}

/** A conversation's messages are numbered from its own number times this. */
export const messagesPerConversation = 2 ** 20

function freeNumber(database: Database, conversation: number): number {
  const first = conversation * messagesPerConversation
  const last = database.get(
    'SELECT num FROM message WHERE num >= ? AND num < ? ORDER BY num DESC LIMIT 1',
    first,
    first + messagesPerConversation,
  )
  return last === null ? first : numberIn(last, 'num') + 1
}

/** Most changes (a delivery state, a label) leave the words alone; indexing them again is what costs. */
function writeWords(
  database: Database,
  { table, num }: { table: 'conversation_words' | 'message_words'; num: number },
  [before, now]: [string | null, string],
): void {
  if (before === now) return
  if (before !== null) database.run(`DELETE FROM ${table} WHERE rowid = ?`, num)
  database.run(`INSERT INTO ${table} (rowid, words) VALUES (?, ?)`, num, now)
}
