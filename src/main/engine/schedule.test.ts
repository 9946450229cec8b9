import { describe, expect, test } from 'vitest'
import { backOffMs, nextPullDelayMs, type Situation } from './schedule.ts'

const calm: Situation = {
  outcome: 'ok',
  failures: 0,
  isVisible: true,
  minDelayMs: 0,
  retryAt: null,
  now: 1_000,
  jitter: 0.5,
}

const hourMs = 3_600_000

const table: [string, Partial<Situation>, number][] = [
  ['visible and well', {}, 10_000],
  ['hidden and well', { isVisible: false }, 30_000],
  ['visible, the provider asks for more', { minDelayMs: 45_000 }, 45_000],
  ['hidden, the provider asks for more', { isVisible: false, minDelayMs: 45_000 }, 45_000],
  ['hidden, the provider asks for less', { isVisible: false, minDelayMs: 20_000 }, 30_000],
  ['the server named a moment though all is well', { retryAt: 31_000 }, 30_500],
  ...[2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds, n): [string, Partial<Situation>, number] => [
    `after ${n + 1} failures in a row`,
    { outcome: 'failed', failures: n + 1 },
    seconds * 1000,
  ]),
  ['a failure while hidden rests no longer', { outcome: 'failed', failures: 1, isVisible: false }, 2_000],
  ['after a month of failures', { outcome: 'failed', failures: 10_000 }, 300_000],
  ['the server named a moment', { outcome: 'failed', failures: 9, retryAt: 31_000 }, 30_500],
  ['the named moment is nearer than the table', { outcome: 'failed', failures: 9, retryAt: 2_000 }, 1_500],
  ['the named moment has passed', { outcome: 'failed', failures: 4, retryAt: 500 }, 16_000],
  ['the server names this very moment', { outcome: 'failed', failures: 1, retryAt: 1_000 }, 2_000],
  ['the server named a moment in a year', { outcome: 'failed', failures: 1, retryAt: 3e10 }, hourMs + 500],
]
test.each(table)('the next pull: %s', (_, change, expectedMs) => {
  expect(nextPullDelayMs({ ...calm, ...change })).toBe(expectedMs)
})

describe('desks that began together drift apart', () => {
  const bounds: [string, Partial<Situation>, [number, number]][] = [
    ['visible, by a tenth either way', {}, [9_000, 11_000]],
    ['hidden, by a tenth either way', { isVisible: false }, [27_000, 33_000]],
    ['never below what the provider asks for', { minDelayMs: 10_000 }, [10_000, 11_000]],
    ['failing, by a quarter either way', { outcome: 'failed', failures: 3 }, [6_000, 10_000]],
    ['never before a named moment', { outcome: 'failed', failures: 3, retryAt: 31_000 }, [30_000, 31_000]],
  ]
  test.each(bounds)('%s', (_, change, expected) => {
    const delays = [0, 1].map((jitter) => nextPullDelayMs({ ...calm, ...change, jitter }))
    expect(delays).toEqual(expected)
  })

  test('sends as pulls do', () => {
    expect([backOffMs(3, 0), backOffMs(3, 1)]).toEqual([6_000, 10_000])
  })
})
