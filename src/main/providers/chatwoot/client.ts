import type { Clock } from '../../ports/clock.ts'
import type { Http, HttpAnswer } from '../../ports/http.ts'
import { failureOfFault, isHtml, type Asked } from '../../foreign/fault.ts'
import { failureOfAnswer, unreadable } from './failures.ts'
import type { Form } from '../../foreign/multipart.ts'
import { parseJson } from '../../foreign/read.ts'
import { serverNowOf } from '../../foreign/server-time.ts'

/** Chatwoot's Application API over the host's HTTP. What is no success leaves as a ProviderFailure. */
export interface Client {
  readonly host: string
  /** One request, whatever its answer's status; throws only where there was no answer. */
  ask(call: Call, signal: AbortSignal): Promise<HttpAnswer>
  /** One request that must succeed. */
  call(call: Call, signal: AbortSignal): Promise<Told>
  /** Bytes to an address the server named. It may be somebody else's, so our token does not go there. */
  put(upload: Upload, signal: AbortSignal): Promise<void>
  /** The server's clock as its last answer told it, epoch ms; ours before the first. */
  serverNow(): number
}

export interface Call {
  readonly path: string
  /** Where none is named: POST with a body, else GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Never with an empty value: to the server that is a value nothing matches (docs/providers/chatwoot.md §1.3). */
  readonly query?: Readonly<Record<string, string | number | readonly (string | number)[]>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is. */
  readonly form?: Form
  readonly timeoutMs?: number
  /** As of `HttpRequest`. */
  readonly onLeaving?: () => void
}

export interface Upload {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  readonly timeoutMs: number
}

export interface Told {
  readonly bytes: Uint8Array
  /** The server's clock when it began to answer, epoch ms; ours where it does not say. */
  readonly serverAt: number
  /** How far its clock is ahead of ours, ms. */
  readonly aheadMs: number
  /** Whether it said what time it is; else its clock is taken for ours. */
  readonly isDated: boolean
  /** The answer's JSON; throws a ProviderFailure where it is none. */
  json(): unknown
}

const readTimeoutMs = 30_000
/** A page of conversations is well below a megabyte; what came together during a long absence may be many pages. */
const mostBytes = 64 * 1024 * 1024

export function openClient(parts: {
  http: Http
  clock: Clock
  baseUrl: string
  token: string | null
}): Client {
  const { http, clock, baseUrl } = parts
  const { host } = new URL(baseUrl)
  let lastAheadMs = 0

  async function ask(call: Call, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await http.request(
        {
          method: methodOf(call),
          url: addressOf(baseUrl, call),
          headers: headersOf(parts.token, call),
          body: call.form?.bytes ?? (call.body === undefined ? null : JSON.stringify(call.body)),
          timeoutMs: call.timeoutMs ?? readTimeoutMs,
          maxBytes: mostBytes,
          ...(call.onLeaving === undefined ? {} : { onLeaving: call.onLeaving }),
        },
        signal,
      )
    } catch (error) {
      throw failureOfFault(error, { host, now: clock.now(), isWrite: methodOf(call) !== 'GET' })
    }
  }

  async function callIt(call: Call, signal: AbortSignal): Promise<Told> {
    const startedAt = clock.now()
    const answer = await ask(call, signal)
    const now = clock.now()
    const asked: Asked = { host, now, isWrite: methodOf(call) !== 'GET' }
    if (answer.status < 200 || answer.status >= 300) throw failureOfAnswer(answer, asked)
    // The server never says yes with a page: something in between did.
    if (isHtml(answer) && parseJson(answer.bytes) === null) throw unreadable(answer, asked)
    const saidNow = serverNowOf(answer)
    const serverNow = saidNow ?? now
    lastAheadMs = serverNow - now
    return {
      bytes: answer.bytes,
      serverAt: serverNow - (now - startedAt),
      aheadMs: serverNow - now,
      isDated: saidNow !== null,
      json: () => jsonOf(answer, asked),
    }
  }

  async function put({ url, headers, bytes, timeoutMs }: Upload, signal: AbortSignal): Promise<void> {
    const asked: Asked = { host: new URL(url).host, now: clock.now(), isWrite: true }
    try {
      const request = { method: 'PUT', url, headers, body: bytes, timeoutMs, maxBytes: mostBytes } as const
      const answer = await http.request(request, signal)
      // Whoever keeps the files knows nothing of our token: its 401 is a refusal of this upload.
      const said = answer.status === 401 ? { ...answer, status: 403 } : answer
      if (said.status < 200 || said.status >= 300) throw failureOfAnswer(said, asked)
    } catch (error) {
      throw failureOfFault(error, asked)
    }
  }

  return { host, ask, call: callIt, put, serverNow: () => clock.now() + lastAheadMs }
}

function methodOf(call: Call): NonNullable<Call['method']> {
  return call.method ?? (call.body === undefined && call.form === undefined ? 'GET' : 'POST')
}

/**
 * The header with dashes means the same to the server as the documented one with underscores, which common proxies
 * drop (docs/providers/chatwoot.md §0.2).
 */
function headersOf(token: string | null, call: Call): Record<string, string> {
  const contentType = call.form?.contentType ?? (call.body === undefined ? null : 'application/json')
  return {
    Accept: 'application/json',
    ...(token === null ? {} : { 'Api-Access-Token': token }),
    ...(contentType === null ? {} : { 'Content-Type': contentType }),
  }
}

function addressOf(baseUrl: string, call: Call): string {
  const query = new URLSearchParams(
    Object.entries(call.query ?? {}).flatMap(([name, value]) =>
      [value].flat().map((each) => [name, String(each)]),
    ),
  )
  return `${baseUrl}${call.path}${query.size === 0 ? '' : `?${query.toString()}`}`
}

function jsonOf(answer: HttpAnswer, asked: Asked): unknown {
  const parsed = parseJson(answer.bytes)
  if (parsed === null) throw unreadable(answer, asked)
  return parsed.value
}
