import type { Clock } from '../../ports/clock.ts'
import type { Http, HttpAnswer } from '../../ports/http.ts'
import { failureOfAnswer, failureOfFault, unreadable, type Asked } from './failures.ts'
import { parseJson } from './read.ts'
import { serverNowOf } from './server-time.ts'

/** Chatwoot's Application API over the host's HTTP. What is no success leaves as a ProviderFailure. */
export interface Client {
  readonly host: string
  /** One request, whatever its answer's status; throws only where there was no answer. */
  ask(call: Call, signal: AbortSignal): Promise<HttpAnswer>
  /** One request that must succeed. */
  call(call: Call, signal: AbortSignal): Promise<Told>
}

export interface Call {
  readonly path: string
  /** Where none is named: POST with a body, else GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Never with an empty value: to the server that is a value nothing matches (docs/providers/chatwoot.md §1.3). */
  readonly query?: Readonly<Record<string, string | number | readonly (string | number)[]>>
  /** Sent as JSON. */
  readonly body?: unknown
  readonly timeoutMs?: number
}

export interface Told {
  readonly bytes: Uint8Array
  /** The server's clock when it began to answer, epoch ms; ours where it does not say. */
  readonly serverAt: number
  /** How far its clock is ahead of ours, ms. */
  readonly aheadMs: number
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

  async function ask(call: Call, signal: AbortSignal): Promise<HttpAnswer> {
    const hasBody = call.body !== undefined
    try {
      return await http.request(
        {
          method: methodOf(call),
          url: addressOf(baseUrl, call),
          headers: headersOf(parts.token, hasBody),
          body: hasBody ? JSON.stringify(call.body) : null,
          timeoutMs: call.timeoutMs ?? readTimeoutMs,
          maxBytes: mostBytes,
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
    const serverNow = serverNowOf(answer) ?? now
    return {
      bytes: answer.bytes,
      serverAt: serverNow - (now - startedAt),
      aheadMs: serverNow - now,
      json: () => jsonOf(answer, asked),
    }
  }

  return { host, ask, call: callIt }
}

function methodOf(call: Call): NonNullable<Call['method']> {
  return call.method ?? (call.body === undefined ? 'GET' : 'POST')
}

/**
 * The header with dashes means the same to the server as the documented one with underscores, which common proxies
 * drop (docs/providers/chatwoot.md §0.2).
 */
function headersOf(token: string | null, hasBody: boolean): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(token === null ? {} : { 'Api-Access-Token': token }),
    ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
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
