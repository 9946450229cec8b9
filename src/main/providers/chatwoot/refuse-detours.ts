import type { FailureCode } from '../../../shared/contract/failure.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure } from '../provider.ts'
import { isHtml, locationOf, wantsHttps } from '../../foreign/fault.ts'
import { failureOfAnswer } from './failures.ts'
import { asObject, isObject, parseJson, type Loose } from '../../foreign/read.ts'

/**
 * While signing in: throws at answers that come from something before Chatwoot, or send us elsewhere
 * (docs/providers/chatwoot.md §4). What it lets through was answered by whoever lives at this address.
 */
export function refuseDetours(answer: HttpAnswer, place: Place, path: string): void {
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

/** Where somebody signs in. */
export interface Place {
  readonly baseUrl: string
  readonly host: string
  readonly now: () => number
}

export function refusal(
  place: Place,
  kind: 'auth' | 'rejected' | 'protocol',
  code: FailureCode,
  facts: Record<string, string> = {},
): ProviderFailure {
  return new ProviderFailure({ kind, code, facts: { host: place.host, ...facts }, mayHaveLeft: false })
}

export function jsonObject(answer: HttpAnswer): Loose | null {
  const parsed = parseJson(answer.bytes)
  return parsed !== null && isObject(parsed.value) ? asObject(parsed.value) : null
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

function beginOf(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.bytes.subarray(0, 1000))
}
