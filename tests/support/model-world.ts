import type { Store } from '../../src/main/store/store.ts'
import type { CommandName, Input, Output } from '../../src/shared/contract/contract.ts'
import type { Result } from '../../src/shared/contract/failure.ts'
import {
  accountOf,
  conversationId,
  type AccountId,
  type ConversationId,
} from '../../src/shared/domain/ids.ts'
import type { DraftKind } from '../../src/shared/domain/reply.ts'
import { aDirectory, outboxId, someLimits } from './builders.ts'
import { fakeProvider, otherSecret, secret, type FakeProvider, type FakeTraits, type Outcome } from './fake-provider.ts' // prettier-ignore
import { handClock, type HandClock } from './hand-clock.ts'
import { guarded, mortalClock, mortalVault, newLife, watched, type Disk, type Ground, type Life, type Porter } from './model-ground.ts' // prettier-ignore
import { colleague, places, seatOf, seats, type Fault, type Seat, type ServerKind, type WorkingDay } from './model-steps.ts' // prettier-ignore
import { fakeVault, startHouse, type FakeVault, type House } from './start-house.ts'

/** The real engine over a store that outlives it, two servers, a network and a clock; and what was promised to the agent. */
export interface World {
  readonly ground: Ground
  readonly clock: HandClock
  readonly servers: Readonly<Record<'desk' | 'branch', FakeProvider>>
  readonly kind: ServerKind
  readonly vault: FakeVault
  readonly disk: Disk
  readonly randomId: () => string
  /** What hangs, and what the server takes in late. */
  readonly hanging: (() => void)[]
  /** Replies the engine said it keeps, or kept without getting to say so. */
  readonly promised: Promised[]
  /** Every order that is kept, as it was given. */
  readonly accepted: string[]
  /** The agent's last wish for each part of each conversation. */
  readonly wishes: Map<string, Wish>
  /** What is being written, by place and kind. */
  readonly drafts: Map<string, string>
  readonly files: KeptFile[]
  /** Each message of a customer, told or not. */
  readonly written: string[]
  readonly told: string[]
  /** Whom a server refused the token. */
  readonly refused: Set<AccountId>
  /** What must not be and was seen on the way, one sentence each. */
  readonly wrong: string[]
  readonly accounts: Map<Seat, AccountId>
  /** The accounts the agent agreed to leave. */
  readonly left: Set<Seat>
  jumpedMs: number
  store: Store
  life: Life
  house: House
}

export interface Promised {
  readonly id: string
  readonly to: string
  readonly as: DraftKind
  readonly text: string
  readonly files: readonly KeptFile[]
  /** Not before that it may leave, as long as nobody sets the clock. */
  notBefore: number
  isDiscarded: boolean
  isTakenBack: boolean
  /** How often the agent, asked whether it arrived, chose to send it again. */
  sentAgain: number
}

/** A file as the window knows it. */
export interface KeptFile {
  readonly id: string
  readonly to: string
  readonly as: DraftKind
  readonly name: string
  readonly bytes: Uint8Array
  /** How much of it is acknowledged. */
  have: number
  /** The order it went into; null while it is attached to its draft. */
  order: string | null
  isDropped: boolean
}

export interface Wish {
  readonly orderId: string
  readonly action: Input<'conversation.act'>['action']
  /** False once others had a say in that part, or where it is not known what became of the order. */
  isSure: boolean
}

const sentAt = Date.UTC(2026, 2, 3, 8, 59)

export async function startWorld(ground: Ground, { desk: kind, also }: WorkingDay): Promise<World> {
  const clock = handClock()
  let lastId = 0
  const begun = {
    ...{
      ground,
      clock,
      kind,
      vault: fakeVault(),
      hanging: [],
      promised: [],
      accepted: [],
      drafts: new Map(),
    },
    ...{ wishes: new Map(), files: [], written: [], told: [], wrong: [], refused: new Set<AccountId>() },
    ...{ accounts: new Map<Seat, AccountId>(), left: new Set<Seat>(), jumpedMs: 0 },
    disk: { isFull: false, dying: null },
    randomId: () => `id${(lastId += 1)}`,
  }
  const now = (): number => serverNow(world)
  const deskTraits = { now, keepsOwnIds: kind === 'keepsOwnIds', hasVersions: kind !== 'byWords' }
  const world: World = Object.assign(begun, {
    servers: { desk: aServer('desk', deskTraits), branch: aServer('branch', { now, id: 'other' }) },
    ...({} as Pick<World, 'store' | 'life' | 'house'>),
  })
  if (kind !== 'keepsOwnIds') world.servers.desk.finds(kind)
  await live(world)
  for (const seat of ['home', ...also] as const) await signIn(world, seat)
  await clock.advance(2_000)
  return world
}

