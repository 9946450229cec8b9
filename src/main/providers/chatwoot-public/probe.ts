import type { FailureCode } from '../../../shared/contract/failure.ts'
import { readAddress } from '../../foreign/address.ts'
import { isHtml, locationOf, wantsHttps } from '../../foreign/fault.ts'
import { asObject, isObject, isTrue, parseJson, textOrNull, type Loose } from '../../foreign/read.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type Probed, type ProviderHost, type SignInAsk } from '../provider.ts'
import { openClient, type Call, type Client } from './client.ts'
import { digestOf } from './digest.ts'
import { writeKeys, type OwnContact } from './keys.ts'
import { nameOf } from './transform-message.ts'

const timeoutMs = 15_000
/** What Chatwoot's own pages begin with. */
const ownPaths: ReadonlySet<string> = new Set([
  ...['app', 'api', 'auth', 'public', 'super_admin', 'installation', 'widget', 'hc', 'survey'],
])

/**
 * Whether this inbox knows each of these contacts, and who they are. Tells every way apart in which that may fail, by
 * the place of a contact in the list and never by its identifier (docs/providers/chatwoot-public.md §1, §4).
 */
export async function probeDesk(ask: SignInAsk, host: ProviderHost, signal: AbortSignal): Promise<Probed> {
  const typed = typedIn(ask.fields)
  const baseUrl = addressOf(ask.fields['url'] ?? '')
  const secrets = [typed.inbox, ...typed.contacts, typed.hash].filter((each) => each !== '')
  const open = (path: string) =>
    openClient({ http: host.http, clock: host.clock, url: `${baseUrl}${path}`, secrets })
  const site = open('')
  if (typed.inbox === '') throw refusal(site, 'auth', 'unknownInbox')
  if (typed.contacts.length === 0) throw refusal(site, 'auth', 'unknownContact', { place: '1' })
  const server = versionOf(await asked(site, baseUrl, { path: '/api', timeoutMs }, signal))
  const url = `/public/api/v1/inboxes/${encodeURIComponent(typed.inbox)}`
  const desk = { client: open(url), url: `${baseUrl}${url}`, typed }
  const inbox = await inboxOf(desk, server, signal)
  const found: Found[] = []
  for (const [index] of typed.contacts.entries()) found.push(await contactOf(desk, inbox, index, signal))
  return probed({ baseUrl, typed, server, inbox, found, host: site.host })
}

interface Typed {
  readonly inbox: string
  readonly contacts: readonly string[]
  /** What the customer's own system calls them, and the proof of it. */
  readonly identifier: string
  readonly hash: string
}

interface Asking {
  readonly client: Client
  readonly url: string
  readonly typed: Typed
}

interface Found extends OwnContact {
  readonly email: string | null
}

function typedIn(fields: SignInAsk['fields']): Typed {
  const of = (name: string): string => fields[name]?.trim() ?? ''
  const contacts = of('contacts').split(/[\s,;]+/)
  return {
    inbox: of('inbox'),
    contacts: [...new Set(contacts)].filter((each) => each !== ''),
    identifier: of('identifier'),
    hash: of('hash'),
  }
}

function addressOf(typed: string): string {
  const address = readAddress(typed, ownPaths)
  const refused = (code: FailureCode, facts: Record<string, string>): ProviderFailure =>
    new ProviderFailure({ kind: 'rejected', code, facts, mayHaveLeft: false })
  switch (address.kind) {
    case 'fine':
      return address.baseUrl
    case 'bad':
      // What was pasted may be a whole address of theirs, identifiers and all.
      throw refused('badAddress', { address: (typed.trim().split('/public/')[0] ?? '').slice(0, 200) })
    case 'tooDeep':
      throw refused('wrongPath', { suggestion: address.suggestion })
  }
}

/** The version a Chatwoot names; null where what answers may still be one that hides it. */
function versionOf(answer: HttpAnswer): string | null {
  const body = jsonObject(answer)
  const isChatwoot = ['queue_services', 'data_services', 'timestamp'].some((name) => name in (body ?? {}))
  return answer.status === 200 && isChatwoot ? textOrNull(body?.['version']) : null
}

async function inboxOf({ client, url }: Asking, server: string | null, signal: AbortSignal): Promise<Loose> {
  const answer = await asked(client, url, { path: '', timeoutMs }, signal)
  const body = jsonObject(answer)
  if (answer.status === 200 && body !== null && 'name' in body) return body
  if (answer.status >= 500) throw client.failureOf(answer, false)
  const isKnownServer = server !== null || (answer.status === 404 && body !== null && 'status' in body)
  if (isKnownServer) throw refusal(client, 'auth', 'unknownInbox')
  throw refusal(client, 'rejected', 'notThisProvider', { provider: 'Chatwoot' })
}

