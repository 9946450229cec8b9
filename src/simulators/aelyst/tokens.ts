import type { MannerName } from './manners.ts'
import type { World } from './world.ts'

/** A token of the workspace: opaque at Aelyst; at respond.io one that says where it belongs (docs/providers/aelyst.md §2). */
export function newToken(world: World, manner: MannerName): string {
  const { random, clock } = world
  if (manner === 'aelyst') return random.letters(40)
  const claims = {
    iat: Math.floor(clock.now() / 1000),
    id: random.between(1000, 9999),
    spaceId: 4711,
    type: 'space',
    orgId: 815,
  }
  return [{ alg: 'HS256', typ: 'JWT' }, claims].map(encoded).concat(random.letters(43)).join('.')
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
