import { failureOfFault, type Asked } from '../../foreign/fault.ts'
import { numberOrNull, parseJson } from '../../foreign/read.ts'
import { serverNowOf } from '../../foreign/server-time.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../ports/http.ts'
import { ProviderFailure } from '../provider.ts'
import {
  coolDownMs,
  failureOfAnswer,
  isQuietNo,
  quietNo,
  stillQueued,
  unreadable,
  type CallKind,
} from './failures.ts'
import { createPace, type Pace } from './pace.ts'
import { watchBucket, type BucketWatch } from './shared-bucket.ts'

/** Aelyst's API over the host's HTTP, at the pace a workspace bears. What is no success leaves as a ProviderFailure. */
export interface Client {
  readonly host: string
  call(call: Call, signal: AbortSignal): Promise<Told>
}

export interface Call {
  readonly path: string
  /** Where none is named: POST with a body, else GET. */
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** Where none is named: a GET is a read, all else an order. */
  readonly kind?: CallKind
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  /** As of `HttpRequest`. */
  readonly onLeaving?: () => void
}

export interface Told {
  /** The answer's JSON. */
  readonly json: unknown
  /** How far the server's clock is ahead of ours, ms; null where it does not say what time it is. */
  readonly aheadMs: number | null
}

export interface ClientParts {
  readonly http: Http
  readonly clock: Clock
  readonly baseUrl: string
  readonly token: string
  readonly isShared: boolean
  /** All paths of this server turned out to share one bucket. */
  readonly shares: () => void
}

const timeoutMs = 30_000
const mostBytes = 32 * 1024 * 1024
/** So often something queued is asked for again; after that the server's word is the agent's to judge (§5). */
const mostQueued = 3

interface Held extends ClientParts {
  readonly host: string
  readonly pace: Pace
  readonly watch: BucketWatch
  /** How often in a row a path was answered with 449. */
  readonly queued: Map<string, number>
  readonly rests: Map<string, Rest>
  shared: boolean
}

/** Until when nothing is asked of one path, or of all, elapsed ms. */
interface Rest {
  readonly until: number
  readonly failure: ProviderFailure
}

const everywhere = ''

export function openClient(parts: ClientParts): Client {
  const { host } = new URL(parts.baseUrl)
  const held: Held = {
    ...parts,
    ...{ host, pace: createPace(parts.clock, parts.isShared), watch: watchBucket() },
    ...{ queued: new Map(), rests: new Map(), shared: parts.isShared },
  }
  return { host, call: (call, signal) => callIt(held, call, signal) }
}

async function callIt(held: Held, call: Call, signal: AbortSignal): Promise<Told> {
  const { host, clock } = held
  const isWrite = kindOf(call) !== 'read'
  const answer = await request(held, call, signal).catch((error: unknown) => {
    throw failureOfFault(error, { host, now: clock.now(), isWrite })
  })
  const now = clock.now()
  const asked: Asked = { host, now, isWrite }
  if (answer.status < 200 || answer.status >= 300) throw refused(held, call, answer, asked)
  held.queued.delete(call.path)
  const parsed = parseJson(answer.bytes)
  if (parsed === null) throw unreadable(answer, asked)
  if (isQuietNo(parsed.value)) throw quietNo(answer, asked)
  const serverNow = serverNowOf(answer)
  return { json: parsed.value, aheadMs: serverNow === null ? null : serverNow - now }
}

async function request(held: Held, call: Call, signal: AbortSignal): Promise<HttpAnswer> {
  refuseWhileResting(held, call)
  const leave = await held.pace.enter({ path: call.path, isWrite: kindOf(call) !== 'read' }, signal)
  try {
    // While this one waited, another may have been told to rest.
    refuseWhileResting(held, call)
    const at = held.clock.elapsed()
    const answer = await held.http.request(requestOf(held, call), signal)
    heard(held, call, answer, at)
    return answer
  } finally {
    leave()
  }
}

function refuseWhileResting({ clock, rests }: Held, { path }: Call): void {
  const now = clock.elapsed()
  for (const [key, { until }] of rests) if (until <= now) rests.delete(key)
  const rest = rests.get(everywhere) ?? rests.get(path)
  if (rest === undefined) return
  const { kind, code, facts } = rest.failure
  const retryAt = clock.now() + rest.until - now
  throw new ProviderFailure({ kind, code, facts: { ...facts }, retryAt, mayHaveLeft: false })
}

function heard(held: Held, call: Call, answer: HttpAnswer, at: number): void {
  const told = (name: string) => numberOrNull(answer.headers[`x-ratelimit-${name}`])
  const [limit, remaining] = [told('limit'), told('remaining')]
  const isSign = held.watch.heard({ method: methodOf(call), path: call.path, at, limit, remaining })
  if (held.shared || !isSign) return
  held.shared = true
  held.pace.share()
  held.shares()
}

function refused(held: Held, call: Call, answer: HttpAnswer, asked: Asked): ProviderFailure {
  const { path } = call
  const failure = failureOfAnswer(answer, asked, kindOf(call))
  const rest = (key: string, ms: number): void =>
    void held.rests.set(key, { until: held.clock.elapsed() + ms, failure })
  if (failure.kind === 'rateLimited') {
    held.pace.slowDown()
    if (failure.retryAt !== null) rest(held.shared ? everywhere : path, failure.retryAt - asked.now)
  }
  if (answer.status === 403 && failure.kind === 'busy') rest(everywhere, coolDownMs)
  const isQueued = answer.status === 449 && kindOf(call) !== 'message'
  const times = isQueued ? (held.queued.get(path) ?? 0) + 1 : 0
  if (times === 0 || times > mostQueued) held.queued.delete(path)
  else held.queued.set(path, times)
  return times > mostQueued ? stillQueued(answer, asked) : failure
}

function requestOf({ baseUrl, token }: Held, call: Call): HttpRequest {
  return {
    method: methodOf(call),
    url: addressOf(baseUrl, call),
    headers: headersOf(token, call),
    body: call.body === undefined ? null : JSON.stringify(call.body),
    timeoutMs,
    maxBytes: mostBytes,
    ...(call.onLeaving === undefined ? {} : { onLeaving: call.onLeaving }),
  }
}

function methodOf(call: Call): NonNullable<Call['method']> {
  return call.method ?? (call.body === undefined ? 'GET' : 'POST')
}

function kindOf(call: Call): CallKind {
  return call.kind ?? (methodOf(call) === 'GET' ? 'read' : 'order')
}

function headersOf(token: string, { body }: Call): Record<string, string> {
  return {
    Accept: 'application/json',
    Authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  }
}

function addressOf(baseUrl: string, { path, query = {} }: Call): string {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return `${baseUrl}${path}${text.size === 0 ? '' : `?${text.toString()}`}`
}
