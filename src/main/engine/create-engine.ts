import type { HostFacts } from '../../shared/contract/contract.ts'
import type { FailureCode } from '../../shared/contract/failure.ts'
import { accountOf, type AccountId } from '../../shared/domain/ids.ts'
import type { ChangeSet } from '../store/store.ts'
import { createAccountDesk, type AccountDesk } from './account-desk.ts'
import { hostOf, keychainNow } from './accounts.ts'
import { createAnnouncer } from './announcer.ts'
import { askServer, having } from './asking.ts'
import { createAttentionTeller, type AttentionTeller } from './attention-teller.ts'
import type { Core } from './core.ts'
import { createDirectories, type Directories } from './directories.ts'
import { createDispatch, failureOf } from './dispatch.ts'
import type { Engine, EngineParts } from './engine.ts'
import { createEventHub } from './event-hub.ts'
import { createFaults } from './faults.ts'
import { wakeHere } from './here.ts'
import { accountHandlers } from './handlers/accounts.ts'
import { appHandlers } from './handlers/app.ts'
import { askedHandlers } from './handlers/asked.ts'
import { besideHandlers } from './handlers/beside.ts'
import { draftHandlers } from './handlers/drafts.ts'
import { inboxHandlers } from './handlers/inbox.ts'
import { orderHandlers } from './handlers/orders.ts'
import { startHandlers } from './handlers/start.ts'
import { writingHandlers } from './handlers/writing.ts'
import { createGate, type Gate } from './gate.ts'
import { createMediaDesk } from './media.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { OutboxListener } from './outbox-desk.ts'
import { onSignal } from './on-signal.ts'
import { createPresence } from './presence.ts'
import { createPublisher, type Publisher } from './publisher.ts'
import { createRhythm } from './rhythm.ts'
import { createRefusals, type Refusals } from './refusals.ts'
import type { MediaId } from './rows.ts'
import { directoryRow } from './rows-beside.ts'
import { answered, learning } from './resolving.ts'
import { readSettings } from './settings.ts'
import { createSignIn } from './sign-in.ts'
import { traceOf } from './trace-of.ts'
import { createTyping } from './typing.ts'

/** Wires store, providers, sync and outbox into one engine behind one wire. Knows no Electron and no provider. */
export function createEngine(parts: EngineParts): Engine {
  const stopping = new AbortController()
  const core = createCore(parts, stopping.signal)
  const writing = writingHandlers(core)
  const handlers = {
    ...writing,
    ...draftHandlers(core),
    ...startHandlers(core, writing['reply.send']),
    ...askedHandlers(core),
    ...besideHandlers(core),
    ...appHandlers(core),
    ...inboxHandlers(core),
    ...orderHandlers(core),
    ...accountHandlers(core),
  }
  const ending: (() => void)[] = []
  /** What the window was asked to show before there was one. */
  let asked: Parameters<Engine['ask']> | null = null

  function publishAsked([purpose, conversationId]: Parameters<Engine['ask']>): void {
    asked = null
    core.hub.publish('attention.asked', { purpose, conversationId })
  }

  return {
    wire: {
      call: createDispatch(handlers, parts.log),
      listen(onEvent) {
        const stop = core.hub.listen(onEvent)
        if (asked !== null) publishAsked(asked)
        return stop
      },
    },
    start() {
      safely(core, () =>
        ending.push(parts.signals.listen((signal) => safely(core, () => onSignal(core, signal)))),
      )
      core.rhythm.everyMinute(() => everyMinute(core))
      void begin(core).catch(core.broke)
    },
    async stop() {
      for (const end of ending) safely(core, end)
      const { rhythm, presence, gate, announcer, attention, signIn, typing } = core
      for (const each of [rhythm, presence, gate, announcer, attention, signIn, typing]) each.stop()
      stopping.abort()
      // What was aborted settles before the store it would write to is closed.
      await Promise.allSettled([core.outbox.stop(), core.desk.stop()])
      safely(core, parts.store.close)
    },
    attention: core.attention.now,
    onAttention: core.attention.listen,
    ask(...request) {
      if (core.hub.hasListeners()) publishAsked(request)
      else asked = request
    },
    media: (id, signal) => core.media.fetch(id, signal),
    broke: core.broke,
    globalKeyIs(state) {
      core.host = { ...core.host, globalKey: state }
      core.settingsChanged()
    },
  }
}

