import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { written } from '../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'

const noon = Date.UTC(2026, 2, 3, 12)
const hourMs = 3_600_000
const keys = Array.from({ length: 6 }, (_, n) => `c${n}`)

let house: House
let provider: FakeProvider
let account: string
beforeEach(async () => {
  const change = { lastActivityAt: noon, readAt: noon }
  provider = fakeProvider(keys.map((key) => ({ key, change, messages: [{ key: `${key}-m`, sentAt: noon }] })))
  house = await startHouse({ provider })
  account = (await house.signIn())[0] ?? ''
  await house.clock.advance(30_000)
})
afterEach(() => house.stop())

const everybodyWrites = (): void => {
  for (const [n, key] of keys.entries()) provider.writes(key, 'Hello?', noon + hourMs + n)
}
const titles = (): string[] => house.announced.map((each) => each.title)

/** Timers stand still while a computer sleeps; the wall clock does not. */
function sleeps(ms: number): void {
  house.signal('sleep')
  house.clock.jump(ms)
}

describe('after eight hours of sleep', () => {
  test('what came meanwhile is one summary', async () => {
    sleeps(8 * hourMs)
    everybodyWrites()
    house.signal('wake')
    await house.clock.advance(5_000)
    expect(titles()).toEqual(['6 new messages while you were away'])
  })

  test.each([
    ['reports neither sleep nor waking', () => house.clock.jump(8 * hourMs), 40_000],
    // Running for a minute is proof of being awake.
    ['reports sleep and no waking', () => sleeps(8 * hourMs), 65_000],
  ])('what came meanwhile is one summary where the host %s', async (_, sleep, withinMs) => {
    sleep()
    everybodyWrites()
    await house.clock.advance(withinMs)
    expect(titles()).toEqual(['6 new messages while you were away'])
  })

  test('what comes from then on is told each, as ever', async () => {
    sleeps(8 * hourMs)
    house.signal('wake')
    await house.clock.advance(5_000)
    provider.writes('c0', 'One', noon + 9 * hourMs)
    provider.writes('c1', 'Two', noon + 9 * hourMs)
    await house.clock.advance(40_000)
    expect(house.announced.map((each) => each.body)).toEqual(['One', 'Two'])
  })

  test.each([0, 3_000, 30_000])(
    'the network is %i ms late, and all goes on soon after it',
    async (lateMs) => {
      // It was away for long before, so that pauses had grown.
      provider.online(false)
      const reply = { conversationId: `${account}:c0`, text: 'On its way.' }
      await house.ask('reply.send', written({ ...reply, clientKey: '00000000-0000-4000-8000-000000000001' }))
      await house.clock.advance(hourMs)
      sleeps(8 * hourMs)
      house.signal('wake')
      await house.clock.advance(lateMs)
      everybodyWrites()
      provider.online(true)
      await house.clock.advance(5_000)
      expect(provider.received.map((each) => each.text)).toEqual(['On its way.'])
      expect(titles()).toEqual(['6 new messages while you were away'])
    },
  )
})

test('after an outage of an hour what came meanwhile is one summary', async () => {
  provider.online(false)
  await house.clock.advance(hourMs)
  everybodyWrites()
  provider.online(true)
  await house.clock.advance(400_000)
  expect(titles()).toEqual(['6 new messages while you were away'])
})

test('a server that named a moment is not asked before it, whoever hurries', async () => {
  const retryAt = house.clock.now() + 120_000
  provider.next('pull', { fails: { kind: 'rateLimited', code: 'rateLimited', retryAt, mayHaveLeft: true } })
  await house.clock.advance(30_000)
  const before = provider.pulls.length
  for (const signal of ['wake', 'online', 'shown'] as const) house.signal(signal)
  await house.ask('inbox.refresh', {})
  await house.clock.advance(60_000)
  expect(provider.pulls.length).toBe(before)
  await house.clock.advance(60_000)
  expect(provider.pulls.length).toBeGreaterThan(before)
})

test('an hour of refusals costs no more requests than the table allows', async () => {
  const busy = { kind: 'busy', code: 'busy', facts: { status: '503' }, mayHaveLeft: true } as const
  const timers = house.clock.pending()
  const before = provider.pulls.length
  provider.next('pull', ...Array.from({ length: 99 }, () => ({ fails: busy })))
  await house.clock.advance(hourMs)
  // 2, 4, 8 … 256 seconds, then every five minutes.
  expect(provider.pulls.length - before).toBeLessThanOrEqual(20)
  expect(house.clock.pending()).toBeLessThanOrEqual(timers)
})

