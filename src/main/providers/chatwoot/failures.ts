import type { FailureCode } from '../../../shared/contract/failure.ts'
import { isHtml, type Asked } from '../../foreign/fault.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type ProviderFailureKind } from '../provider.ts'
import { asList, asObject, asText, isObject, parseJson } from '../../foreign/read.ts'
import { saidIn } from '../../foreign/said-words.ts'
import { retryAtOf } from '../../foreign/server-time.ts'

/** Its throttle counts by the minute and names no time (docs/providers/chatwoot.md §4). */
export const throttlePeriodMs = 60_000

/** What an answer that is no success means (docs/providers/chatwoot.md §4). A 401 is judged by its words, not its number. */
export function failureOfAnswer(answer: HttpAnswer, asked: Asked): ProviderFailure {
  const { status } = answer
  const fail = failWith(asked, answer)
  if (status >= 300 && status < 400) return failureOfRedirect(answer, asked)
  const reason = reasonOf(answer)
  switch (status) {
    case 401:
      return failureOf401(answer, asked)
    case 403:
      return reason === null ? fail('rejected', 'proxyPage', false) : fail('forbidden', 'forbidden', false)
    case 404:
    case 410:
      return reason === null ? fail('rejected', 'proxyPage', false) : fail('gone', 'gone', false)
    case 408:
    case 449:
      return fail('busy', 'busy', true)
    case 425:
      return fail('busy', 'busy', false)
    case 429:
      return fail('rateLimited', 'rateLimited', false)
    default:
      if (status >= 500) return fail('busy', 'busy', true)
      return reason === null ? fail('rejected', 'proxyPage', false) : fail('rejected', 'rejected', false)
  }
}

/** An answer of success that cannot be read: it may well have been done. */
export function unreadable(answer: HttpAnswer, asked: Asked, reason = 'unreadable'): ProviderFailure {
  if (isHtml(answer)) return failWith(asked, answer)('protocol', 'proxyPage', true)
  return new ProviderFailure({
    kind: 'protocol',
    code: 'protocol',
    facts: { host: asked.host, reason },
    mayHaveLeft: asked.isWrite,
  })
}

/** The server's own words for a refusal, in any of its shapes; null where the answer is not its JSON. */
export function reasonOf(answer: HttpAnswer): string | null {
  const parsed = parseJson(answer.bytes)
  if (parsed === null) return null
  return saidIn(asObject(parsed.value))
}

/** Nothing is followed: a redirected write would turn into a read. A redirected request was not carried out. */
function failureOfRedirect(answer: HttpAnswer, asked: Asked): ProviderFailure {
  const location = answer.headers['location'] ?? ''
  const isHttps = location.startsWith(`https://${asked.host}/`) || location === `https://${asked.host}`
  return failWith(asked, answer)('busy', isHttps ? 'needsHttps' : 'proxyPage', false)
}

/** Only the two first mean that a new token is needed; the rest are refusals of one thing or of one account. */
function failureOf401(answer: HttpAnswer, asked: Asked): ProviderFailure {
  const fail = failWith(asked, answer)
  const parsed = parseJson(answer.bytes)
  if (parsed === null) return fail('busy', 'proxyPage', false)
  const body = asObject(parsed.value)
  const words = asText(body['error'])
  // A list of sentences is the word of its sign-in; one of fields is what the description promises of a refusal.
  if (asList(body['errors']).some((each) => !isObject(each))) return fail('auth', 'headerStripped', false)
  if (/invalid access token/i.test(words)) return fail('auth', 'auth', false)
  if (/suspended/i.test(words)) return fail('auth', 'suspended', false)
  if (/for bots/i.test(words)) return fail('auth', 'botToken', false)
  return fail('forbidden', 'forbidden', false)
}

function failWith(asked: Asked, answer: HttpAnswer) {
  return (kind: ProviderFailureKind, code: FailureCode, mayHaveLeft: boolean): ProviderFailure =>
    new ProviderFailure({
      kind,
      code,
      facts: {
        host: asked.host,
        status: String(answer.status),
        reason: reasonOf(answer) ?? String(answer.status),
      },
      retryAt:
        kind === 'rateLimited' || kind === 'busy' ? retryAtOf(answer, asked.now, throttlePeriodMs) : null,
      mayHaveLeft: mayHaveLeft && asked.isWrite,
    })
}
