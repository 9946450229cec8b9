import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { faultOf } from './fault-of.ts'
import type { Database } from './sqlite-database.ts'
import { StoreFault } from './store.ts'

/** A SQLite database is its file, its log and the log's index. */
export const endings = ['', '-wal', '-shm']

export function removeFiles(folder: string, name: string): void {
  for (const ending of endings) rmSync(join(folder, name + ending), { force: true })
}

export function makeFolder(folder: string): void {
  guarded(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  })
}

/** SQLite gives the log and its index the mode of the database, so it is enough to make that one private. */
export function makePrivateFile(path: string): void {
  guarded(path, () => {
    const isNew = !existsSync(path)
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    if (isNew) keepName(path)
  })
}

/** A power cut right after the first start must not take the file's name away. Windows keeps names by itself. */
export function keepName(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

export function guarded<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw faultOf(error, path)
  }
}

/** What both halves want of SQLite, beside what each wants for itself. */
export function prepare(database: Database, pragmas: readonly string[]): void {
  for (const each of [...pragmas, 'mmap_size = 0', 'foreign_keys = ON', 'trusted_schema = OFF']) {
    database.get(`PRAGMA ${each}`)
  }
  const mode = database.get('PRAGMA journal_mode = WAL')?.['journal_mode']
  if (mode === 'wal') return
  throw new StoreFault(
    'other',
    `${database.path} lies on a disk that cannot keep a write-ahead log (it answered "${String(mode)}"). ` +
      'Use a folder on a local disk.',
  )
}
