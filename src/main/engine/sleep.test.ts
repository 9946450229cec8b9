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
      await house.clock.advance(lateMs + 5_000)
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
