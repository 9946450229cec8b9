import type { HostFacts } from '../../shared/contract/contract.ts'
import { accountOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import { views } from '../../shared/domain/view.ts'
import type { Signal } from '../ports/signals.ts'
import { VaultFault } from '../ports/vault.ts'
import type { Session } from '../providers/provider.ts'
import type { AccountRecord, ChangeSet, Store } from '../store/store.ts'
import { accountRow, hostOf, openAccount, vaultOf, type OpenAccount, type OpenAccounts } from './accounts.ts'
import type { Looking } from './alerts.ts'
import { createAnnouncer, type Announcer } from './announcer.ts'
import { attentionOf } from './attention.ts'
import type { Core } from './core.ts'
import { createDispatch, failureOf } from './dispatch.ts'
import type { Attention, Engine, EngineParts } from './engine.ts'
import { createEventHub } from './event-hub.ts'
import { accountHandlers } from './handlers/accounts.ts'
import { appHandlers } from './handlers/app.ts'
import { inboxHandlers } from './handlers/inbox.ts'
import { orderHandlers } from './handlers/orders.ts'
import { createMediaDesk } from './media.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPublisher, type Publisher } from './publisher.ts'
import type { MediaId } from './rows.ts'
import { readSettings } from './settings.ts'
import { createSignIn } from './sign-in.ts'
import { startSync, type Sync, type SyncListener } from './sync.ts'

const minuteMs = 60_000
const tidyMs = 20_000

/** Wires store, providers, sync and outbox into one engine behind one wire. Knows no Electron and no provider. */
export function createEngine(parts: EngineParts): Engine {
  const { store, clock, log } = parts
  const hub = createEventHub(log)
  const media = createMediaDesk(parts.http, parts.randomId)
  const accounts: OpenAccounts = new Map()
  const syncs = new Map<AccountId, Sync>()
  const attentionListeners = new Set<(attention: Attention) => void>()
  const timers = new Map<string, () => void>()
  let looking: Looking = { visible: false, focused: false, conversationId: null }
  let globalKey: HostFacts['globalKey'] = 'none'
  let keychain: HostFacts['keychain'] = { kind: 'ready' }
  let isStopped = false
  let asked: Parameters<Engine['ask']> | null = null

  const mediaOf = (id: AccountId): MediaId => {
    const host = hostOf(accounts.get(id)?.record ?? { baseUrl: '' })
    return (url, name) => media.idOf(url, name, host)
  }
  const publisher: Publisher = createPublisher({ store, hub, media: mediaOf, afterFlush: tellAttention })
  const session = (id: AccountId): Session | null => {
    const open = accounts.get(id)
    return open === undefined || open.syncing.kind === 'locked' ? null : open.session
  }
  const announcer: Announcer = createAnnouncer({
    store,
    hub,
    notifier: parts.notifier,
    settings: () => readSettings(store),
    looking: () => looking,
    announceAfter: (id) => accounts.get(id)?.record.announceAfter ?? null,
  })
  const outbox: Outbox = createOutbox({
    store,
    clock,
    random: Math.random,
    session,
    tell: {
      moved(id, change) {
        publisher.orderMoved(id)
        if (change === null) return
        syncs.get(accountOf(id))?.touched(id)
        changed(accountOf(id), change)
      },
      locked: (id, failure) => setSyncing(id, { kind: 'locked', failure: failureOf(failure) }),
      reopenedToUs: (row, name) => notice('assigneeNotRestored', row.conversationId, { name }),
      sentAfterAll: (row) => notice('sentAfterAll', row.conversationId, {}),
      broke: (error) => log('outbox.broke', { code: failureOf(error).code }),
    },
  })
  const signIn = createSignIn(parts)

  const core: Core = {
    parts,
    hub,
    media,
    publisher,
    announcer,
    outbox,
    signIn,
    accounts,
    mediaOf,
    session,
    sync: (id) => syncs.get(id),
    hostFacts: () => ({ ...parts.host, keychain, globalKey }),
    settings: () => readSettings(store),
    settingsChanged: () => hub.publish('settings.changed', { settings: readSettings(store), host: core.hostFacts() }),
    look,
    startAccount,
    dropAccount,
    orderGiven(id) {
      publisher.orderMoved(id)
      outbox.pump()
    },
  }
  const handlers = { ...appHandlers(core), ...inboxHandlers(core), ...orderHandlers(core), ...accountHandlers(core) }
  const dispatch = createDispatch(handlers, log)

  function changed(id: AccountId, change: ChangeSet): void {
    publisher.changed(change)
    outbox.noticed([...change.addedMessages, ...change.changedMessages])
    announcer.arrived(id, change.addedMessages)
    for (const each of change.conversations) if (store.conversation(each)?.needsYou === false) announcer.withdraw(each)
    planTidy()
  }

  function look(next: Looking): void {
    const isShown = next.visible && !looking.visible
    looking = next
    if (isShown) kickAll()
  }

  function kickAll(): void {
    for (const each of syncs.values()) each.kick()
  }

  async function startAccount(record: AccountRecord): Promise<void> {
    syncs.get(record.id)?.stop()
    syncs.delete(record.id)
    const open = await openAccount(parts, record)
    if (isStopped) return
    accounts.set(record.id, open)
    publishAccount(record.id)
    if (open.session === null) return
    const accountId = record.id
    const tell = syncListener(accountId)
    const isVisible = (): boolean => looking.visible
    syncs.set(accountId, startSync({ accountId, session: open.session, store, clock, random: Math.random, isVisible, tell }))
    outbox.pump()
  }

  function syncListener(id: AccountId): SyncListener {
    return {
      loading: (done, total) => setSyncing(id, { kind: 'loading', done, total }),
      upToDate({ isCatchUp }) {
        const open = accounts.get(id)
        if (open === undefined) return
        const isFirstLoad = open.record.announceAfter === null
        const seenUntil = isFirstLoad || isCatchUp ? newestKnown(store, id) : 0
        const record = isFirstLoad ? { ...open.record, announceAfter: seenUntil } : open.record
        if (isFirstLoad) store.putAccount(record)
        const hadTrouble = open.syncing.kind !== 'upToDate'
        accounts.set(id, { ...open, record, syncing: { kind: 'upToDate' }, asOf: clock.now() })
        if (isCatchUp) announcer.caughtUp(id, seenUntil)
        if (hadTrouble) outbox.hurry()
        publishAccount(id)
      },
      resting: (failure, retryAt) => setSyncing(id, { kind: 'resting', failure: failureOf(failure), retryAt }),
      locked: (failure) => setSyncing(id, { kind: 'locked', failure: failureOf(failure) }),
      changed: (change) => changed(id, change),
      broke(error, retryAt) {
        log('sync.broke', { code: failureOf(error).code, error: error instanceof Error ? `${error.name} ${error.stack?.split('\n')[1] ?? ''}` : '' })
        setSyncing(id, { kind: 'resting', failure: failureOf(error), retryAt })
      },
    }
  }

  async function dropAccount(record: AccountRecord): Promise<void> {
    syncs.get(record.id)?.stop()
    syncs.delete(record.id)
    const isShared = store.accounts().some((each) => each.vaultKey === record.vaultKey && each.id !== record.id)
    if (!isShared) await forgetSecret(record)
    store.removeAccount(record.id)
    accounts.delete(record.id)
    hub.publish('account.removed', { accountId: record.id, counts: publisher.counts() })
    tellAttention()
  }

  /** Signing out goes on when the keychain refuses: the secret stays behind there, and the log says so. */
  async function forgetSecret(record: AccountRecord): Promise<void> {
    try {
      await vaultOf(parts, record.keptIn).remove(record.vaultKey)
    } catch (error) {
      log('vault.notForgotten', { code: failureOf(error).code })
    }
  }

  function setSyncing(id: AccountId, syncing: OpenAccount['syncing']): void {
    const open = accounts.get(id)
    if (open === undefined) return
    if (syncing.kind === 'locked') {
      syncs.get(id)?.stop()
      syncs.delete(id)
    }
    if (syncing.kind === 'resting' || syncing.kind === 'locked') log('account.trouble', { kind: syncing.kind, code: syncing.failure.code })
    accounts.set(id, { ...open, syncing })
    publishAccount(id)
  }

  function publishAccount(id: AccountId): void {
    const open = accounts.get(id)
    if (open !== undefined) hub.publish('account.changed', { account: accountRow(parts, open, mediaOf(id)) })
    tellAttention()
  }

  function notice(kind: 'assigneeNotRestored' | 'sentAfterAll', id: ConversationId, facts: Record<string, string>): void {
    const name = store.said(id)?.customer.name ?? ''
    const host = hostOf(accounts.get(accountOf(id))?.record ?? { baseUrl: '' })
    hub.publish('notice.raised', { notice: kind, conversationId: id, facts: { name, host, ...facts } })
  }

  function attention(): Attention {
    const longest = store.inboxPage({ view: 'needsYou', accountId: null, find: null, sort: 'longestWait' }, null, 3).rows
    const list = [...accounts.values()].map(({ record, syncing, asOf, can }) => {
      return { id: record.id, name: record.name, health: syncing.kind, asOf, canResolve: can.resolve }
    })
    return attentionOf({ accounts: list, needsYou: publisher.counts().all.needsYou, longest })
  }

  function tellAttention(): void {
    if (isStopped || attentionListeners.size === 0) return
    const now = attention()
    for (const each of attentionListeners) each(now)
  }

  function eachMinute(): void {
    tellAttention()
    timers.set('minute', clock.after(minuteMs, eachMinute))
  }

  function planTidy(): void {
    timers.get('tidy')?.()
    timers.set('tidy', clock.after(tidyMs, () => store.tidy(clock.now())))
  }

  function onSignal(signal: Signal): void {
    if (signal === 'hidden') looking = { ...looking, visible: false, focused: false }
    if (signal === 'wake' || signal === 'online' || signal === 'shown') kickAll()
    if (signal === 'wake' || signal === 'online') outbox.hurry()
  }

  async function begin(): Promise<void> {
    outbox.recover()
    const fault = parts.keychain === null ? new VaultFault('missing') : await parts.keychain.check()
    if (fault !== null) keychain = { kind: 'absent', failure: failureOf(fault) }
    for (const record of store.accounts()) if (!accounts.has(record.id)) await startAccount(record)
    core.settingsChanged()
  }

  return {
    wire: {
      call: dispatch,
      listen(onEvent) {
        const stop = hub.listen(onEvent)
        if (asked !== null) publishAsked(asked)
        return stop
      },
    },
    start() {
      timers.set('signals', parts.signals.listen(onSignal))
      eachMinute()
      void begin().catch((error: unknown) => log('engine.broke', { code: failureOf(error).code }))
    },
    async stop() {
      isStopped = true
      for (const cancel of timers.values()) cancel()
      for (const each of syncs.values()) each.stop()
      outbox.stop()
      signIn.stop()
      // What was aborted settles before the store it would write to is closed.
      await new Promise((resolve) => setImmediate(resolve))
      store.close()
    },
    attention,
    onAttention(listener) {
      attentionListeners.add(listener)
      return () => attentionListeners.delete(listener)
    },
    ask(...request) {
      if (hub.hasListeners()) publishAsked(request)
      else asked = request
    },
    media: (id, signal) => media.fetch(id, signal),
    globalKeyIs(state) {
      globalKey = state
      core.settingsChanged()
    },
  }

  function publishAsked([purpose, conversationId]: Parameters<Engine['ask']>): void {
    asked = null
    hub.publish('attention.asked', { purpose, conversationId })
  }
}

/** The newest moment of an account's own server that we know of; 0 for an empty one. */
function newestKnown(store: Store, accountId: AccountId): number {
  const newest = views.flatMap((view) => store.inboxPage({ view, accountId, find: null, sort: 'newest' }, null, 1).rows)
  return Math.max(0, ...newest.map((each) => each.lastActivityAt))
}
