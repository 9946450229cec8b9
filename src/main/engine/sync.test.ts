import { afterEach, describe, expect, test } from 'vitest'
import { bare } from '../../../tests/support/builders.ts'
import { fakeProvider, type Outcome } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import { ProviderFailure } from '../providers/provider.ts'
import { memoryStore } from '../store/memory-store.ts'
import { StoreFault } from '../store/store.ts'

const noon = Date.UTC(2026, 2, 3, 12)
let house: House
afterEach(() => house.stop())

type Row = NonNullable<Parameters<typeof fakeProvider>[0]>[number]
const one = (key: string, change: Partial<Conversation> = {}): Row => {
  return {
    key,
    change: { lastActivityAt: noon, ...change },
    messages: [{ key: `${key}-m`, sentAt: noon, text: `hello ${key}` }],
  }
}
const asked = (key: string, change: Partial<Conversation> = {}): Row[] => [one(key, change)]
const offline: Outcome = { fails: { kind: 'offline', code: 'offline', mayHaveLeft: false } }

const needsYou = async (): Promise<number> => (await house.ask('app.snapshot', {})).counts.all.needsYou

describe('the first load', () => {
  test('comes in pages with visible progress and announces nothing', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => one(`c${index}`))
    house = await startHouse({ provider: fakeProvider(rows) })
    await house.signIn()
    const steps = house.events.flatMap((each) =>
      each.name === 'account.changed' ? [each.payload.account.syncing] : [],
    )
    expect(steps.filter((each) => each.kind === 'loading').map((each) => each.done)).toEqual([0, 25, 50, 60])
    expect(steps.at(-1)).toEqual({ kind: 'upToDate' })
    expect(await needsYou()).toBe(60)
    expect(house.announced).toEqual([])
  })

  test('goes on where it stopped when a page fails', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => one(`c${index}`))
    house = await startHouse({ provider: fakeProvider(rows) })
    house.provider.next('pull', 'ok', offline)
    await house.signIn()
    await house.clock.advance(5_000)
    expect(house.provider.pulls.slice(0, 4)).toEqual([null, 'page:25', 'page:25', 'page:50'])
    expect(await needsYou()).toBe(60)
    expect(house.announced).toEqual([])
    house.provider.writes('c3', 'And now?', noon + 60_000)
    await house.clock.advance(40_000)
    expect(house.announced.map((each) => each.body)).toEqual(['And now?'])
  })

  test('fills the threads in the background', async () => {
    const messages = Array.from({ length: 8 }, (_, index) => ({
      key: `m${index}`,
      sentAt: noon + index,
      sequence: index,
      text: `${index}`,
    }))
    house = await startHouse({ provider: fakeProvider([{ key: 'a', messages }]) })
    await house.signIn()
    const { rows } = await house.ask('inbox.page', {
      view: 'open',
      accountId: null,
      find: null,
      sort: 'newest',
      folder: null,
      terms: null,
      after: null,
      limit: 50,
    })
    const thread = await house.ask('thread.open', { conversationId: rows[0]?.id ?? '' })
    expect(thread.messages.map((each) => each.text)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(thread.hasOlder).toBe(false)
  })
})