function aServer(at: 'desk' | 'branch', traits: FakeTraits): FakeProvider {
  const here = places.filter((each) => (seatOf(each) === 'branch') === (at === 'branch'))
  const server = fakeProvider(
    here.map((key) => ({
      key,
      account: accountKeyOf(seatOf(key)),
      change: { lastActivityAt: sentAt, limits: someLimits({ files: key === 'c' ? 'one' : 'many' }) },
      messages: [{ key: 'm', sentAt, text: 'Where is my parcel?' }],
    })),
    traits,
  )
  server.offers(aDirectory({ agents: [{ ...colleague, email: null, avatarUrl: null, availability: null }] }))
  return server
}

/** Servers keep their own time, whoever sets the clock here. */
export function serverNow(world: World): number {
  return world.clock.now() - world.jumpedMs
}

export function serverOf(world: World, place: string): FakeProvider {
  return world.servers[seatOf(place) === 'branch' ? 'branch' : 'desk']
}

export function kindOf(world: World, place: string): ServerKind {
  return seatOf(place) === 'branch' ? 'keepsOwnIds' : world.kind
}

function accountKeyOf(seat: Seat): string {
  return seat === 'hotel' ? '2' : '1'
}

/** Null where the agent is not signed in. */
export function idOf(world: World, place: string): ConversationId | null {
  const account = world.accounts.get(seatOf(place))
  return account === undefined ? null : conversationId(account, place)
}

// ---- lives

/** Begins a life; one that dies while it begins is followed by the next. */
export async function live(world: World): Promise<void> {
  do {
    const life = newLife()
    const store = world.ground.open()
    const { desk, branch } = world.servers
    const porter = porterOf(world)
    Object.assign(world, { store, life })
    world.house = await startHouse({
      store: guarded(store, life, world.disk),
      clock: mortalClock(world.clock, life),
      vault: mortalVault(world.vault, life),
      providers: { fake: watched(desk, life, porter), other: watched(branch, life, porter) },
      undoSeconds: 'usual',
      randomId: world.randomId,
    })
  } while (world.life.isDead)
  lookRound(world)
}

/** What died on the way did nothing or all of it: only the rows can tell. */
function lookRound(world: World): void {
  for (const seat of seats) {
    const before = world.accounts.get(seat)
    const provider = seat === 'branch' ? 'other' : 'fake'
    const record = world.store
      .accounts()
      .find((each) => each.provider === provider && each.key === accountKeyOf(seat))
    if (record !== undefined) world.accounts.set(seat, record.id)
    else if (before !== undefined && world.left.has(seat)) forget(world, seat)
    else if (before !== undefined) world.wrong.push(`The account at ${seat} is gone.`)
  }
}

/** Notes what was announced, and goes on with the next life where this one ended. */
export async function afterwards(world: World): Promise<void> {
  await world.house.settle()
  world.told.push(...world.house.announced.splice(0).map((each) => each.body))
  if (world.life.isDead) await live(world)
}

/** What the window hears; null where the program died over it. */
export async function call<N extends CommandName>(
  world: World,
  name: N,
  input: Input<N>,
): Promise<Result<Output<N>> | null> {
  const { house, life } = world
  const answer = await Promise.race([house.call(name, input), life.death.then(() => null)])
  if (life.isDead) await afterwards(world)
  return life.isDead ? null : answer
}

function porterOf(world: World): Porter {
  return {
    refused: (account) => void world.refused.add(account),
    leaves(account, what, key, ownId) {
      const id = conversationId(account, key)
      const sending = world.store.openOrders(id).filter(({ state }) => state.kind === 'sending')
      if (sending.length > 1) world.wrong.push(`${sending.length} orders of ${key} are under way at once.`)
      const place = world.accepted.indexOf(sending[0]?.id ?? '')
      const before = place < 0 ? world.accepted : world.accepted.slice(0, place)
      for (const each of world.promised) {
        if (each.to === key && before.includes(each.id) && isUnsaid(world, each))
          world.wrong.push(`${what} of ${sending[0]?.id} overtakes ${each.id} at ${key}.`)
        if (each.id === ownId && each.notBefore > serverNow(world))
          world.wrong.push(`${each.id} leaves ${each.notBefore - serverNow(world)} ms too early.`)
      }
    },
  }
}

function isUnsaid({ store }: World, { id }: Promised): boolean {
  const row = store.outboxRow(outboxId(id))
  return row !== null && row.state.kind !== 'sent'
}

// ---- accounts

/** With the right token, or with that of somebody else; what they are told, or null. */
async function probe(world: World, seat: Seat, token: string): Promise<string | null> {
  const provider = seat === 'branch' ? 'other' : 'fake'
  const asked = { provider, method: 'token', fields: { token }, probeId: null }
  const found = await call(world, 'accounts.probe', asked)
  return found?.ok === true ? found.value.probeId : null
}

