import { cpSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { memoryStore } from '../../src/main/store/memory-store.ts'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import { StoreFault, type Store } from '../../src/main/store/store.ts'
import type { Clock } from '../../src/main/ports/clock.ts'
import { conversationId, type AccountId, type ConversationId } from '../../src/shared/domain/ids.ts'
import type { OutboxRow } from '../../src/shared/domain/outbox.ts'
import { written } from './builders.ts'
import { fakeProvider, type FakeProvider, type Outcome } from './fake-provider.ts'
import { handClock, type HandClock } from './hand-clock.ts'
import { places, type Fault, type ModelStep } from './model-steps.ts'
import { fakeVault, startHouse, type House } from './start-house.ts'

/** The real engine over a store that outlives it, a server, a network and a clock; and what was promised to the agent. */
export interface World {
  readonly provider: FakeProvider
  readonly promised: readonly Promised[]
  readonly drafts: ReadonlyMap<ConversationId, string>
  store(): Store
  house(): House
  idOf(key: string): ConversationId
  play(step: ModelStep): Promise<void>
  /** All is well again and stays so until nothing moves any more. */
  calm(): Promise<void>
  end(): Promise<void>
}

/** A reply the engine said it keeps. */
export interface Promised {
  readonly id: string
  readonly to: string
  readonly text: string
  isDiscarded: boolean
  isTakenBack: boolean
  /** How often the agent, asked whether it arrived, chose to send it again. */
  sentAgain: number
}

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

/** One run of the program. Killed, it gets no timer and no row any more, whatever still answers it. */
interface Life {
  readonly house: House
  isDead: boolean
}

interface Held {
  readonly ground: Ground
  readonly clock: HandClock
  readonly provider: FakeProvider
  readonly vault: ReturnType<typeof fakeVault>
  readonly promised: Promised[]
  readonly drafts: Map<ConversationId, string>
  /** What hangs, and what the server takes in late. */
  readonly hanging: (() => void)[]
  readonly randomId: () => string
  account: AccountId
  isFull: boolean
  store: Store
  life: Life
}

export async function startWorld(ground: Ground): Promise<World> {
  const clock = handClock()
  const sentAt = clock.now() - 60_000
  const messages = [{ key: 'm', sentAt, text: 'Where is my parcel?' }]
  const provider = fakeProvider(places.map((key) => ({ key, change: { lastActivityAt: sentAt }, messages })))
  let lastId = 0
  const begun = {
    ...{ ground, clock, provider, vault: fakeVault(), isFull: false },
    ...{ promised: [] as Promised[], drafts: new Map<ConversationId, string>(), hanging: [] },
    randomId: () => `id${(lastId += 1)}`,
  }
  const first = await newLife(begun)
  const [account] = await first.life.house.signIn()
  const held: Held = Object.assign(begun, first, { account: account as AccountId })
  return {
    provider,
    promised: held.promised,
    drafts: held.drafts,
    store: () => held.store,
    house: () => held.life.house,
    idOf: (key) => conversationId(held.account, key),
    async play(step) {
      await play(held, step)
      await held.life.house.settle()
    },
    calm: () => calm(held),
    end: () => held.life.house.stop(),
  }
}

async function newLife(
  held: Pick<Held, 'ground' | 'clock' | 'provider' | 'vault' | 'randomId' | 'isFull'>,
): Promise<{ store: Store; life: Life }> {
  const store = held.ground.open()
  const life = { isDead: false }
  const house = await startHouse({
    store: guarded(store, life, held),
    clock: mortal(held.clock, life),
    undoSeconds: 'usual',
    ...{ provider: held.provider, vault: held.vault, randomId: held.randomId },
  })
  return { store, life: Object.assign(life, { house }) }
}

const writes = new Set<keyof Store>([
  ...(['putAccount', 'putSetting', 'applyPage', 'applyRows', 'putThreadStart', 'putThreadFilled'] as const),
  ...(['putMark', 'removeMark', 'putDraft', 'putDirectory', 'enqueue', 'enqueueAll', 'moveOrder'] as const),
  ...(['removeOrder', 'recoverSending', 'removeFile', 'takeBack', 'takeOut'] as const),
])

/** Every call may be the last: the dead reach nothing, and on a full disk nothing is written. */
function guarded(store: Store, life: Pick<Life, 'isDead'>, disk: { readonly isFull: boolean }): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const call: unknown = target[name]
      if (typeof call !== 'function') return call
      return (...given: unknown[]): unknown => {
        if (life.isDead) throw new StoreFault('other', 'This program is dead.')
        if (disk.isFull && writes.has(name)) throw new StoreFault('full', 'The disk is full.')
        return Reflect.apply(call, target, given)
      }
    },
  })
}