/**
 * A hash that does not fit breaks the server instead of being refused. Where one is demanded and none is at hand, only
 * this page is closed: the tickets are not, and they say who we are.
 */
async function contactOf(asking: Asking, inbox: Loose, index: number, signal: AbortSignal): Promise<Found> {
  const { client, url, typed } = asking
  const identifier = typed.contacts[index] ?? ''
  const place = String(index + 1)
  const path = `/contacts/${encodeURIComponent(identifier)}`
  const proof = {
    ...(typed.identifier === '' ? {} : { identifier: typed.identifier }),
    ...(typed.hash === '' ? {} : { identifier_hash: typed.hash }),
  }
  const answer = await asked(client, url, { path, query: typed.hash === '' ? {} : proof, timeoutMs }, signal)
  const body = jsonObject(answer)
  if (answer.status === 200 && body !== null) return found(identifier, body)
  if (answer.status === 404 || answer.status === 410)
    throw refusal(client, 'auth', 'unknownContact', { place })
  if (answer.status >= 500 && typed.hash !== '') throw refusal(client, 'auth', 'identityRefused', { place })
  const isMandatory = isTrue(inbox['identity_validation_enabled'])
  if (answer.status < 500 || !isMandatory) throw client.failureOf(answer, false)
  const listed = await client.call({ path: `${path}/conversations`, timeoutMs }, signal)
  const rows = listed.json()
  if (!Array.isArray(rows)) throw refusal(client, 'protocol', 'protocol', { reason: 'no list' })
  return found(identifier, asObject(asObject(rows[0])['contact']))
}

/** Somebody without a number is known by a digest, which leads nowhere. */
function found(identifier: string, person: Loose): Found {
  const digest = digestOf(new TextEncoder().encode(identifier))
  return {
    identifier,
    key: textOrNull(person['id']) ?? `~${digest.slice(0, 12)}`,
    name: nameOf(person),
    email: textOrNull(person['email']),
  }
}

function probed(given: {
  baseUrl: string
  typed: Typed
  server: string | null
  inbox: Loose
  found: readonly Found[]
  host: string
}): Probed {
  const { baseUrl, typed, server, inbox, host } = given
  const contacts = given.found.map(({ identifier, key, name }) => ({ identifier, key, name }))
  const key = contacts[0]?.key ?? ''
  const inboxName = textOrNull(inbox['name']) ?? host
  const names = contacts.map((each) => each.name).filter((each) => each !== '')
  return {
    kind: 'found',
    baseUrl,
    server: server === null ? null : `Chatwoot ${server}`,
    me: { key, name: names.join(', '), email: given.found[0]?.email ?? null, avatarUrl: null },
    choices: [{ key, name: inboxName, role: null, isSuspended: false }],
    secret: writeKeys({ inbox: typed.inbox, contacts }),
    vaultKey: `chatwoot-public ${baseUrl} contact ${key}`,
    settings: { inboxName },
  }
}

/** One request of the sign-in; throws at what comes from something before Chatwoot, or leads elsewhere. */
async function asked(client: Client, url: string, call: Call, signal: AbortSignal): Promise<HttpAnswer> {
  const answer = await client.ask(call, signal)
  const { status } = answer
  if (status >= 300 && status < 400) throw redirected(client, url, answer)
  if (status === 429) throw client.failureOf(answer, false)
  const isMissing = status === 404 || status === 405 || status === 410
  if (isHtml(answer) && !isMissing) throw refusal(client, 'rejected', 'proxyPage', { status: String(status) })
  return answer
}

/** Where a redirect leads is not told: its path is ours, with the secrets. */
function redirected(client: Client, url: string, answer: HttpAnswer): ProviderFailure {
  const from = new URL(url)
  if (wantsHttps(locationOf(answer, from), from)) return refusal(client, 'rejected', 'needsHttps')
  return refusal(client, 'rejected', 'proxyPage', { status: String(answer.status) })
}

function jsonObject(answer: HttpAnswer): Loose | null {
  const parsed = parseJson(answer.bytes)
  return parsed !== null && isObject(parsed.value) ? parsed.value : null
}

function refusal(
  { host }: Client,
  kind: 'auth' | 'rejected' | 'protocol',
  code: FailureCode,
  facts: Record<string, string> = {},
): ProviderFailure {
  return new ProviderFailure({ kind, code, facts: { host, ...facts }, mayHaveLeft: false })
}
