import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Agenda, SimulatorClock } from './agenda.ts'
import type { Fault, FaultBoard } from './faults.ts'
import type { SimulatorAnswer } from './router.ts'

/**
 * The generic half of every simulator: a real HTTP server on 127.0.0.1 that lets faults strike, keeps a log of
 * what was asked, and leaves the answers to the provider's half. Paths under `/_scenario/` meet no fault and no log.
 */
export async function startSimulatorServer(parts: SimulatorServerParts): Promise<SimulatorServer> {
  const requests: LoggedRequest[] = []
  const stop = new AbortController()
  const http = createServer((incoming, outgoing) => {
    serve({ incoming, outgoing, parts, requests, stopped: stop.signal }).catch(() =>
      incoming.socket.destroy(),
    )
  })
  // Puma keeps idle connections for 20 s; shorter would turn every poll of a client into a new connection.
  http.keepAliveTimeout = 20_000
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(parts.port, '127.0.0.1', () => resolve())
  })
  return { url: `http://127.0.0.1:${portOf(http)}`, http, requests, close: () => closeServer(http, stop) }
}

export interface SimulatorServerParts {
  readonly port: number
  readonly clock: SimulatorClock
  readonly agenda: Agenda
  readonly faults: FaultBoard
  readonly answer: (request: SimulatorRequest) => SimulatorAnswer
  /** What its answers say the time is; null for nothing. By itself the clock's. */
  readonly date?: () => string | null
}

export interface SimulatorServer {
  readonly url: string
  /** For what shares the port, such as a WebSocket's upgrade. */
  readonly http: Server
  readonly requests: readonly LoggedRequest[]
  close(): Promise<void>
}

export interface SimulatorRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface LoggedRequest {
  readonly method: string
  /** With the query, as it was asked. */
  readonly path: string
  readonly headerNames: readonly string[]
  /** By the simulator's clock, epoch ms. */
  readonly at: number
  /** null while it is unanswered, and for ever where a fault or the server's fall took the answer. */
  status: number | null
  fault: Fault['kind'] | null
}

async function serve(serving: Serving): Promise<void> {
  const { incoming, outgoing, parts, stopped } = serving
  const request = await readRequest(incoming)
  const answer = () => answerSafely(parts, request)
  if (request.path.startsWith('/_scenario/')) return write(outgoing, answer(), parts)
  const logged: LoggedRequest = {
    method: request.method,
    path: incoming.url ?? '/',
    headerNames: Object.keys(request.headers),
    at: parts.clock.now(),
    status: null,
    fault: null,
  }
  serving.requests.push(logged)
  const faults = parts.faults.take(request.method, request.path)
  for (const fault of faults) {
    if (fault.kind === 'latency') await delay(fault.delayMs, undefined, { signal: stopped })
  }
  const fault = faults.find((met) => met.kind !== 'latency')
  if (fault === undefined) {
    finish(outgoing, answer(), parts, logged)
    return
  }
  logged.fault = fault.kind
  await strike(fault, { ...serving, logged, answer })
}

interface Serving {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly parts: SimulatorServerParts
  readonly requests: LoggedRequest[]
  readonly stopped: AbortSignal
}

interface Struck extends Serving {
  readonly logged: LoggedRequest
  readonly answer: () => SimulatorAnswer
}

async function strike(fault: Fault, struck: Struck): Promise<void> {
  const { incoming, outgoing, parts, logged, answer } = struck
  switch (fault.kind) {
    case 'latency':
    case 'hang':
      return
    case 'resetBeforeAccept':
      incoming.socket.resetAndDestroy()
      return
    case 'dropAfterAccept':
      answer()
      incoming.socket.resetAndDestroy()
      return
    case 'acceptThenHang':
      answer()
      return
    case 'acceptLate':
      parts.agenda.after(fault.delayMs, answer)
      incoming.socket.resetAndDestroy()
      return
    case 'answer':
      finish(outgoing, fault.answer, parts, logged)
      return
    case 'junkJson':
      finish(outgoing, { ...answer(), body: '{"data": [}, oops' }, parts, logged)
      return
    case 'halfJson': {
      const whole = answer()
      const half = Buffer.from(whole.body).subarray(0, Math.floor(whole.body.length / 2))
      finish(outgoing, { ...whole, body: half }, parts, logged)
      return
    }
    case 'cutOff':
      cutOff(struck)
      return
    case 'slowDrip':
      await drip(fault, struck)
  }
}

