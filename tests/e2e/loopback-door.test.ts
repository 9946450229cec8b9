import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { stage, type Actors } from '../support/stage.ts'

describe('the loopback shell lets in nobody but the page it serves', () => {
  const on = stage('afterAll')
  let actors: Actors
  let port = 0
  let pagePath = ''
  let token = ''

  beforeAll(async () => {
    actors = await on.app({ shell: 'loopback' })
    await actors.see.button(say('welcome.add')).waitFor()
    const { href } = new URL(actors.app.page.url())
    port = Number(new URL(href).port)
    pagePath = new URL(href).pathname
    const answer = await actors.app.page.request.get(href)
    token = /name="tuntas-token" content="([^"]+)"/.exec(await answer.text())?.[1] ?? ''
    expect(token).toMatch(/^[\w-]{20,}$/)
  })

  test('it answers with the right host, origin and token', async () => {
    expect(await ask({ method: 'POST', path: '/call/app.snapshot', token, body: '{}' })).toMatchObject({
      status: 200,
    })
    expect(
      await ask({
        method: 'POST',
        path: '/call/app.snapshot',
        token,
        body: '{}',
        origin: `http://127.0.0.1:${port}`,
      }),
    ).toMatchObject({ status: 200 })
  })

  test.each([
    ['no token', {}, 401],
    ['a wrong token', { token: 'x'.repeat(43) }, 401],
    ['another host name that leads here', { right: true, host: 'tuntas.example.com' }, 403],
    ['another port in the host', { right: true, host: '127.0.0.1:1' }, 403],
    ['another page’s origin', { right: true, origin: 'https://elsewhere.example.com' }, 403],
    ['no origin to speak of', { right: true, origin: 'null' }, 403],
    ['another page on this computer', { right: true, origin: 'http://127.0.0.1:1' }, 403],
    ['a request another site started', { right: true, site: 'cross-site' }, 401],
    ['a form of another site', { right: true, type: 'text/plain' }, 415],
  ])('a call with %s is refused', async (_what, given: Tried, status) => {
    const answer = await ask({
      method: 'POST',
      path: '/call/app.snapshot',
      body: '{}',
      ...given,
      token: given.right === true ? token : (given.token ?? null),
    })
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain('settings')
  })

  test('events, pages and pictures are as closed as calls', async () => {
    expect((await ask({ path: '/events' })).status).toBe(401)
    expect((await ask({ path: '/' })).status).toBe(403)
    expect((await ask({ path: pagePath })).status).toBe(403)
    expect((await ask({ path: `${pagePath}index.html` })).status).toBe(403)
    expect((await ask({ path: '/some-guessed-link' })).status).toBe(404)
    expect((await ask({ path: '/media/unknown', site: 'cross-site' })).status).toBe(403)
    expect((await ask({ method: 'DELETE', path: '/call/app.snapshot', token })).status).toBe(405)
    expect(
      (await ask({ method: 'OPTIONS', path: '/call/app.snapshot', origin: 'https://elsewhere.example.com' }))
        .headers['access-control-allow-origin'],
    ).toBeUndefined()
  })

  test('no other page may frame or read it', async () => {
    const { headers } = await ask({ method: 'POST', path: '/call/app.snapshot', token, body: '{}' })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
  })

  test.runIf(process.platform === 'linux')('it listens on this computer alone', () => {
    const listening = ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === '0A')
      .map(([, local = '']) => local.split(':'))
      .filter(([, hex]) => parseInt(hex ?? '', 16) === port)
    expect(listening.map(([address]) => address)).toEqual(['0100007F'])
  })

  function ask(given: Asked): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
    const headers = {
      host: given.host ?? `127.0.0.1:${port}`,
      ...(given.origin === undefined ? {} : { origin: given.origin }),
      ...(given.site === undefined ? {} : { 'sec-fetch-site': given.site }),
      ...(given.token === undefined || given.token === null ? {} : { 'x-tuntas-token': given.token }),
      ...(given.body === undefined ? {} : { 'content-type': given.type ?? 'application/json' }),
    }
    return new Promise((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port, method: given.method ?? 'GET', path: given.path, headers },
        (answer) => {
          let body = ''
          answer.on('data', (chunk: Buffer) => (body += chunk.toString()))
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers }))
        },
      )
      asked.on('error', reject)
      asked.end(given.body)
    })
  }
})

interface Tried {
  readonly right?: boolean
  readonly token?: string
  readonly host?: string
  readonly origin?: string
  readonly site?: string
  readonly type?: string
}

interface Asked extends Omit<Tried, 'token'> {
  readonly method?: string
  readonly path: string
  readonly token?: string | null
  readonly body?: string
}
