import { beforeEach, describe, expect, test } from 'vitest'
import { handClock, type HandClock } from '../../../tests/support/hand-clock.ts'
import { createPresence, type PresenceDesk } from './presence.ts'

let clock: HandClock
let presence: PresenceDesk
let isVisible: boolean
let stirs: number
beforeEach(() => {
  clock = handClock()
  isVisible = true
  stirs = 0
  presence = createPresence({ clock, isVisible: () => isVisible, stirred: () => (stirs += 1) })
})

const heard = (...signals: Parameters<PresenceDesk['heard']>[0][]): string => {
  for (const each of signals) presence.heard(each)
  return presence.now()
}

test.each([
  [true, [], 'visible'],
  [false, [], 'hidden'],
  [true, ['locked'], 'locked'],
  [true, ['locked', 'unlocked'], 'visible'],
  [false, ['locked', 'unlocked'], 'hidden'],
  [true, ['locked', 'shown'], 'visible'],
  [true, ['locked', 'sleep'], 'asleep'],
  [true, ['locked', 'sleep', 'wake'], 'locked'],
  [true, ['locked', 'sleep', 'unlocked'], 'visible'],
  [true, ['sleep', 'wake'], 'visible'],
  [true, ['sleep', 'online'], 'visible'],
  [true, ['sleep', 'shown'], 'visible'],
  [true, ['sleep', 'offline'], 'asleep'],
  [true, ['sleep', 'locked'], 'asleep'],
  [true, ['sleep', 'hidden'], 'asleep'],
] as const)('with a window that is visible: %s, after %j, it is %s', (visible, signals, expected) => {
  isVisible = visible
  expect(heard(...signals)).toBe(expected)
})

test('somebody who uses the window is there, whatever was told', () => {
  heard('locked', 'sleep')
  presence.used()
  expect(presence.now()).toBe('visible')
})

describe('a computer of whose waking nobody tells', () => {
  test('is known to be awake once it ran for a minute', async () => {
    heard('sleep')
    await clock.advance(59_999)
    expect([presence.now(), stirs]).toEqual(['asleep', 0])
    await clock.advance(1)
    expect([presence.now(), stirs]).toEqual(['visible', 1])
    expect(clock.pending()).toBe(0)
  })

  test('is not awake for a timer that fires in between', async () => {
    heard('sleep')
    for (let night = 0; night < 3; night++) {
      clock.jump(3_600_000)
      await clock.advance(15_000)
    }
    expect(presence.now()).toBe('asleep')
  })

  test('that is told to sleep again begins its minute anew', async () => {
    heard('sleep')
    await clock.advance(50_000)
    heard('wake', 'sleep')
    await clock.advance(50_000)
    expect([presence.now(), stirs]).toEqual(['asleep', 0])
  })
})

test('a network may be late for a minute after the start, waking and coming online, and is no alarm just after waking', async () => {
  const now = (): boolean[] => [presence.isSettling(), presence.isJustAwake()]
  expect(now()).toEqual([true, false])
  await clock.advance(60_000)
  expect(now()).toEqual([false, false])
  heard('online')
  expect(now()).toEqual([true, false])
  await clock.advance(60_000)
  heard('wake')
  expect(now()).toEqual([true, true])
  await clock.advance(15_000)
  expect(now()).toEqual([true, false])
  heard('shown')
  await clock.advance(45_000)
  expect(now()).toEqual([false, false])
})

test('nothing is left standing once it stops', () => {
  heard('sleep')
  presence.stop()
  expect(clock.pending()).toBe(0)
})
