import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates, type Certificates, type KeyPair } from '../../../../tests/support/certificates.ts'
import { HttpFault, type Http, type HttpRequest } from '../../ports/http.ts'
import type { LaneOptions } from './http-lanes.ts'
import { nodeHttp } from './node-http.ts'

const ends: (() => Promise<unknown> | void)[] = []
const never = new AbortController().signal

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

describe('answers', () => {
  it('hands over status, lower-case headers and bytes of any answer', async () => {
    const url = await serve((_, response) => {
      response.writeHead(418, { 'X-Kind': 'Teapot' }).end('short and stout')
    })
    const answer = await open().request(get(url), never)
    expect(answer.status).toBe(418)
    expect(answer.headers['x-kind']).toBe('Teapot')
    expect(textOf(answer.bytes)).toBe('short and stout')
  })

  it('sends method, path, query, headers and body as given', async () => {
    const url = await serve(async (request, response) => {
      const chunks = await request.toArray()
      response.end(
        `${request.method} ${request.url} ${request.headers['x-mark']} ${Buffer.concat(chunks).toString()}`,
      )
    })
    const answer = await open().request(
      { ...post(`${url}/a/b?c=d`, 'héllo'), headers: { 'X-Mark': 'm' } },
      never,
    )
    expect(textOf(answer.bytes)).toBe('POST /a/b?c=d m héllo')
  })

  it('says that a request leaves when it is connected, before the server has a byte of it', async () => {
    const seen: string[] = []
    const url = await serve((_, response) => {
      seen.push('arrived')
      response.end()
    })
    await open().request({ ...post(url, 'hello'), onLeaving: () => seen.push('leaves') }, never)
    expect(seen).toEqual(['leaves', 'arrived'])
  })

  it('does not say that anything leaves where there is no connection', async () => {
    const seen: string[] = []
    const away = open().request(
      { ...post('http://127.0.0.1:1', 'hello'), onLeaving: () => seen.push('leaves') },
      never,
    )
    await expect(away).rejects.toMatchObject({ kind: 'refused', mayHaveLeft: false })
    expect(seen).toEqual([])
  })

  it('lets nothing leave where that cannot be written down, and goes on', async () => {
    let arrived = 0
    const url = await serve((_, response) => {
      arrived += 1
      response.end()
    })
    const http = open()
    const full = new Error('the disk is full')
    const onLeaving = (): void => {
      throw full
    }
    await expect(http.request({ ...post(url, 'hello'), onLeaving }, never)).rejects.toBe(full)
    await http.request(post(url, 'hello'), never)
    expect(arrived).toBe(1)
  })

  it('never follows a redirect', async () => {
    const url = await serve((_, response) => void response.writeHead(302, { location: '/elsewhere' }).end())
    expect(await open().request(get(url), never)).toMatchObject({
      status: 302,
      headers: { location: '/elsewhere' },
    })
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('unfolds %s', async (encoding, compress) => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress('folded words'))
    })
    expect(textOf((await open().request(get(url), never)).bytes)).toBe('folded words')
  })

  it('refuses a body that is too large, told beforehand, while it comes, or once unfolded', async () => {
    const large = Buffer.alloc(20_000, 'a')
    const told = await serve((_, response) => void response.end(large))
    const untold = await serve((_, response) => {
      response.write(large.subarray(0, 10))
      response.end(large)
    })
    const folded = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(large))
    })
    for (const url of [told, untold, folded]) {
      expect(await faultOf(open(), { ...get(url), maxBytes: 5_000 })).toMatchObject({
        kind: 'tooLarge',
        mayHaveLeft: true,
      })
    }
  })

  it('names a damaged body', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not folded at all')
    })
    expect(await faultOf(open(), get(url))).toMatchObject({ kind: 'reset', mayHaveLeft: true })
  })
})