const troubles = (): unknown[] =>
  house.events.filter(
    (each) => each.name === 'account.changed' && each.payload.account.syncing.kind === 'resting',
  )

describe('while it sleeps', () => {
  test('nothing is asked of a server, though timers fire in between', async () => {
    house.signal('sleep')
    const before = [provider.pulls.length, provider.acted.length]
    await house.ask('reply.send', written({ ...theReply, clientKey: '00000000-0000-4000-8000-000000000002' }))
    for (let turn = 0; turn < 3; turn++) {
      house.clock.jump(hourMs)
      await house.clock.advance(19_000)
    }
    expect([provider.pulls.length, provider.acted.length, provider.received.length]).toEqual([...before, 0])
    house.signal('wake')
    await house.settle()
    expect(provider.received.map((each) => each.text)).toEqual(['On its way.'])
    expect(provider.pulls.length).toBeGreaterThan(before[0] ?? 0)
  })

  test.each(['online', 'shown', 'unlocked'] as const)('%s is as good a sign of waking', async (signal) => {
    sleeps(hourMs)
    house.signal(signal)
    const before = provider.pulls.length
    await house.settle()
    expect(provider.pulls.length).toBe(before + 1)
  })

  test('what was on its way comes to nothing, and is asked for anew', async () => {
    const { promise: answer } = Promise.withResolvers<void>()
    provider.next('pull', { waits: answer })
    await house.clock.advance(35_000)
    const before = provider.pulls.length
    sleeps(8 * hourMs)
    await house.settle()
    everybodyWrites()
    house.signal('wake')
    await house.clock.advance(1_000)
    expect(provider.pulls.length).toBe(before + 1)
    expect(titles()).toEqual(['6 new messages while you were away'])
    expect(troubles()).toEqual([])
  })

  test('what was on its way comes to nothing also where only drift tells of it', async () => {
    const { promise: answer } = Promise.withResolvers<void>()
    provider.next('pull', { waits: answer })
    await house.clock.advance(35_000)
    const before = provider.pulls.length
    house.clock.jump(8 * hourMs)
    house.signal('wake')
    await house.settle()
    house.signal('wake')
    await house.settle()
    // The second sign of the same waking asks once more, and aborts nothing that is new.
    expect(provider.pulls.length).toBeLessThanOrEqual(before + 2)
    expect(troubles()).toEqual([])
  })
})

const theReply = { conversationId: '', text: 'On its way.' }
beforeEach(() => void (theReply.conversationId = `${account}:c0`))

describe('a network that is late after waking', () => {
  test.each([
    [3_000, 0],
    [30_000, 1],
  ])('by %i ms is asked for now and then, and is an alarm %i times', async (lateMs, alarms) => {
    provider.online(false)
    sleeps(8 * hourMs)
    house.signal('wake')
    const before = provider.pulls.length
    await house.clock.advance(lateMs)
    const tries = provider.pulls.length - before
    // At once, after two seconds, then every three to four.
    expect(tries).toBeLessThanOrEqual(2 + lateMs / 3_000)
    expect(troubles().length > 0 ? 1 : 0).toBe(alarms)
    provider.online(true)
    await house.clock.advance(5_000)
    expect(provider.pulls.length - before).toBe(tries + 1)
    const { accounts } = await house.ask('app.snapshot', {})
    expect(accounts.map((each) => each.syncing.kind)).toEqual(['upToDate'])
  })

  test('takes no longer than ever where it stays away', async () => {
    provider.online(false)
    sleeps(8 * hourMs)
    house.signal('wake')
    await house.clock.advance(61_000)
    const before = provider.pulls.length
    await house.clock.advance(hourMs)
    // By then the pauses are of five minutes.
    expect(provider.pulls.length - before).toBeLessThanOrEqual(14)
  })
})

describe('a locked screen', () => {
  test('is kept right slowly, and is right at once when it is unlocked', async () => {
    house.signal('locked')
    await house.clock.advance(90_000)
    const before = provider.pulls.length
    await house.clock.advance(900_000)
    expect(provider.pulls.length - before).toBe(10)
    house.signal('unlocked')
    await house.settle()
    expect(provider.pulls.length - before).toBe(11)
  })

  test('is nothing to a window that is used', async () => {
    house.signal('locked')
    await house.ask('window.report', { visible: true, focused: true, conversationId: null })
    await house.clock.advance(30_000)
    const before = provider.pulls.length
    await house.clock.advance(100_000)
    expect(provider.pulls.length - before).toBe(10)
  })
})

