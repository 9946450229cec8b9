import type { FailureCode } from '../../../shared/contract/failure.ts'
import { isHtml, locationOf, type Asked } from '../../foreign/fault.ts'
import { isObject, parseJson } from '../../foreign/read.ts'
import { saidIn } from '../../foreign/said-words.ts'
import { retryAtOf } from '../../foreign/server-time.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type ProviderFailureKind } from '../provider.ts'

/** Its throttle counts by the minute and names no time (docs/providers/chatwoot-public.md §4). */
const throttlePeriodMs = 60_000

/** What an answer that is no success means (docs/providers/chatwoot-public.md §4). There are no tokens, so no 401 of its own. */
export function failureOfAnswer(answer: HttpAnswer, asked: Asked): ProviderFailure {
  const { status } = answer
  const fail = failWith(asked, answer)
  if (status >= 300 && status < 400)
    return fail('busy', wantsEncryption(answer, asked) ? 'needsHttps' : 'proxyPage', false)
  if (status >= 500) return fail('busy', 'busy', true)
  switch (status) {
    case 408:
    case 449:
      return fail('busy', 'busy', true)
    case 425:
      return fail('busy', 'busy', false)
    case 429:
      return fail('rateLimited', 'rateLimited', false)
    default:
      break
  }
  // A page is the word of something in between; it says nothing of what is there.
  if (reasonOf(answer) === null) return fail('rejected', 'proxyPage', false)
  switch (status) {
    case 401:
    case 403:
      return fail('forbidden', 'forbidden', false)
    case 404:
    case 410:
      return fail('gone', 'gone', false)
    default:
      return fail('rejected', 'rejected', false)
  }
}

/** An answer of success that cannot be read: it may well have been done. */
export function unreadable(answer: HttpAnswer, asked: Asked): ProviderFailure {
  const code = isHtml(answer) ? 'proxyPage' : 'protocol'
  const facts = { host: asked.host, status: String(answer.status), reason: 'unreadable' }
  return new ProviderFailure({ kind: 'protocol', code, facts, mayHaveLeft: asked.isWrite })
}

/** The server's own words for a refusal; null where the answer is not its JSON. */
export function reasonOf(answer: HttpAnswer): string | null {
  const parsed = parseJson(answer.bytes)
  return parsed === null || !isObject(parsed.value) ? null : saidIn(parsed.value)
}

function wantsEncryption(answer: HttpAnswer, { host }: Asked): boolean {
  const location = locationOf(answer, new URL(`http://${host}`))
  return location?.protocol === 'https:' && location.host === host
}

function failWith(asked: Asked, answer: HttpAnswer) {
  const { status } = answer
  const facts = { host: asked.host, status: String(status), reason: reasonOf(answer) ?? String(status) }
  return (kind: ProviderFailureKind, code: FailureCode, mayHaveLeft: boolean): ProviderFailure => {
    const isPause = kind === 'rateLimited' || kind === 'busy'
    const retryAt = isPause ? retryAtOf(answer, asked.now, throttlePeriodMs) : null
    return new ProviderFailure({ kind, code, facts, retryAt, mayHaveLeft: mayHaveLeft && asked.isWrite })
  }
}
