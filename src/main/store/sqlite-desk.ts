/* eslint-disable max-lines -- all that only this computer knows, in one place */
import { accountOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { LocalMark } from '../../shared/domain/mark.ts'
import type { OutboxRow, OutboxState } from '../../shared/domain/outbox.ts'
import { emptyDraft, isEmptyDraft, type DraftKind, type Draft } from '../../shared/domain/reply.ts'
import {
  canBeTakenBack,
  canBeTakenOut,
  draftKindOf,
  draftWith,
  foundSending,
  joinedDrafts,
  heads,
  isDue,
  isReplacedBy,
  keptDrafts,
  nextAfter,
  sentRowsKeptMs,
} from './queue.ts'
import { noSuchAccount, noSuchOrder } from './refusals.ts'
import { jsonIn, textIn, numberIn } from './row-values.ts'
import { reseal, sealed, sealOf } from './seals.ts'
import type { Database, Row } from './sqlite-database.ts'
import { filesIn, nextPlace, type Files } from './sqlite-files.ts'
import type { AccountRecord, KeptDraft, Store } from './store.ts'

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
  | 'dueMarks'
  | 'rekey'
  | 'draft'
  | 'putDraft'
  | 'drafts'
  | keyof FilesOfStore
  | 'enqueue'
  | 'enqueueAll'
  | 'outboxRow'
  | 'openOrders'
  | 'nextDue'
  | 'nextDueAt'
  | 'moveOrder'
  | 'removeOrder'
  | 'takeBack'
  | 'takeOut'
  | 'recoverSending'
  | 'claimedKeys'
  | 'unsentCount'
> {
  hasAccount(id: AccountId): boolean
  /** Conversations with a mark or an open order. */
  touched(): ConversationId[]
  tidy(now: number): void
}

type FilesOfStore = Pick<
  Files,
  'putFile' | 'appendFile' | 'draftFiles' | 'halfFiles' | 'file' | 'fileBytes' | 'removeFile'
>

export function deskIn(database: Database): Desk {
  const { takeOver, giveBack, releaseFiles, tidyFiles, attached, ...files } = filesIn(database)
  return {
    ...accountsIn(database),
    ...marksIn(database),
    ...files,
    drafts: () => keptDrafts(draftsIn(database), attached()),
    ...ordersIn(database, { takeOver, giveBack, releaseFiles }),
    ...queueIn(database),
    rekey: (from, to) => database.transaction(() => rekey(database, from, to)),
    touched: () =>
      database
        .all(
          "SELECT conversation_id FROM mark UNION SELECT conversation_id FROM outbox INDEXED BY outbox_open WHERE state <> 'sent'",
        )
        .map((row) => textIn(row, 'conversation_id') as ConversationId),
    tidy(now) {
      database.run(
        "DELETE FROM outbox WHERE state = 'sent' AND state_json ->> '$.at' < ?",
        now - sentRowsKeptMs,
      )
      tidyFiles(now)
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
        `INSERT INTO account (id, added_at, json, seal) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET added_at = excluded.added_at, json = excluded.json, seal = excluded.seal`,
        ...sealed(account.id, account.addedAt, JSON.stringify(account)),
      ),
    removeAccount: (id) => void database.run('DELETE FROM account WHERE id = ?', id),
    setting(name) {
      const row = database.get('SELECT value FROM setting WHERE name = ?', name)
      return row === null ? null : textIn(row, 'value')
    },
    putSetting(name, value) {
      if (value === null) database.run('DELETE FROM setting WHERE name = ?', name)
      else putSetting(database, name, value)
    },
  }
}

function marksIn(
  database: Database,
): Pick<Desk, 'mark' | 'putMark' | 'removeMark' | 'dueMarks' | 'draft' | 'putDraft'> {
  return {
    mark: (id) => markIn(database.get('SELECT json FROM mark WHERE conversation_id = ?', id)),
    putMark: (mark) => putMark(database, mark),
    removeMark: (id) => void database.run('DELETE FROM mark WHERE conversation_id = ?', id),
    dueMarks: (now) =>
      database
        .all("SELECT conversation_id FROM mark WHERE json ->> '$.local.until' <= ?", now)
        .map((row) => textIn(row, 'conversation_id') as ConversationId),
    draft: (id, kind) => draftIn(database, id, kind),
    putDraft: (id, kind, draft) => putDraft(database, id, kind, draft),
  }
}

function ordersIn(
  database: Database,
  files: Pick<Files, 'takeOver' | 'giveBack' | 'releaseFiles'>,
): Pick<
  Desk,
  'enqueue' | 'enqueueAll' | 'moveOrder' | 'removeOrder' | 'takeBack' | 'takeOut' | 'recoverSending'
> {
  const remove = (id: string): void => removeOrder(database, id)
  function enqueue(next: OutboxRow): OutboxRow {
    const [known] = ordersWhere(database, 'id = ?', next.id)
    if (known !== undefined) return known
    needAccount(database, next.accountId)
    for (const kept of ordersWhere(database, openOf, next.conversationId)) {
      if (isReplacedBy(kept, next.order)) remove(kept.id)
    }
    insertOrder(database, next)
    const kind = draftKindOf(next.order)
    if (next.order.kind === 'reply' && kind !== null) {
      files.takeOver(next.order.files, { conversationId: next.conversationId, kind }, next.id)
      removeDraft(database, next.conversationId, kind)
    }
    return next
  }
  return {
    enqueue: (next) => database.transaction(() => enqueue(next)),
    enqueueAll: (rows) => database.transaction(() => rows.map(enqueue)),
    moveOrder: (id, state, attempts) =>
      database.transaction(() => {
        const moved = database.run(
          'UPDATE outbox SET state_json = ?, attempts = ?, state_seal = ? WHERE id = ?',
          ...stateOf(id, state, attempts),
          id,
        )
        if (moved === 0 && state.kind === 'sending') throw noSuchOrder(id)
        if (state.kind === 'sent') files.releaseFiles(id)
      }),
    removeOrder: remove,
    takeBack: (id) => database.transaction(() => take(database, files, id, canBeTakenBack)),
    takeOut: (id) => database.transaction(() => take(database, files, id, canBeTakenOut)),
    recoverSending: () =>
      database.transaction(() =>
        ordersWhere(database, open).flatMap((found) => {
          if (found.state.kind !== 'sending') return []
          const state = foundSending(found.state)
          putState(database, found, state)
          return [{ ...found, state }]
        }),
      ),
  }
}

/** Out of the queue, back into its draft; within the caller's transaction. */
function take(
  database: Database,
  files: Pick<Files, 'giveBack'>,
  id: string,
  mayBe: (row: OutboxRow) => boolean,
): OutboxRow | null {
  const [row] = ordersWhere(database, 'id = ?', id)
  if (row === undefined || !mayBe(row)) return null
  const { order, conversationId } = row
  const kind = draftKindOf(order)
  if (order.kind === 'reply' && kind !== null) {
    files.giveBack(id)
    const now = draftIn(database, conversationId, kind)
    putDraft(database, conversationId, kind, draftWith(conversationId, order, now))
  }
  removeOrder(database, id)
  return row
}

function removeOrder(database: Database, id: string): void {
  database.run('DELETE FROM outbox WHERE id = ?', id)
}

function rekey(database: Database, from: ConversationId, to: ConversationId): void {
  for (const kind of ['reply', 'note'] as const) {
    const moved = draftIn(database, from, kind)
    if (isEmptyDraft(moved)) continue
    putDraft(database, to, kind, joinedDrafts(moved, draftIn(database, to, kind)))
    removeDraft(database, from, kind)
  }
  for (const table of ['outbox', 'file'] as const) {
    const rows = database.all(`SELECT place FROM ${table} WHERE conversation_id = ?`, from)
    database.run(`UPDATE ${table} SET conversation_id = ? WHERE conversation_id = ?`, to, from)
    for (const row of rows) reseal(database, table, numberIn(row, 'place'))
  }
  const mark = markIn(database.get('SELECT json FROM mark WHERE conversation_id = ?', from))
  const isFree = database.get('SELECT 1 FROM mark WHERE conversation_id = ?', to) === null
  database.run('DELETE FROM mark WHERE conversation_id = ?', from)
  if (mark === null || !isFree) return
  putMark(database, { ...mark, conversationId: to })
}

function putMark(database: Database, mark: LocalMark): void {
  const account = needAccount(database, accountOf(mark.conversationId))
  database.run(
    'INSERT OR REPLACE INTO mark (conversation_id, account_id, json, seal) VALUES (?, ?, ?, ?)',
    ...sealed(mark.conversationId, account, JSON.stringify(mark)),
  )
}

function queueIn(
  database: Database,
): Pick<Desk, 'outboxRow' | 'openOrders' | 'nextDue' | 'nextDueAt' | 'claimedKeys' | 'unsentCount'> {
  return {
    outboxRow: (id) => ordersWhere(database, 'id = ?', id)[0] ?? null,
    openOrders: (id) => (id === undefined ? ordersWhere(database, open) : ordersWhere(database, openOf, id)),
    nextDue: (now) => heads(ordersWhere(database, open)).filter((head) => isDue(head, now)),
    nextDueAt: (now) => nextAfter(now, heads(ordersWhere(database, open))),
    claimedKeys: (id) =>
      ordersWhere(database, "conversation_id = ? AND state = 'sent'", id).flatMap(({ state }) =>
        state.kind === 'sent' && state.remoteKey !== null ? [state.remoteKey] : [],
      ),
    unsentCount: (id) => ordersWhere(database, `account_id = ? AND ${open}`, id).length,
  }
}

const open = "state <> 'sent'"
const openOf = `conversation_id = ? AND ${open}`

function ordersWhere(database: Database, condition: string, ...values: string[]): OutboxRow[] {
  return database.all(`SELECT * FROM outbox WHERE ${condition} ORDER BY place`, ...values).map(orderIn)
}

function insertOrder(database: Database, row: OutboxRow): void {
  const place = nextPlace(database, 'outbox')
  const { id, accountId, conversationId, createdAt } = row
  const ordered = sealed(place, id, accountId, conversationId, JSON.stringify(row.order), createdAt)
  database.run(
    `INSERT INTO outbox (place, id, account_id, conversation_id, order_json, created_at, order_seal, state_json, attempts, state_seal)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...ordered,
    ...stateOf(id, row.state, row.attempts),
  )
}

/** Keeps how often it was tried. */
export function putState(
  database: Database,
  { id, attempts }: Pick<OutboxRow, 'id' | 'attempts'>,
  state: OutboxState,
): void {
  database.run(
    'UPDATE outbox SET state_json = ?, attempts = ?, state_seal = ? WHERE id = ?',
    ...stateOf(id, state, attempts),
    id,
  )
}

function stateOf(id: string, state: OutboxState, attempts: number): [string, number, string] {
  const json = JSON.stringify(state)
  return [json, attempts, sealOf(id, json, attempts)]
}

export function putSetting(database: Database, name: string, value: string): void {
  database.run('INSERT OR REPLACE INTO setting (name, value, seal) VALUES (?, ?, ?)', ...sealed(name, value))
}

function draftIn(database: Database, id: ConversationId, kind: DraftKind): Draft {
  const row = database.get('SELECT json FROM draft WHERE conversation_id = ? AND kind = ?', id, kind)
  return row === null ? emptyDraft : jsonIn(row, 'json')
}

function draftsIn(database: Database): Omit<KeptDraft, 'fileCount'>[] {
  // Every keeping writes a row of its own, so the newest is the one written last.
  return database.all('SELECT * FROM draft ORDER BY rowid DESC').map((row) => ({
    conversationId: textIn(row, 'conversation_id') as ConversationId,
    kind: textIn(row, 'kind') as DraftKind,
    draft: jsonIn(row, 'json'),
  }))
}

function putDraft(database: Database, id: ConversationId, kind: DraftKind, draft: Draft): void {
  const account = needAccount(database, accountOf(id))
  if (isEmptyDraft(draft)) removeDraft(database, id, kind)
  else
    database.run(
      'INSERT OR REPLACE INTO draft (conversation_id, kind, account_id, json, seal) VALUES (?, ?, ?, ?, ?)',
      ...sealed(id, kind, account, JSON.stringify(draft)),
    )
}

function removeDraft(database: Database, id: ConversationId, kind: DraftKind): void {
  database.run('DELETE FROM draft WHERE conversation_id = ? AND kind = ?', id, kind)
}

function needAccount(database: Database, id: AccountId): AccountId {
  if (!hasAccount(database, id)) throw noSuchAccount(id)
  return id
}

function hasAccount(database: Database, id: AccountId): boolean {
  return database.get('SELECT 1 FROM account WHERE id = ?', id) !== null
}

function accountIn(row: Row): AccountRecord {
  return jsonIn(row, 'json')
}

function markIn(row: Row | null): LocalMark | null {
  return row === null ? null : jsonIn(row, 'json')
}

function orderIn(row: Row): OutboxRow {
  return {
    id: textIn(row, 'id') as OutboxRow['id'],
    accountId: textIn(row, 'account_id') as AccountId,
    conversationId: textIn(row, 'conversation_id') as ConversationId,
    order: jsonIn(row, 'order_json'),
    state: jsonIn(row, 'state_json'),
    createdAt: numberIn(row, 'created_at'),
    attempts: numberIn(row, 'attempts'),
  }
}
