import type { SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { cdnBlock, tooMany } from './answers.ts'
import type { World } from './world.ts'

/**
 * So many a second, of each method and path or of each method alone, for everybody who uses the workspace. Every answer
 * tells what is left; a request that was turned down does not count (docs/providers/aelyst.md §6).
 */
export function limited(world: World, request: SimulatorRequest, answer: () => SimulatorAnswer) {
  const { blocksBurstsOver, isLimiting, limitPerSecond, limitScope, tellsRetryInBody } = world.manners
  if (blocksBurstsOver !== null && spent(world, 'everything', blocksBurstsOver) === null) return cdnBlock()
  const bucket = limitScope === 'path' ? `${request.method} ${request.path}` : request.method
  const left = isLimiting ? spent(world, bucket, limitPerSecond) : limitPerSecond - 1
  const given = left === null ? tooMany(1, tellsRetryInBody) : answer()
  return {
    ...given,
    headers: {
      ...given.headers,
      'x-ratelimit-limit': String(limitPerSecond),
      'x-ratelimit-remaining': String(left ?? 0),
    },
  }
}

/** How many are left of this second after this one; null where it was one too many. */
function spent(world: World, bucket: string, limit: number): number | null {
  const now = world.clock.now()
  const recent = (world.calls.get(bucket) ?? []).filter((at) => at > now - 1000)
  if (recent.length >= limit) return null
  world.calls.set(bucket, [...recent, now])
  return limit - recent.length - 1
}