describe('then it polls', () => {
  test('and a new message is counted and announced once', async () => {
    house = await startHouse({ provider: fakeProvider(asked('a', { readAt: noon })) })
    await house.signIn()
    expect(await needsYou()).toBe(0)
    house.provider.writes('a', 'Are you there?', noon + 60_000)
    await house.clock.advance(120_000)
    expect(await needsYou()).toBe(1)
    expect(house.announced.map((each) => each.body)).toEqual(['Are you there?'])
  })

  test('several messages between two pulls are announced each', async () => {
    house = await startHouse({ provider: fakeProvider(asked('a', { readAt: noon })) })
    await house.signIn()
    house.provider.writes('a', 'one', noon + 60_000)
    house.provider.writes('a', 'two', noon + 61_000)
    await house.clock.advance(60_000)
    expect(house.announced.map((each) => each.body).sort()).toEqual(['one', 'two'])
  })

  test('a thread that fell far behind is filled without a hole', async () => {
    house = await startHouse({ provider: fakeProvider(asked('a')) })
    const [account] = await house.signIn()
    for (let index = 0; index < 55; index++) house.provider.writes('a', `n${index}`, noon + 1_000 + index)
    await house.clock.advance(60_000)
    const id = `${account}:a`
    const newest = await house.ask('thread.open', { conversationId: id })
    const older = await house.ask('thread.older', {
      conversationId: id,
      before: newest.messages[0]?.id ?? '',
    })
    const texts = [...older.messages, ...newest.messages].map((each) => each.text)
    expect(texts).toEqual(['hello a', ...Array.from({ length: 55 }, (_, index) => `n${index}`)])
  })

  test('the thread in front of the agent is not announced', async () => {
    house = await startHouse({ provider: fakeProvider(asked('a', { readAt: noon })) })
    const [account] = await house.signIn()
    await house.ask('window.report', { visible: true, focused: true, conversationId: `${account}:a` })
    house.provider.writes('a', 'still here', noon + 60_000)
    await house.clock.advance(60_000)
    expect(house.announced).toEqual([])
  })
})

test('a conversation that was deleted at the server needs nobody any more', async () => {
  house = await startHouse({ provider: fakeProvider([one('a'), one('b')]) })
  await house.signIn()
  expect(await needsYou()).toBe(2)
  house.provider.remove('a')
  await house.clock.advance(40_000)
  expect(await needsYou()).toBe(1)
  const page = {
    view: 'open',
    accountId: null,
    find: null,
    sort: 'newest',
    folder: null,
    terms: null,
    after: null,
    limit: 50,
  } as const
  expect((await house.ask('inbox.page', page)).rows.map((each) => each.preview?.text)).toEqual(['hello b'])
})

describe('a failing account', () => {
  test('keeps its last good data, says why, and re-announces nothing when it recovers', async () => {
    house = await startHouse({ provider: fakeProvider(asked('a')) })
    await house.signIn()
    house.provider.online(false)
    await house.clock.advance(200_000)
    expect(await needsYou()).toBe(1)
    expect((await house.ask('app.snapshot', {})).accounts[0]?.syncing).toMatchObject({
      kind: 'resting',
      failure: { code: 'offline' },
    })
    expect(house.attention()).toMatchObject({ badge: 1, state: 'trouble' })
    house.provider.online(true)
    house.signal('online')
    await house.clock.advance(1_000)
    expect((await house.ask('app.snapshot', {})).accounts[0]?.syncing).toEqual({ kind: 'upToDate' })
    expect(house.announced).toEqual([])
  })

  test('backs off, and wakes at once when the computer does', async () => {
    house = await startHouse({ provider: fakeProvider(asked('a')) })
    await house.signIn()
    house.provider.online(false)
    await house.clock.advance(600_000)
    const before = house.provider.pulls.length
    await house.clock.advance(60_000)
    expect(house.provider.pulls.length - before).toBeLessThanOrEqual(1)
    house.signal('wake')
    await house.settle()
    expect(house.provider.pulls.length).toBeGreaterThan(before)
  })

  test('with a refused token stops pulling until a new one comes; another account goes on', async () => {
    house = await startHouse({ provider: fakeProvider(asked('a')) })
    const [first] = await house.signIn(['1', '2'])
    house.provider.next('pull', {
      fails: { kind: 'auth', code: 'auth', facts: { host: 'desk.example.com' }, mayHaveLeft: true },
    })
    await house.clock.advance(40_000)
    const states = async (): Promise<string[]> =>
      (await house.ask('app.snapshot', {})).accounts.map((each) => each.syncing.kind)
    expect((await states()).sort()).toEqual(['locked', 'upToDate'])
    await house.unlock(first ?? '')
    await house.clock.advance(2_000)
    expect(await states()).toEqual(['upToDate', 'upToDate'])
  })
})

