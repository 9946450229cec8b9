import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '../../ports/clock.ts'
import { createHttpWire, type HttpWire } from './http-wire.ts'

const calls: { name: string; input: unknown }[] = []
let listeners: { onEvent: (event: unknown) => void; onGap: () => void }[] = []
let beats: (() => void)[] = []
let folder = ''
let server: Server
let wire: HttpWire
let port = 0

const clock: Clock = {
  now: () => 0,
  elapsed: () => 0,
  after(_delayMs, run) {
    beats.push(run)
    return () => (beats = beats.filter((each) => each !== run))
  },
}

const engine = {
  wire: {
    call: async (name: string, input: unknown) => {
      calls.push({ name, input })
      return { ok: true, value: { said: name } }
    },
    listen: (onEvent: (event: unknown) => void, onGap: () => void) => {
      const listener = { onEvent, onGap }
      listeners.push(listener)
      return () => (listeners = listeners.filter((each) => each !== listener))
    },
  },
  media: async (id: string) =>
    id === 'picture'
      ? { bytes: Buffer.from('png'), contentType: 'image/png', name: 'a cat.png' }
      : id === 'file'
        ? { bytes: Buffer.from('<script>'), contentType: 'application/octet-stream', name: 'x".html' }
        : null,
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tuntas-pages-'))
  const pages = path.join(folder, 'renderer')
  mkdirSync(path.join(pages, 'assets'), { recursive: true })
  writeFileSync(path.join(pages, 'index.html'), '<meta name="tuntas-token" content="__TUNTAS_TOKEN__">')
  writeFileSync(path.join(pages, 'assets', 'main-1a2b.js'), 'start()')
  writeFileSync(path.join(pages, 'assets', 'notes.bin'), 'odd')
  writeFileSync(path.join(folder, 'secret.json'), '{"secret":1}')
  symlinkSync(path.join(folder, 'secret.json'), path.join(pages, 'assets', 'link.json'))
  calls.length = 0
  listeners = []
  beats = []
  wire = createHttpWire({
    engine,
    clock,
    log: () => undefined,
    pagesFolder: pages,
    build: 'b1',
    port: () => port,
  })
  server = createServer((request, response) => wire.handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(async () => {
  wire.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Plain Node, because fetch would tidy the path and refuse to forge Host and Origin. */
function ask(
  target: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path: target, method, headers, agent: false },
      (answer) => {
        let text = ''
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

async function enter(link = wire.linkPath): Promise<{ page: string; cookie: string; token: string }> {
  const opened = await ask(link)
  const page = opened.headers.location ?? ''
  const cookie = opened.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const token = /content="([^"]+)"/.exec((await ask(page, { cookie })).body)?.[1] ?? ''
  return { page, cookie, token }
}

const json = { 'content-type': 'application/json' }

describe('the way in', () => {
  test('the printed link sets a strict cookie for the page alone and leads there', async () => {
    const opened = await ask(wire.linkPath)
    expect(opened.status).toBe(303)
    const page = opened.headers.location ?? ''
    expect(opened.headers['set-cookie']?.[0]).toMatch(
      /^tuntas=[\w-]{32}; Path=\/p\/[\w-]{32}\/; HttpOnly; SameSite=Strict$/,
    )
    expect(opened.headers['set-cookie']?.[0]).toContain(`Path=${page};`)
    expect(page).not.toContain(wire.linkPath)
  })

  test('the page carries a token only with the cookie, and neither link nor cookie is that token', async () => {
    const { page, cookie, token } = await enter()
    expect(token).toMatch(/^[\w-]{32}$/)
    expect(wire.linkPath + cookie + page).not.toContain(token)
    for (const wrong of [
      {},
      { cookie: 'tuntas=' },
      { cookie: `tuntas=${token}` },
      { cookie: `x${cookie}` },
    ]) {
      const refused = await ask(page, wrong)
      expect(refused.status).toBe(403)
      expect(refused.body).toContain('Open the link that Tuntas printed')
      expect(refused.body).not.toContain(token)
    }
  })

  test('a plain visit is told to use the link', async () => {
    const visit = await ask('/')
    expect([visit.status, visit.body]).toEqual([
      403,
      expect.stringContaining('Open the link that Tuntas printed'),
    ])
    expect(visit.headers['set-cookie']).toBeUndefined()
  })

  test('a wrong key lets nobody in', async () => {
    for (const key of ['/x', `${wire.linkPath}x`, wire.linkPath.slice(0, -1), '/p/x/']) {
      const refused = await ask(key)
      expect([key, refused.status, refused.headers['set-cookie']]).toEqual([key, 404, undefined])
    }
  })

  test('the link for a browser’s command line works once, the printed one again and again', async () => {
    const once = wire.oneTimeLinkPath()
    expect((await ask(once)).status).toBe(303)
    expect((await ask(once)).status).toBe(404)
    expect((await ask(wire.linkPath)).status).toBe(303)
    expect((await ask(wire.linkPath)).status).toBe(303)
  })

  test('a link clicked in another page steps through a page of ours, which keeps the strict cookie', async () => {
    const clicked = await ask(wire.linkPath, { 'sec-fetch-site': 'cross-site' })
    expect(clicked.status).toBe(200)
    expect(clicked.body).toMatch(/http-equiv="refresh" content="0; url=\/p\/[\w-]+\/"/)
    expect(clicked.headers['set-cookie']).toHaveLength(1)
  })
})

describe('who may ask', () => {
  test('a request under another name for this computer is refused everywhere', async () => {
    const { page, cookie, token } = await enter()
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
      const headers = { host, cookie, 'x-tuntas-token': token, ...json }
      expect((await ask(wire.linkPath, headers)).status).toBe(403)
      expect((await ask(page, headers)).status).toBe(403)
      expect((await ask('/media/picture', headers)).status).toBe(403)
      expect((await ask('/call/app.snapshot', headers, 'POST', '{}')).status).toBe(403)
    }
    expect(calls).toEqual([])
  })

  test('localhost is the same computer', async () => {
    expect((await ask('/media/picture', { host: `localhost:${port}` })).status).toBe(200)
  })

  test('another origin is refused even with the token', async () => {
    const { token } = await enter()
    for (const origin of [
      'https://evil.example',
      'null',
      `http://localhost:${port}`,
      `http://127.0.0.1:${port + 1}`,
    ]) {
      const refused = await ask(
        '/call/app.snapshot',
        { origin, 'x-tuntas-token': token, ...json },
        'POST',
        '{}',
      )
      expect([origin, refused.status]).toEqual([origin, 403])
    }
    expect(calls).toEqual([])
  })

  test.each(['cross-site', 'same-site', 'none'])(
    'calls, events and media from %s are refused',
    async (site) => {
      const { token } = await enter()
      const headers = { 'sec-fetch-site': site, 'x-tuntas-token': token, ...json }
      expect((await ask('/call/app.snapshot', headers, 'POST', '{}')).status).toBe(401)
      expect((await ask('/events', headers)).status).toBe(401)
      expect((await ask('/media/picture', headers)).status).toBe(403)
      expect(calls).toEqual([])
    },
  )

  test('without the token there are no calls and no events', async () => {
    const { token, cookie } = await enter()
    for (const wrong of [undefined, '', 'x', token.slice(1), `${token}x`]) {
      const headers = { cookie, ...json, ...(wrong === undefined ? {} : { 'x-tuntas-token': wrong }) }
      expect((await ask('/call/app.snapshot', headers, 'POST', '{}')).status).toBe(401)
      expect((await ask('/events', headers)).status).toBe(401)
    }
    expect(calls).toEqual([])
  })
})

describe('calls', () => {
  const call = async (headers: Record<string, string>, body: string, method = 'POST'): Promise<Answer> => {
    const { token } = await enter()
    return ask('/call/inbox.page', { 'x-tuntas-token': token, ...headers }, method, body)
  }

  test('a call carries its name and JSON to the engine and its answer back', async () => {
    const answer = await call(json, '{"view":"mine"}')
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json'])
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { said: 'inbox.page' } })
    expect(calls).toEqual([{ name: 'inbox.page', input: { view: 'mine' } }])
  })

  test.each([
    ['no JSON', json, '{"view":', 400],
    ['an empty body', json, '', 400],
    ['a form’s content type', { 'content-type': 'text/plain' }, '{}', 415],
    ['a body larger than any command', json, `"${'x'.repeat(2_000_001)}"`, 413],
    [
      'an endless body that does not say its length',
      { ...json, 'transfer-encoding': 'chunked' },
      `"${'x'.repeat(2_000_001)}"`,
      413,
    ],
  ])('%s never reaches the engine', async (_what, headers, body, status) => {
    const answer = await call(headers, body)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, failure: { code: 'badInput' } })
    expect(calls).toEqual([])
  })

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('%s is not a way to call', async (method) => {
    const answer = await call(json, '{}', method)
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST'])
  })

  test('no header ever invites another origin', async () => {
    const { token } = await enter()
    const answer = await ask('/call/a', { 'x-tuntas-token': token, ...json }, 'POST', '{}')
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('events', () => {
  async function follow(): Promise<{ read: () => Promise<string>; ended: () => Promise<boolean> }> {
    const { token } = await enter()
    const answer = await fetch(`http://127.0.0.1:${port}/events`, { headers: { 'x-tuntas-token': token } })
    const reader = answer.body?.getReader()
    const decoder = new TextDecoder()
    return {
      read: async () => decoder.decode((await reader?.read())?.value),
      ended: async () => (await reader?.read())?.done ?? false,
    }
  }

  test('the stream begins with the build, then carries every event and heartbeats in between', async () => {
    const { read } = await follow()
    expect(await read()).toBe('data: {"name":"hello","payload":{"build":"b1"}}\n\n')
    listeners[0]?.onEvent({ name: 'inbox.changed', payload: { revision: 4 } })
    expect(await read()).toBe('data: {"name":"inbox.changed","payload":{"revision":4}}\n\n')
    beats.shift()?.()
    expect(await read()).toBe(': still here\n\n')
    expect(beats).toHaveLength(1)
  })

  test('a gap ends the stream, so that the window starts over', async () => {
    const { read, ended } = await follow()
    await read()
    listeners[0]?.onGap()
    expect(await ended()).toBe(true)
    expect(listeners).toHaveLength(0)
    expect(beats).toHaveLength(0)
  })

  test('closing the wire ends what streams', async () => {
    const { read, ended } = await follow()
    await read()
    wire.close()
    expect(await ended()).toBe(true)
  })
})

describe('files', () => {
  test('the page’s files come with their types', async () => {
    const { page, cookie } = await enter()
    const script = await ask(`${page}assets/main-1a2b.js`, { cookie })
    expect([script.status, script.headers['content-type'], script.body]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'start()',
    ])
    expect((await ask(`${page}assets/main-1a2b.js`)).status).toBe(403)
  })

  test.each([
    '../secret.json',
    '..%2fsecret.json',
    '%2e%2e/secret.json',
    'assets/../../secret.json',
    'assets/..%5c..%5csecret.json',
    '..%252fsecret.json',
    '/etc/hostname',
    '%2fetc%2fhostname',
    'C:/secret.json',
    'assets/link.json',
    'assets/notes.bin',
    'assets',
    'assets/',
    '%00',
    '%',
    'index.html%00.js',
    '.',
    './index.html',
  ])('“%s” gives nothing away', async (target) => {
    const { page, cookie } = await enter()
    const answer = await ask(page + target, { cookie })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret')
  })

  test('a picture is shown, anything else is kept as a file', async () => {
    const picture = await ask('/media/picture', { 'sec-fetch-site': 'same-origin' })
    expect(picture.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''a%20cat.png",
    })
    const file = await ask('/media/file')
    expect(file.headers['content-disposition']).toBe("attachment; filename*=UTF-8''x%22.html")
    expect((await ask('/media/none')).status).toBe(404)
  })

  test('every answer, also a refusal, carries the guards', async () => {
    const { page, cookie } = await enter()
    for (const [target, headers] of [
      [page, { cookie }],
      ['/', {}],
      ['/media/picture', {}],
      ['/call/x', {}],
    ] as const) {
      const answer = await ask(target, headers)
      expect(answer.headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })
})
