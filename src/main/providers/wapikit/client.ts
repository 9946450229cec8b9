import { failureOfFault, isHtml, type Asked } from '../../foreign/fault.ts'
import { parseJson } from '../../foreign/read.ts'
import { serverNowOf } from '../../foreign/server-time.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Http, HttpAnswer } from '../../ports/http.ts'
import type { ProviderFailure } from '../provider.ts'
import { failureOfAnswer, unreadable } from './failures.ts'

/** Wapikit's API over the host's HTTP. What is no success leaves as a ProviderFailure. */
export interface Client {
  readonly host: string
  /** One request, whatever its answer's status; throws only where there was no answer. */
  ask(call: Call, signal: AbortSignal): Promise<HttpAnswer>
  /** One request that must succeed. */
  call(call: Call, signal: AbortSignal): Promise<Told>
  /** What such an answer is told as, where it is no success. */
  failureOf(answer: HttpAnswer, call: Call): ProviderFailure
}

export interface Call {
  readonly path: string
  /** Where none is named: POST with a body, else GET. A GET with a body is a write of the main branch (docs/providers/wapikit.md §6.7). */
  readonly method?: 'GET' | 'POST'
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly timeoutMs?: number
  /** As of `HttpRequest`. */
  readonly onLeaving?: () => void
}

export interface Told {
  readonly bytes: Uint8Array
  /** How far the server's clock is ahead of ours, ms; null where it does not say. */
  readonly aheadMs: number | null
  /** The answer's JSON; throws a ProviderFailure where it is none. */
  json(): unknown
}

const readTimeoutMs = 30_000
/** A conversation comes with all it ever held. */
const mostBytes = 64 * 1024 * 1024

export function openClient(parts: { http: Http; clock: Clock; baseUrl: string; key: string | null }): Client {
  const { http, clock, baseUrl } = parts
  const { host } = new URL(baseUrl)
  const askedBy = (call: Call): Asked => ({ host, now: clock.now(), isWrite: isWrite(call) })
  const urlOf = (call: Call): string => addressOf(baseUrl, call)
  const failureOf = (answer: HttpAnswer, call: Call) => failureOfAnswer(answer, askedBy(call), urlOf(call))

  async function ask(call: Call, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await http.request(
        {
          method: methodOf(call),
          url: urlOf(call),
          headers: headersOf(parts.key, call),
          body: call.body === undefined ? null : JSON.stringify(call.body),
          isWrite: isWrite(call),
          timeoutMs: call.timeoutMs ?? readTimeoutMs,
          maxBytes: mostBytes,
          ...(call.onLeaving === undefined ? {} : { onLeaving: call.onLeaving }),
        },
        signal,
      )
    } catch (error) {
      throw failureOfFault(error, askedBy(call))
    }
  }

  async function callIt(call: Call, signal: AbortSignal): Promise<Told> {
    const answer = await ask(call, signal)
    if (answer.status < 200 || answer.status >= 300) throw failureOf(answer, call)
    const asked = askedBy(call)
    // The server never says yes with a page: the route is missing there, or something in between answered.
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

/** What comes with a body changes something, whatever it is called. */
function isWrite(call: Call): boolean {
  return call.body !== undefined || methodOf(call) !== 'GET'
}

function methodOf(call: Call): 'GET' | 'POST' {
  return call.method ?? (call.body === undefined ? 'GET' : 'POST')
}

/** Its pages name another header, which no server reads (docs/providers/wapikit.md §2). */
function headersOf(key: string | null, call: Call): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(key === null ? {} : { [keyHeader]: key }),
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  }
}

export const keyHeader = 'x-access-token'

function addressOf(baseUrl: string, call: Call): string {
  const query = new URLSearchParams(
    Object.entries(call.query ?? {}).map(([name, value]) => [name, String(value)]),
  )
  return `${baseUrl}${call.path}${query.size === 0 ? '' : `?${query.toString()}`}`
}
