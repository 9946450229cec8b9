import { accountOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { LocalMark } from '../../shared/domain/mark.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import { dueAt, heads, isReplacedBy, sentRowsKeptMs, unsureSince } from './queue.ts'
import { noSuchAccount, noSuchOrder } from './refusals.ts'
import { numberIn, textIn } from './row-values.ts'
import type { Database, Row } from './sqlite-database.ts'
import type { AccountRecord, Store } from './store.ts'

/** The half of the store that only this computer knows. Each call is on the disk when it returns. */
export interface Desk extends Pick<
  Store,
  | 'accounts'
  | 'putAccount'
  | 'removeAccount'
  | 'setting'
  | 'putSetting'
  | 'mark'
  | 'putMark'
  | 'removeMark'
  | 'draft'
  | 'putDraft'
  | 'enqueue'
  | 'outboxRow'
  | 'openOrders'
  | 'nextDue'
  | 'nextDueAt'
  | 'moveOrder'
  | 'removeOrder'
  | 'recoverSending'
  | 'claimedKeys'
  | 'unsentCount'
> {
  hasAccount(id: AccountId): boolean
  /** Conversations with a mark or an open order. */
  touched(): ConversationId[]
  tidy(now: number): void
}

export function deskIn(database: Database): Desk {
  return {
    ...accountsIn(database),
    ...marksIn(database),
    ...ordersIn(database),
    touched: () =>
      database
        .all(
          "SELECT conversation_id FROM mark UNION SELECT conversation_id FROM outbox WHERE state <> 'sent'",
        )
        .map((row) => textIn(row, 'conversation_id') as ConversationId),
    tidy(now) {
      database.run(
        "DELETE FROM outbox WHERE state = 'sent' AND state_json ->> '$.at' < ?",
        now - sentRowsKeptMs,
      )
      database.get('PRAGMA wal_checkpoint(PASSIVE)')
    },
  }
}

function accountsIn(
  database: Database,
): Pick<Desk, 'accounts' | 'hasAccount' | 'putAccount' | 'removeAccount' | 'setting' | 'putSetting'> {
  return {
    accounts: () => database.all('SELECT json FROM account ORDER BY added_at, id').map(accountIn),
    hasAccount: (id) => hasAccount(database, id),
    putAccount: (account) =>
      void database.run(
        `INSERT INTO account VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET added_at = excluded.added_at, json = excluded.json`,
        account.id,
        account.addedAt,
        JSON.stringify(account),
      ),
    removeAccount: (id) => void database.run('DELETE FROM account WHERE id = ?', id),
    setting(name) {
      const row = database.get('SELECT value FROM setting WHERE name = ?', name)
      return row === null ? null : textIn(row, 'value')
    },
    putSetting(name, value) {
      if (value === null) database.run('DELETE FROM setting WHERE name = ?', name)
      else database.run('INSERT OR REPLACE INTO setting VALUES (?, ?)', name, value)
    },
  }
}

function marksIn(database: Database): Pick<Desk, 'mark' | 'putMark' | 'removeMark' | 'draft' | 'putDraft'> {
  return {
    mark: (id) => markIn(database.get('SELECT json FROM mark WHERE conversation_id = ?', id)),
    putMark(mark) {
      const account = needAccount(database, accountOf(mark.conversationId))
      database.run(
        'INSERT OR REPLACE INTO mark VALUES (?, ?, ?)',
        mark.conversationId,
        account,
        JSON.stringify(mark),
      )
    },
    removeMark: (id) => void database.run('DELETE FROM mark WHERE conversation_id = ?', id),
    draft(id) {
      const row = database.get('SELECT text FROM draft WHERE conversation_id = ?', id)
      return row === null ? '' : textIn(row, 'text')
    },
    putDraft(id, text) {
      const account = needAccount(database, accountOf(id))
      if (text === '') removeDraft(database, id)
      else database.run('INSERT OR REPLACE INTO draft VALUES (?, ?, ?)', id, account, text)
    },
  }
}

function ordersIn(
  database: Database,
): Pick<
  Desk,
  | 'enqueue'
  | 'outboxRow'
  | 'openOrders'
  | 'nextDue'
  | 'nextDueAt'
  | 'moveOrder'
  | 'removeOrder'
  | 'recoverSending'
  | 'claimedKeys'
  | 'unsentCount'
> {
  const row = (id: string): OutboxRow | null => {
    const found = database.get('SELECT * FROM outbox WHERE id = ?', id)
    return found === null ? null : orderIn(found)
  }
  const open = (): OutboxRow[] =>
    database.all("SELECT * FROM outbox WHERE state <> 'sent' ORDER BY place").map(orderIn)
  const openOf = (id: ConversationId): OutboxRow[] =>
    database
      .all("SELECT * FROM outbox WHERE conversation_id = ? AND state <> 'sent' ORDER BY place", id)
      .map(orderIn)
  const remove = (id: string): void => void database.run('DELETE FROM outbox WHERE id = ?', id)
  return {
    enqueue: (next) =>
      database.transaction(() => {
        const known = row(next.id)
        if (known !== null) return known
        needAccount(database, next.accountId)
        for (const kept of openOf(next.conversationId)) if (isReplacedBy(kept, next.order)) remove(kept.id)
        insertOrder(database, next)
        if (next.order.kind === 'reply') removeDraft(database, next.conversationId)
        return next
      }),
    outboxRow: row,
    openOrders: (id) => (id === undefined ? open() : openOf(id)),
    nextDue: (now) => heads(open()).filter((head) => dueAt(head) <= now),
    nextDueAt(now) {
      const ahead = heads(open())
        .map(dueAt)
        .filter((at) => at > now)
      return ahead.length === 0 ? null : Math.min(...ahead)
    },
    moveOrder(id, state, attempts) {
      const moved = database.run(
        'UPDATE outbox SET state_json = ?, attempts = ? WHERE id = ?',
        JSON.stringify(state),
        attempts,
        id,
      )
      if (moved === 0 && state.kind === 'sending') throw noSuchOrder(id)
    },
    removeOrder: remove,
    recoverSending: () =>
      database.transaction(() =>
        open().flatMap((found) => {
          if (found.state.kind !== 'sending') return []
          const state = unsureSince(found.state.startedAt)
          database.run('UPDATE outbox SET state_json = ? WHERE id = ?', JSON.stringify(state), found.id)
          return [{ ...found, state }]
        }),
      ),
    claimedKeys: (id) =>
      database
        .all(
          `SELECT state_json ->> '$.remoteKey' AS key FROM outbox
           WHERE conversation_id = ? AND state = 'sent' AND key IS NOT NULL ORDER BY place`,
          id,
        )
        .map((found) => textIn(found, 'key')),
    unsentCount: (id) =>
      numberIn(
        database.get("SELECT count(*) AS count FROM outbox WHERE account_id = ? AND state <> 'sent'", id),
        'count',
      ),
  }
}

function insertOrder(database: Database, row: OutboxRow): void {
  database.run(
    `INSERT INTO outbox (id, account_id, conversation_id, order_json, state_json, created_at, attempts)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.accountId,
    row.conversationId,
    JSON.stringify(row.order),
    JSON.stringify(row.state),
    row.createdAt,
    row.attempts,
  )
}

function removeDraft(database: Database, id: ConversationId): void {
  database.run('DELETE FROM draft WHERE conversation_id = ?', id)
}

function needAccount(database: Database, id: AccountId): AccountId {
  if (!hasAccount(database, id)) throw noSuchAccount(id)
  return id
}

function hasAccount(database: Database, id: AccountId): boolean {
  return database.get('SELECT 1 FROM account WHERE id = ?', id) !== null
}

function accountIn(row: Row): AccountRecord {
  return JSON.parse(textIn(row, 'json'))
}

function markIn(row: Row | null): LocalMark | null {
  return row === null ? null : JSON.parse(textIn(row, 'json'))
}

function orderIn(row: Row): OutboxRow {
  return {
    id: textIn(row, 'id') as OutboxRow['id'],
    accountId: textIn(row, 'account_id') as AccountId,
    conversationId: textIn(row, 'conversation_id') as ConversationId,
    order: JSON.parse(textIn(row, 'order_json')),
    state: JSON.parse(textIn(row, 'state_json')),
    createdAt: numberIn(row, 'created_at'),
    attempts: numberIn(row, 'attempts'),
  }
}
