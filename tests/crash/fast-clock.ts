import type { Clock } from '../../src/main/ports/clock.ts'
import type { Http } from '../../src/main/ports/http.ts'

/** How many of its seconds pass in one of ours. */
export const speed = 40

/** A clock whose time runs faster from `startedAt` (epoch ms, by this computer) on: the same in every process of a run. */
export function fastClock(startedAt: number): Clock {
  return {
    now: () => Math.round(startedAt + (Date.now() - startedAt) * speed),
    elapsed: () => performance.now() * speed,
    after(delayMs, run) {
      const timer = setTimeout(run, Math.max(0, delayMs) / speed)
      return () => clearTimeout(timer)
    },
  }
}

/** Waiting for an answer is of the same time; a busy computer still gets a while to give one. */
export function fastHttp(http: Http): Http {
  return {
    request(given, signal) {
      const leastMs = given.method === 'GET' ? 6_000 : 2_000
      return http.request({ ...given, timeoutMs: Math.max(leastMs, given.timeoutMs / speed) }, signal)
    },
  }
}
