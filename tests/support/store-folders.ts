import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { openDatabases, type Databases, type OpenOptions } from '../../src/main/store/open-databases.ts'
import { openSqliteStore, sqliteStoreOver } from '../../src/main/store/sqlite-store.ts'
import { StoreFault, type Store } from '../../src/main/store/store.ts'

/** Folders a test spoils, and stores that are closed when it is over. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The files as they lie there now: what a crash at this moment would leave. */
export function copyOf(folder: string): string {
  const copy = aFolder()
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name))
  return copy
}

export function openIn(folder: string, options: OpenOptions = {}): Store {
  const store = openSqliteStore(folder, { busyTimeoutMs: 1, ...options })
  onTestFinished(() => store.close())
  return store
}

/** As `openIn`, where a salvaged desk says so by not starting once; `said` is what it told. */
export function openAfterDamage(folder: string): { store: Store; said: string | null } {
  try {
    return { store: openIn(folder), said: null }
  } catch (error) {
    if (!(error instanceof StoreFault) || error.why !== 'corrupt') throw error
    return { store: openIn(folder), said: error.message }
  }
}

/** Puts a file of tests/fixtures/store into a folder. */
export function layFixture(folder: string, half: 'desk' | 'cache', step: number): void {
  const dump = readFileSync(join(import.meta.dirname, `../fixtures/store/${half}-${step}.sql`), 'utf8')
  // Full-text tables of the fixture are filled from below.
  const database = new DatabaseSync(join(folder, `${half}.db`), { defensive: false })
  database.exec(`BEGIN; ${dump} COMMIT`)
  database.close()
}

/** A store whose disk a test fills, and makes room on again; `fill` leaves not one page. */
export function storeOnSmallDisk(): { store: Store; databases: Databases; fill(): void; free(): void } {
  const databases = openDatabases(aFolder())
  const store = sqliteStoreOver(databases)
  onTestFinished(() => store.close())
  const each = [databases.desk, databases.cache]
  return {
    store,
    databases,
    // SQLite takes the smallest number that what is there needs.
    fill: () => each.forEach((half) => half.get('PRAGMA max_page_count = 1')),
    free: () => each.forEach((half) => half.get('PRAGMA max_page_count = 1000000')),
  }
}

/** What a step of a store throws, by its kind. */
export function whyOf(step: () => unknown): string {
  try {
    step()
  } catch (error) {
    return error instanceof StoreFault ? error.why : String(error)
  }
  return 'no fault'
}
