import { longestWaitMs } from '../../shared/domain/outbox.ts'

/** When the next pull is due. Pure: the knobs are here, the clock is not. All delays are milliseconds. */
export interface Situation {
  readonly outcome: 'ok' | 'failed'
  /** Failures in a row, 0 after a success. */
  readonly failures: number
  readonly isVisible: boolean
  /** What the provider asked for: shortest delay, and after a failure the moment it named (epoch ms). */
  readonly minDelayMs: number
  readonly retryAt: number | null
  readonly now: number
  /** 0 to 1; spreads many desks over time. */
  readonly jitter: number
}

const visibleDelayMs = 10_000
const hiddenDelayMs = 30_000
const firstBackOffMs = 2_000
const longestBackOffMs = 300_000

export function nextPullDelayMs(situation: Situation): number {
  const { outcome, isVisible, minDelayMs, retryAt, now, jitter } = situation
  // A moment that has passed ("Retry-After: 0") must not become a pull without pause.
  if (retryAt !== null && retryAt > now) return Math.min(retryAt - now, longestWaitMs) + jitter * 1_000
  if (outcome === 'failed') return backOffMs(situation.failures, jitter)
  const wishedMs = isVisible ? visibleDelayMs : hiddenDelayMs
  return Math.max(minDelayMs, wishedMs * (0.9 + 0.2 * jitter))
}

/** Doubles from two seconds to five minutes, spread by a quarter either way. Serves polls and sends alike. */
export function backOffMs(failures: number, jitter: number): number {
  const plainMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.max(0, failures - 1))
  return plainMs * (0.75 + 0.5 * jitter)
}

/** When to look for a reply whose fate is unknown: soon, then once more, since servers accept late. */
export const lookupDelaysMs: readonly number[] = [1_500, 10_000]
