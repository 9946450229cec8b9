import type { HttpAnswer } from '../../ports/http.ts'
import {
  ProviderFailure,
  type ProbeAsks,
  type Probed,
  type ProbedChoice,
  type ProviderHost,
  type SignInAsk,
} from '../provider.ts'
import { readAddress } from '../../foreign/address.ts'
import { openClient } from './client.ts'
import { failureOfAnswer, reasonOf } from './failures.ts'
import { asList, asText, isObject, textOrNull, webUrlOrNull } from '../../foreign/read.ts'
import { jsonObject, refusal, refuseDetours, type Place } from './refuse-detours.ts'
import { readCarry, signInByCode, signInByPassword, type SignedIn } from './sign-in.ts'
import { nameOf } from './transform-message.ts'
import type { WireMembership, WireProfile } from './wire-types.ts'

const timeoutMs = 15_000

/** What Chatwoot's own pages begin with. */
export const ownPaths: ReadonlySet<string> = new Set([
  'app',
  'api',
  'auth',
  'super_admin',
  'installation',
  'widget',
  'hc',
  'survey',
])

/**
 * Who answers at this address to these fields: the server's version, then, by password or by token, the token's owner.
 * Tells every way apart in which that may fail, so that the agent reads the cause (docs/providers/chatwoot.md §1.1, §4).
 */
export async function probeChatwoot(
  ask: SignInAsk,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<Probed | ProbeAsks> {
  const carry = ask.carried === null ? null : readCarry(ask.carried)
  const baseUrl = carry?.baseUrl ?? addressOf(ask.fields['url'] ?? '')
  const place: Place = { baseUrl, host: new URL(baseUrl).host, now: () => host.clock.now() }
  if (ask.carried !== null && carry === null) throw refusal(place, 'auth', 'probeExpired')
  const given = ask.fields['token']?.trim() ?? ''
  // Such a token could not even be put in a header.
  if (ask.method !== 'password' && !isToken(given)) throw refusal(place, 'auth', 'badToken')
  const open = (token: string | null) => openClient({ ...host, baseUrl, token })
  const version = versionOf(await open(null).ask({ path: '/api', timeoutMs }, signal), place)
  const signedIn = await signedInBy()
  if (signedIn.kind === 'asks') return signedIn
  const { token } = signedIn
  const answer = await open(token).ask({ path: '/api/v1/profile', timeoutMs }, signal)
  return probed(profileOf(answer, place, version), place, version, token)

  async function signedInBy(): Promise<SignedIn> {
    if (ask.method !== 'password') return { kind: 'token', token: given }
    if (carry === null) return signInByPassword(ask.fields, place, host, signal)
    return signInByCode({ mfaToken: carry.mfaToken, code: ask.fields['code'] ?? '' }, place, host, signal)
  }
}

function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

function addressOf(typed: string): string {
  const address = readAddress(typed, ownPaths)
  switch (address.kind) {
    case 'fine':
      return address.baseUrl
    case 'bad':
      throw new ProviderFailure({
        kind: 'rejected',
        code: 'badAddress',
        facts: { address: typed.trim().slice(0, 200) },
        mayHaveLeft: false,
      })
    case 'tooDeep':
      throw new ProviderFailure({
        kind: 'rejected',
        code: 'wrongPath',
        facts: { suggestion: address.suggestion },
        mayHaveLeft: false,
      })
  }
}

/** The version a Chatwoot names; null where what answers may still be one that hides it. */
function versionOf(answer: HttpAnswer, place: Place): string | null {
  refuseDetours(answer, place, '/api')
  const body = jsonObject(answer)
  if (body === null || answer.status !== 200) return null
  const isChatwoot = ['queue_services', 'data_services', 'timestamp'].some((name) => name in body)
  return isChatwoot ? textOrNull(body['version']) : null
}

function profileOf(answer: HttpAnswer, place: Place, version: string | null): WireProfile {
  refuseDetours(answer, place, '/api/v1/profile')
  const body = jsonObject(answer)
  if (answer.status === 401 && body !== null) throw failureOf401(answer, place, version)
  if (answer.status === 200 && body !== null && 'id' in body && Array.isArray(body['accounts'])) return body
  if (version === null) throw refusal(place, 'rejected', 'notThisProvider', { provider: 'Chatwoot' })
  throw refusal(place, 'protocol', 'protocol', { reason: reasonOf(answer) ?? `status ${answer.status}` })
}

function failureOf401(answer: HttpAnswer, place: Place, version: string | null): ProviderFailure {
  const failure = failureOfAnswer(answer, { host: place.host, now: place.now(), isWrite: false })
  const isKnown = version !== null || /sign in|access token/i.test(reasonOf(answer) ?? '')
  if (!isKnown) return refusal(place, 'rejected', 'notThisProvider', { provider: 'Chatwoot' })
  return failure.code === 'auth' || failure.code === 'forbidden'
    ? refusal(place, 'auth', 'badToken')
    : failure
}

function probed(profile: WireProfile, place: Place, version: string | null, token: string): Probed {
  const key = asText(profile.id)
  const choices = asList(profile.accounts).filter(isObject).flatMap(choiceOf)
  if (choices.length === 0) throw refusal(place, 'rejected', 'noAccounts')
  if (choices.every((choice) => choice.isSuspended)) {
    throw refusal(place, 'auth', 'suspended', { account: choices.map((choice) => choice.name).join(', ') })
  }
  const roles = choices.map((choice) => [`role.${choice.key}`, choice.role] as const)
  const names = choices.map((choice) => [`name.${choice.key}`, choice.name] as const)
  return {
    kind: 'found',
    baseUrl: place.baseUrl,
    server: version === null ? null : `Chatwoot ${version}`,
    me: {
      key,
      name: nameOf(profile),
      email: textOrNull(profile.email),
      avatarUrl: webUrlOrNull(profile.avatar_url, place.baseUrl),
    },
    choices,
    secret: token,
    vaultKey: `chatwoot ${place.baseUrl} user ${key}`,
    settings: Object.fromEntries([['userId', key], ...roles, ...names]),
  }
}

function choiceOf(wire: WireMembership): ProbedChoice[] {
  const key = textOrNull(wire.id)
  if (key === null) return []
  return [
    {
      key,
      name: textOrNull(wire.name) ?? key,
      role: textOrNull(wire.role),
      isSuspended: wire.status === 'suspended',
    },
  ]
}
