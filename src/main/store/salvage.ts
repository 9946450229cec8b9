import type * as NodeSqlite from 'node:sqlite'
import type { OutboxState } from '../../shared/domain/outbox.ts'
import { textIn } from './row-values.ts'
import type { Database, Row } from './sqlite-database.ts'

/**
 * Copies what can still be read of a damaged desk into a new one, and says how much of each there is now. A reply that
 * waited may have left since what is read was written, so it is looked for before anything else, as after a crash.
 */
export function salvage(
  sqlite: Pick<typeof NodeSqlite, 'DatabaseSync'>,
  from: string,
  desk: Database,
): string {
  const damaged = readable(() => new sqlite.DatabaseSync(from, { readOnly: true }))
  if (damaged === null) return nothing
  try {
    const kept = desk.transaction(() => {
      const counts = tables.map(({ name, called }) => ({ called, count: copyTable(damaged, desk, name) }))
      doubtReplies(desk)
      return counts
    })
    const told = kept.filter(({ called, count }) => called !== null && count > 0)
    return told.length === 0 ? nothing : told.map(({ called, count }) => `${called}: ${count}`).join(', ')
  } finally {
    damaged.close()
  }
}

const nothing = 'nothing'

/** Those first that others hang on. */
const tables = [
  { name: 'account', called: 'accounts' },
  { name: 'setting', called: null },
  { name: 'mark', called: null },
  { name: 'draft', called: 'drafts' },
  { name: 'outbox', called: 'replies and orders' },
  { name: 'file', called: 'files' },
  { name: 'piece', called: null },
] as const

/** From the front up to the damage, and from the end down to it. */
function copyTable(damaged: NodeSqlite.DatabaseSync, desk: Database, table: string): number {
  const columns = desk.all(`PRAGMA table_info(${table})`).map((row) => textIn(row, 'name'))
  const into = `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  let count = 0
  for (const direction of ['ASC', 'DESC'])
    readable(() => {
      const rows = damaged.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY rowid ${direction}`)
      for (const row of rows.iterate())
        count +=
          readable(() => (isWhole(row) ? desk.run(into, ...columns.map((name) => row[name] ?? null)) : 0)) ??
          0
    })
  return count
}

/** SQLite keeps no checksum of what is in a page; half a row of ours shows by its JSON. */
function isWhole(row: Row): boolean {
  return Object.entries(row).every(
    ([name, value]) => !name.endsWith('json') || (typeof value === 'string' && JSON.parse(value) !== null),
  )
}

function doubtReplies(desk: Database): void {
  const waiting = desk.all(
    "SELECT id, created_at FROM outbox WHERE order_json ->> '$.kind' = 'reply' AND state NOT IN ('sent', 'failed', 'unsure')",
  )
  for (const row of waiting) {
    const startedAt = Number(row['created_at'])
    const state: OutboxState = { kind: 'unsure', startedAt, asked: false, finding: null }
    desk.run('UPDATE outbox SET state_json = ? WHERE id = ?', JSON.stringify(state), textIn(row, 'id'))
  }
}

/** What cannot be read is what is damaged. */
function readable<T>(step: () => T): T | null {
  try {
    return step()
  } catch {
    return null
  }
}
