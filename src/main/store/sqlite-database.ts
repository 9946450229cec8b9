import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { faultOf } from './fault-of.ts'
import { StoreFault } from './store.ts'

/** One open database: statements are prepared once, and whatever goes wrong leaves as a StoreFault. */
export interface Database {
  readonly path: string
  get(sql: string, ...values: SQLInputValue[]): Row | null
  all(sql: string, ...values: SQLInputValue[]): Row[]
  /** Reads row by row; the reader may stop at any of them. */
  walk(sql: string, ...values: SQLInputValue[]): Iterable<Row>
  /** How many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number
  exec(sql: string): void
  /** All or nothing. Not to be nested. */
  transaction<T>(steps: () => T): T
  close(): void
}

/** As node:sqlite hands it out: take the values, never keep the row (it is a slow dictionary object). */
export type Row = Record<string, SQLOutputValue>

export function databaseOver(raw: DatabaseSync, path: string, onDamage: () => void = () => {}): Database {
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? raw.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  function guarded<T>(step: () => T): T {
    try {
      return step()
    } catch (error) {
      const fault = faultOf(error, path)
      if (fault instanceof StoreFault && fault.why === 'corrupt') onDamage()
      throw fault
    }
  }
  function* walk(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    const rows = guarded(() => statement(sql).iterate(...values))
    try {
      for (;;) {
        const step = guarded(() => rows.next())
        if (step.done === true) return
        yield step.value
      }
    } finally {
      rows.return?.()
    }
  }
  return {
    path,
    get: (sql, ...values) => guarded(() => statement(sql).get(...values) ?? null),
    all: (sql, ...values) => guarded(() => statement(sql).all(...values)),
    walk,
    run: (sql, ...values) => guarded(() => Number(statement(sql).run(...values).changes)),
    exec: (sql) => guarded(() => raw.exec(sql)),
    transaction: (steps) => guarded(() => inTransaction(raw, steps)),
    close: () => void (raw.isOpen && guarded(() => raw.close())),
  }
}

function inTransaction<T>(raw: DatabaseSync, steps: () => T): T {
  raw.exec('BEGIN IMMEDIATE')
  try {
    const result = steps()
    raw.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk may have rolled back already.
    if (raw.isTransaction) raw.exec('ROLLBACK')
    throw error
  }
}
