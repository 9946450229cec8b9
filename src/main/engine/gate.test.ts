import { beforeEach, describe, expect, test } from 'vitest'
import { handClock, type HandClock } from '../../../tests/support/hand-clock.ts'
import { accountId } from '../../shared/domain/ids.ts'
import { ProviderFailure, type ProviderFailureKind } from '../providers/provider.ts'
import { createGate, type Gate, type Lane } from './gate.ts'
import type { Presence } from './schedule.ts'

const [shop, hotel, other] = [accountId('shop'), accountId('hotel'), accountId('other')]
const lanes: readonly Lane[] = ['send', 'again', 'look', 'poll', 'fill']
const never = new AbortController().signal

let clock: HandClock
let gate: Gate
let presence: Presence
let opened: number
beforeEach(() => {
  clock = handClock()
  presence = 'visible'
  opened = 0
  gate = createGate({
    clock,
    random: () => 0.5,
    presence: { now: () => presence, isSettling: () => false },
    opened: () => (opened += 1),
  })
  gate.know(shop, 'desk.example.com')
  gate.know(hotel, 'desk.example.com')
  gate.know(other, 'elsewhere.example.com')
})

const failure = (kind: ProviderFailureKind, retryInMs: number | null = null): ProviderFailure =>
  new ProviderFailure({
    kind,
    code: 'busy',
    retryAt: retryInMs === null ? null : clock.now() + retryInMs,
    mayHaveLeft: false,
  })
const fails = (lane: Lane, ...given: Parameters<typeof failure>): void =>
  gate.fared(shop, lane, failure(...given))
/** Which lanes are open for an account. */
const open = (id = shop): Lane[] => lanes.filter((each) => gate.waitMs(id, each) === 0)

describe('a host that fails', () => {
  test('is left alone for as long as the table says, by every account there and by no other', async () => {
    fails('poll', 'busy')
    expect([open(shop), open(hotel), open(other)]).toEqual([['send', 'look'], ['send', 'look'], lanes])
    expect(gate.restsMs(hotel)).toBe(2_000)
    await clock.advance(2_000)
    fails('poll', 'busy')
    expect(gate.restsMs(hotel)).toBe(4_000)
  })

  test('is then asked by one at a time, and by nobody in the background', async () => {
    fails('poll', 'busy')
    await clock.advance(2_000)
    expect(opened).toBe(1)
    expect(open()).toEqual(['send', 'again', 'look', 'poll'])
    const leave = gate.enter(hotel, 'again')
    expect(open()).toEqual(['send', 'look'])
    gate.fared(hotel, 'again', null)
    leave()
    expect(open()).toEqual(lanes)
    expect(opened).toBeGreaterThan(1)
  })

  test('counts once for all that was on its way together', () => {
    fails('poll', 'offline')
    gate.fared(hotel, 'poll', failure('offline'))
    expect(gate.restsMs(shop)).toBe(2_000)
  })

  test('is hurried by a change of the world', () => {
    for (let n = 0; n < 2; n++) fails('poll', 'busy')
    gate.hurry()
    expect(open()).toEqual(lanes)
    fails('poll', 'busy')
    expect(gate.restsMs(shop)).toBe(2_000)
  })

  test.each([
    ['poll', 'offline', true],
    ['fill', 'offline', true],
    ['send', 'offline', false],
    ['look', 'offline', false],
    ['poll', 'busy', true],
    ['fill', 'busy', false],
    ['send', 'busy', false],
    ['look', 'busy', false],
    ['poll', 'protocol', false],
    ['poll', 'auth', false],
    ['poll', 'forbidden', false],
    ['poll', 'gone', false],
    ['poll', 'rejected', false],
  ] as const)('a %s that ends in %s tells of the host: %s', (lane, kind, does) => {
    fails(lane, kind)
    expect(gate.restsMs(shop) > 0).toBe(does)
  })

  test('is well as soon as it refuses one thing alone', () => {
    fails('poll', 'busy')
    gate.fared(hotel, 'look', failure('gone'))
    expect(open()).toEqual(lanes)
  })
})

