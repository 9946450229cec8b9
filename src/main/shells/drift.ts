import type { Clock } from '../ports/clock.ts'

/** So soon after waking it is noticed. */
const tickMs = 4_000
const driftMs = 30_000

/**
 * Notices that the computer slept by a timer that fires late on the wall clock. It needs nothing of the host, so it
 * also serves where the host reports suspend and resume itself but not always (Linux without a session manager).
 */
export function watchDrift(clock: Clock, onWake: () => void): () => void {
  let expected = clock.now() + tickMs
  let cancel = clock.after(tickMs, tick)
  function tick(): void {
    const late = clock.now() - expected
    expected = clock.now() + tickMs
    cancel = clock.after(tickMs, tick)
    if (late > driftMs) onWake()
  }
  return () => cancel()
}
