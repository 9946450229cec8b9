import type { FailureCode } from '../../../shared/contract/failure.ts'
import { isHtml, locationOf, wantsHttps, type Asked } from '../../foreign/fault.ts'
import { asList, asObject, isObject, momentOrNull, parseJson, textOrNull } from '../../foreign/read.ts'
import { retryAtOf } from '../../foreign/server-time.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type ProviderFailureKind } from '../provider.ts'

/** Where a limit names no moment (docs/providers/wapikit.md §5). */
export const unnamedLimitMs = 900_000
const longestRestMs = 3_600_000

/** What an answer that is no success means (docs/providers/wapikit.md §4). A 401 is judged by its words, not its number. */
export function failureOfAnswer(answer: HttpAnswer, asked: Asked, url: string): ProviderFailure {
  const { status } = answer
  const fail = failWith(asked, answer)
  const isSaid = parseJson(answer.bytes) !== null || answer.bytes.length === 0
  if (status >= 300 && status < 400) {
    const isHttps = wantsHttps(locationOf(answer, new URL(url)), new URL(url))
    return fail('busy', isHttps ? 'needsHttps' : 'proxyPage', false)
  }
  switch (status) {
    case 401:
      if (!isSaid) return fail('busy', 'proxyPage', false)
      return isPermission(answer) ? fail('forbidden', 'forbidden', false) : fail('auth', 'auth', false)
    case 403:
      return isSaid ? fail('forbidden', 'forbidden', false) : fail('rejected', 'proxyPage', false)
    case 404:
    case 410:
      return isSaid ? fail('gone', 'gone', false) : fail('rejected', 'proxyPage', false)
    case 408:
    case 449:
      return fail('busy', 'busy', true)
    case 425:
      return fail('busy', 'busy', false)
    case 429:
      return fail('rateLimited', 'rateLimited', false)
    default:
      if (status >= 500) return fail('busy', 'busy', true)
      return fail('rejected', isSaid ? 'rejected' : 'proxyPage', false)
  }
}

/** An answer of success that cannot be read: it may well have been done. A page is a wrong address or a missing route (§3). */
export function unreadable(answer: HttpAnswer, asked: Asked, reason = 'unreadable'): ProviderFailure {
  if (isHtml(answer)) return failWith(asked, answer)('protocol', 'proxyPage', true)
  return new ProviderFailure({
    kind: 'protocol',
    code: 'protocol',
    facts: { host: asked.host, reason },
    mayHaveLeft: asked.isWrite,
  })
}

/**
 * The server's own words for a refusal: `{message}` on one branch, a bare text on the next, `{error}` from its limiter,
 * `{description, errors}` as other pages document it (docs/providers/wapikit.md §4). Null where there are none.
 */
export function wordsOf(answer: HttpAnswer): string | null {
  const parsed = parseJson(answer.bytes)
  if (parsed === null) return null
  if (!isObject(parsed.value)) return textOrNull(parsed.value)
  const body = parsed.value
  const listed = asList(body['errors'])
    .map(lineOf)
    .filter((each) => each !== '')
  const said = [body['message'], body['error'], body['description']].map(textOrNull)
  const [first] = said.filter((each) => each !== null)
  const words = [...(first === undefined ? [] : [first]), ...listed.filter((each) => each !== first)].join(
    '; ',
  )
  return words === '' ? null : words
}

/** The words as a person may read them: what the database said is nobody's business but the server's (§4). */
export function reasonOf(answer: HttpAnswer): string | null {
  const words = wordsOf(answer)
  if (words === null) return null
  return isDatabaseText(words) ? 'database error' : words.slice(0, 500)
}

export function isPermission(answer: HttpAnswer): boolean {
  return /not authorized to access/i.test(wordsOf(answer) ?? '')
}

/** The question for a conversation's messages names a table it does not ask (docs/providers/wapikit.md §1, §6.4). */
export function isBrokenMessagesRoute(answer: HttpAnswer): boolean {
  return answer.status >= 500 && /missing FROM-clause/i.test(wordsOf(answer) ?? '')
}

/** Whoever ever had the conversation cannot be given it again (docs/providers/wapikit.md §6.7). */
export function isHadBefore(answer: HttpAnswer): boolean {
  return answer.status >= 400 && /duplicate key/i.test(wordsOf(answer) ?? '')
}

/** Nobody to take it from (docs/providers/wapikit.md §6.7). */
export function isNobodys(answer: HttpAnswer): boolean {
  return answer.status >= 400 && /no rows/i.test(wordsOf(answer) ?? '')
}

function isDatabaseText(words: string): boolean {
  return /\b(jet|pq|qrm|sqlstate|dial tcp)\b\s*:|violates|FROM-clause|invalid input value for enum/i.test(
    words,
  )
}

function lineOf(raw: unknown): string {
  const { field, message, code } = asObject(raw)
  const said = textOrNull(message) ?? textOrNull(raw) ?? ''
  const named = textOrNull(field) === null || said === '' ? said : `${textOrNull(field)}: ${said}`
  return textOrNull(code) === null || named === '' ? named : `${named} (${textOrNull(code)})`
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
      retryAt: kind === 'rateLimited' || kind === 'busy' ? restOf(answer, asked.now) : null,
      mayHaveLeft: mayHaveLeft && asked.isWrite,
    })
}

/** The limiter names the moment in its body, unix seconds of its own clock, and in no header (docs/providers/wapikit.md §5). */
function restOf(answer: HttpAnswer, now: number): number | null {
  const named = retryAtOf(answer, now, null)
  if (named !== null || answer.status !== 429) return named
  const reset = momentOrNull(asObject(parseJson(answer.bytes)?.value)['reset'])
  const serverNow = Date.parse(answer.headers['date'] ?? '')
  if (reset === null) return now + unnamedLimitMs
  const restMs = reset - (Number.isFinite(serverNow) ? serverNow : now)
  // One second at least: a moment that has passed must not become asking without a pause.
  return now + Math.min(Math.max(restMs, 1_000), longestRestMs)
}
