import { expect, test } from 'vitest'
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

const table: [string, Partial<Situation>, number][] = [
  ['visible and well', {}, 10_000],
  ['hidden and well', { isVisible: false }, 30_000],
  ['the provider asks for more', { minDelayMs: 45_000 }, 45_000],
  ['jitter spreads by a tenth', { jitter: 0 }, 9_000],
  ['after one failure', { outcome: 'failed', failures: 1 }, 2_000],
  ['after four failures', { outcome: 'failed', failures: 4 }, 16_000],
  ['never longer than five minutes', { outcome: 'failed', failures: 30 }, 300_000],
  ['the server named a moment', { outcome: 'failed', failures: 9, retryAt: 31_000 }, 30_500],
  ['the named moment has passed', { outcome: 'failed', failures: 4, retryAt: 500 }, 16_000],
  ['the server names this very moment', { outcome: 'failed', failures: 1, retryAt: 1_000 }, 2_000],
]
test.each(table)('the next pull: %s', (_, change, expectedMs) => {
  expect(nextPullDelayMs({ ...calm, ...change })).toBe(expectedMs)
})

test('back-off is spread by a quarter either way', () => {
  expect([backOffMs(3, 0), backOffMs(3, 1)]).toEqual([6_000, 10_000])
})
