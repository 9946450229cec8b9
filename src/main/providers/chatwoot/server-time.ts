import type { HttpAnswer } from '../../ports/http.ts'

/** Chatwoot's throttle counts by the minute and names no time (docs/providers/chatwoot.md §4). */
const throttlePeriodMs = 60_000
const longestRestMs = 3_600_000

/** When to try again, our clock: as the server asks, in seconds or as a date; else a throttle's period, else up to us. */
export function retryAtOf(answer: HttpAnswer, now: number): number | null {
  const asked = answer.headers['retry-after']?.trim() ?? ''
  if (/^\d+$/.test(asked)) return now + Math.min(Number(asked) * 1000, longestRestMs)
  const date = Date.parse(asked)
  if (Number.isFinite(date)) {
    // Its clock need not be ours: what counts is how far ahead of its own answer the date lies.
    const restMs = date - (serverNowOf(answer) ?? now)
    return now + Math.min(Math.max(restMs, 0), longestRestMs)
  }
  return answer.status === 429 ? now + throttlePeriodMs : null
}

/** The server's clock when it answered, epoch ms, in whole seconds. */
export function serverNowOf(answer: HttpAnswer): number | null {
  const date = Date.parse(answer.headers['date'] ?? '')
  return Number.isFinite(date) ? date : null
}
