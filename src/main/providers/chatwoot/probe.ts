import type { FailureCode } from '../../../shared/contract/failure.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type Probed, type ProbedChoice, type ProviderHost } from '../provider.ts'
import { readAddress } from './address.ts'
import { openClient } from './client.ts'
import { failureOfAnswer, isHtml, locationOf, reasonOf, wantsHttps } from './failures.ts'
import { asList, asObject, asText, isObject, parseJson, textOrNull, webUrlOrNull } from './read.ts'
import { nameOf } from './transform-message.ts'
import type { WireMembership, WireProfile } from './wire-types.ts'

const timeoutMs = 15_000

/**
 * Who answers at this address with this token, by two reads: the server's version, then the token's owner. Tells
 * every way apart in which that may fail, so that the agent reads the cause (docs/providers/chatwoot.md §1.1, §4).
 */
export async function probeChatwoot(
  fields: Readonly<Record<string, string>>,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<Probed> {
  const baseUrl = addressOf(fields['url'] ?? '')
  const token = (fields['token'] ?? '').trim()
  const place: Place = { baseUrl, host: new URL(baseUrl).host, now: () => host.clock.now() }
  // Such a token could not even be put in a header.
  if (!/^[\x21-\x7e]+$/.test(token)) throw refusal(place, 'auth', 'badToken')
  const open = (given: string | null) => openClient({ ...host, baseUrl, token: given })
  const version = versionOf(await open(null).ask({ path: '/api', timeoutMs }, signal), place)
  const profile = profileOf(
    await open(token).ask({ path: '/api/v1/profile', timeoutMs }, signal),
    place,
    version,
  )
  return probed(profile, place, version, token)
}

interface Place {
  readonly baseUrl: string
  readonly host: string
  readonly now: () => number
}

function addressOf(typed: string): string {
  const address = readAddress(typed)
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

/** Answers that come from something before Chatwoot, or send us elsewhere. */
function refuseDetours(answer: HttpAnswer, place: Place, path: string): void {
  const { status } = answer
  const facts = { status: String(status) }
  if (status >= 300 && status < 400) throw redirectRefusal(answer, place, path)
  if (status === 406)
    throw refusal(place, 'rejected', 'wrongPath', { suggestion: new URL(place.baseUrl).origin })
  if (status === 429) throw failureOfAnswer(answer, { host: place.host, now: place.now(), isWrite: false })
  if (status === 400 && /to HTTPS port/i.test(beginOf(answer))) throw refusal(place, 'rejected', 'needsHttps')
  // An ordinary web site has no such page; a proxy or a portal answers with its own, whatever was asked.
  const isNoSuchPage = status === 404 || status === 405 || status === 410
  const isForeign = isHtml(answer) || (status === 401 && jsonObject(answer) === null)
  if (isForeign && !isNoSuchPage) throw refusal(place, 'rejected', 'proxyPage', facts)
  if (status >= 500) throw failureOfAnswer(answer, { host: place.host, now: place.now(), isWrite: false })
}

function redirectRefusal(answer: HttpAnswer, place: Place, path: string): ProviderFailure {
  const asked = new URL(place.baseUrl + path)
  const location = locationOf(answer, asked)
  if (wantsHttps(location, asked)) return refusal(place, 'rejected', 'needsHttps')
  const leadsTo = location === null ? '' : location.origin + location.pathname
  // The whole server moved, say to another host name: its new address is the way out.
  if (leadsTo.endsWith(path))
    return refusal(place, 'rejected', 'wrongPath', { suggestion: leadsTo.slice(0, -path.length) })
  return refusal(place, 'rejected', 'proxyPage', { status: String(answer.status) })
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

function jsonObject(answer: HttpAnswer): Readonly<Record<string, unknown>> | null {
  const parsed = parseJson(answer.bytes)
  return parsed !== null && isObject(parsed.value) ? asObject(parsed.value) : null
}

function beginOf(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.bytes.subarray(0, 1000))
}

function refusal(
  place: Place,
  kind: 'auth' | 'rejected' | 'protocol',
  code: FailureCode,
  facts: Record<string, string> = {},
): ProviderFailure {
  return new ProviderFailure({ kind, code, facts: { host: place.host, ...facts }, mayHaveLeft: false })
}