export async function signIn(world: World, seat: Seat): Promise<void> {
  if (world.accounts.has(seat)) return
  const probeId = await probe(world, seat, secret)
  if (probeId === null) return
  const added = await call(world, 'accounts.add', { probeId, keys: [accountKeyOf(seat)], keepIn: 'keychain' })
  if (added?.ok === true) world.accounts.set(seat, added.value.accountIds[0] as AccountId)
}

/** The window names the number of what is unsent, and leaves only if the agent agrees to lose it. */
export async function signOut(world: World, seat: Seat, agrees: boolean): Promise<void> {
  const accountId = world.accounts.get(seat)
  if (accountId === undefined) return
  const unsent = world.store.openOrders().filter((each) => each.accountId === accountId).length
  if (unsent === 0) world.left.add(seat)
  const drafts = world.store.drafts().filter((each) => accountOf(each.conversationId) === accountId).length
  let answer = await call(world, 'accounts.remove', { accountId, unsent: 0, drafts })
  if (unsent > 0 && answer?.ok === true) world.wrong.push(`${unsent} unsent rows of ${seat} went unasked.`)
  if (answer?.ok === false && answer.failure.code === 'unsentRows') {
    if (Number(answer.failure.facts['unsent']) !== unsent)
      world.wrong.push(`${seat} has ${unsent} unsent, and asks about ${answer.failure.facts['unsent']}.`)
    if (!agrees) return
    world.left.add(seat)
    answer = await call(world, 'accounts.remove', { accountId, unsent, drafts })
  }
  if (answer?.ok === true) forget(world, seat)
  world.left.delete(seat)
}

function forget(world: World, seat: Seat): void {
  world.accounts.delete(seat)
  for (const each of world.promised)
    if (seatOf(each.to) === seat && !each.isTakenBack) each.isDiscarded = true
  for (const each of world.files) if (seatOf(each.to) === seat) each.isDropped = true
  for (const map of [world.drafts, world.wishes])
    for (const key of map.keys()) if (seatOf(key.slice(0, 1)) === seat) map.delete(key)
}

/** Signs in anew wherever a lock shows. Somebody else's token opens nothing and changes nothing. */
export async function unlock(world: World, asAnother: boolean): Promise<void> {
  for (const seat of seats) {
    const accountId = world.accounts.get(seat)
    const snapshot = await call(world, 'app.snapshot', {})
    const row =
      snapshot?.ok === true ? snapshot.value.accounts.find((each) => each.id === accountId) : undefined
    if (accountId === undefined || row?.syncing.kind !== 'locked') continue
    const isGone = row.syncing.failure.code === 'sessionEnded'
    if (!isGone && !world.refused.has(accountId)) world.wrong.push(`${seat} is locked for nothing.`)
    const probeId = await probe(world, seat, asAnother ? otherSecret : secret)
    if (probeId === null) continue
    const answer = await call(world, 'accounts.unlock', { accountId, probeId, keepIn: 'keychain' })
    if (asAnother && answer !== null && (answer.ok || answer.failure.code !== 'otherPerson'))
      world.wrong.push(`Somebody else unlocked ${seat}.`)
  }
}

// ---- faults

export function outcomeOf(world: World, fault: Fault): Outcome {
  const later = (): Promise<void> => new Promise((resolve) => world.hanging.push(resolve))
  switch (fault) {
    case 'neverLeft':
      return { fails: { kind: 'offline', code: 'dns', mayHaveLeft: false } }
    case 'dropBefore':
      return { fails: { kind: 'offline', code: 'reset', mayHaveLeft: true } }
    case 'dropAfter':
      return 'acceptThenDrop'
    case 'acceptLate':
      return { acceptsLate: (accept) => void world.hanging.push(accept) }
    case 'hang':
      return { waits: later() }
    case 'acceptThenHang':
      return { answersAfter: later() }
    case 'prepareLong':
      return { preparesFor: later() }
    case 'limited':
      return { fails: { kind: 'rateLimited', code: 'rateLimited', mayHaveLeft: false } }
    case 'limitedAWhile':
      return {
        // Named when it is asked, by the clock of then.
        get fails() {
          const retryAt = world.clock.now() + 30_000
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

export function release(world: World): void {
  for (const each of world.hanging.splice(0)) each()
}

/** All is well again and stays so until nothing moves any more. */
export async function calm(world: World): Promise<void> {
  for (const server of Object.values(world.servers)) server.calm()
  Object.assign(world.disk, { isFull: false, dying: null })
  release(world)
  await world.clock.advance(20_000)
  await unlock(world, false)
  world.house.signal('online')
  await world.clock.advance(700_000)
  await afterwards(world)
}
