import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from './system-clock.ts'

const dayMs = 86_400_000
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('waits that are longer than a timer of Node takes are as long as they were asked to be', () => {
  let runs = 0
  systemClock.after(60 * dayMs, () => (runs += 1))
  vi.advanceTimersByTime(60 * dayMs - 1)
  expect(runs).toBe(0)
  vi.advanceTimersByTime(1)
  expect(runs).toBe(1)
  vi.advanceTimersByTime(120 * dayMs)
  expect(runs).toBe(1)
})

test('a long wait can be cancelled in the middle of it', () => {
  let runs = 0
  const cancel = systemClock.after(60 * dayMs, () => (runs += 1))
  vi.advanceTimersByTime(40 * dayMs)
  cancel()
  vi.advanceTimersByTime(40 * dayMs)
  expect([runs, vi.getTimerCount()]).toEqual([0, 0])
})

test('a moment that has passed comes at once', () => {
  let runs = 0
  systemClock.after(-5, () => (runs += 1))
  vi.advanceTimersByTime(0)
  expect(runs).toBe(1)
})
