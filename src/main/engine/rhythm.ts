import type { Clock } from '../ports/clock.ts'

/** The two things done by the clock rather than by an event: the look each minute, and tidying once it is quiet. */
export interface Rhythm {
  everyMinute(run: () => void): void
  /** Runs once nothing asked for it for a while, and while there is always something, now and then all the same. */
  whenQuiet(run: () => void): void
  stop(): void
}

const minuteMs = 60_000
const quietMs = 20_000
const longestMs = 300_000

/** What a timer runs has no caller to throw to: `onBroke` is told, and the next turn tries again. */
export function createRhythm(clock: Clock, onBroke: (error: unknown) => void): Rhythm {
  let cancelMinute = (): void => {}
  let cancelQuiet = (): void => {}
  let latestAt: number | null = null
  const safely = (run: () => void): void => {
    try {
      run()
    } catch (error) {
      onBroke(error)
    }
  }
  const everyMinute = (run: () => void): void => {
    safely(run)
    cancelMinute = clock.after(minuteMs, () => everyMinute(run))
  }
  return {
    everyMinute,
    whenQuiet(run) {
      cancelQuiet()
      const now = clock.elapsed()
      latestAt = Math.min(latestAt ?? Infinity, now + longestMs)
      const delayMs = Math.min(quietMs, Math.max(0, latestAt - now))
      cancelQuiet = clock.after(delayMs, () => {
        latestAt = null
        safely(run)
      })
    },
    stop() {
      cancelMinute()
      cancelQuiet()
    },
  }
}