function cutOff({ incoming, outgoing, answer, parts, logged }: Struck): void {
  const whole = answer()
  if (whole.isDropped === true) return finish(outgoing, whole, parts, logged)
  const bytes = Buffer.from(whole.body)
  writeHead(outgoing, whole, bytes.length, parts)
  logged.status = whole.status
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => incoming.socket.destroy())
}

async function drip(fault: Fault & { kind: 'slowDrip' }, struck: Struck): Promise<void> {
  const { outgoing, answer, parts, logged, stopped } = struck
  const whole = answer()
  if (whole.isDropped === true) return finish(outgoing, whole, parts, logged)
  const bytes = Buffer.from(whole.body)
  writeHead(outgoing, whole, bytes.length, parts)
  logged.status = whole.status
  for (let sent = 0; sent < bytes.length && !outgoing.destroyed; sent += fault.bytesPerChunk) {
    outgoing.write(bytes.subarray(sent, sent + fault.bytesPerChunk))
    await delay(fault.everyMs, undefined, { signal: stopped })
  }
  outgoing.end()
}

function finish(
  outgoing: ServerResponse,
  answer: SimulatorAnswer,
  parts: SimulatorServerParts,
  logged: LoggedRequest,
): void {
  logged.status = answer.isDropped === true ? null : answer.status
  write(outgoing, answer, parts)
}

function write(outgoing: ServerResponse, answer: SimulatorAnswer, parts: SimulatorServerParts): void {
  if (answer.isDropped === true) return void outgoing.socket?.destroy()
  const bytes = Buffer.from(answer.body)
  if (answer.goOn === undefined) {
    writeHead(outgoing, answer, bytes.length, parts)
    outgoing.end(bytes)
    return
  }
  writeHead(outgoing, answer, null, parts)
  outgoing.write(bytes)
  answer.goOn({
    write: (text) => void outgoing.write(text),
    end: () => void outgoing.end(),
    onClosed: (closed) => void outgoing.once('close', closed),
  })
}

/** The Date is the simulated world's, so that clock skew can be simulated too. */
function writeHead(
  outgoing: ServerResponse,
  answer: SimulatorAnswer,
  length: number | null,
  { clock, date }: SimulatorServerParts,
): void {
  const told = date === undefined ? new Date(clock.now()).toUTCString() : date()
  // Node would tell the real time by itself.
  outgoing.sendDate = false
  const dated = told === null ? {} : { date: told }
  const measured = length === null ? {} : { 'content-length': String(length) }
  outgoing.writeHead(answer.status, { ...dated, ...answer.headers, ...measured })
}

/** A mistake in a simulator must not pass for the provider's own 500: the header names it. */
function answerSafely(parts: SimulatorServerParts, request: SimulatorRequest): SimulatorAnswer {
  try {
    return parts.answer(request)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    return { status: 500, headers: { 'x-simulator-bug': encodeURIComponent(what) }, body: '' }
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SimulatorRequest> {
  const body = await readAll(incoming)
  const url = new URL(`http://simulator${incoming.url?.startsWith('/') === true ? incoming.url : '/'}`)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  const method = incoming.method ?? 'GET'
  return { method, path: url.pathname, query: url.searchParams, headers, body }
}

function readAll(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    incoming.once('end', () => resolve(Buffer.concat(chunks)))
    incoming.once('error', reject)
  })
}

function portOf(http: Server): number {
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('The simulator has no port.')
  return address.port
}

async function closeServer(http: Server, stop: AbortController): Promise<void> {
  stop.abort()
  const closed = new Promise<void>((resolve) => http.close(() => resolve()))
  http.closeAllConnections()
  await closed
}
