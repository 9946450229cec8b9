/**
 * How many requests a server bears of one account: so many a minute, and so many at once after a while of none.
 * Pure. What is asked for by hand is spent too but waits for nothing; polls and fills wait until it is there again.
 */
export interface Budget {
  readonly perMinute: number
  readonly burst: number
}

/** What is left, as of `at` (elapsed ms). Below zero, what was spent ahead is waited for. */
export interface Purse {
  readonly left: number
  readonly at: number
}

/** A dozen desks that fill their threads behind one office's address stay below what Chatwoot bears of it. */
export const usualBudget: Budget = { perMinute: 240, burst: 120 }

/** So much of a burst is kept from fills, for pulls and for what the agent does. */
const keptShare = 0.25

export function fullPurse(budget: Budget, at: number): Purse {
  return { left: budget.burst, at }
}

/** One request more. Nobody owes more than one burst, so that a busy hour does not end in an hour of nothing. */
export function spend(purse: Purse, budget: Budget, at: number): Purse {
  return { left: Math.max(-budget.burst, leftAt(purse, budget, at) - 1), at }
}

/** Until a pull, or a fill, may leave; 0 for now. */
export function budgetWaitMs(purse: Purse, budget: Budget, at: number, lane: 'poll' | 'fill'): number {
  const needed = lane === 'poll' ? 1 : 1 + Math.floor(budget.burst * keptShare)
  const missing = Math.min(needed, budget.burst) - leftAt(purse, budget, at)
  return missing <= 0 ? 0 : Math.ceil((missing * 60_000) / budget.perMinute)
}

function leftAt({ left, at: since }: Purse, { perMinute, burst }: Budget, at: number): number {
  return Math.min(burst, left + (Math.max(0, at - since) * perMinute) / 60_000)
}
