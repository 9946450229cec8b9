import type { Clock } from '../ports/clock.ts'

/** The longest delay a Node timer takes; anything above would fire at once. */
const longestDelayMs = 2 ** 31 - 1

/** This computer's own clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, run) {
    let timer: NodeJS.Timeout
    const wait = (leftMs: number): void => {
      const nowMs = Math.min(Math.max(leftMs, 0), longestDelayMs)
      timer = setTimeout(() => (leftMs > nowMs ? wait(leftMs - nowMs) : run()), nowMs)
    }
    wait(delayMs)
    return () => clearTimeout(timer)
  },
}
