import { readAddress } from '../../foreign/address.ts'
import { isHtml, locationOf, wantsHttps } from '../../foreign/fault.ts'
import { asObject, isObject, parseJson, textOrNull } from '../../foreign/read.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import type { FailureCode } from '../../../shared/contract/failure.ts'
import { ProviderFailure, type Probed, type ProviderHost, type SignInAsk } from '../provider.ts'
import { keyHeader, openClient, type Client } from './client.ts'
import { dialectOf } from './dialect.ts'
import { isPermission, reasonOf, wordsOf } from './failures.ts'
import type { Dialect } from './learned.ts'
import { readMembers } from './members.ts'
import { claimsOf, type Claims } from './token.ts'
import type { WireUser } from './wire-types.ts'

const timeoutMs = 15_000
/** How many rows tell a dialect; of those of one conversation only the first few count. */
const rowsToTell = 10

/**
 * Who answers at this address to this key, and how: whether it is a Wapikit at all, whose key it is, whether its owner may
 * read conversations, and which family of servers it is of (docs/providers/wapikit.md §2, §3, §13). What the
 * organisation's profile holds besides, secrets in clear among it, is not looked at (§6.8).
 */
export async function probeWapikit(ask: SignInAsk, host: ProviderHost, signal: AbortSignal): Promise<Probed> {
  const typed = ask.fields['url'] ?? ''
  const key = ask.fields['token']?.trim() ?? ''
  const { baseUrl, refusal } = await findApi(addressesOf(typed), host, signal)
  const place: Place = { host: new URL(baseUrl).host }
  const claims = claimsOf(key)
  if (claims === null) throw refused(place, 'auth', 'badToken')
  const client = openClient({ ...host, baseUrl, key })
  const user = await readUser(client, place, { claims, now: host.clock.now() }, signal)
  const organization = asObject(user.organization)
  const organizationId = claims.organizationId ?? textOrNull(organization['uniqueId'])
  if (organizationId === null) throw refused(place, 'rejected', 'noAccounts')
  const email = textOrNull(user.email) ?? claims.email
  const memberId = await findMember(client, email, signal)
  const conversations = await readSome(client, place, signal)
  const dialect = dialectOf(refusal, conversations)
  const userId = textOrNull(user.uniqueId) ?? email ?? organizationId
  return {
    kind: 'found',
    baseUrl,
    server: `Wapikit (${dialectNames[dialect]})`,
    me: { key: userId, name: textOrNull(user.name) ?? email ?? userId, email, avatarUrl: null },
    choices: [
      {
        key: organizationId,
        name: textOrNull(organization['name']) ?? place.host,
        role: textOrNull(user.currentOrganizationAccessLevel),
        isSuspended: false,
      },
    ],
    secret: key,
    vaultKey: `wapikit ${baseUrl} organization ${organizationId} user ${userId}`,
    settings: {
      userId,
      memberId: memberId ?? '',
      dialect,
      realtime: realtimeOf[dialect],
      assignVerb: dialect === 'main' ? 'GET' : 'POST',
      messagesEndpoint: null,
      updateWorks: null,
      assignedToVisible: false,
      mayAssign: memberId !== null,
      mayUpdate: true,
    },
  }
}

interface Place {
  readonly host: string
}

const dialectNames: Readonly<Record<Dialect, string>> = {
  main: 'released edition',
  newer: 'newer edition',
  hosted: 'hosted edition',
}
/** What each is known to push by; who opens it has to see whether it is so (docs/providers/wapikit.md §7). */
const realtimeOf: Readonly<Record<Dialect, string>> = { main: 'socket', newer: 'events', hosted: 'unknown' }

/** The API is below `/api` wherever anybody has seen it, and agents paste any of its addresses. */
function addressesOf(typed: string): readonly string[] {
  const address = readAddress(typed, new Set(['api']))
  switch (address.kind) {
    case 'fine':
      return [`${address.baseUrl}/api`, address.baseUrl]
    case 'tooDeep':
      return [`${address.suggestion}/api`]
    case 'bad':
      throw new ProviderFailure({
        kind: 'rejected',
        code: 'badAddress',
        facts: { address: typed.trim().slice(0, 200) },
        mayHaveLeft: false,
      })
  }
}

