import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type * as NodeSqlite from 'node:sqlite'
import { faultOf } from './fault-of.ts'
import { cache1 } from './migrations/cache-1.ts'
import { cache2 } from './migrations/cache-2.ts'
import { desk1 } from './migrations/desk-1.ts'
import { desk2 } from './migrations/desk-2.ts'
import { migrate } from './migrations/migrate.ts'
import { salvage } from './salvage.ts'
import { databaseOver, type Database } from './sqlite-database.ts'
import { StoreFault } from './store.ts'

/**
 * Opens both files of a folder, made if missing, checked and brought forward. The desk is held for this process alone:
 * two engines on one outbox would answer a customer twice. A cache that is damaged or too new is dropped and rebuilt.
 */
export function openDatabases(folder: string, options: OpenOptions = {}): Databases {
  const sqlite = provenSqlite(process.getBuiltinModule('node:sqlite'))
  makeFolder(folder)
  const open = (name: string, onDamage?: () => void): Database => {
    const path = join(folder, name)
    makePrivateFile(path)
    const raw = guarded(path, () => new sqlite.DatabaseSync(path, { timeout: options.busyTimeoutMs ?? 2000 }))
    return databaseOver(raw, path, onDamage)
  }
  const drop = (why: string): void => {
    for (const ending of endings) rmSync(join(folder, cacheName + ending), { force: true })
    options.onCacheDropped?.(why)
  }
  const desk = openDesk(folder, sqlite, () => open(deskName))
  try {
    if (desk.run('DELETE FROM setting WHERE name = ?', damageNote) > 0)
      drop('Damage was met while it was in use.')
    const noteDamage = (): void =>
      void desk.run('INSERT OR REPLACE INTO setting VALUES (?, ?)', damageNote, '1')
    return { desk, cache: openCache(() => open(cacheName, noteDamage), drop) }
  } catch (error) {
    desk.close()
    throw error
  }
}

export interface Databases {
  readonly desk: Database
  readonly cache: Database
}

export interface OpenOptions {
  /** Told why the cache was dropped; everything is pulled again. */
  readonly onCacheDropped?: (why: string) => void
  /** How long to wait for a Tuntas that is just quitting. */
  readonly busyTimeoutMs?: number
}

type Sqlite = Pick<typeof NodeSqlite, 'DatabaseSync'>

const deskName = 'desk.db'
const cacheName = 'cache.db'
/** Setting by which a damage met while running is remembered for the next start. */
const damageNote = 'store.cacheIsDamaged'

const deskSteps = [desk1, desk2]
const cacheSteps = [cache1, cache2]

/** Tries what the store stands on, before any file is touched. */
export function provenSqlite(sqlite: Sqlite | undefined): Sqlite {
  if (sqlite === undefined) {
    throw new StoreFault(
      'noSqlite',
      `This Node (${process.version}) has no SQLite built in. Node 24 or newer is needed.`,
    )
  }
  const probe = new sqlite.DatabaseSync(':memory:')
  try {
    probe.exec("CREATE VIRTUAL TABLE t USING fts5(words, content='', contentless_delete=1, prefix='2 3 4')")
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new StoreFault(
      'noFullText',
      `The SQLite in this program cannot search text (${cause}). Use Node 24 or newer.`,
    )
  } finally {
    probe.close()
  }
  return sqlite
}

/** A damaged desk is moved aside and what can be read of it is kept; that is said by not starting this once. */
function openDesk(folder: string, sqlite: Sqlite, open: () => Database): Database {
  const desk = open()
  try {
    return readiedDesk(desk)
  } catch (error) {
    desk.close()
    if (!(error instanceof StoreFault) || error.why !== 'corrupt') throw error
    const aside = setAside(folder)
    const next = open()
    try {
      const kept = salvage(sqlite, aside, readiedDesk(next))
      throw new StoreFault(
        'corrupt',
        `${desk.path} was damaged. It was moved to ${aside} and nothing in it was deleted. ` +
          `The next start goes on with what could be read of it: ${kept}.`,
      )
    } finally {
      next.close()
    }
  }
}

function readiedDesk(desk: Database): Database {
  // FULL: once a call returns, a power cut cannot take it back; macOS needs its own word for that.
  prepare(desk, ['locking_mode = EXCLUSIVE', 'synchronous = FULL', 'fullfsync = 1'])
  needSound(desk)
  migrate(desk, deskSteps)
  return desk
}

function openCache(open: () => Database, drop: (why: string) => void): Database {
  const cache = open()
  try {
    return readied(cache)
  } catch (error) {
    cache.close()
    if (!(error instanceof StoreFault) || (error.why !== 'corrupt' && error.why !== 'tooNew')) throw error
    drop(error.message)
    return readied(open())
  }
}

function readied(cache: Database): Database {
  // Checkpoints wait for an idle moment (tidy); the limit is for the case that none comes: 8000 pages are 32 MB.
  prepare(cache, ['synchronous = NORMAL', 'wal_autocheckpoint = 8000'])
  migrate(cache, cacheSteps)
  // Reads a page of each table the first list needs.
  for (const table of ['conversation', 'said', 'listed', 'tally', 'message', 'directory']) {
    cache.get(`SELECT 1 FROM ${table} LIMIT 1`)
  }
  return cache
}

function prepare(database: Database, pragmas: readonly string[]): void {
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

function needSound(database: Database): void {
  const answer = database.get('PRAGMA quick_check(1)')?.['quick_check']
  if (answer !== 'ok') throw new StoreFault('corrupt', `${database.path} is damaged: ${String(answer)}`)
}

/** Moves the desk's files to the first free name. */
function setAside(folder: string): string {
  let number = 1
  while (existsSync(join(folder, `desk-damaged-${number}.db`))) number += 1
  const name = `desk-damaged-${number}.db`
  for (const ending of endings) {
    const path = join(folder, deskName + ending)
    if (existsSync(path)) renameSync(path, join(folder, name + ending))
  }
  return join(folder, name)
}

/** A SQLite database is its file, its log and the log's index. */
const endings = ['', '-wal', '-shm']

function makeFolder(folder: string): void {
  guarded(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  })
}

/** SQLite gives the log and its index the mode of the database, so it is enough to make that one private. */
function makePrivateFile(path: string): void {
  guarded(path, () => {
    const isNew = !existsSync(path)
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    if (isNew) keepName(path)
  })
}

/** A power cut right after the first start must not take the file's name away. Windows keeps names by itself. */
function keepName(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function guarded<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw faultOf(error, path)
  }
}
