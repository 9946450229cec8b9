import { createHash, hash } from 'node:crypto'
import type { SQLInputValue } from 'node:sqlite'
import type { Database, Row } from './sqlite-database.ts'

/**
 * What SQLite lacks: a checksum over each row of the desk, so that words which rotted on the disk are found before they
 * reach a customer, and nothing altered is taken for what the agent wrote. Written with the row, looked at when it opens.
 */
export function sealOf(...values: readonly SQLInputValue[]): string {
  // Half a character, as file names may have, is kept as a whole one.
  const kept = values.map((each) => (typeof each === 'string' ? each.toWellFormed() : each))
  return hash('sha256', JSON.stringify(kept), 'base64url').slice(0, sealLength)
}

/** Values of a row, and their seal behind them. */
export function sealed<T extends readonly SQLInputValue[]>(...values: T): [...T, string] {
  return [...values, sealOf(...values)]
}

/** Of a piece of a file, whose bytes are not text. */
export function sealOfPiece(file: number, start: number, bytes: Uint8Array): string {
  const sum = createHash('sha256').update(`${file} ${start} `).update(bytes)
  return sum.digest('base64url').slice(0, sealLength)
}

/** Characters of base64: 96 bits, far more than chance can hit. */
const sealLength = 16

/** Which columns each seal of a table covers, in the order they are summed up. What changes by itself is sealed apart. */
export const seals = {
  account: [{ seal: 'seal', over: ['id', 'added_at', 'json'] }],
  setting: [{ seal: 'seal', over: ['name', 'value'] }],
  mark: [{ seal: 'seal', over: ['conversation_id', 'account_id', 'json'] }],
  draft: [{ seal: 'seal', over: ['conversation_id', 'kind', 'account_id', 'json'] }],
  outbox: [
    {
      seal: 'order_seal',
      over: ['place', 'id', 'account_id', 'conversation_id', 'order_json', 'created_at'],
    },
    { seal: 'state_seal', over: ['id', 'state_json', 'attempts'] },
  ],
  file: [
    {
      seal: 'seal',
      over: ['place', 'id', 'account_id', 'conversation_id', 'kind', 'name', 'content_type', 'size_bytes'],
    },
  ],
  piece: [{ seal: 'seal', over: ['file', 'start', 'bytes'] }],
} as const satisfies Readonly<Record<string, readonly Seal[]>>

export type SealedTable = keyof typeof seals

/** Those first that others hang on. */
export const sealedTables: readonly SealedTable[] = [
  'account',
  'setting',
  'mark',
  'draft',
  'outbox',
  'file',
  'piece',
]

export interface Seal {
  readonly seal: string
  readonly over: readonly string[]
}

/** What a row's seal has to be. */
function sealFor({ over }: Seal, row: Row): string {
  const values = over.map((name) => row[name] ?? null)
  const [file, start, bytes] = values
  if (typeof file === 'number' && typeof start === 'number' && bytes instanceof Uint8Array)
    return sealOfPiece(file, start, bytes)
  return sealOf(...values)
}

/** After a change to columns a seal covers, by a statement that does not know the whole row. */
export function reseal(database: Database, table: SealedTable, rowid: number): void {
  for (const { seal, over } of seals[table]) {
    const row = database.get(`SELECT ${over.join(', ')} FROM ${table} WHERE rowid = ?`, rowid)
    if (row === null) continue
    database.run(`UPDATE ${table} SET ${seal} = ? WHERE rowid = ?`, sealFor({ seal, over }, row), rowid)
  }
}

/** Whether each column a seal covers is as it was written with it. */
export function isSealed(table: SealedTable, row: Row): boolean {
  return seals[table].every((each: Seal) => row[each.seal] === sealFor(each, row))
}

/** Whether a row is as it was written; half a row from before there were seals shows by its JSON alone. */
export function isAsWritten(table: SealedTable, row: Row): boolean {
  if (seals[table].every(({ seal }) => row[seal] !== undefined)) return isSealed(table, row)
  return Object.entries(row).every(([name, value]) => !name.endsWith('json') || isJson(value))
}

function isJson(value: unknown): boolean {
  try {
    return typeof value === 'string' && JSON.parse(value) !== null
  } catch {
    return false
  }
}
