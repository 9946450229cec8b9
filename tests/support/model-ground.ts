import { cpSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../src/main/ports/clock.ts'
import { ProviderFailure, type Provider, type Session } from '../../src/main/providers/provider.ts'
import { memoryStore } from '../../src/main/store/memory-store.ts'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import { StoreFault, type Store } from '../../src/main/store/store.ts'
import type { AccountId } from '../../src/shared/domain/ids.ts'
import type { HandClock } from './hand-clock.ts'
import type { FakeVault } from './start-house.ts'

/** Where the rows are while no house stands. */
export interface Ground {
  /** For a new life; the one before was closed, or died as it stood. */
  open(): Store
}

export function memoryGround(): Ground {
  const store = memoryStore()
  return { open: () => store }
}

/** A crash is a copy of the files as they lie there, logs and all. */
export function diskGround(folder: string): Ground {
  let current: string | null = null
  let last: Store | null = null
  return {
    open() {
      const next = mkdtempSync(join(folder, 'life-'))
      if (current !== null) cpSync(current, next, { recursive: true })
      last?.close()
      current = next
      last = openSqliteStore(next)
      return last
    },
  }
}

/** One run of the program. Killed, it gets no timer, no row and no answer any more, whatever still runs of it. */
export interface Life {
  isDead: boolean
  /** Settles when it dies. */
  readonly death: Promise<void>
  die(): void
}

export function newLife(): Life {
  let tell = (): void => {}
  const death = new Promise<void>((resolve) => (tell = resolve))
  const life: Life = {
    isDead: false,
    death,
    die() {
      life.isDead = true
      tell()
    },
  }
  return life
}

/** What the disk does to those who write. */
export interface Disk {
  isFull: boolean
  /** The program dies before or after that many more writes. */
  dying: { writesLeft: number; readonly when: 'before' | 'after' } | null
}

const writes = new Set<keyof Store>([
  ...(['putAccount', 'removeAccount', 'putSetting', 'applyPage', 'applyRows', 'putThreadStart'] as const),
  ...(['putThreadFilled', 'putMark', 'removeMark', 'putDraft', 'putFile', 'appendFile'] as const),
  ...(['removeFile', 'putDirectory', 'enqueue', 'enqueueAll', 'moveOrder', 'removeOrder'] as const),
  ...(['takeBack', 'takeOut', 'recoverSending'] as const),
])

/** Every call may be the last: the dead reach nothing, and on a full disk nothing is written. */
export function guarded(store: Store, life: Life, disk: Disk): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const call: unknown = target[name]
      if (typeof call !== 'function') return call
      return (...given: unknown[]): unknown => {
        if (life.isDead) throw dead()
        if (!writes.has(name)) return Reflect.apply(call, target, given)
        const lastWords = lastWrite(disk)
        if (lastWords === 'before') throw killed(life)
        if (disk.isFull) throw new StoreFault('full', 'The disk is full.')
        const result: unknown = Reflect.apply(call, target, given)
        if (lastWords === 'after') throw killed(life)
        return result
      }
    },
  })
}

function lastWrite(disk: Disk): 'before' | 'after' | null {
  if (disk.dying === null) return null
  disk.dying.writesLeft -= 1
  if (disk.dying.writesLeft > 0) return null
  const { when } = disk.dying
  disk.dying = null
  return when
}

function killed(life: Life): StoreFault {
  life.die()
  return dead()
}

function dead(): StoreFault {
  return new StoreFault('other', 'This program is dead.')
}

export function mortalClock(clock: HandClock, life: Life): HandClock {
  const after: Clock['after'] = (delayMs, run) =>
    clock.after(delayMs, () => {
      if (!life.isDead) run()
    })
  return { ...clock, after }
}

export function mortalVault(vault: FakeVault, life: Life): FakeVault {
  const alive = <T>(step: () => Promise<T>): Promise<T> => (life.isDead ? Promise.reject(dead()) : step())
  return {
    ...vault,
    get: (key) => alive(() => vault.get(key)),
    put: (key, value) => alive(() => vault.put(key, value)),
    remove: (key) => alive(() => vault.remove(key)),
  }
}

/** Stands at the door of a server and sees every request leave. */
export interface Porter {
  /** Something that sets a state, or says something, is about to be asked for. */
  leaves(account: AccountId, call: string, key: string, ownId: string | null): void
  /** The server did not take the token. */
  refused(account: AccountId): void
}

/** The same provider, for one life: its calls pass the porter, and the dead ask nobody. */
export function watched(provider: Provider, life: Life, porter: Porter): Provider {
  return {
    ...provider,
    open: (account, secret, host) =>
      watchedCalls(provider.open(account, secret, host), '', {
        life,
        porter,
        account: account.id,
      }) as Session,
  }
}

interface Watch {
  readonly life: Life
  readonly porter: Porter
  readonly account: AccountId
}

const orderings = ['done.', 'snooze.', 'labels.', 'priority.', 'mute.', 'read.', 'assign.assign']

function watchedCalls(given: object, path: string, watch: Watch): object {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]: [string, unknown]) => {
      if (isCall(value)) return [name, watchedCall(value, `${path}${name}`, watch)]
      if (typeof value === 'object' && value !== null)
        return [name, watchedCalls(value, `${path}${name}.`, watch)]
      return [name, value]
    }),
  )
}

function isCall(value: unknown): value is (...given: unknown[]) => unknown {
  return typeof value === 'function'
}

function watchedCall(call: (...given: unknown[]) => unknown, path: string, watch: Watch): unknown {
  // What resolving asks for is no request.
  if (path === 'done.asks') return call
  const { life, porter, account } = watch
  return async (...given: unknown[]): Promise<unknown> => {
    if (life.isDead) throw new ProviderFailure({ kind: 'offline', code: 'offline', mayHaveLeft: false })
    const about = aboutOf(given[0])
    if (path === 'send') porter.leaves(account, path, about.key, about.ownId)
    else if (orderings.some((each) => path.startsWith(each))) porter.leaves(account, path, about.key, null)
    try {
      return await call(...given)
    } catch (error) {
      if (error instanceof ProviderFailure && error.kind === 'auth') porter.refused(account)
      throw error
    }
  }
}

/** A request names its conversation by key, by the reply that goes there, or whole. */
function aboutOf(first: unknown): { key: string; ownId: string | null } {
  if (typeof first === 'string') return { key: first, ownId: null }
  const given = (first ?? {}) as { key?: string; conversationKey?: string; ownId?: string }
  return { key: given.conversationKey ?? given.key ?? '', ownId: given.ownId ?? null }
}
