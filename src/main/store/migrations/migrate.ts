import type { Database } from '../sqlite-database.ts'
import { StoreFault } from '../store.ts'

/** Brings a database forward, one numbered step at a time, each with its number in one transaction. */
export function migrate(database: Database, steps: readonly string[]): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0)
  if (version > steps.length) {
    throw new StoreFault(
      'tooNew',
      `${database.path} was written by a newer Tuntas (step ${version}, this one knows ${steps.length}). ` +
        'Start the newer one; nothing was changed.',
    )
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    database.transaction(() => {
      database.exec(step)
      database.exec(`PRAGMA user_version = ${index + 1}`)
    })
  }
}
