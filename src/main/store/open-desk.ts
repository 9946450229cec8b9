import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { endings, guarded, keepName, prepare, removeFiles } from './database-files.ts'
import { desk1 } from './migrations/desk-1.ts'
import { desk2 } from './migrations/desk-2.ts'
import { desk3 } from './migrations/desk-3.ts'
import { migrate, refuseNewer, type Step } from './migrations/migrate.ts'
import { textIn } from './row-values.ts'
import { columnsOf, salvage } from './salvage.ts'
import { isAsWritten, sealedTables } from './seals.ts'
import type { Database } from './sqlite-database.ts'
import { putSetting } from './sqlite-desk.ts'
import { StoreFault } from './store.ts'

/** A damaged desk is moved aside and what can be read of it is kept; that is said by not starting this once. */
export function openDesk({ folder, sqlite, open }: DeskParts): Database {
  finishSwap(folder)
  const desk = readiedOrSalvaged({ folder, sqlite, open })
  const said = desk.get('SELECT value FROM setting WHERE name = ?', salvageNote)
  if (said === null) return desk
  try {
    desk.run('DELETE FROM setting WHERE name = ?', salvageNote)
  } finally {
    desk.close()
  }
  throw new StoreFault('corrupt', textIn(said, 'value'))
}

export interface DeskParts {
  readonly folder: string
  readonly sqlite: { readonly DatabaseSync: typeof DatabaseSync }
  readonly open: (name: string) => Database
}

const deskName = 'desk.db'
const salvagedName = 'desk-salvaged.db'
/** Setting by which what a salvage has to tell outlives a crash. */
const salvageNote = 'store.salvaged'

/** In tests/fixtures/store lies a desk as each of them left it. */
export const deskSteps: readonly Step[] = [desk1, desk2, desk3]

function readiedOrSalvaged(parts: DeskParts): Database {
  const { folder, open } = parts
  const desk = open(deskName)
  try {
    return readiedDesk(desk)
  } catch (error) {
    try {
      if (!(error instanceof StoreFault) || error.why !== 'corrupt') throw error
      writeSalvaged(parts, desk)
    } finally {
      closeDamaged(desk)
    }
    swap(folder)
    const next = open(deskName)
    try {
      return readiedDesk(next)
    } catch (still) {
      next.close()
      throw still
    }
  }
}

function readiedDesk(desk: Database): Database {
  refuseNewer(desk, deskSteps)
  // FULL: once a call returns, a power cut cannot take it back; macOS needs its own word for that.
  prepare(desk, ['locking_mode = EXCLUSIVE', 'synchronous = FULL', 'fullfsync = 1'])
  needSound(desk)
  migrate(desk, deskSteps)
  return desk
}

/** Beside the damaged one, and whole in one file before that is touched: a crash or a full disk leaves it to be done again. */
function writeSalvaged({ folder, sqlite, open }: DeskParts, damaged: Database): void {
  removeFiles(folder, salvagedName)
  const desk = open(salvagedName)
  try {
    for (const each of ['journal_mode = DELETE', 'synchronous = FULL', 'fullfsync = 1', 'foreign_keys = ON'])
      desk.get(`PRAGMA ${each}`)
    const kept = salvage(damaged, desk, { sqlite, steps: deskSteps })
    putSetting(
      desk,
      salvageNote,
      `${damaged.path} was damaged. It was moved to ${asidePath(folder, lastAside(folder) + 1)} and nothing in it was deleted. ` +
        `The next start goes on with what could be read of it: ${kept}.`,
    )
  } finally {
    desk.close()
  }
}

/** Its log goes back into it where that can be done; where not, both are kept. */
function closeDamaged(desk: Database): void {
  try {
    desk.close()
  } catch {
    return
  }
}

/** The damaged desk goes first: without one, what was salvaged is known to be whole. */
function swap(folder: string): void {
  guarded(join(folder, deskName), () => {
    const aside = asidePath(folder, lastAside(folder) + 1)
    renameSync(join(folder, deskName), aside)
    finishSwap(folder)
  })
}

/** Also at a start after a crash in the midst of it. */
function finishSwap(folder: string): void {
  if (existsSync(join(folder, deskName)) || !existsSync(join(folder, salvagedName))) return
  const aside = asidePath(folder, lastAside(folder))
  for (const ending of endings.slice(1)) {
    const path = join(folder, deskName + ending)
    if (existsSync(path)) renameSync(path, aside + ending)
  }
  renameSync(join(folder, salvagedName), join(folder, deskName))
  keepName(join(folder, deskName))
}

function asidePath(folder: string, number: number): string {
  return join(folder, `desk-damaged-${number}.db`)
}

/** Its number; 0 where there is none yet. */
function lastAside(folder: string): number {
  const numbers = readdirSync(folder).map((name) => Number(/^desk-damaged-(\d+)\.db$/.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}

function needSound(desk: Database): void {
  try {
    needRows(desk)
  } catch (error) {
    // A state that is no JSON any more stops the looking itself.
    if (error instanceof StoreFault && error.why === 'other') throw damaged(desk, error.message)
    throw error
  }
}

/** The bytes of files are looked at when they are wanted: there may be much of them. */
function needRows(desk: Database): void {
  // Not the quick one: an index of another moment, or of another table, would hide orders that are there.
  const answer = desk.get('PRAGMA integrity_check(1)')?.['integrity_check']
  if (answer !== 'ok') throw damaged(desk, String(answer))
  for (const table of sealedTables) {
    const columns = table === 'piece' ? [] : columnsOf(desk, table)
    if (columns.length === 0) continue
    for (const row of desk.walk(`SELECT ${columns.join(', ')} FROM ${table}`))
      if (!isAsWritten(table, row)) throw damaged(desk, `a row of ${table} is not as it was written`)
  }
}

function damaged({ path }: Database, how: string): StoreFault {
  return new StoreFault('corrupt', `${path} is damaged: ${how}`)
}