describe('connections', () => {
  it('are kept for a later read', async () => {
    const { url, connections } = await serveCounting((_, response) => void response.end('x'))
    const http = open()
    await http.request(get(url), never)
    await nextTurn()
    await http.request(get(url), never)
    expect(connections()).toBe(1)
  })

  it('that were used never carry a write', async () => {
    const { url, connections } = await serveCounting((_, response) => void response.end('x'))
    const http = open()
    for (const request of [get(url), post(url), post(url)]) {
      await http.request(request, never)
      await nextTurn()
    }
    expect(connections()).toBe(3)
  })

  it('are tried once more for a read whose kept connection turns out dead', async () => {
    let count = 0
    const url = await serve((request, response) => {
      count += 1
      if (count === 2) request.socket.resetAndDestroy()
      else response.end('alive')
    })
    const http = open()
    await http.request(get(url), never)
    expect(textOf((await http.request(get(url), never)).bytes)).toBe('alive')
    expect(count).toBe(3)
  })

  it('are never tried again for a write', async () => {
    let count = 0
    const url = await serve((request) => {
      count += 1
      request.socket.resetAndDestroy()
    })
    expect(await faultOf(open(), post(url))).toMatchObject({ kind: 'reset', mayHaveLeft: true })
    expect(count).toBe(1)
  })
})

describe('a GET that changes something', () => {
  it('goes with its body, on a connection of its own', async () => {
    const { url, connections } = await serveCounting(async (request, response) => {
      const chunks = await request.toArray()
      response.end(
        `${request.method} ${request.headers['content-length']} ${Buffer.concat(chunks).toString()}`,
      )
    })
    const http = open()
    const change: HttpRequest = { ...get(url), body: '{"to":"é"}', isWrite: true }
    for (const request of [get(url), change, change]) {
      expect(textOf((await http.request(request, never)).bytes)).toMatch(
        request === change ? /^GET 11 {"to":"é"}$/ : /^GET/,
      )
      await nextTurn()
    }
    expect(connections()).toBe(3)
  })

  it('is never made twice', async () => {
    let count = 0
    const url = await serve((request) => {
      count += 1
      request.socket.resetAndDestroy()
    })
    const change: HttpRequest = { ...get(url), body: '{}', isWrite: true }
    expect(await faultOf(open(), change)).toMatchObject({ kind: 'reset', mayHaveLeft: true })
    expect(count).toBe(1)
  })
})

