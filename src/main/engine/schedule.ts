import { longestWaitMs } from '../../shared/domain/outbox.ts'
import type { ProviderFailureKind } from '../providers/provider.ts'

/** Whether somebody can see the window, or at least the tray; asleep, nothing is asked until something wakes us. */
export type Presence = 'visible' | 'hidden' | 'locked' | 'asleep'

/** How a round ended: well, as the provider said, or by something that is no answer (a full disk, a bug). */
export type Outcome = 'ok' | ProviderFailureKind | 'broke'

/** When the next pull is due. Pure: the knobs are here, the clock is not. All delays are milliseconds. */
export interface Situation extends Ending {
  readonly presence: Presence
  /** The shortest delay the provider asked for. */
  readonly minDelayMs: number
  /** Until the budget bears another pull. */
  readonly budgetWaitMs: number
}

export interface Ending {
  readonly outcome: Outcome
  /** Failures in a row, with this one; 0 after a success. */
  readonly failures: number
  /** Until the moment the server named; null where it named none. */
  readonly retryInMs: number | null
  /** The computer just woke, or its network just came back: it may be late. */
  readonly isSettling: boolean
  /** 0 to 1; spreads many desks over time. */
  readonly jitter: number
}

const paceMs = { visible: 10_000, hidden: 30_000, locked: 90_000 } as const
const firstBackOffMs = 2_000
const longestBackOffMs = 300_000
/** Limits that name no moment count by the minute, then by the hour (docs/providers/chatwoot.md §4). */
const firstLimitMs = 60_000
const longestLimitMs = 900_000
/** A network that comes back is noticed in less than five seconds. */
const settlingMs = 4_000

/** Null: not by the clock. A new secret or a waking computer is what goes on. */
export function nextPullDelayMs(situation: Situation): number | null {
  const { outcome, presence, minDelayMs, jitter } = situation
  if (outcome === 'auth' || presence === 'asleep') return null
  const pacedMs = Math.max(minDelayMs, Math.round(paceMs[presence] * (0.9 + 0.2 * jitter)))
  const isOver = outcome === 'ok' && namedMs(situation) === null
  return Math.max(isOver ? pacedMs : restMs(situation), situation.budgetWaitMs)
}

/** How long a host, or an account, is left alone after a failure. */
export function restMs(ending: Ending): number {
  const { outcome, failures, retryInMs, isSettling, jitter } = ending
  const named = namedMs(ending)
  if (named !== null) return named
  if (outcome === 'rateLimited' && retryInMs === null)
    return doubled(firstLimitMs, longestLimitMs, failures) * (1 + 0.25 * jitter)
  const plainMs = backOffMs(failures, jitter)
  // No server is reached by such a try, so none is pressed.
  return outcome === 'offline' && isSettling
    ? Math.min(plainMs, settlingMs * (0.75 + 0.25 * jitter))
    : plainMs
}

/** Doubles from two seconds to five minutes, spread by a quarter either way. Serves polls and sends alike. */
export function backOffMs(failures: number, jitter: number): number {
  return doubled(firstBackOffMs, longestBackOffMs, failures) * (0.75 + 0.5 * jitter)
}

/** When to look for a reply whose fate is unknown: soon, then once more, since servers accept late. */
export const lookupDelaysMs: readonly number[] = [1_500, 10_000]

/** A moment that has passed ("Retry-After: 0") must not become a pull without pause. */
function namedMs({ retryInMs, jitter }: Ending): number | null {
  if (retryInMs === null || retryInMs <= 0) return null
  return Math.min(retryInMs, longestWaitMs) + jitter * 1_000
}

function doubled(firstMs: number, longestMs: number, failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
}
