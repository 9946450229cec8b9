import type { SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { json, panic } from './answers.ts'
import type { World } from './world.ts'

export interface Limit {
  readonly count: number
  readonly windowMs: number
}

const hourMs = 3_600_000
export const limits = {
  conversations: { count: 600, windowMs: hourMs },
  user: { count: 120, windowMs: hourMs },
  keys: { count: 60, windowMs: hourMs },
  organization: { count: 60, windowMs: 60_000 },
  contacts: { count: 100, windowMs: 60_000 },
} as const satisfies Record<string, Limit>

/**
 * Counts by route template and address, before anybody looks at the key. Each request that passes starts the hour
 * anew, so steady asking ends in a wall (docs/providers/wapikit.md §5). null lets it pass.
 */
export function limited(
  world: World,
  request: SimulatorRequest,
  route: { readonly pattern: string; readonly limit: Limit | null },
): SimulatorAnswer | null {
  const { limit, pattern } = route
  if (!world.manners.isLimiting || limit === null) return null
  const now = world.clock.now()
  const key = `${addressOf(request)} ${pattern}`
  const counter = world.counters.get(key)
  const count = counter === undefined || counter.expiresAt <= now ? 0 : counter.count
  if (counter === undefined || count < limit.count) {
    world.counters.set(key, { count: count + 1, expiresAt: now + limit.windowMs })
    return null
  }
  if (world.manners.limiterPanics) panic()
  const reset = Math.floor(now / 1000) + Math.floor((counter.expiresAt - now) / 1000)
  return json({ error: 'Rate limit exceeded', remaining: limit.count - count, reset }, 429)
}

/** Everybody behind one router counts as one. */
function addressOf({ headers }: SimulatorRequest): string {
  return headers['x-forwarded-for']?.split(',')[0] ?? '127.0.0.1'
}
