import { join } from 'node:path'
import type * as NodeSqlite from 'node:sqlite'
import { guarded, makeFolder, makePrivateFile, prepare, removeFiles } from './database-files.ts'
import { cache1 } from './migrations/cache-1.ts'
import { cache2 } from './migrations/cache-2.ts'
import { cache3 } from './migrations/cache-3.ts'
import { migrate, type Step } from './migrations/migrate.ts'
import { openDesk } from './open-desk.ts'
import { databaseOver, type Database } from './sqlite-database.ts'
import { putSetting } from './sqlite-desk.ts'
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
    removeFiles(folder, cacheName)
    options.onCacheDropped?.(why)
  }
  const desk = openDesk({ folder, sqlite, open })
  try {
    if (desk.run('DELETE FROM setting WHERE name = ?', damageNote) > 0)
      drop('Damage was met while it was in use.')
    const noteDamage = (): void => putSetting(desk, damageNote, '1')
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

const cacheName = 'cache.db'
/** Setting by which a damage met while running is remembered for the next start. */
const damageNote = 'store.cacheIsDamaged'

/** In tests/fixtures/store lies a cache as each of them left it. */
export const cacheSteps: readonly Step[] = [cache1, cache2, cache3]

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
