import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { OutboxId } from '../../shared/domain/ids.ts'
import { migrate, type Step } from './migrations/migrate.ts'
import { numberIn, textIn } from './row-values.ts'
import { isAsWritten, sealedTables, type SealedTable } from './seals.ts'
import { putState } from './sqlite-desk.ts'
import { databaseOver, type Database, type Row } from './sqlite-database.ts'
import { StoreFault } from './store.ts'

/**
 * Copies what can still be read of a damaged desk, of whichever step, into a new one, brings that forward, and says how
 * much of each there is now. Only rows that are as they were written are taken. A reply that waited may have left since
 * what is read was written, so it is looked for before anything else, as after a crash.
 */
export function salvage(damaged: Database, desk: Database, { sqlite, steps }: Tools): string {
  const step = stepOf(damaged, { sqlite, steps })
  migrate(desk, steps.slice(0, step ?? steps.length))
  if (step === null) return 'nothing'
  const copied = desk.transaction(() =>
    sealedTables.map((table) => ({ table, ...copyTable(damaged, desk, table) })),
  )
  migrate(desk, steps)
  desk.transaction(() => doubtReplies(desk))
  const told = copied.flatMap(({ table, count, all }) => {
    const name = called[table]
    return name === undefined || all === 0 ? [] : [`${name}: ${count} of ${all}`]
  })
  return told.length === 0 ? 'nothing' : told.join(', ')
}

interface Tools {
  readonly sqlite: { readonly DatabaseSync: typeof DatabaseSync }
  readonly steps: readonly Step[]
}

/** What the agent is told of. */
const called: Partial<Record<SealedTable, string>> = {
  account: 'accounts',
  draft: 'drafts',
  outbox: 'replies and orders',
  file: 'files',
}

/** Which step a desk is at, by the shape of its tables; its number may lie in the damage. */
function stepOf(damaged: Database, { sqlite, steps }: Tools): number | null {
  const shape = shapeOf(damaged)
  for (let step = steps.length; step > 0; step -= 1) {
    const sample = databaseOver(new sqlite.DatabaseSync(':memory:'), 'sample')
    migrate(sample, steps.slice(0, step))
    const isIt = shapeOf(sample) === shape
    sample.close()
    if (isIt) return step
  }
  return null
}

function shapeOf(database: Database): string {
  return sealedTables.map((name) => `${name}(${columnsOf(database, name).join()})`).join()
}

export function columnsOf(database: Database, table: string): string[] {
  return [...readable(database, `PRAGMA table_info(${table})`)].map((row) => textIn(row, 'name'))
}

/** From the front up to the damage, from the end down to it, and by each index what lies in between. */
function copyTable(damaged: Database, desk: Database, table: SealedTable): Copied {
  const names = columnsOf(desk, table)
  // A table of a later step.
  if (names.length === 0) return { count: 0, all: 0 }
  // Drafts are told apart, old and new, by where they lie.
  if (!names.includes('place')) names.unshift('rowid')
  const columns = names.join(', ')
  const into = `INSERT OR IGNORE INTO ${table} (${columns}) VALUES (${names.map(() => '?').join(', ')})`
  let count = 0
  const takeAll = (where: string, ...values: SQLInputValue[]): void => {
    for (const row of readable(damaged, `SELECT ${columns} FROM ${table} ${where}`, ...values)) {
      const written = names.map((name) => row[name] ?? null)
      if (isAsWritten(table, row) && isKept(desk, into, written)) count += 1
    }
  }
  takeAll('ORDER BY rowid ASC')
  takeAll('ORDER BY rowid DESC')
  let all = count
  for (const index of indexesOf(damaged, table)) {
    // An index may hold all of a row.
    takeAll(`INDEXED BY ${index}`)
    const places = [...readable(damaged, `SELECT rowid AS at FROM ${table} INDEXED BY ${index}`)]
    for (const at of places) takeAll('WHERE rowid = ?', numberIn(at, 'at'))
    all = Math.max(all, places.length)
  }
  return { count, all: Math.max(all, count) }
}

interface Copied {
  readonly count: number
  /** How many there were, as far as any index still knows. */
  readonly all: number
}

/** A row may hang on one that is lost; what the new desk has no room for must not count as lost. */
function isKept(desk: Database, into: string, values: SQLInputValue[]): boolean {
  try {
    return desk.run(into, ...values) > 0
  } catch (error) {
    if (error instanceof StoreFault && error.why === 'other') return false
    throw error
  }
}

/** Those that name every row. */
function indexesOf(damaged: Database, table: string): string[] {
  const list = [...readable(damaged, `PRAGMA index_list(${table})`)]
  return list.flatMap((row) => (row['partial'] === 0 ? [textIn(row, 'name')] : []))
}

function doubtReplies(desk: Database): void {
  const waiting = desk.all(
    "SELECT id, created_at, attempts FROM outbox WHERE order_json ->> '$.kind' = 'reply' AND state NOT IN ('sent', 'failed', 'unsure')",
  )
  for (const row of waiting) {
    const [startedAt, attempts] = [numberIn(row, 'created_at'), numberIn(row, 'attempts')]
    putState(
      desk,
      { id: textIn(row, 'id') as OutboxId, attempts },
      { kind: 'unsure', startedAt, asked: false, finding: null },
    )
  }
}

/** Up to what cannot be read: that is what is damaged. */
function* readable(damaged: Database, sql: string, ...values: SQLInputValue[]): Iterable<Row> {
  try {
    yield* damaged.walk(sql, ...values)
  } catch {
    return
  }
}
