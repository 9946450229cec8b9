import type { Clock } from '../ports/clock.ts'

/** The two things done by the clock rather than by an event: the look each minute, and tidying once it is quiet. */
export interface Rhythm {
  everyMinute(run: () => void): void
  /** Runs once nothing asked for it for a while. */
  whenQuiet(run: () => void): void
  stop(): void
}

const minuteMs = 60_000
const quietMs = 20_000

export function createRhythm(clock: Clock): Rhythm {
  let cancelMinute = (): void => {}
  let cancelQuiet = (): void => {}
  const everyMinute = (run: () => void): void => {
    run()
    cancelMinute = clock.after(minuteMs, () => everyMinute(run))
  }
  return {
    everyMinute,
    whenQuiet(run) {
      cancelQuiet()
      cancelQuiet = clock.after(quietMs, run)
    },
    stop() {
      cancelMinute()
      cancelQuiet()
    },
  }
}
