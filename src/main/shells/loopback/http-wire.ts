import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say, type WordKey } from '../../../shared/words/words.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import { guardHeaders, mediaHeaders, pageFiles, type PageFile } from '../page-files.ts'

/**
 * The wire, the page and foreign media over HTTP for browsers on this computer. Who may speak to it, and how a browser
 * comes by the token without anybody else seeing it, is told in docs/decisions (the loopback shell's link).
 */
export function createHttpWire(parts: HttpWireParts): HttpWire {
  const desk: Desk = {
    ...parts,
    readPage: pageFiles(parts.pagesFolder),
    link: newSecret(),
    onceLinks: new Set(),
    pagePath: `/p/${newSecret()}/`,
    cookie: newSecret(),
    token: newSecret(),
    streams: new Set(),
  }
  return {
    handle(request, response) {
      answer(desk, request, response).catch((error: unknown) => {
        desk.log('loopback.failed', { error: error instanceof Error ? error.name : typeof error })
        if (response.headersSent) response.destroy()
        else refuse(response, 500, 'shell.page.failed')
      })
    },
    linkPath: `/${desk.link}`,
    oneTimeLinkPath() {
      const key = newSecret()
      desk.onceLinks.add(key)
      return `/${key}`
    },
    close() {
      for (const end of desk.streams) end()
    },
  }
}

export interface HttpWireParts {
  readonly engine: Pick<Engine, 'wire' | 'media'>
  readonly clock: Clock
  readonly log: Log
  readonly pagesFolder: string
  /** Changes with every build of the page, so that an open page can tell that it is old. */
  readonly build: string
  /** Known only once the server listens. */
  readonly port: () => number
}

export interface HttpWire {
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Opens the page as often as wanted until the app stops: for the terminal, which only its owner reads. */
  readonly linkPath: string
  /** Opens the page once: for a browser's command line, which every user of this computer can read. */
  oneTimeLinkPath(): string
  /** Ends what streams, so that the server can close. */
  close(): void
}

interface Desk extends HttpWireParts {
  readonly readPage: (urlPath: string) => Promise<PageFile | null>
  readonly link: string
  readonly onceLinks: Set<string>
  readonly pagePath: string
  readonly cookie: string
  readonly token: string
  readonly streams: Set<() => void>
}

/** A reply of the longest length, with every character escaped, fits. */
const maxBodyBytes = 2_000_000
const heartbeatMs = 15_000
/** A browser that stopped reading is dropped; it comes back with a gap and asks for a snapshot. */
const maxUnreadBytes = 16_000_000

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(guardHeaders)) response.setHeader(name, value)
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const [, first = '', ...rest] = path.split('/')
  if (!isForUs(desk, request)) return refuse(response, 403, 'shell.page.stranger')
  const verb = first === 'call' ? 'POST' : 'GET'
  if (request.method !== verb) {
    response.setHeader('allow', verb)
    return refuse(response, 405, 'shell.page.wrongMethod')
  }
  if (first === 'call') return answerCall(desk, rest.join('/'), request, response)
  if (first === 'events') return answerEvents(desk, request, response)
  if (first === 'media') return answerMedia(desk, rest.join('/'), request, response)
  if (path.startsWith(desk.pagePath))
    return answerPage(desk, path.slice(desk.pagePath.length - 1), request, response)
  return answerLink(desk, first, request, response)
}

/** A page elsewhere may make a browser knock here, under our name or a name of its own that leads here. */
function isForUs(desk: Desk, request: IncomingMessage): boolean {
  const { host, origin } = request.headers
  if (host !== `127.0.0.1:${desk.port()}` && host !== `localhost:${desk.port()}`) return false
  return origin === undefined || origin === `http://${host}`
}

/** Asked by our own page, or by something that is no browser. */
function isSameOrigin(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin'
}

function hasToken(desk: Desk, request: IncomingMessage): boolean {
  const given = request.headers['x-tuntas-token']
  return isSameOrigin(request) && typeof given === 'string' && isSameSecret(given, desk.token)
}