describe('two accounts', () => {
  beforeEach(async () => {
    await house.stop()
    house = await startHouse({ provider })
    await house.signIn(['1', '2'])
    await house.clock.advance(30_000)
  })

  test('end a gap in one summary', async () => {
    sleeps(8 * hourMs)
    for (const key of ['c0', 'c1', 'c2']) provider.writes(key, 'Hello?', noon + hourMs)
    const { promise: answer, resolve } = Promise.withResolvers<void>()
    provider.next('pull', 'ok', { waits: answer })
    house.signal('wake')
    await house.clock.advance(2_000)
    expect(titles()).toEqual([])
    resolve()
    await house.clock.advance(1_000)
    expect(titles()).toEqual(['6 new messages while you were away'])
  })

  test('of which one is slow: the other is not kept waiting long, and what is late is one more', async () => {
    sleeps(8 * hourMs)
    everybodyWrites()
    const { promise: answer, resolve } = Promise.withResolvers<void>()
    provider.next('pull', 'ok', { waits: answer })
    house.signal('wake')
    await house.clock.advance(6_000)
    expect(titles()).toEqual(['6 new messages while you were away'])
    resolve()
    await house.clock.advance(1_000)
    expect(titles()).toHaveLength(2)
  })
})

test('a gap that ends in the middle of a first load ends in one summary too', async () => {
  await house.stop()
  const rows = Array.from({ length: 60 }, (_, n) => ({
    key: `c${n}`,
    change: { lastActivityAt: noon, readAt: noon },
    messages: [{ key: `c${n}-m`, sentAt: noon }],
  }))
  provider = fakeProvider(rows)
  house = await startHouse({ provider })
  const { promise: answer } = Promise.withResolvers<void>()
  provider.next('pull', 'ok', { waits: answer })
  await house.signIn()
  sleeps(8 * hourMs)
  await house.settle()
  everybodyWrites()
  house.signal('wake')
  await house.clock.advance(5_000)
  expect(provider.pulls.slice(0, 4)).toEqual([null, 'page:25', 'page:25', 'page:50'])
  expect(titles()).toEqual(['6 new messages while you were away'])
  provider.writes('c0', 'And now?', noon + 9 * hourMs)
  await house.clock.advance(40_000)
  expect(house.announced.map((each) => each.body).slice(1)).toEqual(['And now?'])
})

test('the first request a server allows after a limit is the reply that waits', async () => {
  const order: string[] = []
  const open: typeof provider.open = (...given) => {
    const session = provider.open(...given)
    const said =
      <T extends unknown[], R>(name: string, call: (...given: T) => R) =>
      (...each: T): R => {
        order.push(name)
        return call(...each)
      }
    return { ...session, pull: said('pull', session.pull), send: said('send', session.send) }
  }
  await house.stop()
  house = await startHouse({ provider, providers: { fake: { ...provider, open } } })
  const [first = ''] = await house.signIn(['1', '2'])
  const retryAt = house.clock.now() + 120_000
  provider.next('pull', { fails: { kind: 'rateLimited', code: 'rateLimited', retryAt, mayHaveLeft: true } })
  house.signal('shown')
  await house.settle()
  await house.ask(
    'reply.send',
    written({
      conversationId: `${first}:c0`,
      text: 'First',
      clientKey: '00000000-0000-4000-8000-000000000003',
    }),
  )
  order.length = 0
  await house.clock.advance(119_000)
  expect(order).toEqual([])
  await house.clock.advance(3_000)
  expect(order[0]).toBe('send')
  expect(order).toContain('pull')
})

test('what one account of a host is told, the other heeds', async () => {
  await house.stop()
  house = await startHouse({ provider })
  await house.signIn(['1', '2'])
  await house.clock.advance(30_000)
  provider.next('pull', ...Array.from({ length: 99 }, () => ({ fails: busy })))
  const before = provider.pulls.length
  await house.clock.advance(hourMs)
  expect(provider.pulls.length - before).toBeLessThanOrEqual(22)
})

const busy = { kind: 'busy', code: 'busy', facts: { status: '503' }, mayHaveLeft: true } as const
