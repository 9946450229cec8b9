import type { AccountId } from '../../shared/domain/ids.ts'
import { views } from '../../shared/domain/view.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import { canOf, namedOf, type Session } from '../providers/provider.ts'
import type { AccountRecord, ChangeSet, Store } from '../store/store.ts'
import {
  accountRow,
  closedAccount,
  hostOf,
  openAccount,
  vaultOf,
  type OpenAccount,
  type OpenAccounts,
} from './accounts.ts'
import { failureOf } from './dispatch.ts'
import type { EngineParts } from './engine.ts'
import type { Gate } from './gate.ts'
import type { PresenceDesk } from './presence.ts'
import type { EventHub } from './event-hub.ts'
import { withHere } from './here.ts'
import type { Publisher } from './publisher.ts'
import type { MediaId } from './rows.ts'
import { startSync, type Sync, type SyncListener } from './sync.ts'
import { traceOf } from './trace-of.ts'

/** Every account of this desk: opened with its secret, pulled by its loop, and told to the window as it fares. */
export interface AccountDesk {
  readonly accounts: OpenAccounts
  /** The open session, or null while the account is locked. */
  session(id: AccountId): Session | null
  sync(id: AccountId): Sync | undefined
  /** Shows an account with what is held of it, before its secret is fetched: a keychain may ask its owner first. */
  know(record: AccountRecord): void
  /** Opens with the secret in the vault and starts pulling; again for one that is open starts it anew. */
  start(record: AccountRecord): Promise<void>
  /** Calls it something else in the window. */
  rename(id: AccountId, name: string): void
  /** Forgets the account, its rows and, when nobody shares it, its secret. */
  drop(record: AccountRecord): Promise<void>
  lock(id: AccountId, failure: Failure): void
  kickAll(): void
  /** The gate may have opened for those who wait. */
  goOn(): void
  /** The computer falls asleep, or woke: what was on its way since before is begun anew. */
  letGo(): void
  stop(): Promise<void>
}

export interface AccountDeskParts {
  readonly engine: EngineParts
  readonly hub: EventHub
  readonly publisher: Publisher
  readonly mediaOf: (id: AccountId) => MediaId
  readonly gate: Gate
  readonly presence: PresenceDesk
  readonly tell: AccountDeskListener
}

export interface AccountDeskListener {
  changed(id: AccountId, change: ChangeSet): void
  /** Its pulling begins. */
  opened(id: AccountId): void
  /** It goes on after a while of nothing. */
  wasAway(id: AccountId): void
  /** The first round since the start, or since a while of nothing, is over; what came in it happened up to `seenUntil` (the server's clock). */
  caughtUp(id: AccountId, seenUntil: number): void
  recovered(): void
  /** Health or number of accounts changed. */
  fared(): void
}

interface Held extends AccountDeskParts {
  readonly accounts: OpenAccounts
  readonly syncs: Map<AccountId, Sync>
  /** The newest opening of each account: an older one that still waits for its secret comes to nothing. */
  readonly openings: Map<AccountId, symbol>
  isStopped: boolean
}

export function createAccountDesk(parts: AccountDeskParts): AccountDesk {
  const held: Held = {
    ...parts,
    ...{ accounts: new Map(), syncs: new Map(), openings: new Map(), isStopped: false },
  }
  return {
    accounts: held.accounts,
    session(id) {
      const open = held.accounts.get(id)
      return open === undefined || open.syncing.kind === 'locked' ? null : open.session
    },
    sync: (id) => held.syncs.get(id),
    know: (record) => put(held, closedAccount(parts.engine, record)),
    async start(kept) {
      if (!isKept(parts.engine.store, kept.id)) return
      const record = silenced(parts.engine.store, kept)
      const opening = Symbol()
      held.openings.set(record.id, opening)
      void endSync(held, record.id)
      const http = parts.gate.metered(record.id, parts.engine.http)
      const host = { ...parts.engine, http }
      const open = await openAccount(host, record, (found) => learned(held, record.id, found))
      const isWanted = held.openings.get(record.id) === opening && isKept(parts.engine.store, record.id)
      if (held.isStopped || !isWanted) return
      // How old what is held is stays true, whoever opens the account again.
      put(held, { ...open, asOf: held.accounts.get(record.id)?.asOf ?? null })
      if (open.session === null) return
      parts.gate.know(record.id, hostOf(record), open.session.budget)
      pullFor(held, record.id, open.session)
      parts.tell.opened(record.id)
    },
    rename: (id, name) => rename(held, id, name),
    drop: (record) => drop(held, record),
    lock(id, failure) {
      setSyncing(held, id, { kind: 'locked', failure })
    },
    kickAll() {
      for (const each of held.syncs.values()) each.kick()
    },
    goOn() {
      for (const each of held.syncs.values()) each.goOn()
    },
    letGo() {
      for (const each of held.syncs.values()) each.letGo()
    },
    async stop() {
      held.isStopped = true
      await Promise.all([...held.syncs.keys()].map((id) => endSync(held, id)))
    },
  }
}

function pullFor(held: Held, accountId: AccountId, session: Session): void {
  const { store, clock, random } = held.engine
  const { gate, presence } = held
  const tell = syncListener(held, accountId)
  held.syncs.set(accountId, startSync({ accountId, session, store, clock, random, gate, presence, tell }))
}