test('a page already on its way cannot undo an action that was answered meanwhile', async () => {
  let release = (): void => {}
  const waits = new Promise<void>((resolve) => (release = resolve))
  house = await startHouse({ provider: fakeProvider(asked('a')) })
  const [account] = await house.signIn()
  house.provider.next('pull', { waits })
  await house.ask('inbox.refresh', {})
  await house.settle()
  await house.ask('conversation.act', { conversationId: `${account}:a`, action: bare('markRead') })
  await house.settle()
  expect(await needsYou()).toBe(0)
  house.provider.change('a', { readAt: null, lastTheirsAt: noon })
  release()
  await house.settle()
  expect(await needsYou()).toBe(0)
})

test('after a restart nothing old is announced, and what came meanwhile is one summary', async () => {
  const provider = fakeProvider(Array.from({ length: 6 }, (_, index) => one(`c${index}`, { readAt: noon })))
  house = await startHouse({ provider })
  await house.signIn()
  const { store, vault, clock } = house
  const closed = house
  provider.writes('c0', 'the first of two', noon + 30_000)
  for (let index = 0; index < 6; index++) provider.writes(`c${index}`, 'while away', noon + 60_000 + index)
  await closed.engine.stop()
  house = await startHouse({ provider, store: reopened(store), vault, clock })
  await house.clock.advance(30_000)
  expect(house.announced.map((each) => each.title)).toEqual(['6 new messages while you were away'])
})

/** The memory store forgets nothing on close, so a second engine may take it over as a restart would. */
function reopened(store: House['store']): House['store'] {
  return store
}

test('an account that is locked in the middle of a round does not end up as up to date', async () => {
  const provider = fakeProvider([one('a')])
  const open: typeof provider.open = (...given) => {
    const session = provider.open(...given)
    // Like a real one: what is aborted fails soon after.
    const thread: typeof session.thread = (key, before, signal) =>
      isStuck ? failsOnceAborted(signal) : session.thread(key, before, signal)
    return { ...session, thread }
  }
  let isStuck = false
  house = await startHouse({ provider, providers: { fake: { ...provider, open } } })
  const [account = ''] = await house.signIn()
  const { promise, resolve } = Promise.withResolvers<void>()
  provider.next('pull', offline, { waits: promise })
  for (let round = 0; round < 2; round++) {
    house.signal('wake')
    await house.settle()
  }
  isStuck = true
  await house.ask('thread.open', { conversationId: `${account}:a` })
  resolve()
  await house.settle()
  const refused = { kind: 'auth', code: 'auth', mayHaveLeft: true } as const
  provider.next('ask', { fails: refused })
  await house.call('panel.read', { conversationId: `${account}:a` })
  await house.settle()
  expect((await house.ask('app.snapshot', {})).accounts[0]?.syncing.kind).toBe('locked')
})

test('a cache that cannot be read for a while stops nothing, and what was not told then is told later', async () => {
  const store = memoryStore()
  let isDamaged = false
  const counts: typeof store.counts = () => {
    if (isDamaged) throw new StoreFault('corrupt', 'damaged')
    return store.counts()
  }
  const provider = fakeProvider([one('a'), one('b')])
  house = await startHouse({ provider, store: { ...store, counts } })
  await house.signIn()
  isDamaged = true
  provider.writes('a', 'Hello?', noon + 60_000)
  await house.clock.advance(60_000)
  expect(house.logged).toContainEqual(expect.stringMatching(/^engine\.broke \{"code":"dataDamaged"/))
  isDamaged = false
  const told = house.events.length
  provider.writes('b', 'And I?', noon + 70_000)
  await house.clock.advance(600_000)
  const rows = house.events
    .slice(told)
    .flatMap((each) => (each.name === 'inbox.changed' ? each.payload.upserted : []))
  expect(new Set(rows.map((each) => each.preview?.text))).toEqual(new Set(['Hello?', 'And I?']))
  expect((await house.ask('app.snapshot', {})).accounts[0]?.syncing.kind).toBe('upToDate')
})

function failsOnceAborted(signal: AbortSignal): Promise<never> {
  const lost = new ProviderFailure({ kind: 'offline', code: 'reset', mayHaveLeft: true })
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(lost)))
}
