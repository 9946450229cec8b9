import type { Clock } from '../ports/clock.ts'

/** The longest delay a Node timer takes; anything above would fire at once. */
const longestDelayMs = 2 ** 31 - 1

/** This computer's own clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), longestDelayMs))
    return () => clearTimeout(timer)
  },
}