function syncListener(held: Held, id: AccountId): SyncListener {
  return {
    loading: (done, total) => setSyncing(held, id, { kind: 'loading', done, total }),
    wasAway: () => held.tell.wasAway(id),
    upToDate: (round) => upToDate(held, id, round),
    resting: (failure, retryAt) =>
      setSyncing(held, id, { kind: 'resting', failure: failureOf(failure), retryAt }),
    locked: (failure) => setSyncing(held, id, { kind: 'locked', failure: failureOf(failure) }),
    changed: (change) => held.tell.changed(id, change),
    broke(error, retryAt) {
      held.engine.log('sync.broke', { code: failureOf(error).code, ...traceOf(error) })
      setSyncing(held, id, { kind: 'resting', failure: failureOf(error), retryAt })
    },
  }
}

function upToDate(held: Held, id: AccountId, round: { isCatchUp: boolean; isRecovery: boolean }): void {
  const { store, clock } = held.engine
  const { isCatchUp, isRecovery } = round
  const open = held.accounts.get(id)
  if (open === undefined) return
  const isFirstLoad = open.record.announceAfter === null
  const seenUntil = isFirstLoad || isCatchUp ? newestKnown(store, id) : 0
  const record = isFirstLoad ? { ...open.record, announceAfter: seenUntil } : open.record
  if (isFirstLoad) store.putAccount(record)
  put(held, { ...open, record, syncing: { kind: 'upToDate' }, asOf: clock.now() })
  if (isCatchUp) held.tell.caughtUp(id, seenUntil)
  if (isRecovery || open.syncing.kind === 'resting') held.tell.recovered()
}

function setSyncing(held: Held, id: AccountId, syncing: OpenAccount['syncing']): void {
  const open = held.accounts.get(id)
  if (open === undefined) return
  if (syncing.kind === 'locked') void endSync(held, id)
  if (syncing.kind === 'resting' || syncing.kind === 'locked') {
    held.engine.log('account.trouble', { kind: syncing.kind, code: syncing.failure.code })
  }
  put(held, { ...open, syncing })
}

async function drop(held: Held, record: AccountRecord): Promise<void> {
  const { store } = held.engine
  // From here on nothing is taken in for it: what is unsent was counted, and agreed to be thrown away.
  const open = held.accounts.get(record.id)
  held.accounts.delete(record.id)
  await endSync(held, record.id)
  const isShared = store
    .accounts()
    .some(
      ({ id, vaultKey, keptIn }) =>
        id !== record.id && vaultKey === record.vaultKey && keptIn === record.keptIn,
    )
  if (!isShared) await forgetSecret(held.engine, record)
  try {
    store.removeAccount(record.id)
  } catch (error) {
    if (open !== undefined) goOn(held, open)
    throw error
  }
  // Refreshing may have begun a new loop while the keychain was asked.
  await endSync(held, record.id)
  held.openings.delete(record.id)
  held.accounts.delete(record.id)
  held.gate.forget(record.id)
  held.hub.publish('account.removed', { accountId: record.id, counts: held.publisher.counts() })
  held.tell.fared()
}

/** What could not be removed is as it was, and pulls and sends with the secret it was opened with. */
function goOn(held: Held, open: OpenAccount): void {
  put(held, open)
  if (held.isStopped || open.session === null || open.syncing.kind === 'locked') return
  pullFor(held, open.record.id, open.session)
  held.tell.opened(open.record.id)
}

/** Signing out goes on when the keychain refuses: the secret stays behind there, and the log says so. */
async function forgetSecret(parts: EngineParts, record: AccountRecord): Promise<void> {
  try {
    await vaultOf(parts, record.keptIn).remove(record.vaultKey)
  } catch (error) {
    parts.log('vault.notForgotten', { code: failureOf(error).code, ...traceOf(error) })
  }
}

function rename(held: Held, id: AccountId, name: string): void {
  const open = held.accounts.get(id)
  if (open === undefined) return
  const record = { ...open.record, name }
  held.engine.store.putAccount(record)
  put(held, { ...open, record })
}

/** Found out while it runs: kept for the next opening, and what can be done is told anew. */
function learned(held: Held, id: AccountId, found: AccountRecord['settings']): void {
  const open = held.accounts.get(id)
  if (open === undefined) return
  const record = { ...open.record, settings: { ...open.record.settings, ...found } }
  held.engine.store.putAccount(record)
  const { session } = open
  const shown =
    session === null
      ? {}
      : { can: withHere(canOf(session)), named: namedOf(session), asks: session.done?.asks ?? null }
  put(held, { ...open, ...shown, record })
}

function put(held: Held, open: OpenAccount): void {
  const { id } = open.record
  held.accounts.set(id, open)
  held.hub.publish('account.changed', { account: accountRow(held.engine, open, held.mediaOf(id)) })
  held.tell.fared()
}

async function endSync(held: Held, id: AccountId): Promise<void> {
  const sync = held.syncs.get(id)
  held.syncs.delete(id)
  await sync?.stop()
}

/** Where nothing is held any more, the first load comes again and is as silent as it was. */
function silenced(store: Store, record: AccountRecord): AccountRecord {
  if (record.announceAfter === null || store.cursor(record.id) !== null) return record
  const silent = { ...record, announceAfter: null }
  store.putAccount(silent)
  return silent
}

function isKept(store: Store, id: AccountId): boolean {
  return store.accounts().some((each) => each.id === id)
}

/** The newest moment of an account's own server that we know of; 0 for an empty one. */
function newestKnown(store: Store, accountId: AccountId): number {
  const newest = views.flatMap(
    (view) => store.inboxPage({ view, accountId, find: null, sort: 'newest' }, null, 1).rows,
  )
  return Math.max(0, ...newest.map((each) => each.lastActivityAt))
}
