import { createHmac } from 'node:crypto'
import type { Member, User, World } from './world.ts'
import { userOf } from './world.ts'

/** Keys and sign-ins are the same thing: a signed JWT that nobody looks up (docs/providers/wapikit.md §2). */
export function tokenFor(world: World, member: Member, livesMs: number): string {
  const user = userOf(world, member)
  return signed(world, {
    name: user.name,
    unique_id: user.id,
    username: user.username,
    email: user.email,
    role: member.accessLevel,
    organization_id: member.organizationId,
    exp: Math.floor((world.clock.now() + livesMs) / 1000),
    iss: 'wapikit',
  })
}

export const keyLivesMs = 2 * 365 * 86_400_000
export const signInLivesMs = 60 * 86_400_000

/** Whose it is; null where it is nobody's, forged, worn out, or of somebody who left. */
export function holderOf(world: World, token: string): { user: User; member: Member } | null {
  const [head = '', body = '', signature = ''] = token.split('.')
  if (signature !== signatureOf(world, `${head}.${body}`)) return null
  const claims = claimsIn(body)
  if (Number(claims.get('exp')) * 1000 <= world.clock.now()) return null
  const user = [...world.users.values()].find((one) => one.email === claims.get('email'))
  const organization = world.organizations.get(String(claims.get('organization_id')))
  if (user?.isActive !== true || organization === undefined) return null
  const member = [...organization.members.values()].find((one) => one.userId === user.id)
  return member === undefined ? null : { user, member }
}

function signed(world: World, claims: object): string {
  const content = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`
  return `${content}.${signatureOf(world, content)}`
}

function signatureOf(world: World, content: string): string {
  return createHmac('sha256', world.secret).update(content).digest('base64url')
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function claimsIn(body: string): Map<string, unknown> {
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  return new Map(typeof claims === 'object' && claims !== null ? Object.entries(claims) : [])
}
