import { readAddress } from '../../foreign/address.ts'
import { asObject, asText, parseJson, textOrNull } from '../../foreign/read.ts'
import {
  ProviderFailure,
  type ProbeAsks,
  type Probed,
  type ProviderHost,
  type SignInAsk,
} from '../provider.ts'
import { openClient } from './client.ts'
import { unexpectedAt } from './desk.ts'
import { readUsers, type User } from './space.ts'

/** What the pages of the workspace itself begin with; the API is elsewhere. */
const ownPaths: ReadonlySet<string> = new Set(['space', 'contact', 'login', 'user', 'dashboard'])

/**
 * Who answers at this address to this token, then which of the workspace's users the agent is: the token is everybody's
 * (docs/providers/aelyst.md §2). Whoever says so at once is not asked.
 */
export async function probeAelyst(
  ask: SignInAsk,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<Probed | ProbeAsks> {
  const carry = ask.carried === null ? null : readCarry(ask.carried)
  const baseUrl = carry?.baseUrl ?? addressOf(ask.fields['url'] ?? '')
  const token = carry?.token ?? (ask.fields['token'] ?? '').trim()
  const refuse = refusalsAt(new URL(baseUrl).host)
  if (ask.carried !== null && carry === null) throw refuse('auth', 'probeExpired')
  if (!/^[\x21-\x7e]+$/.test(token)) throw refuse('auth', 'badToken')
  const users = await usersAt({ baseUrl, token }, host, signal)
  if (users.length === 0) throw refuse('rejected', 'noAccounts')
  const given = ask.fields['user'] ?? ''
  const me = users.find(({ key, email }) => key === given || (email !== null && email === given))
  if (me === undefined) return asksWho(users, { baseUrl, token })
  return probed(me, { baseUrl, token })
}

interface Place {
  readonly baseUrl: string
  readonly token: string
}

/** Each way in which that may fail is told apart, so that the agent reads the cause. */
async function usersAt(place: Place, host: ProviderHost, signal: AbortSignal): Promise<User[]> {
  const client = openClient({ ...host, ...place, isShared: false, shares: () => {} })
  const refuse = refusalsAt(client.host)
  try {
    return await readUsers({ client, unexpected: unexpectedAt(client.host) }, signal)
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    if (error.kind === 'auth') throw refuse('auth', 'badToken')
    const isOther = error.kind === 'gone' || (error.kind === 'protocol' && error.code === 'protocol')
    if (isOther) throw refuse('rejected', 'notThisProvider', { provider: 'Aelyst, respond.io' })
    throw error
  }
}

function asksWho(users: readonly User[], place: Place): ProbeAsks {
  const choices = users
    .map(({ key, name, email }) => ({ key, label: email === null ? name : `${name} (${email})` }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return {
    kind: 'asks',
    baseUrl: place.baseUrl,
    fields: [
      {
        name: 'user',
        label: 'signIn.aelyst.user',
        hint: 'signIn.aelyst.userHint',
        kind: 'choice',
        placeholder: '',
        choices,
      },
    ],
    carry: JSON.stringify(place),
  }
}

function probed(me: User, { baseUrl, token }: Place): Probed {
  const { host } = new URL(baseUrl)
  const space = spaceIn(token)
  const key = `${space ?? host}/${me.key}`
  return {
    kind: 'found',
    baseUrl,
    server: null,
    me: { key: me.key, name: me.name, email: me.email, avatarUrl: null },
    choices: [
      {
        key,
        name: space === null ? host : `${host} ${space}`,
        role: me.role === '' ? null : me.role,
        isSuspended: false,
      },
    ],
    secret: token,
    vaultKey: `aelyst ${baseUrl} ${key}`,
    settings: { userId: me.key },
  }
}

/**
 * The workspace, where the token is one that says so. It is only a name for showing: nothing is trusted for it, so the
 * signature does not matter (docs/providers/aelyst.md §2).
 */
function spaceIn(token: string): string | null {
  const [, claims, signature] = token.split('.')
  if (claims === undefined || signature === undefined) return null
  const bytes = bytesOf(claims)
  return bytes === null ? null : textOrNull(asObject(parseJson(bytes)?.value)['spaceId'])
}

function bytesOf(base64url: string): Uint8Array | null {
  try {
    const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(text, (each) => each.charCodeAt(0))
  } catch {
    return null
  }
}

function readCarry(carried: string): Place | null {
  const carry = asObject(parseJson(new TextEncoder().encode(carried))?.value)
  const [baseUrl, token] = [asText(carry['baseUrl']), asText(carry['token'])]
  return token === '' || !URL.canParse(baseUrl) ? null : { baseUrl, token }
}

function addressOf(typed: string): string {
  const address = readAddress(typed, ownPaths)
  const fail = (code: 'badAddress' | 'wrongPath', facts: Record<string, string>) =>
    new ProviderFailure({ kind: 'rejected', code, facts, mayHaveLeft: false })
  switch (address.kind) {
    case 'fine':
      return address.baseUrl
    case 'bad':
      throw fail('badAddress', { address: typed.trim().slice(0, 200) })
    case 'tooDeep':
      throw fail('wrongPath', { suggestion: address.suggestion })
  }
}

function refusalsAt(host: string) {
  return (
    kind: 'auth' | 'rejected',
    code: 'badToken' | 'probeExpired' | 'noAccounts' | 'notThisProvider',
    facts: Record<string, string> = {},
  ): ProviderFailure => new ProviderFailure({ kind, code, facts: { host, ...facts }, mayHaveLeft: false })
}