async function answerCall(
  desk: Desk,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!hasToken(desk, request)) return refuse(response, 401, 'shell.page.stranger')
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    return sendBadInput(response, 415)
  const body = await readBody(request)
  if (body === null) {
    response.setHeader('connection', 'close')
    return sendBadInput(response, 413)
  }
  const input = parseJson(body)
  if (input === undefined) return sendBadInput(response, 400)
  sendJson(response, 200, await desk.engine.wire.call(name, input))
}

function answerEvents(desk: Desk, request: IncomingMessage, response: ServerResponse): void {
  if (!hasToken(desk, request)) return refuse(response, 401, 'shell.page.stranger')
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const write = (line: string): void => {
    if (response.writableLength > maxUnreadBytes) response.destroy()
    else response.write(`${line}\n\n`)
  }
  write(`data: ${JSON.stringify({ name: 'hello', payload: { build: desk.build } })}`)
  const end = (): void => void response.end()
  const stopListening = desk.engine.wire.listen((event) => write(`data: ${JSON.stringify(event)}`), end)
  let stopBeating = desk.clock.after(heartbeatMs, beat)
  function beat(): void {
    write(': still here')
    stopBeating = desk.clock.after(heartbeatMs, beat)
  }
  desk.streams.add(end)
  response.once('close', () => {
    stopListening()
    stopBeating()
    desk.streams.delete(end)
  })
}

async function answerMedia(
  desk: Desk,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isSameOrigin(request)) return refuse(response, 403, 'shell.page.stranger')
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const media = await desk.engine.media(id, gone.signal)
  if (media === null) return refuse(response, 404, 'shell.page.notFound')
  response.writeHead(200, mediaHeaders(media)).end(media.bytes)
}

async function answerPage(
  desk: Desk,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const cookie = /(?:^|;\s*)tuntas=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  if (!isSameSecret(cookie, desk.cookie)) return refuse(response, 403, 'shell.page.useLink')
  const isIndex = path === '/'
  const file = await desk.readPage(isIndex ? '/index.html' : path)
  if (file === null) return refuse(response, 404, 'shell.page.notFound')
  const bytes = isIndex ? file.bytes.toString().replace('__TUNTAS_TOKEN__', desk.token) : file.bytes
  response.writeHead(200, { 'content-type': file.contentType }).end(bytes)
}

function answerLink(desk: Desk, key: string, request: IncomingMessage, response: ServerResponse): void {
  if (key === '') return refuse(response, 403, 'shell.page.useLink')
  const isRight = isSameSecret(key, desk.link) || desk.onceLinks.delete(key)
  if (!isRight) return refuse(response, 404, 'shell.page.useLink')
  response.setHeader('set-cookie', `tuntas=${desk.cookie}; Path=${desk.pagePath}; HttpOnly; SameSite=Strict`)
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'none') {
    response.writeHead(303, { location: desk.pagePath }).end()
    return
  }
  // Clicked in another page: a strict cookie does not survive a redirect from there, only a step of our own.
  const refresh = `<meta http-equiv="refresh" content="0; url=${desk.pagePath}">`
  sendHtml(response, 200, refresh, say('shell.page.opening'))
}

/** The whole body, or null where it is larger than any command. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function sendBadInput(response: ServerResponse, status: number): void {
  const failure: Failure = { code: 'badInput', facts: { field: 'body' }, retryAt: null }
  sendJson(response, status, { ok: false, failure })
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function refuse(response: ServerResponse, status: number, words: WordKey): void {
  sendHtml(response, status, '', say(words))
}

function sendHtml(response: ServerResponse, status: number, head: string, sentence: string): void {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">${head}<title>Tuntas</title></head><body><p>${sentence}</p></body></html>`
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page)
}

function newSecret(): string {
  return randomBytes(24).toString('base64url')
}

/** In constant time: the digests have one length whatever was given. */
function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
