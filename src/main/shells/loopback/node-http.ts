import type { Dispatcher } from 'undici'
import {
  HttpFault,
  mayChange,
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
      if (isDeadSocket(error) && !mayChange(given)) return attempt()
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
  return mayChange(given) ? lanes.writes : lanes.reads
}

/** One request on one connection. Settles at the answer's last byte, the deadline, an abort or a fault. */
function exchange(
  lane: Dispatcher,
  given: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const url = new URL(given.url)
  const outcome = awaited(url.host, timeoutMs, signal)
  const request = {
    origin: url.origin,
    path: url.pathname + url.search,
    method: given.method,
    headers: { 'accept-encoding': 'gzip, br', ...given.headers },
    body: given.body,
    // A write's connection ends with its answer, so that no later one is put on it.
    reset: mayChange(given),
    // The whole request has one time-out of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  }
  lane.dispatch(request, listenerFor(outcome, given))
  return outcome.promise
}

interface Outcome {
  readonly promise: Promise<HttpAnswer>
  /** The request is about to be written on this connection, unless `onLeaving` throws. */
  begins(controller: Dispatcher.DispatchController, onLeaving: () => void): void
  /** We give it up. */
  stop(kind: HttpFaultKind): void
  succeeds(answer: HttpAnswer): void
  fails(error: Error, hasHead: boolean): void
}

/** What becomes of a request, decided once: whatever is told later is not heard. */
function awaited(host: string, timeoutMs: number, signal: AbortSignal): Outcome {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>()
  let controller: Dispatcher.DispatchController | null = null
  let isSettled = false
  const timer = setTimeout(() => stop('timeout'), Math.max(0, timeoutMs))
  const onAbort = () => stop('aborted')
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()

  function settle(how: () => void): void {
    if (isSettled) return
    isSettled = true
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    how()
  }

  function stop(kind: HttpFaultKind): void {
    settle(() => {
      // A connection is ours from the moment its bytes are written; before that, surely nothing has left.
      const fault = new HttpFault(kind, controller !== null, { host })
      controller?.abort(fault)
      reject(fault)
    })
  }

  return {
    promise,
    stop,
    begins(started, onLeaving) {
      try {
        // What was given up while connecting is never written.
        if (isSettled) throw new HttpFault('aborted', false, { host })
        onLeaving()
        controller = started
      } catch (error) {
        settle(() => reject(error))
        started.abort(new HttpFault('aborted', false, { host }))
      }
    },
    succeeds: (answer) => settle(() => resolve(answer)),
    fails(error, hasHead) {
      const fault = faultOf(error, host, controller !== null)
      const isDead = fault.kind === 'reset' && fault.mayHaveLeft && !hasHead
      settle(() => reject(isDead ? new DeadSocket('reset', true, fault.facts) : fault))
    },
  }
}

/** Collects an answer, of no more than `maxBytes`. */
function listenerFor(outcome: Outcome, { maxBytes, onLeaving }: HttpRequest): Dispatcher.DispatchHandler {
  let head: Pick<HttpAnswer, 'status' | 'headers'> | null = null
  const chunks: Buffer[] = []
  let received = 0
  return {
    // Runs right before the first byte is written.
    onRequestStart: (controller) => outcome.begins(controller, () => onLeaving?.()),
    onResponseStart(_, status, headers) {
      if (status < 200) return
      head = { status, headers: flatHeaders(headers) }
      if (Number(head.headers['content-length'] ?? 0) > maxBytes) outcome.stop('tooLarge')
    },
    onResponseData(_, chunk) {
      received += chunk.length
      if (received > maxBytes) outcome.stop('tooLarge')
      else chunks.push(chunk)
    },
    onResponseEnd() {
      if (head !== null) outcome.succeeds({ ...head, bytes: Buffer.concat(chunks) })
    },
    onResponseError: (_, error) => outcome.fails(error, head !== null),
  }
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
