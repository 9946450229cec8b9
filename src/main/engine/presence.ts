import type { Clock } from '../ports/clock.ts'
import type { Signal } from '../ports/signals.ts'
import type { Presence } from './schedule.ts'

/** Whether somebody is there to see, as the host's signals tell it; never asleep for longer than the computer is. */
export interface PresenceDesk {
  now(): Presence
  heard(signal: Signal): void
  /** The agent does something: whatever was told before, somebody is there. */
  used(): void
  /** The network may not be there yet. */
  isSettling(): boolean
  /** So shortly after waking a network that is late is worth no alarm. */
  isJustAwake(): boolean
  stop(): void
}

export interface PresenceParts {
  readonly clock: Clock
  readonly isVisible: () => boolean
  /** The computer turned out to be awake though nobody said so. */
  readonly stirred: () => void
}

const settlingMs = 60_000
const justAwakeMs = 15_000
/**
 * Timers stand still, or fire once at the end, while a computer sleeps: so many of them in a row only come while it
 * runs. Longer than it takes to fall asleep.
 */
const tickMs = 15_000
const ticksAwake = 4

export function createPresence({ clock, isVisible, stirred }: PresenceParts): PresenceDesk {
  let isAsleep = false
  let isLocked = false
  let awakeSince = -Infinity
  let settlingSince = clock.elapsed()
  let cancel = (): void => {}

  function sleep(ticksLeft = ticksAwake): void {
    isAsleep = true
    cancel()
    cancel = clock.after(tickMs, () => {
      if (ticksLeft > 1) return sleep(ticksLeft - 1)
      wake()
      stirred()
    })
  }

  function wake(): void {
    isAsleep = false
    cancel()
    awakeSince = clock.elapsed()
    settlingSince = awakeSince
  }

  function used(): void {
    isLocked = false
    if (isAsleep) wake()
  }

  return {
    now() {
      if (isAsleep) return 'asleep'
      if (isLocked) return 'locked'
      return isVisible() ? 'visible' : 'hidden'
    },
    heard(signal) {
      switch (signal) {
        case 'sleep':
          return sleep()
        case 'locked':
          isLocked = true
          return
        case 'wake':
          return wake()
        case 'unlocked':
        case 'shown':
          return used()
        case 'online':
          if (isAsleep) wake()
          settlingSince = clock.elapsed()
          return
        case 'offline':
        case 'hidden':
      }
    },
    used,
    isSettling: () => clock.elapsed() - settlingSince < settlingMs,
    isJustAwake: () => clock.elapsed() - awakeSince < justAwakeMs,
    stop: () => cancel(),
  }
}
