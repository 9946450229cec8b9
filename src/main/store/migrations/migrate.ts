import type { Database } from '../sqlite-database.ts'
import { StoreFault } from '../store.ts'

/** Brings a database forward, one numbered step at a time, each with its number in one transaction. */
export function migrate(database: Database, steps: readonly Step[]): void {
  const version = refuseNewer(database, steps)
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    database.transaction(() => {
      if (typeof step === 'string') database.exec(step)
      else step(database)
      database.exec(`PRAGMA user_version = ${index + 1}`)
    })
  }
}

/** Statements, or what takes more than statements. */
export type Step = string | ((database: Database) => void)

/** The step a database is at; one of a newer Tuntas is left as it is. */
export function refuseNewer(database: Database, steps: readonly Step[]): number {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0)
  if (version > steps.length) {
    throw new StoreFault(
      'tooNew',
      `${database.path} was written by a newer Tuntas (step ${version}, this one knows ${steps.length}). ` +
        'Start the newer one; nothing was changed.',
    )
  }
  return version
}
