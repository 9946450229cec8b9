import type { Dispatcher } from 'undici'
import {
  HttpFault,
  type Http,
  type HttpAnswer,
  type HttpFaultKind,
  type HttpRequest,
} from '../../ports/http.ts'
import { decodeBody } from './decode-body.ts'
import { faultOf } from './http-fault-of.ts'
import type { Lanes, LaneOptions } from './http-lanes.ts'

/**
 * HTTP of plain Node: keep-alive, the proxies of the environment, this computer's trusted authorities, true causes.
 * Nothing is loaded before the first request; `close` ends what still runs as `aborted`.
 */
export function nodeHttp(options: LaneOptions = {}): Http & { close(): Promise<void> } {
  let opening: Promise<Lanes> | null = null
  let isClosed = false

  async function request(given: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const host = hostOf(given.url)
    const deadline = performance.now() + given.timeoutMs
    if (isClosed || signal.aborted) throw new HttpFault('aborted', false, { host })
    opening ??= import('./http-lanes.ts').then(({ openLanes }) => openLanes(options))
    const lanes = await opening.catch((error: unknown) => {
      opening = null
      throw faultOf(error, host, false)
    })
    const attempt = () => exchange(laneFor(given, lanes), given, deadline - performance.now(), signal)
    const answer = await attempt().catch((error: unknown) => {
      if (isDeadSocket(error) && given.method === 'GET') return attempt()
      throw error
    })
    return { ...answer, ...(await decodeBody(answer, given.maxBytes, host)) }
  }

  async function close(): Promise<void> {
    isClosed = true
    await (await opening?.catch(() => null))?.close()
  }

  return { request, close }
}

/** The connection ended before a first byte of the answer: mostly one the server had dropped while it was idle. */
class DeadSocket extends HttpFault {}

function isDeadSocket(error: unknown): boolean {
  return error instanceof DeadSocket
}

function laneFor(given: HttpRequest, lanes: Lanes): Dispatcher {
  return given.method === 'GET' ? lanes.reads : lanes.writes
}

/** One request on one connection. Settles at the answer's last byte, the deadline, an abort or a fault. */
function exchange(
  lane: Dispatcher,
  given: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const url = new URL(given.url)
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>()
  let controller: Dispatcher.DispatchController | null = null
  let head: Pick<HttpAnswer, 'status' | 'headers'> | null = null
  let isSettled = false
  const chunks: Buffer[] = []
  let received = 0

  const timer = setTimeout(() => stop('timeout'), Math.max(0, timeoutMs))
  const onAbort = () => stop('aborted')
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()

  function settle(): void {
    isSettled = true
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }

  function stop(kind: HttpFaultKind): void {
    if (isSettled) return
    settle()
    // A connection is ours from the moment its bytes are written; before that, surely nothing has left.
    const fault = new HttpFault(kind, controller !== null, { host: url.host })
    controller?.abort(fault)
    reject(fault)
  }

  lane.dispatch(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      method: given.method,
      headers: { 'accept-encoding': 'gzip, br', ...given.headers },
      body: given.body,
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    {
      onRequestStart(started) {
        // Runs right before the first byte: what was given up while connecting is never written.
        if (isSettled) started.abort(new HttpFault('aborted', false, { host: url.host }))
        else controller = started
      },
      onResponseStart(_, status, headers) {
        if (status < 200) return
        head = { status, headers: flatHeaders(headers) }
        if (Number(head.headers['content-length'] ?? 0) > given.maxBytes) stop('tooLarge')
      },
      onResponseData(_, chunk) {
        received += chunk.length
        if (received > given.maxBytes) stop('tooLarge')
        else chunks.push(chunk)
      },
      onResponseEnd() {
        if (isSettled || head === null) return
        settle()
        resolve({ ...head, bytes: Buffer.concat(chunks) })
      },
      onResponseError(_, error) {
        if (isSettled) return
        settle()
        const fault = faultOf(error, url.host, controller !== null)
        const isDead = fault.kind === 'reset' && fault.mayHaveLeft && head === null
        reject(isDead ? new DeadSocket('reset', true, fault.facts) : fault)
      },
    },
  )
  return promise
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