describe('faults', () => {
  it('a refused connection: nothing left', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`
    expect(await faultOf(open(), post(url))).toMatchObject({ kind: 'refused', mayHaveLeft: false })
  })

  it('a name nobody has: nothing left', async () => {
    const fault = await faultOf(open(), post('http://nobody.invalid/x'))
    expect(fault.mayHaveLeft).toBe(false)
    // A machine without any resolver cannot even ask.
    expect(['dns', 'offline']).toContain(fault.kind)
    expect(fault.facts['host']).toBe('nobody.invalid')
  })

  it('a connection cut within the answer: it may have left', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.socket?.resetAndDestroy())
    })
    expect(await faultOf(open(), get(url))).toMatchObject({ kind: 'reset', mayHaveLeft: true })
  })

  it('an answer that is not HTTP: it may have left', async () => {
    const url = await serveRaw((socket) => socket.once('data', () => socket.end('SSH-2.0-Example\r\n')))
    expect(await faultOf(open(), post(url))).toMatchObject({ kind: 'reset', mayHaveLeft: true })
  })

  it('no answer in time: it may have left', async () => {
    const url = await serve(() => undefined)
    expect(await faultOf(open(), { ...post(url), timeoutMs: 150 })).toMatchObject({
      kind: 'timeout',
      mayHaveLeft: true,
    })
  })

  it('an answer that never ends counts as none in time', async () => {
    const url = await serve((_, response) => void response.write('and'))
    expect(await faultOf(open(), { ...get(url), timeoutMs: 150 })).toMatchObject({
      kind: 'timeout',
      mayHaveLeft: true,
    })
  })

  it('no secure connection in time: nothing left, then or later', async () => {
    let socket: Socket | null = null
    const url = await serveRaw((accepted) => void (socket = accepted))
    const fault = await faultOf(open(), { ...post(url.replace('http:', 'https:')), timeoutMs: 1_500 })
    expect(fault).toMatchObject({ kind: 'timeout', mayHaveLeft: false })
    expect(socket).not.toBeNull()
  })

  it('no secure connection within the connect time-out: nothing left', async () => {
    const url = await serveRaw(() => undefined)
    const fault = await faultOf(open({ connectTimeoutMs: 1_000 }), post(url.replace('http:', 'https:')))
    expect(fault).toMatchObject({ kind: 'timeout', mayHaveLeft: false })
  })
})

describe('giving up', () => {
  it('before anything was sent', async () => {
    expect(await faultOf(open(), get('http://127.0.0.1:1'), AbortSignal.abort())).toMatchObject({
      kind: 'aborted',
      mayHaveLeft: false,
    })
  })

  it('while the server thinks: it may have left, and the connection ends', async () => {
    const aborter = new AbortController()
    const gone = Promise.withResolvers<void>()
    const url = await serve((request) => {
      request.on('close', gone.resolve)
      aborter.abort()
    })
    expect(await faultOf(open(), post(url), aborter.signal)).toMatchObject({
      kind: 'aborted',
      mayHaveLeft: true,
    })
    await gone.promise
  })

  it('while connecting: nothing left, not even once the connection is there', async () => {
    const aborter = new AbortController()
    const { url, release, heard } = await serveSlowHandshake()
    const failing = faultOf(open({ trust: [certificates.authority] }), post(url), aborter.signal)
    await release.reached
    aborter.abort()
    expect(await failing).toMatchObject({ kind: 'aborted', mayHaveLeft: false })
    release.go()
    await release.ended
    expect(heard()).toBe(0)
  })

  it('on close, and for good', async () => {
    const reached = Promise.withResolvers<void>()
    const url = await serve(() => reached.resolve())
    const http = open()
    const failing = faultOf(http, get(url))
    await reached.promise
    await http.close()
    expect(await failing).toMatchObject({ kind: 'aborted' })
    expect(await faultOf(http, get(url))).toMatchObject({ kind: 'aborted', mayHaveLeft: false })
  })
})

let certificates: Certificates

describe('certificates', () => {
  it('of an authority this computer trusts are fine', async () => {
    const url = await serveSecurely(certificates.good)
    const answer = await open({ trust: [certificates.authority] }).request(get(url), never)
    expect(textOf(answer.bytes)).toBe('secret')
  })

  it.each([
    ['expired', 'expired'],
    ['wrongHost', 'wrong host'],
    ['selfSigned', 'self-signed'],
  ] as const)('%s are refused before anything leaves', async (which, reason) => {
    const url = await serveSecurely(certificates[which])
    const fault = await faultOf(open({ trust: [certificates.authority] }), post(url))
    expect(fault).toMatchObject({ kind: 'tls', mayHaveLeft: false, facts: { reason } })
  })

  it('of an unknown authority are refused, and it is named', async () => {
    const fault = await faultOf(open(), post(await serveSecurely(certificates.good)))
    expect(fault).toMatchObject({
      kind: 'tls',
      mayHaveLeft: false,
      facts: { reason: 'unknown issuer', issuer: 'Example Authority' },
    })
  })

  it('cannot be had where no encryption is spoken', async () => {
    const url = await serve((_, response) => void response.end())
    const fault = await faultOf(open(), post(url.replace('http:', 'https:')))
    expect(fault).toMatchObject({
      kind: 'tls',
      mayHaveLeft: false,
      facts: { reason: 'no encryption spoken there' },
    })
  })
})

describe('proxies', () => {
  it('of the environment are used', async () => {
    const target = await serveSecurely(certificates.good)
    const proxy = await serveProxy(new URL(target).port)
    const http = open({ env: { https_proxy: proxy.url }, trust: [certificates.authority] })
    // The certificate is for another name than the one asked for: it shows that TLS goes through to the server.
    const fault = await faultOf(http, get('https://behind.example.com/'))
    expect(fault).toMatchObject({ kind: 'tls', mayHaveLeft: false, facts: { reason: 'wrong host' } })
    expect(proxy.asked()).toEqual(['behind.example.com:443'])
  })

  it('are not used for this computer', async () => {
    const url = await serve((_, response) => void response.end('direct'))
    const http = open({ env: { http_proxy: `http://127.0.0.1:${await closedPort()}` } })
    expect(textOf((await http.request(get(url), never)).bytes)).toBe('direct')
  })

  it('that cannot be reached are named as the cause', async () => {
    const http = open({ env: { http_proxy: `http://127.0.0.1:${await closedPort()}` } })
    expect(await faultOf(http, post('http://behind.example.com/'))).toMatchObject({
      kind: 'proxy',
      mayHaveLeft: false,
      facts: { reason: 'refused' },
    })
  })

  it('that want a sign-in are named as the cause', async () => {
    const proxy = await serveProxy('0', 407)
    const fault = await faultOf(
      open({ env: { HTTPS_PROXY: proxy.url } }),
      post('https://behind.example.com/'),
    )
    expect(fault).toMatchObject({ kind: 'proxy', mayHaveLeft: false })
    expect(fault.facts['reason']).toContain('407')
  })

  it('that hang up are named as the cause', async () => {
    const url = await serveRaw((socket) => socket.once('data', () => socket.end()))
    const fault = await faultOf(open({ env: { https_proxy: url } }), post('https://behind.example.com/'))
    expect(fault).toMatchObject({ kind: 'proxy', mayHaveLeft: false })
  })

  it('with a broken address are named as the cause', async () => {
    const fault = await faultOf(
      open({ env: { https_proxy: 'not an address' } }),
      get('https://behind.example.com/'),
    )
    expect(fault).toMatchObject({ kind: 'proxy', mayHaveLeft: false })
  })
})

