import { emptyDirectory, type Directory } from '../../shared/domain/directory.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { isSame } from '../../shared/domain/merge.ts'
import { ProviderFailure } from '../providers/provider.ts'
import { askServer } from './asking.ts'
import type { Core } from './core.ts'
import { failureOf } from './dispatch.ts'
import { directoryRow } from './rows-beside.ts'

/** What the pickers offer, by account: as last heard at once, and asked for again now and then. */
export interface Directories {
  /** As last heard; asks for news in the background where that is a while ago. */
  read(id: AccountId): Directory
  /** Asks now; settles when it was told, and quietly when it could not be. */
  refresh(id: AccountId): Promise<void>
  /** Every account whose news are old, while somebody may look. */
  refreshOld(): void
}

/** Pickers are opened in quick succession; people and labels do not change that fast. */
const freshMs = 30_000
const renewMs = 600_000

export function createDirectories(core: () => Core): Directories {
  const askedAt = new Map<AccountId, number>()
  const running = new Map<AccountId, Promise<void>>()

  function ageMs(id: AccountId): number {
    return core().parts.clock.now() - (askedAt.get(id) ?? -Infinity)
  }

  function refresh(id: AccountId): Promise<void> {
    const now = running.get(id)
    if (now !== undefined) return now
    askedAt.set(id, core().parts.clock.now())
    const asked = ask(core(), id).finally(() => running.delete(id))
    running.set(id, asked)
    return asked
  }

  return {
    read(id) {
      if (ageMs(id) > freshMs) void refresh(id)
      return core().parts.store.directory(id) ?? emptyDirectory
    },
    refresh,
    refreshOld() {
      for (const id of core().desk.accounts.keys()) if (ageMs(id) > renewMs) void refresh(id)
    },
  }
}

/** Never throws: pickers go on with what they have, and the pull loop is the one to tell what is wrong with a server. */
async function ask(core: Core, id: AccountId): Promise<void> {
  const { store, log } = core.parts
  if (core.desk.session(id)?.directory === undefined) return
  try {
    const known = store.directory(id)
    const directory = await askServer(core, id, async (session, signal) =>
      session.directory?.read(known, signal),
    )
    if (directory === undefined || !core.desk.accounts.has(id) || isSame(known, directory)) return
    store.putDirectory(id, directory)
    core.hub.publish('directory.changed', {
      accountId: id,
      directory: directoryRow(directory, core.mediaOf(id)),
    })
  } catch (error) {
    if (!(error instanceof ProviderFailure)) log('directory.unread', { code: failureOf(error).code })
  }
}
