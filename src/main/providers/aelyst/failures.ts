import type { FailureCode } from '../../../shared/contract/failure.ts'
import { isHtml, type Asked } from '../../foreign/fault.ts'
import { asObject, asText, numberOrNull, parseJson, textOrNull } from '../../foreign/read.ts'
import { retryAtOf } from '../../foreign/server-time.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type ProviderFailureKind } from '../provider.ts'

/** Reads and orders may be repeated; a message or a comment may not. */
export type CallKind = 'read' | 'order' | 'message'

/** How long its CDN is left alone after it turned us away, and what is queued there before it is asked for again. */
export const coolDownMs = 60_000
export const queueMs = 60_000

/** What an answer that is no success means (docs/providers/aelyst.md §5). */
export function failureOfAnswer(answer: HttpAnswer, asked: Asked, kind: CallKind): ProviderFailure {
  const { status } = answer
  const fail = failWith(answer, asked)
  const reason = reasonOf(answer)
  if (status >= 300 && status < 400) return fail('busy', 'proxyPage', false)
  switch (status) {
    case 400:
      return failureOf400(answer, asked)
    case 401:
      return fail('auth', 'auth', false)
    case 403:
      return reason === null ? blocked(answer, asked) : fail('forbidden', 'forbidden', false)
    case 404:
      // For a message it is a channel they never used as often as a contact that is gone: its own words say which.
      if (reason === null) return fail('rejected', 'proxyPage', false)
      return kind === 'message' ? fail('rejected', 'rejected', false) : fail('gone', 'gone', false)
    case 429:
      return fail('rateLimited', 'rateLimited', false, retryAtIn(answer, asked.now))
    case 449:
      return kind === 'message'
        ? fail('busy', 'inQueue', true)
        : fail('busy', 'inQueue', false, asked.now + queueMs)
    default:
      if (status >= 500 || status === 408) return fail('busy', 'busy', true)
      return fail('rejected', reason === null ? 'proxyPage' : 'rejected', false)
  }
}

/** An answer of success that cannot be read: it may well have been done. */
export function unreadable(answer: HttpAnswer, asked: Asked, reason = 'unreadable'): ProviderFailure {
  if (isHtml(answer)) return failWith(answer, asked)('protocol', 'proxyPage', true)
  return failWith(answer, asked)('protocol', 'protocol', true, null, reason)
}

/** Some say no in an answer of success (§5). */
export function isQuietNo(body: unknown): boolean {
  return asObject(body)['success'] === false
}

export function quietNo(answer: HttpAnswer, asked: Asked): ProviderFailure {
  return failWith(answer, asked)('rejected', 'rejected', false)
}

/** What was queued there again and again: the agent decides. */
export function stillQueued(answer: HttpAnswer, asked: Asked): ProviderFailure {
  return failWith(answer, asked)('rejected', 'rejected', false)
}

/** The server's own words, in a message that may be a text or an object; null where the answer is not its JSON. */
export function reasonOf(answer: HttpAnswer): string | null {
  const parsed = parseJson(answer.bytes)
  if (parsed === null) return null
  const { message, error } = asObject(parsed.value)
  const words = [message, asObject(message)['message'], error].map(textOrNull).find((each) => each !== null)
  return words?.slice(0, 500) ?? null
}

/** To whom the conversation went, where a failure says that it was merged into another contact's; else null. */
export function movedTo(error: unknown): string | null {
  return error instanceof ProviderFailure ? (error.facts['movedTo'] ?? null) : null
}

/** A contact that was merged away is told by an object that names the one that stays (§3). */
function failureOf400(answer: HttpAnswer, asked: Asked): ProviderFailure {
  const message = asObject(asObject(parseJson(answer.bytes)?.value)['message'])
  const to = textOrNull(message['contactId'])
  if (to === null)
    return failWith(answer, asked)('rejected', reasonOf(answer) === null ? 'proxyPage' : 'rejected', false)
  return new ProviderFailure({
    kind: 'gone',
    code: 'gone',
    facts: { host: asked.host, status: '400', movedTo: to },
    mayHaveLeft: false,
  })
}

function blocked(answer: HttpAnswer, asked: Asked): ProviderFailure {
  return failWith(answer, asked)('busy', 'proxyPage', false, asked.now + coolDownMs)
}

/** In the header, or in the body (§5); a plain limit lasts a second, so that is the least. */
function retryAtIn(answer: HttpAnswer, now: number): number | null {
  const told = retryAtOf(answer, now, null)
  const seconds = numberOrNull(asObject(parseJson(answer.bytes)?.value)['retryAfter'])
  const inBody =
    seconds !== null && seconds >= 0 ? now + Math.min(Math.ceil(seconds * 1000), 3_600_000) : null
  return told ?? inBody
}

function failWith(answer: HttpAnswer, asked: Asked) {
  return (
    kind: ProviderFailureKind,
    code: FailureCode,
    mayHaveLeft: boolean,
    ...[retryAt = null, given]: [retryAt?: number | null, reason?: string]
  ): ProviderFailure => {
    const reason = given ?? reasonOf(answer) ?? `status ${answer.status}`
    return new ProviderFailure({
      kind,
      code,
      facts: { host: asked.host, status: asText(answer.status), reason },
      retryAt,
      mayHaveLeft: mayHaveLeft && asked.isWrite,
    })
  }
}
