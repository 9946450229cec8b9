import type { SimulatorAnswer } from '../router.ts'
import { json, refusal } from './answers.ts'
import { fieldsIn, guarded, isUuid, type Arrival, type Exchange, type WapikitRoute } from './exchange.ts'
import { limits } from './limiter.ts'
import { moment } from './shapes.ts'
import { keyLivesMs, signInLivesMs, tokenFor } from './tokens.ts'
import type { Member, World } from './world.ts'

const keys = { limit: limits.keys, isGated: true }

/** How people come by a key (docs/providers/wapikit.md §2). */
export const signInRoutes: readonly WapikitRoute[] = [
  { method: 'POST', pattern: '/api/auth/login', limit: null, handle: signIn },
  {
    method: 'POST',
    pattern: '/api/auth/oauth',
    limit: null,
    handle: ({ world }) => refusal(world.manners, 500, 'Not implemented'),
  },
  guarded('GET', '/api/auth/api-keys', keys, ({ member }) => json({ apiKey: keyShape(member.apiKey) })),
  guarded('GET', '/api/auth/api-keys/regenerate', keys, regenerate),
  guarded('POST', '/api/auth/switch', { limit: limits.keys, isGated: false }, switchOrganization),
]

/** A wrong word is a 404. */
function signIn(arrival: Arrival): SimulatorAnswer {
  const { world } = arrival
  const fields = fieldsIn(arrival)
  const name = fields.get('username')
  const password = fields.get('password')
  if (typeof name !== 'string' || typeof password !== 'string' || name === '' || password === '') {
    return refusal(world.manners, 400, 'Username / password is required')
  }
  const user = [...world.users.values()].find((each) => each.username === name || each.email === name)
  if (user?.password !== password) return refusal(world.manners, 404, 'Invalid email / password')
  const [membership] = membershipsOf(world, user.id).sort((a, b) => rank(a) - rank(b))
  if (membership === undefined) return refusal(world.manners, 404, 'Invalid email / password')
  return json({ token: tokenFor(world, membership, signInLivesMs), isOnboardingCompleted: true })
}

/** A new key by GET; the old one stays good, for nobody looks keys up. */
function regenerate({ world, member }: Exchange): SimulatorAnswer {
  if (member.apiKey === null) {
    return refusal(world.manners, 500, 'Something went wrong while processing your request.')
  }
  member.apiKey.key = tokenFor(world, member, keyLivesMs)
  const at = world.clock.now()
  world.accepted.actions.push({ action: 'keyRegenerated', conversation: null, value: member.id, at })
  return json({ apiKey: keyShape(member.apiKey) })
}

function switchOrganization(exchange: Exchange): SimulatorAnswer {
  const { world, user, member } = exchange
  const wanted = fieldsIn(exchange).get('organizationId')
  if (wanted === member.organizationId) return refusal(world.manners, 400, 'Already in the same organization')
  if (typeof wanted !== 'string' || !isUuid(wanted))
    return refusal(world.manners, 400, 'Invalid organization id')
  const membership = membershipsOf(world, user.id).find(({ organizationId }) => organizationId === wanted)
  if (membership === undefined) {
    return refusal(world.manners, 401, 'User not a member of the organization')
  }
  return json({ token: tokenFor(world, membership, signInLivesMs) })
}

/** Who was invited has none, and is told so in zeros. */
function keyShape(apiKey: Member['apiKey']): object {
  if (apiKey !== null) return { uniqueId: apiKey.id, key: apiKey.key, createdAt: moment(apiKey.createdAt) }
  return { uniqueId: '00000000-0000-0000-0000-000000000000', key: '', createdAt: '0001-01-01T00:00:00Z' }
}

function membershipsOf(world: World, userId: string): Member[] {
  return [...world.organizations.values()].flatMap(({ members }) =>
    [...members.values()].filter((member) => member.userId === userId),
  )
}

/** Into one's own organisation first. */
function rank({ accessLevel }: Member): number {
  return accessLevel === 'Owner' ? 0 : 1
}
