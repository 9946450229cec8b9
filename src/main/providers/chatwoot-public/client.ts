import { failureOfFault, isHtml, type Asked } from '../../foreign/fault.ts'
import type { Form } from '../../foreign/multipart.ts'
import { parseJson } from '../../foreign/read.ts'
import { serverNowOf } from '../../foreign/server-time.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Http, HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure } from '../provider.ts'
import { failureOfAnswer, unreadable } from './failures.ts'
import { withoutSecrets } from './keys.ts'

/**
 * Chatwoot's Client API over the host's HTTP. The path holds the secrets, so no failure tells it, nor what the server
 * says of it (docs/providers/chatwoot-public.md §1).
 */
export interface Client {
  readonly host: string
  /** One request, whatever its answer's status; throws only where there was no answer. */
  ask(call: Call, signal: AbortSignal): Promise<HttpAnswer>
  /** One request that must succeed. */
  call(call: Call, signal: AbortSignal): Promise<Told>
  failureOf(answer: HttpAnswer, isWrite: boolean): ProviderFailure
}

export interface Call {
  /** What follows the inbox's own address. */
  readonly path: string
  /** POST with a body or a form, else GET. */
  readonly body?: object
  readonly form?: Form
  readonly query?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** As of `HttpRequest`. */
  readonly onLeaving?: () => void
}

export interface Told {
  readonly bytes: Uint8Array
  /** How far the server's clock is ahead of ours, ms; null where it does not say what time it is. */
  readonly aheadMs: number | null
  /** The answer's JSON; throws a ProviderFailure where it is none. */
  json(): unknown
}

const readTimeoutMs = 30_000
/** One answer holds all tickets with all their messages. */
const mostBytes = 64 * 1024 * 1024

export function openClient(parts: {
  readonly http: Http
  readonly clock: Clock
  /** Up to and with the inbox's identifier. */
  readonly url: string
  readonly secrets: readonly string[]
}): Client {
  const { http, clock } = parts
  const { host } = new URL(parts.url)
  const askedNow = (isWrite: boolean): Asked => ({ host, now: clock.now(), isWrite })
  const failureOf: Client['failureOf'] = (answer, isWrite) =>
    kept(failureOfAnswer(answer, askedNow(isWrite)), parts.secrets)

  async function ask(call: Call, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await http.request(
        {
          method: isWrite(call) ? 'POST' : 'GET',
          url: `${parts.url}${call.path}${queryOf(call)}`,
          headers: headersOf(call),
          body: call.form?.bytes ?? (call.body === undefined ? null : JSON.stringify(call.body)),
          timeoutMs: call.timeoutMs ?? readTimeoutMs,
          maxBytes: mostBytes,
          ...(call.onLeaving === undefined ? {} : { onLeaving: call.onLeaving }),
        },
        signal,
      )
    } catch (error) {
      throw kept(failureOfFault(error, askedNow(isWrite(call))), parts.secrets)
    }
  }

  async function callIt(call: Call, signal: AbortSignal): Promise<Told> {
    const answer = await ask(call, signal)
    if (answer.status < 200 || answer.status >= 300) throw failureOf(answer, isWrite(call))
    const asked = askedNow(isWrite(call))
    // The server never says yes with a page: something in between did.
    if (isHtml(answer) && parseJson(answer.bytes) === null) throw unreadable(answer, asked)
    const saidNow = serverNowOf(answer)
    return {
      bytes: answer.bytes,
      aheadMs: saidNow === null ? null : saidNow - asked.now,
      json() {
        const parsed = parseJson(answer.bytes)
        if (parsed === null) throw unreadable(answer, asked)
        return parsed.value
      },
    }
  }

  return { host, ask, call: callIt, failureOf }
}

function isWrite({ body, form }: Call): boolean {
  return body !== undefined || form !== undefined
}

/** Only to who accepts JSON a miss is told as JSON (docs/providers/chatwoot-public.md §4). */
function headersOf({ body, form }: Call): Record<string, string> {
  const contentType = form?.contentType ?? (body === undefined ? null : 'application/json')
  return { Accept: 'application/json', ...(contentType === null ? {} : { 'Content-Type': contentType }) }
}

function queryOf({ query = {} }: Call): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? '' : `?${text}`
}

function kept(failure: ProviderFailure, secrets: readonly string[]): ProviderFailure {
  const { reason } = failure.facts
  if (reason === undefined) return failure
  return new ProviderFailure({
    ...failure,
    facts: { ...failure.facts, reason: withoutSecrets(reason, secrets) },
  })
}
