import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import {
  htmlAnswer,
  jsonAnswer,
  pathOf,
  scriptedHttp,
  textAnswer,
} from '../../../../tests/support/scripted-http.ts'
import { HttpFault, type HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure } from '../provider.ts'
import { probeChatwoot } from './probe.ts'

const url = 'https://desk.example.com'
const host = 'desk.example.com'
const version = jsonAnswer({
  version: '4.10.0',
  timestamp: '2026-01-05 09:00:00',
  queue_services: 'ok',
  data_services: 'ok',
})
const owner: object = JSON.parse(
  readFileSync(new URL('../../../../tests/fixtures/chatwoot/profile.json', import.meta.url), 'utf8'),
)
const noSuchPage = htmlAnswer('Not found', 404)
const clock = handClock()

describe('signing in', () => {
  it('finds out whose token it is and what it opens', async () => {
    const { probed } = await probe({})
    expect(probed).toEqual({
      kind: 'found',
      baseUrl: url,
      server: 'Chatwoot 4.10.0',
      me: {
        key: '7',
        name: 'Nilo',
        email: 'nilo@example.com',
        avatarUrl: 'https://files.example.com/avatars/7.png',
      },
      choices: [
        { key: '1', name: 'Lantern Lamps', role: 'agent', isSuspended: false },
        { key: '2', name: 'Tea Room', role: 'administrator', isSuspended: true },
      ],
      secret: 'a-token',
      vaultKey: 'chatwoot https://desk.example.com user 7',
      settings: {
        userId: '7',
        'role.1': 'agent',
        'role.2': 'administrator',
        'name.1': 'Lantern Lamps',
        'name.2': 'Tea Room',
      },
    })
  })

  it('shows the token to nobody but the profile, in the one header that passes proxies', async () => {
    const { http } = await probe({})
    expect(http.requests.map((each) => [each.method, pathOf(each), each.headers])).toEqual([
      ['GET', '/api', { Accept: 'application/json' }],
      ['GET', '/api/v1/profile', { Accept: 'application/json', 'Api-Access-Token': 'a-token' }],
    ])
  })

  it('keeps the path a server is installed under', async () => {
    const { http, probed } = await probe({ typed: 'https://x.example.com/support/' })
    expect(http.requests[0]?.url).toBe('https://x.example.com/support/api')
    expect(probed.baseUrl).toBe('https://x.example.com/support')
  })

  it('is content with a server that hides its version', async () => {
    expect((await probe({ api: noSuchPage })).probed.server).toBeNull()
  })
})