beforeAll(() => {
  certificates = makeCertificates()
})

function open(options: LaneOptions = {}): Http & { close(): Promise<void> } {
  const http = nodeHttp({ env: {}, ...options })
  ends.push(() => http.close())
  return http
}

function get(url: string): HttpRequest {
  return { method: 'GET', url, headers: {}, body: null, timeoutMs: 10_000, maxBytes: 1_000_000 }
}

function post(url: string, body = '{}'): HttpRequest {
  return { ...get(url), method: 'POST', body }
}

async function faultOf(http: Http, request: HttpRequest, signal: AbortSignal = never): Promise<HttpFault> {
  const outcome = await http.request(request, signal).catch((error: unknown) => error)
  if (outcome instanceof HttpFault) return outcome
  throw new Error('not a fault', { cause: outcome })
}

/** The pool counts a connection as free one turn of the event loop after the answer. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}

async function serve(listener: RequestListener): Promise<string> {
  return (await serveCounting(listener)).url
}

async function serveCounting(listener: RequestListener): Promise<{ url: string; connections: () => number }> {
  const server = createServer(listener)
  let count = 0
  server.on('connection', () => (count += 1))
  return { url: `http://127.0.0.1:${await listen(server)}`, connections: () => count }
}

async function serveRaw(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    ends.push(() => void socket.destroy())
    onSocket(socket)
  })
  return `http://127.0.0.1:${await listen(server)}`
}

async function serveSecurely(pair: KeyPair): Promise<string> {
  const server = createSecureServer(pair, (_, response) => void response.end('secret'))
  return `https://localhost:${await listen(server)}`
}

/** A secure server behind a hop that holds back the handshake until released. */
async function serveSlowHandshake() {
  let requests = 0
  const server = createSecureServer(certificates.good, (_, response) => {
    requests += 1
    response.end()
  })
  const port = await listen(server)
  const reached = Promise.withResolvers<void>()
  const going = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const hop = createTcpServer((socket) => {
    reached.resolve()
    socket.on('error', () => undefined).on('close', ended.resolve)
    void going.promise.then(() => {
      const onward = connect(port, 'localhost')
      onward.on('error', () => undefined)
      socket.pipe(onward).pipe(socket)
    })
  })
  const url = `https://localhost:${await listen(hop)}`
  return {
    url,
    release: { reached: reached.promise, go: going.resolve, ended: ended.promise },
    heard: () => requests,
  }
}

async function serveProxy(onwardPort: string, refusal: number | null = null) {
  const asked: string[] = []
  const server = createServer()
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    if (refusal !== null) return socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`)
    const onward = connect(Number(onwardPort), 'localhost', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => undefined)
    return socket.on('error', () => undefined)
  })
  return { url: `http://127.0.0.1:${await listen(server)}`, asked: () => asked }
}

async function closedPort(): Promise<number> {
  const server = createTcpServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

async function listen(server: Server | TcpServer): Promise<number> {
  server.listen(0)
  await once(server, 'listening')
  ends.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  })
  return portOf(server)
}

function portOf(server: TcpServer): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
