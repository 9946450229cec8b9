import { afterEach, describe, expect, it } from 'vitest'
import { failureOf, never } from '../../../../tests/support/chatwoot-tries.ts'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import {
  htmlAnswer,
  jsonAnswer,
  pathOf,
  scriptedHttp,
  textAnswer,
} from '../../../../tests/support/scripted-http.ts'
import {
  startWapikitSimulator,
  type WapikitSimulator,
} from '../../../simulators/wapikit/wapikit-simulator.ts'
import type { Http, HttpAnswer } from '../../ports/http.ts'
import { nodeHttp } from '../../shells/loopback/node-http.ts'
import type { Probed } from '../provider.ts'
import { wapikit } from './wapikit.ts'

/** Signing in, and every way in which that fails (docs/providers/wapikit.md §2, §3, §13). */
const clock = handClock(Date.now())
const http = nodeHttp({ env: {} })
let simulator: WapikitSimulator

async function start(dialect: 'main' | 'newer' | 'hosted' = 'main'): Promise<void> {
  simulator = await startWapikitSimulator({ dialect })
}
afterEach(() => simulator.close())

describe('whoever signs in', () => {
  it.each(['main', 'newer', 'hosted'] as const)('is told apart on %s', async (dialect) => {
    await start(dialect)
    const found = await probe(simulator.url, simulator.key)
    expect(found).toMatchObject({ baseUrl: simulator.url, me: { name: 'Sanja Obuya' } })
    expect(found.choices).toEqual([
      { key: simulator.organizationId, name: 'Paper Lantern Tours', role: 'Owner', isSuspended: false },
    ])
    expect(found.settings['dialect']).toBe(dialect)
    expect(found.settings['memberId']).not.toBe('')
  })

  it('may paste any address of it', async () => {
    await start()
    for (const address of [simulator.origin, `${simulator.origin}/`, `${simulator.url}/conversations?page=1`])
      expect((await probe(address, simulator.key)).baseUrl).toBe(simulator.url)
  })

  it('takes nothing along of what the organization keeps secret', async () => {
    await start()
    const { secret, ...rest } = await probe(simulator.url, simulator.key)
    expect(secret).toBe(simulator.key)
    expect(simulator.secrets.length).toBeGreaterThan(2)
    for (const each of simulator.secrets) expect(JSON.stringify(rest)).not.toContain(each)
  })

  it('changes nothing there', async () => {
    await start()
    await probe(simulator.url, simulator.key)
    expect(simulator.requests.every((each) => each.method === 'GET')).toBe(true)
    expect(simulator.requests.some((each) => each.path.includes('regenerate'))).toBe(false)
    expect(simulator.accepted.actions).toEqual([])
  })
})

describe('who cannot sign in is told why', () => {
  it.each([
    ['no key at all', 'hello', 'badToken'],
    ['a key of another server', keyOf({ email: 'a@example.com', exp: 4_000_000_000 }), 'keyNotTaken'],
    ['a key that ended', keyOf({ email: 'a@example.com', exp: 1_000_000_000 }), 'keyExpired'],
    ['the key of an installation', keyOf({ email: '', exp: 4_000_000_000 }), 'keyUnusable'],
  ])('%s', async (_, key, code) => {
    await start()
    expect(await failureOf(probe(simulator.url, key))).toMatchObject({ kind: 'auth', code })
  })

  it('a header that gets lost on the way', async () => {
    await start()
    const stripped: Http = {
      request: ({ headers, ...request }, signal) =>
        http.request({ ...request, headers: { ...headers, 'x-access-token': '' } }, signal),
    }
    expect(await failureOf(probe(simulator.url, simulator.key, stripped))).toMatchObject({
      code: 'keyNotTaken',
      facts: { header: 'x-access-token' },
    })
  })

  it('a member, who may not read conversations', async () => {
    await start()
    expect(await failureOf(probe(simulator.url, simulator.memberKey))).toMatchObject({
      kind: 'rejected',
      code: 'ownersOnly',
    })
  })

  it('another site, and a page in between', async () => {
    await start()
    simulator.scenario.server({ mode: 'otherSite' })
    expect(await failureOf(probe(simulator.origin, simulator.key))).toMatchObject({ code: 'notThisProvider' })
    expect(await scripted(() => htmlAnswer('Sign in', 403))).toMatchObject({ code: 'proxyPage' })
    expect(
      await scripted(() => textAnswer('', 302, { location: 'http://portal.example.com' })),
    ).toMatchObject({
      code: 'proxyPage',
    })
  })

  it('a wrong path below the right host: the window answers 200 with a page', async () => {
    await start()
    expect(await scripted(() => htmlAnswer('404'))).toMatchObject({ code: 'notThisProvider' })
  })

  it('an address without encryption where it is wanted', async () => {
    await start()
    const https = ({ url }: { url: string }) =>
      textAnswer('', 301, { location: url.replace('http:', 'https:') })
    expect(await scripted(https)).toMatchObject({ code: 'needsHttps' })
  })

  it.each([
    ['what is no address', 'not an address'],
    ['an address with a password in it', 'https://me:pass@desk.example.com'],
  ])('%s', async (_, address) => {
    await start()
    expect(await failureOf(probe(address, simulator.key))).toMatchObject({ code: 'badAddress' })
  })

  it('a key of no organization', async () => {
    await start()
    const answer = (request: { url: string; headers: Readonly<Record<string, string>> }): HttpAnswer => {
      if (request.headers['x-access-token'] === undefined)
        return jsonAnswer({ message: 'Unauthorized access' }, 401)
      return jsonAnswer({ user: { uniqueId: 'u', name: 'Nadja', email: 'n@example.com' } })
    }
    const key = keyOf({ email: 'n@example.com', organization_id: '00000000-0000-0000-0000-000000000000' })
    expect(await scripted(answer, key)).toMatchObject({ code: 'noAccounts' })
  })
})

it('looks below /api first, and then where it was told', async () => {
  await start()
  const asked: string[] = []
  await scripted((request) => {
    asked.push(pathOf(request))
    return htmlAnswer('Nothing here', 404)
  })
  expect(asked).toEqual(['/api/user', '/user'])
})

async function probe(url: string, token: string, by: Http = http): Promise<Probed> {
  const host = { http: by, clock, log: () => {} }
  const found = await wapikit.probe({ method: 'token', fields: { url, token }, carried: null }, host, never)
  if (found.kind !== 'found') throw new Error('one step is enough')
  return found
}

function scripted(answerTo: Parameters<typeof scriptedHttp>[0], key = keyOf({ email: 'a@example.com' })) {
  return failureOf(probe('http://desk.example.com', key, scriptedHttp(answerTo)))
}

/** A key as anybody could write one. */
function keyOf(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`
}