describe('where it cannot be, the agent reads why:', () => {
  it.each([
    ['no address at all', { typed: 'my chatwoot' }, 'badAddress', { address: 'my chatwoot' }],
    ['the dashboard’s address', { typed: `${url}/app/accounts/1` }, 'wrongPath', { suggestion: url }],
    [
      'a path only the dashboard knows',
      { api: jsonAnswer({ error: 'Please use API routes' }, 406) },
      'wrongPath',
      { suggestion: url },
    ],
    [
      'a server that moved',
      { api: moved('https://help.example.com/api') },
      'wrongPath',
      { suggestion: 'https://help.example.com' },
    ],
    [
      'no encryption where it is wanted',
      { typed: 'http://desk.example.com', api: moved(`${url}/api`) },
      'needsHttps',
      { host },
    ],
    [
      'no encryption on a port that is all encryption',
      {
        typed: 'http://desk.example.com:8443',
        api: textAnswer('<html>The plain HTTP request was sent to HTTPS port</html>', 400),
      },
      'needsHttps',
      { host: 'desk.example.com:8443' },
    ],
    [
      'another web site',
      { api: noSuchPage, profile: noSuchPage },
      'notThisProvider',
      { host, provider: 'Chatwoot' },
    ],
    [
      'another API',
      { api: jsonAnswer({ code: 1 }, 404), profile: jsonAnswer({ code: 1 }, 404) },
      'notThisProvider',
      { host },
    ],
    [
      'another API with a version',
      { api: jsonAnswer({ version: '1' }), profile: jsonAnswer({ message: 'who?' }, 401) },
      'notThisProvider',
      { host },
    ],
    ['a portal’s page', { api: htmlAnswer('Sign in to continue') }, 'proxyPage', { host, status: '200' }],
    ['a proxy’s error page', { api: htmlAnswer('Bad Gateway', 502) }, 'proxyPage', { host, status: '502' }],
    [
      'a firewall’s page before the profile',
      { profile: htmlAnswer('Blocked', 403) },
      'proxyPage',
      { host, status: '403' },
    ],
    [
      'a proxy’s own password',
      { api: textAnswer('Authorization required', 401) },
      'proxyPage',
      { host, status: '401' },
    ],
    [
      'a sign-in page elsewhere',
      { api: moved('https://login.example.com/start') },
      'proxyPage',
      { host, status: '302' },
    ],
    [
      'a proxy that takes the token away',
      { profile: jsonAnswer({ errors: ['You need to sign in or sign up before continuing.'] }, 401) },
      'headerStripped',
      { host },
    ],
    [
      'an unknown token',
      { profile: jsonAnswer({ error: 'Invalid Access Token' }, 401) },
      'badToken',
      { host },
    ],
    ['a token that cannot be one', { token: 'copied\nwith a break' }, 'badToken', { host }],
    ['no token', { token: '  ' }, 'badToken', { host }],
    [
      'a bot’s token',
      { profile: jsonAnswer({ error: 'Access to this endpoint is not authorized for bots' }, 401) },
      'botToken',
      { host },
    ],
    [
      'suspended accounts only',
      { profile: memberOf('suspended') },
      'suspended',
      { host, account: 'Lantern Lamps' },
    ],
    ['no account', { profile: jsonAnswer({ id: 7, accounts: [] }) }, 'noAccounts', { host }],
    ['a profile that is none', { profile: jsonAnswer({ hello: 'there' }) }, 'protocol', { host }],
    ['too many requests', { api: textAnswer('Retry later\n', 429) }, 'rateLimited', { host }],
    [
      'a server in trouble',
      { profile: jsonAnswer({ status: 500, error: 'Internal Server Error' }, 500) },
      'busy',
      { host, status: '500' },
    ],
    ['an unknown name', { api: fault('dns') }, 'dns', { host }],
    ['a closed door', { api: fault('refused') }, 'refused', { host }],
    [
      'an untrusted certificate',
      { api: fault('tls', { reason: 'expired' }) },
      'tls',
      { host, reason: 'expired' },
    ],
    ['no answer in time', { api: fault('timeout') }, 'timeout', { host }],
    ['a broken connection', { profile: fault('reset') }, 'reset', { host }],
    [
      'a refusing proxy',
      { api: fault('proxy', { reason: 'status 403' }) },
      'proxy',
      { host, reason: 'status 403' },
    ],
    ['no network', { api: fault('offline') }, 'offline', { host }],
  ] as const)('%s', async (_, given: Given, code, facts) => {
    const failure = await probe(given).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect(failure).toMatchObject({ code, facts, mayHaveLeft: false })
  })

  it('and after how long to try again', async () => {
    const failure = await probe({ api: textAnswer('Retry later\n', 429) }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'rateLimited', retryAt: clock.now() + 60_000 })
  })
})

interface Given {
  readonly typed?: string
  readonly token?: string
  readonly api?: HttpAnswer | HttpFault
  readonly profile?: HttpAnswer | HttpFault
}

async function probe({
  typed = url,
  token = ' a-token ',
  api = version,
  profile = jsonAnswer(owner),
}: Given) {
  const http = scriptedHttp((request) => (pathOf(request).endsWith('/profile') ? profile : api))
  const parts = { http, clock, log: () => {} }
  const ask = { method: 'token', fields: { url: typed, token }, carried: null }
  const probed = await probeChatwoot(ask, parts, new AbortController().signal)
  if (probed.kind !== 'found') throw new Error('asks for more')
  return { http, probed }
}

function moved(location: string): HttpAnswer {
  return { ...htmlAnswer('Moved', 302), headers: { location, 'content-type': 'text/html' } }
}

function memberOf(status: string): HttpAnswer {
  return jsonAnswer({
    id: 7,
    name: 'Nilo',
    accounts: [{ id: 1, name: 'Lantern Lamps', status, role: 'agent' }],
  })
}

function fault(kind: HttpFault['kind'], facts: Record<string, string> = {}): HttpFault {
  return new HttpFault(kind, false, facts)
}