/** Each part is handed what it may touch; the arrows between them are only here. */
// eslint-disable-next-line max-lines-per-function -- the arrows between the parts are drawn once, in one place
function createCore(parts: EngineParts, stopping: AbortSignal): Core {
  const { store, clock, log, random } = parts
  const hub = createEventHub(log)
  const broke = createFaults({ log, clock, hub, logFile: parts.host.logFile })
  const media = createMediaDesk(parts.http, parts.randomId)
  const settings = (): ReturnType<typeof readSettings> => readSettings(store)
  const mediaOf = (id: AccountId): MediaId => {
    const host = hostOf(desk.accounts.get(id)?.record ?? { baseUrl: '' })
    return (url, name) => media.idOf(url, name, host)
  }
  const attention: AttentionTeller = createAttentionTeller({
    store,
    accounts: () => [...desk.accounts.values()],
    needsYou: () => publisher.counts().all.needsYou,
    broke,
  })
  const publisher: Publisher = createPublisher({
    ...{ store, hub, broke },
    media: mediaOf,
    afterFlush: attention.tell,
  })
  const announceAfter = (id: AccountId): number | null => desk.accounts.get(id)?.record.announceAfter ?? null
  const announcer = createAnnouncer({
    store,
    hub,
    notifier: parts.notifier,
    broke,
    settings,
    looking: () => core.looking,
    announceAfter,
    clock,
  })
  const presence = createPresence({
    clock,
    isVisible: () => core.looking.visible,
    stirred: () => safely(core, () => onSignal(core, 'wake')),
  })
  const gate: Gate = createGate({
    ...{ clock, random, presence },
    // Sends first: what leaves now is seen by the polls that are asked next.
    opened() {
      outbox.pump()
      desk.goOn()
    },
  })
  const outbox: Outbox = createOutbox({
    store,
    clock,
    random,
    gate,
    session: (id) => desk.session(id),
    toldAt: (id) => desk.accounts.get(id)?.asOf ?? null,
    resolving: {
      learn: (id, { kind }) => learning(core, [id], kind),
      // Of a conversation that is not held any more nothing is known to ask for.
      answered: (id, action) => (store.said(id) === null ? action : answered(core, id, action)),
    },
    tell: outboxListener(() => core, createRefusals(store.openOrders())),
  })
  const desk: AccountDesk = createAccountDesk({
    engine: parts,
    hub,
    publisher,
    mediaOf,
    gate,
    presence,
    tell: {
      changed: (id, change) => changed(core, id, change),
      opened(id) {
        announcer.wasAway(id)
        outbox.pump()
        void core.directories.refresh(id).catch(broke)
      },
      wasAway: announcer.wasAway,
      caughtUp: announcer.caughtUp,
      recovered: outbox.hurry,
      fared: attention.tell,
    },
  })
  const rhythm = createRhythm(clock, broke)
  const keychain: HostFacts['keychain'] = { kind: 'ready' }
  const settingsChanged = (): void =>
    hub.publish('settings.changed', { settings: settings(), host: core.host })
  const core: Core = {
    ...{
      parts,
      hub,
      media,
      mediaOf,
      publisher,
      announcer,
      attention,
      outbox,
      gate,
      presence,
      desk,
      rhythm,
      settings,
      settingsChanged,
      stopping,
      broke,
    },
    directories: directoriesOf(parts, () => core),
    signIn: createSignIn(parts),
    typing: createTyping({ clock, session: (id) => desk.session(id), signal: stopping, broke }),
    host: { ...parts.host, keychain, globalKey: 'none' },
    looking: { visible: false, focused: false, conversationId: null },
  }
  return core
}

function everyMinute(core: Core): void {
  for (const id of wakeHere(core.parts.store, core.parts.clock.now())) core.publisher.orderMoved(id)
  core.attention.tell()
  if (core.presence.now() === 'asleep') return
  reopenSuspended(core)
  if (core.presence.now() === 'visible') core.directories.refreshOld()
}

