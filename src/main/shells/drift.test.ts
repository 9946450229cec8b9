import { expect, test } from 'vitest'
import { watchDrift } from './drift.ts'

function handClock() {
  const state = { wall: 0, due: null as (() => void) | null }
  return {
    clock: {
      now: () => state.wall,
      elapsed: () => 0,
      after: (_delayMs: number, run: () => void) => {
        state.due = run
        return () => (state.due = null)
      },
    },
    /** The next timer fires, `wallMs` after the last. */
    fire(wallMs: number) {
      state.wall += wallMs
      const run = state.due
      state.due = null
      run?.()
    },
    isWatching: () => state.due !== null,
  }
}

test('a timer that fires in time, or a little late on a busy computer, is no sleep', () => {
  const { clock, fire } = handClock()
  let wakes = 0
  watchDrift(clock, () => (wakes += 1))
  fire(4_000)
  fire(34_000)
  fire(4_000)
  expect(wakes).toBe(0)
})

test('each sleep is noticed once, and watching goes on', () => {
  const { clock, fire } = handClock()
  let wakes = 0
  watchDrift(clock, () => (wakes += 1))
  fire(3_600_000)
  fire(4_000)
  expect(wakes).toBe(1)
  fire(60_000)
  expect(wakes).toBe(2)
})

test('a clock that was turned back is no sleep', () => {
  const { clock, fire } = handClock()
  let wakes = 0
  watchDrift(clock, () => (wakes += 1))
  fire(-86_400_000)
  fire(4_000)
  expect(wakes).toBe(0)
})

test('it stops when told', () => {
  const { clock, fire, isWatching } = handClock()
  const stop = watchDrift(clock, () => undefined)
  fire(4_000)
  stop()
  expect(isWatching()).toBe(false)
})
