import type { HttpAnswer } from '../ports/http.ts'

const longestRestMs = 3_600_000

/**
 * When to try again, our clock: as the server asks, in seconds or as a date; else after a 429 so long as its throttle is
 * known to last, else up to us.
 */
export function retryAtOf(answer: HttpAnswer, now: number, throttleMs: number | null): number | null {
  const asked = answer.headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(asked)) return now + Math.min(Math.ceil(Number(asked) * 1000), longestRestMs)
  const date = dateIn(asked)
  if (date !== null) {
    // Its clock need not be ours: what counts is how far ahead of its own answer the date lies.
    const restMs = date - (serverNowOf(answer) ?? now)
    return now + Math.min(Math.max(restMs, 0), longestRestMs)
  }
  return answer.status === 429 && throttleMs !== null ? now + throttleMs : null
}

/** The server's clock when it answered, epoch ms, in whole seconds. */
export function serverNowOf(answer: HttpAnswer): number | null {
  return dateIn(answer.headers['date']?.trim() ?? '')
}

/** A date as headers write it, epoch ms. Read on its own, a bare number would be one too: "-5" is a day in May. */
function dateIn(text: string): number | null {
  const isDate = /^[a-z]{3,9}, .{11,24} (gmt|utc|[+-]\d{4})$/i.test(text)
  const date = isDate ? Date.parse(text) : NaN
  return Number.isFinite(date) ? date : null
}