/** A suspension is lifted by somebody else, who tells nobody: what is held waits for it, and asks now and then. */
function reopenSuspended(core: Core): void {
  const now = core.parts.clock.now()
  for (const { record, syncing } of core.desk.accounts.values()) {
    if (syncing.kind !== 'locked' || !liftedByItself.includes(syncing.failure.code)) continue
    const minutes = Math.floor(now / 60_000)
    if (minutes % lockedRestMinutes === 0) void core.desk.start(record).catch(core.broke)
  }
}

/** A bug of ours may have been one of the moment. */
const liftedByItself: readonly FailureCode[] = ['suspended', 'internal']
const lockedRestMinutes = 5

function directoriesOf({ store, clock, log }: EngineParts, core: () => Core): Directories {
  return createDirectories({
    ...{ store, clock, log },
    accounts: () => core().desk.accounts.keys(),
    isQuiet: (id) => core().gate.waitMs(id, 'fill') === 0,
    async ask(id, known) {
      if (core().desk.session(id)?.directory === undefined) return null
      return askServer(core(), id, (session, signal) => having(session.directory).read(known, signal))
    },
    changed: (id, directory) =>
      core().hub.publish('directory.changed', {
        accountId: id,
        directory: directoryRow(directory, core().mediaOf(id)),
      }),
  })
}

/** Opens what the last run left: unsure replies first, so that nothing is sent before it is looked for. */
async function begin(core: Core): Promise<void> {
  const { store } = core.parts
  core.outbox.pump()
  for (const record of store.accounts()) core.desk.know(record)
  const keychain = await keychainNow(core.parts)
  // Only now: the host may have told of its key while the keychain was asked.
  core.host = { ...core.host, keychain }
  for (const { id } of store.accounts()) {
    const open = core.desk.accounts.get(id)
    // One that was added, removed or unlocked meanwhile has had its start.
    if (open?.session === null && open.syncing.kind === 'loading')
      await core.desk.start(open.record).catch(core.broke)
  }
  core.settingsChanged()
}

/** For what has nobody to throw to: what could not be done now is done by the next timer. */
function safely(core: Core, step: () => void): void {
  try {
    step()
  } catch (error) {
    core.broke(error)
  }
}

function changed(core: Core, id: AccountId, change: ChangeSet): void {
  const { store, clock } = core.parts
  core.publisher.changed(change)
  // It is in the store by now and will not come again: what is made of it must not hang on the step before.
  try {
    core.outbox.noticed([...change.addedMessages, ...change.changedMessages])
  } finally {
    core.announcer.arrived(id, change.addedMessages)
  }
  for (const each of change.conversations)
    if (store.conversation(each)?.needsYou === false) core.announcer.withdraw(each)
  core.rhythm.whenQuiet(() => store.tidy(clock.now()))
}

function outboxListener(core: () => Core, refusals: Refusals): OutboxListener {
  const notice = (
    kind: 'assigneeNotRestored' | 'sentAfterAll' | 'doneHere',
    id: Parameters<OutboxListener['moved']>[0],
    name: string | null,
  ): void => {
    const { desk, hub, parts } = core()
    const host = hostOf(desk.accounts.get(accountOf(id))?.record ?? { baseUrl: '' })
    const facts = { host, name: name ?? parts.store.said(id)?.customer.name ?? '' }
    hub.publish('notice.raised', { notice: kind, conversationId: id, facts })
  }
  return {
    moved(id, change) {
      core().publisher.orderMoved(id)
      refusals.look(core(), id)
      if (change === null) return
      core().desk.sync(accountOf(id))?.touched(id)
      changed(core(), accountOf(id), change)
    },
    locked: (id, failure) => core().desk.lock(id, failureOf(failure)),
    reopenedToUs: (row, name) => notice('assigneeNotRestored', row.conversationId, name),
    sentAfterAll: (row) => notice('sentAfterAll', row.conversationId, null),
    doneHere: (row) => notice('doneHere', row.conversationId, null),
    broke: (error) => core().parts.log('outbox.broke', { code: failureOf(error).code, ...traceOf(error) }),
  }
}