describe('a host that asks for silence', () => {
  test.each(lanes)(
    'is not asked by anybody before its moment, whichever way it was told (%s)',
    async (lane) => {
      fails(lane, 'rateLimited', 30_000)
      gate.hurry()
      gate.hurry(hotel)
      expect([open(shop), open(hotel)]).toEqual([[], []])
      expect(gate.silentMs(hotel)).toBe(30_500)
      await clock.advance(30_499)
      expect(open()).toEqual([])
      await clock.advance(1)
      expect(open()).toEqual(['send', 'again', 'look', 'poll'])
    },
  )

  test('without a moment is given a minute, then two, then four', async () => {
    for (const minutes of [1, 2, 4]) {
      fails('poll', 'rateLimited')
      expect(gate.silentMs(shop)).toBe(minutes * 67_500)
      await clock.advance(minutes * 67_500)
    }
  })

  test('without a moment is given no more than a minute at first, however long the network was away before', async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      fails('poll', 'offline')
      await clock.advance(300_000)
    }
    fails('poll', 'rateLimited')
    expect(gate.silentMs(shop)).toBeLessThanOrEqual(75_000)
  })

  test('may do so with 503 too', () => {
    fails('poll', 'busy', 30_000)
    gate.hurry()
    expect(open()).toEqual([])
  })

  test('is asked again in time, however the wall clock is set meanwhile', async () => {
    fails('poll', 'rateLimited', 30_000)
    clock.jump(-1_800_000)
    await clock.advance(30_500)
    expect(open()).toContain('poll')
    fails('poll', 'rateLimited', 30_000)
    clock.jump(86_400_000)
    expect(open()).toEqual([])
  })

  test('is told to nobody twice: the later moment stands', () => {
    fails('poll', 'rateLimited', 90_000)
    fails('send', 'rateLimited', 10_000)
    expect(gate.silentMs(shop)).toBe(90_500)
  })
})

test('nothing is asked by a computer that sleeps', () => {
  presence = 'asleep'
  expect(open()).toEqual([])
})

test('the background waits while something is sent there, and is told when it was', () => {
  const leave = gate.enter(hotel, 'send')
  expect([open(shop), open(other)]).toEqual([['send', 'again', 'look', 'poll'], lanes])
  leave()
  expect(opened).toBe(1)
  expect(open(shop)).toEqual(lanes)
})

describe('a budget', () => {
  const noHttp = { request: () => Promise.reject(new Error('nothing is asked here')) }
  const get = { method: 'GET', url: '', headers: {}, body: null, timeoutMs: 1, maxBytes: 1 } as const
  const spends = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++)
      await gate
        .metered(shop, noHttp)
        .request(get, never)
        .catch(() => {})
  }
  beforeEach(() => gate.know(shop, 'desk.example.com', { perMinute: 60, burst: 4 }))

  test('holds back pulls and fills, and no send', async () => {
    await spends(4)
    expect(open()).toEqual(['send', 'again', 'look'])
    expect([gate.waitMs(shop, 'poll'), gate.waitMs(shop, 'fill')]).toEqual([1_000, 2_000])
  })

  test('is of one account: another there has its own', async () => {
    await spends(4)
    expect(open(hotel)).toEqual(lanes)
  })

  test('is not filled by opening the account anew', async () => {
    await spends(4)
    gate.know(shop, 'desk.example.com', { perMinute: 60, burst: 4 })
    expect(gate.waitMs(shop, 'poll')).toBe(1_000)
  })
})

test('what was aborted by ourselves tells nothing of a host', async () => {
  const aborting = AbortSignal.abort()
  const lost = (): Promise<never> => Promise.reject(failure('offline'))
  await expect(gate.run(shop, 'poll', lost, aborting)).rejects.toThrow()
  expect(open()).toEqual(lanes)
  await expect(gate.run(shop, 'poll', lost, never)).rejects.toThrow()
  expect(open()).not.toContain('poll')
})

test('nothing is left standing once it stops', () => {
  fails('poll', 'rateLimited', 30_000)
  gate.stop()
  expect(clock.pending()).toBe(0)
})
