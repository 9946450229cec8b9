import type { Clock } from '../../src/main/ports/clock.ts'

export interface HandClock extends Clock {
  /** Turns the clock on, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>
  /** Moves only the wall clock, as a person or a time server would. */
  jump(ms: number): void
  /** How many timers stand. */
  pending(): number
}

interface Timer {
  readonly dueMs: number
  readonly run: () => void
}

/** A clock turned by hand. It starts on an ordinary Tuesday, in a process that has run for `upMs`. */
export function handClock(startAt = Date.UTC(2026, 2, 3, 9, 0, 0), upMs = 0): HandClock {
  const timers = new Set<Timer>()
  let elapsedMs = upMs
  let offsetMs = -upMs

  function nextDue(untilMs: number): Timer | undefined {
    return [...timers].filter((each) => each.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0]
  }

  return {
    now: () => startAt + elapsedMs + offsetMs,
    elapsed: () => elapsedMs,
    after(delayMs, run) {
      const timer = { dueMs: elapsedMs + Math.max(0, delayMs), run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms
      await settle()
      for (let due = nextDue(untilMs); due !== undefined; due = nextDue(untilMs)) {
        timers.delete(due)
        elapsedMs = Math.max(elapsedMs, due.dueMs)
        due.run()
        await settle()
      }
      elapsedMs = untilMs
    },
    jump(ms) {
      offsetMs += ms
    },
    pending: () => timers.size,
  }
}

/** Lets every promise that can settle without time or network do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