function mortal(clock: HandClock, life: Pick<Life, 'isDead'>): HandClock {
  const after: Clock['after'] = (delayMs, run) =>
    clock.after(delayMs, () => {
      if (!life.isDead) run()
    })
  return { ...clock, after }
}

async function play(held: Held, step: ModelStep): Promise<void> {
  const { clock, provider, life } = held
  const { house } = life
  switch (step.kind) {
    case 'reply':
    case 'note':
      return write(held, step)
    case 'draft': {
      const id = conversationId(held.account, step.to)
      const draft = { text: step.text, replyTo: null, mentions: [], cc: '', bcc: '' }
      const kept = await house.call('draft.keep', { conversationId: id, kind: 'reply', draft })
      if (kept.ok) held.drafts.set(id, step.text)
      return
    }
    case 'act': {
      const id = conversationId(held.account, step.to)
      await house.call('conversation.act', { conversationId: id, action: step.action })
      return
    }
    case 'sendAgain':
    case 'discard':
    case 'check':
      return decide(held, step)
    case 'undo':
      return undo(held, step)
    case 'open':
      await house.call('thread.open', { conversationId: conversationId(held.account, step.to) })
      return
    case 'signal':
      return house.signal(step.signal)
    case 'customerWrites':
      return provider.writes(step.to, step.text, clock.now())
    case 'colleague':
      return colleague(provider, step)
    case 'fault':
      return provider.next(step.call, outcomeOf(held, step.fault))
    case 'network':
      return provider.online(step.isThere)
    case 'release':
      return release(held)
    case 'disk':
      held.isFull = step.isFull
      return
    case 'unlock':
      await unlock(held)
      return
    case 'quit':
      await house.stop()
      return reborn(held)
    case 'crash':
      life.isDead = true
      return reborn(held)
    case 'time':
      return clock.advance(step.ms)
    case 'wallClock':
      return clock.jump(step.ms)
  }
}

async function reborn(held: Held): Promise<void> {
  Object.assign(held, await newLife(held))
}

async function write(held: Held, { kind, to, text }: ModelStep & { kind: 'reply' | 'note' }): Promise<void> {
  const id = conversationId(held.account, to)
  const clientKey = `00000000-0000-4000-8000-${String(held.promised.length + 1).padStart(12, '0')}`
  const given = written({ conversationId: id, text, clientKey, isNote: kind === 'note' })
  const answer = await held.life.house.call('reply.send', given)
  if (!answer.ok) return
  held.promised.push({ id: clientKey, to, text, isDiscarded: false, isTakenBack: false, sentAgain: 0 })
  if (kind === 'reply') held.drafts.delete(id)
}

async function decide(
  held: Held,
  { kind, nth }: ModelStep & { kind: 'sendAgain' | 'discard' | 'check' },
): Promise<void> {
  const asked = held.store
    .openOrders()
    .filter(({ state }) => state.kind === 'failed' || state.kind === 'unsure')
  const row: OutboxRow | undefined = asked[nth % Math.max(1, asked.length)]
  if (row === undefined) return
  const { ok } = await held.life.house.call(`outbox.${kind}`, { outboxId: row.id })
  const promised = held.promised.find((each) => each.id === row.id)
  if (!ok || promised === undefined) return
  if (kind === 'discard') promised.isDiscarded = true
  if (kind === 'sendAgain' && row.state.kind === 'unsure') promised.sentAgain += 1
}