/** The address at which a stranger is turned away as only a Wapikit does: no route of it says who it is (docs/providers/wapikit.md §3). */
async function findApi(
  addresses: readonly string[],
  host: ProviderHost,
  signal: AbortSignal,
): Promise<{ readonly baseUrl: string; readonly refusal: HttpAnswer }> {
  let first: ProviderFailure | null = null
  for (const baseUrl of addresses) {
    const client = openClient({ ...host, baseUrl, key: null })
    const refusal = await client.ask({ path: '/user', timeoutMs }, signal)
    const isWapikit = refusal.status === 401 && /unauthori[sz]ed/i.test(wordsOf(refusal) ?? '')
    if (isWapikit) return { baseUrl, refusal }
    first ??= detour(client, refusal, baseUrl)
    if (first.code !== 'notThisProvider') throw first
  }
  throw first ?? refused({ host: '' }, 'rejected', 'notThisProvider', { provider: 'Wapikit' })
}

/** What answers there instead. Its own window says 200 with a page to every path nobody knows, and so do many sites. */
function detour(client: Client, answer: HttpAnswer, baseUrl: string): ProviderFailure {
  const { status } = answer
  const place: Place = { host: client.host }
  const url = new URL(`${baseUrl}/user`)
  if (status >= 300 && status < 400) {
    if (wantsHttps(locationOf(answer, url), url)) return refused(place, 'rejected', 'needsHttps')
    return refused(place, 'rejected', 'proxyPage', { status: String(status) })
  }
  if (status === 400 && /to HTTPS port/i.test(new TextDecoder().decode(answer.bytes.subarray(0, 1000))))
    return refused(place, 'rejected', 'needsHttps')
  if (status === 429) return client.failureOf(answer, { path: '/user' })
  const isOwnSite = status === 200 || status === 404 || status === 405
  if (isHtml(answer) && !isOwnSite) return refused(place, 'rejected', 'proxyPage', { status: String(status) })
  if (status >= 500) return client.failureOf(answer, { path: '/user' })
  return refused(place, 'rejected', 'notThisProvider', { provider: 'Wapikit' })
}

async function readUser(
  client: Client,
  place: Place,
  { claims, now }: { readonly claims: Claims; readonly now: number },
  signal: AbortSignal,
): Promise<WireUser> {
  const call = { path: '/user', timeoutMs }
  const answer = await client.ask(call, signal)
  if (answer.status === 401 && !isPermission(answer)) throw keyRefusal(place, claims, now)
  if (answer.status < 200 || answer.status >= 300) throw client.failureOf(answer, call)
  const user = asObject(parseJson(answer.bytes)?.value)['user']
  if (!isObject(user)) throw refused(place, 'protocol', 'protocol', { reason: reasonOf(answer) ?? 'no user' })
  return user
}

/** The server has one sentence for all of these, so what the key says of itself tells them apart (docs/providers/wapikit.md §2). */
function keyRefusal(place: Place, { email, endsAt }: Claims, now: number): ProviderFailure {
  if (endsAt !== null && endsAt <= now) return refused(place, 'auth', 'keyExpired')
  // The key an installation begins with names nobody.
  if (email === null) return refused(place, 'auth', 'keyUnusable')
  return refused(place, 'auth', 'keyNotTaken', { header: keyHeader })
}

/** Which member we are: only the address is told in both places. Null where we may not read who there is. */
async function findMember(client: Client, email: string | null, signal: AbortSignal): Promise<string | null> {
  try {
    const members = await readMembers(client, signal)
    const own = members.find((each) => textOrNull(each.email)?.toLowerCase() === email?.toLowerCase())
    return own?.key ?? ''
  } catch (error) {
    if (error instanceof ProviderFailure && error.kind === 'forbidden') return null
    throw error
  }
}

/** The first conversations. On the servers seen so far only owners may read them (docs/providers/wapikit.md §1). */
async function readSome(client: Client, place: Place, signal: AbortSignal): Promise<unknown> {
  const call = { path: '/conversations', query: { page: 1, per_page: rowsToTell }, timeoutMs }
  try {
    return asObject((await client.call(call, signal)).json())['conversations']
  } catch (error) {
    if (error instanceof ProviderFailure && error.kind === 'forbidden')
      throw refused(place, 'rejected', 'ownersOnly')
    throw error
  }
}

function refused(
  place: Place,
  kind: 'auth' | 'rejected' | 'protocol',
  code: FailureCode,
  facts: Record<string, string> = {},
): ProviderFailure {
  return new ProviderFailure({ kind, code, facts: { host: place.host, ...facts }, mayHaveLeft: false })
}
