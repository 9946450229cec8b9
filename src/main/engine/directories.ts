import { Refusal } from '../../shared/contract/failure.ts'
import { emptyDirectory, type Directory } from '../../shared/domain/directory.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { isSame } from '../../shared/domain/merge.ts'
import { ProviderFailure } from '../providers/provider.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { failureOf } from './dispatch.ts'
import { traceOf } from './trace-of.ts'

/** What the pickers offer, by account: as last heard at once, and asked for again now and then. */
export interface Directories {
  /** As last heard; asks for news in the background where that is a while ago. */
  read(id: AccountId): Directory
  /** Asks from now on, after what is on its way; settles when it was told, and quietly when it could not be. */
  refresh(id: AccountId): Promise<void>
  /** Until it was heard for the first time, or could not be; null where it was. */
  learn(id: AccountId): Promise<void> | null
  /** Every account whose news are old, while somebody may look. */
  refreshOld(): void
}

/** Pickers are opened in quick succession; people and labels do not change that fast. */
const freshMs = 30_000
const renewMs = 600_000

export interface DirectoriesParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly accounts: () => Iterable<AccountId>
  /** Whether its server may be asked for what nobody waits for. */
  readonly isQuiet: (id: AccountId) => boolean
  /** What the server says now; null where it has no such thing. */
  readonly ask: (id: AccountId, known: Directory | null) => Promise<Directory | null>
  readonly changed: (id: AccountId, directory: Directory) => void
}

export function createDirectories(parts: DirectoriesParts): Directories {
  const askedAt = new Map<AccountId, number>()
  const running = new Map<AccountId, Running>()

  /** Where the clock was turned back it is as old as that was far. */
  function ageMs(id: AccountId): number {
    return Math.abs(parts.clock.now() - (askedAt.get(id) ?? -Infinity))
  }

  function begin(id: AccountId): Promise<void> {
    askedAt.set(id, parts.clock.now())
    const asked = ask(parts, id).then(() => void running.delete(id))
    running.set(id, { asked, next: null })
    return asked
  }

  function renew(id: AccountId, olderThanMs: number): void {
    if (!running.has(id) && ageMs(id) > olderThanMs) void begin(id)
  }

  return {
    read(id) {
      renew(id, freshMs)
      return parts.store.directory(id) ?? emptyDirectory
    },
    refresh(id) {
      const before = running.get(id)
      if (before === undefined) return begin(id)
      // What is on its way may have been told before what the caller just changed.
      before.next ??= before.asked.then(() => begin(id))
      return before.next
    },
    learn(id) {
      if (parts.store.directory(id) !== null) return null
      return running.get(id)?.asked ?? begin(id)
    },
    refreshOld() {
      for (const id of parts.accounts()) if (parts.isQuiet(id)) renew(id, renewMs)
    },
  }
}

interface Running {
  readonly asked: Promise<void>
  /** Everybody who wants to know more waits for the same next one. */
  next: Promise<void> | null
}

/** Never throws: pickers go on with what they have, and the pull loop is the one to tell what is wrong with a server. */
async function ask(parts: DirectoriesParts, id: AccountId): Promise<void> {
  const { store, log } = parts
  try {
    const known = store.directory(id)
    const directory = await parts.ask(id, known)
    const isKept = [...parts.accounts()].includes(id)
    if (directory === null || !isKept || isSame(known, directory)) return
    store.putDirectory(id, directory)
    parts.changed(id, directory)
  } catch (error) {
    const isExpected = error instanceof ProviderFailure || error instanceof Refusal
    if (!isExpected) log('directory.unread', { code: failureOf(error).code, ...traceOf(error) })
  }
}