async function undo(held: Held, { nth }: ModelStep & { kind: 'undo' }): Promise<void> {
  const waiting = held.store.openOrders()
  const row: OutboxRow | undefined = waiting[nth % Math.max(1, waiting.length)]
  if (row === undefined) return
  const answer = await held.life.house.call('outbox.undo', { outboxIds: [row.id] })
  const promised = held.promised.find((each) => each.id === row.id)
  if (!answer.ok || answer.value.undone === 0 || promised === undefined) return
  promised.isTakenBack = true
  if (row.order.kind !== 'reply' || row.order.isNote) return
  const former = held.drafts.get(row.conversationId) ?? ''
  held.drafts.set(row.conversationId, former === '' ? promised.text : `${promised.text}\n${former}`)
}

function colleague(provider: FakeProvider, { to, does }: ModelStep & { kind: 'colleague' }): void {
  const person = { key: '9', name: 'Priya Nair', avatarUrl: null, kind: 'agent' as const, isMe: false }
  switch (does) {
    case 'resolves':
      return provider.change(to, { status: { kind: 'done' } })
    case 'reopens':
      return provider.change(to, { status: { kind: 'open' } })
    case 'takes':
      return provider.change(to, { assignee: person })
  }
}

function outcomeOf(held: Held, fault: Fault): Outcome {
  const later = (): Promise<void> => new Promise((resolve) => held.hanging.push(resolve))
  switch (fault) {
    case 'neverLeft':
      return { fails: { kind: 'offline', code: 'dns', mayHaveLeft: false } }
    case 'dropBefore':
      return { fails: { kind: 'offline', code: 'reset', mayHaveLeft: true } }
    case 'dropAfter':
      return 'acceptThenDrop'
    case 'acceptLate':
      return { acceptsLate: (accept) => void held.hanging.push(accept) }
    case 'hang':
      return { waits: later() }
    case 'acceptThenHang':
      return { answersAfter: later() }
    case 'limited':
      return { fails: { kind: 'rateLimited', code: 'rateLimited', mayHaveLeft: false } }
    case 'limitedAWhile':
      return {
        // Named when it is asked, by the clock of then.
        get fails() {
          const retryAt = held.clock.now() + 30_000
          return { kind: 'rateLimited' as const, code: 'rateLimited' as const, mayHaveLeft: false, retryAt }
        },
      }
    case 'badGateway':
      return { fails: { kind: 'busy', code: 'busy', facts: { status: '502' }, mayHaveLeft: true } }
    case 'halfWritten':
      return { fails: { kind: 'protocol', code: 'protocol', mayHaveLeft: true } }
    case 'refused':
      return {
        fails: { kind: 'rejected', code: 'rejected', facts: { reason: 'Too long' }, mayHaveLeft: false },
      }
    case 'badToken':
      return { fails: { kind: 'auth', code: 'badToken', mayHaveLeft: false } }
  }
}

function release(held: Held): void {
  for (const each of held.hanging.splice(0)) each()
}

/** The agent signs in again where a lock shows; false where there is none. */
async function unlock({ life, account }: Held): Promise<boolean> {
  const { accounts } = await life.house.ask('app.snapshot', {})
  if (accounts[0]?.syncing.kind !== 'locked') return false
  await life.house.unlock(account).catch(() => {})
  return true
}

async function calm(held: Held): Promise<void> {
  const { provider, clock } = held
  provider.calm()
  held.isFull = false
  release(held)
  await clock.advance(20_000)
  await unlock(held)
  held.life.house.signal('online')
  await clock.advance(900_000)
}
