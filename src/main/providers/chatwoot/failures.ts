import type { FailureCode } from '../../../shared/contract/failure.ts'
import { HttpFault, type HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type ProviderFailureKind } from '../provider.ts'
import { asList, asObject, asText, parseJson, textOrNull } from './read.ts'
import { retryAtOf } from './server-time.ts'

/** Where and when an answer came, for the sentence the agent reads. */
export interface Asked {
  readonly host: string
  /** Our clock, epoch ms. */
  readonly now: number
  readonly isWrite: boolean
}

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

/** What was thrown on the way. Anything but a fault of the network is a defect, and still leaves as a failure. */
export function failureOfFault(error: unknown, asked: Asked): ProviderFailure {
  if (error instanceof ProviderFailure) return error
  if (!(error instanceof HttpFault)) {
    const reason = error instanceof Error ? error.name : 'unknown'
    return new ProviderFailure({
      kind: 'protocol',
      code: 'protocol',
      facts: { host: asked.host, reason },
      mayHaveLeft: asked.isWrite,
    })
  }
  const facts: Record<string, string> = { ...error.facts, host: asked.host }
  const mayHaveLeft = error.mayHaveLeft && asked.isWrite
  const fail = (kind: ProviderFailureKind, code: FailureCode) =>
    new ProviderFailure({ kind, code, facts, mayHaveLeft })
  switch (error.kind) {
    case 'dns':
    case 'refused':
    case 'tls':
    case 'reset':
    case 'proxy':
    case 'offline':
      return fail('offline', error.kind)
    case 'timeout':
      return fail(error.mayHaveLeft ? 'busy' : 'offline', 'timeout')
    case 'aborted':
      return fail('offline', 'reset')
    case 'tooLarge':
      facts['reason'] = 'answer too large'
      return fail('protocol', 'protocol')
  }
}

/** The server's own words for a refusal, in any of its shapes; null where the answer is not its JSON. */
export function reasonOf(answer: HttpAnswer): string | null {
  const parsed = parseJson(answer.bytes)
  if (parsed === null) return null
  const body = asObject(parsed.value)
  const errors = asList(body['errors']).map(asText).join(' ')
  const words = [body['error'], body['message'], errors].map(textOrNull).find((each) => each !== null)
  return words?.slice(0, 500) ?? null
}

export function isHtml(answer: HttpAnswer): boolean {
  if (answer.headers['content-type']?.includes('html')) return answer.bytes.length > 0
  return /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(answer.bytes.subarray(0, 200)))
}

/** Whether a redirect only wants the same address with encryption. */
export function wantsHttps(location: URL | null, url: URL): boolean {
  return url.protocol === 'http:' && location?.protocol === 'https:' && location.hostname === url.hostname
}

/** Where a redirect leads. */
export function locationOf(answer: HttpAnswer, url: URL): URL | null {
  const location = answer.headers['location']
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url) : null
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
  if (asList(body['errors']).length > 0) return fail('auth', 'headerStripped', false)
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
      retryAt: kind === 'rateLimited' || kind === 'busy' ? retryAtOf(answer, asked.now) : null,
      mayHaveLeft: mayHaveLeft && asked.isWrite,
    })
}
