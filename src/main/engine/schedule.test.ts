import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backOffMs, nextPullDelayMs, restMs, type Outcome, type Situation } from './schedule.ts'

const calm: Situation = {
  outcome: 'ok',
  failures: 0,
  presence: 'visible',
  minDelayMs: 0,
  retryInMs: null,
  budgetWaitMs: 0,
  isSettling: false,
  jitter: 0.5,
}

const hourMs = 3_600_000
type Row = [string, Partial<Situation>, number | null]

const well: Row[] = [
  ['visible', {}, 10_000],
  ['hidden', { presence: 'hidden' }, 30_000],
  ['locked', { presence: 'locked' }, 90_000],
  ['asleep', { presence: 'asleep' }, null],
  ['visible, the provider asks for more', { minDelayMs: 45_000 }, 45_000],
  ['hidden, the provider asks for more', { presence: 'hidden', minDelayMs: 45_000 }, 45_000],
  ['hidden, the provider asks for less', { presence: 'hidden', minDelayMs: 20_000 }, 30_000],
  ['locked, the provider asks for more', { presence: 'locked', minDelayMs: 300_000 }, 300_000],
  ['visible, the budget asks for more', { budgetWaitMs: 25_000 }, 25_000],
  ['hidden, the budget asks for less', { presence: 'hidden', budgetWaitMs: 25_000 }, 30_000],
  ['asleep, whatever the budget', { presence: 'asleep', budgetWaitMs: 25_000 }, null],
  ['the server named a moment though all is well', { retryInMs: 30_000 }, 30_500],
]

const inARow = (outcome: Outcome, seconds: readonly number[]): Row[] =>
  seconds.map((each, n) => [
    `${outcome}, ${n + 1} in a row`,
    { outcome, failures: n + 1, minDelayMs: 45_000 },
    each * 1_000,
  ])

const backOff = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
const badly: Row[] = [
  ...(['offline', 'busy', 'protocol', 'forbidden', 'rejected', 'gone', 'broke'] as const).flatMap((each) =>
    inARow(each, backOff),
  ),
  ...inARow('rateLimited', [67.5, 135, 270, 540, 1012.5, 1012.5]),
  ['offline just after waking, once', { outcome: 'offline', failures: 1, isSettling: true }, 2_000],
  ['offline just after waking, often', { outcome: 'offline', failures: 9, isSettling: true }, 3_500],
  ['busy just after waking', { outcome: 'busy', failures: 9, isSettling: true }, 300_000],
  ['a refused token', { outcome: 'auth', failures: 1 }, null],
  ['a refused token, and a moment', { outcome: 'auth', failures: 1, retryInMs: 30_000 }, null],
  ...(['hidden', 'locked'] as const).map((presence): Row => [
    `busy while ${presence}, no longer`,
    { outcome: 'busy', failures: 1, presence },
    2_000,
  ]),
  ['busy while asleep', { outcome: 'busy', failures: 1, presence: 'asleep' }, null],
  ['busy, and nothing left of the budget', { outcome: 'busy', failures: 1, budgetWaitMs: 9_000 }, 9_000],
  ['after a month of failures', { outcome: 'busy', failures: 10_000 }, 300_000],
  ...(['rateLimited', 'busy'] as const).flatMap((outcome): Row[] => [
    [`${outcome} until a moment`, { outcome, failures: 9, retryInMs: 30_000 }, 30_500],
    [`${outcome} until a moment nearer than the table`, { outcome, failures: 9, retryInMs: 1_000 }, 1_500],
    [`${outcome} until a moment that has passed`, { outcome, failures: 4, retryInMs: -500 }, 16_000],
    [`${outcome} until this very moment`, { outcome, failures: 1, retryInMs: 0 }, 2_000],
    [`${outcome} until a moment in a year`, { outcome, failures: 1, retryInMs: 3e10 }, hourMs + 500],
  ]),
]

describe('the next pull', () => {
  test.each(well)('all is well: %s', (_, change, expectedMs) => {
    expect(nextPullDelayMs({ ...calm, ...change })).toBe(expectedMs)
  })

  test.each(badly)('something failed: %s', (_, change, expectedMs) => {
    expect(nextPullDelayMs({ ...calm, ...change })).toBe(expectedMs)
  })
})

describe('desks that began together drift apart', () => {
  const jitter = fc.double({ min: 0, max: 1, noNaN: true })
  const failures = fc.integer({ min: 1, max: 50 })
  const bounds: [string, Partial<Situation>, [number, number]][] = [
    ['visible, by a tenth either way', {}, [9_000, 11_000]],
    ['hidden, by a tenth either way', { presence: 'hidden' }, [27_000, 33_000]],
    ['locked, by a tenth either way', { presence: 'locked' }, [81_000, 99_000]],
    ['never below what the provider asks for', { minDelayMs: 10_000 }, [10_000, 11_000]],
    ['never below what the budget bears', { budgetWaitMs: 10_500 }, [10_500, 11_000]],
    ['failing, by a quarter either way', { outcome: 'busy', failures: 3 }, [6_000, 10_000]],
    ['never before a named moment', { outcome: 'busy', failures: 3, retryInMs: 30_000 }, [30_000, 31_000]],
    ['never before a limit is over', { outcome: 'rateLimited', failures: 1 }, [60_000, 75_000]],
    ['waiting for a network', { outcome: 'offline', failures: 9, isSettling: true }, [3_000, 4_000]],
  ]
  test.each(bounds)('%s', (_, change, [least, most]) => {
    const delay = (each: number): number => nextPullDelayMs({ ...calm, ...change, jitter: each }) ?? -1
    expect([delay(0), delay(1)]).toEqual([least, most])
    fc.assert(fc.property(jitter, (each) => delay(each) >= least && delay(each) <= most))
  })

  test('and back off within a quarter of the doubled pause, however often', () => {
    fc.assert(
      fc.property(failures, jitter, (count, each) => {
        const plainMs = Math.min(300_000, 2_000 * 2 ** (count - 1))
        const delay = backOffMs(count, each)
        expect(delay).toBeGreaterThanOrEqual(0.75 * plainMs)
        expect(delay).toBeLessThanOrEqual(1.25 * plainMs)
      }),
    )
  })

  test('and a failure never ends in a pull without pause', () => {
    const outcome = fc.constantFrom<Outcome>('offline', 'busy', 'rateLimited', 'protocol', 'broke', 'gone')
    const retryInMs = fc.option(fc.integer({ min: -1e9, max: 1e12 }))
    fc.assert(
      fc.property(outcome, failures, retryInMs, fc.boolean(), jitter, (...given) => {
        const [what, count, inMs, isSettling, each] = given
        const delay = restMs({ outcome: what, failures: count, retryInMs: inMs, isSettling, jitter: each })
        const leastMs = inMs !== null && inMs > 0 ? Math.min(inMs, 1_500) : 1_500
        expect(delay).toBeGreaterThanOrEqual(leastMs)
        expect(delay).toBeLessThanOrEqual(hourMs + 1_000)
      }),
    )
  })
})
