import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { htmlAnswer, jsonAnswer, pathOf, scriptedHttp } from '../../../../tests/support/scripted-http.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure } from '../provider.ts'
import { probeAelyst } from './probe.ts'

const users = {
  items: [
    { id: 7, firstName: 'Nilo', lastName: 'Verano', email: 'nilo@example.com', role: 'agent' },
    { id: '8', firstName: 'Ada', lastName: '', email: null, role: 'owner' },
  ],
  pagination: { next: '', previous: '' },
}
const claims = btoa(JSON.stringify({ spaceId: 12, orgId: 3 })).replaceAll('=', '')
const jwt = `eyJh.${claims}.c2ln`
const url = 'https://api.example.com/v1'

describe('signing in with a workspace’s token', () => {
  it('asks who of its users the agent is, and carries the token to the second step', async () => {
    const first = await probe({ url, token: 'secret' })
    if (first.kind !== 'asks') throw new Error('found')
    expect(first.fields).toMatchObject([
      {
        kind: 'choice',
        choices: [
          { key: '8', label: 'Ada' },
          { key: '7', label: 'Nilo Verano (nilo@example.com)' },
        ],
      },
    ])
    const found = await probe({ user: '7' }, { carried: first.carry })
    expect(found).toMatchObject({
      kind: 'found',
      baseUrl: url,
      me: { key: '7', name: 'Nilo Verano' },
      choices: [{ key: 'api.example.com/7', role: 'agent' }],
      secret: 'secret',
      settings: { userId: '7' },
    })
  })

  it('is asked once more where what was picked is nobody', async () => {
    const first = await probe({ url, token: 'secret' })
    const carried = first.kind === 'asks' ? first.carry : ''
    expect((await probe({ user: '' }, { carried })).kind).toBe('asks')
  })

  it('tells two workspaces of one server apart by what the token says of itself', async () => {
    const found = await probe({ url, token: jwt, user: 'nilo@example.com' })
    expect(found).toMatchObject({ choices: [{ key: '12/7', name: 'api.example.com 12' }] })
    for (const token of ['a.b.c', 'a.!!!.c', `a.${btoa('[]')}.c`, 'a.b'])
      expect(await probe({ url, token, user: '7' })).toMatchObject({
        choices: [{ key: 'api.example.com/7' }],
      })
  })

  it.each([
    ['a token it does not know', jsonAnswer({ code: 401, message: 'UN_AUTHORIZED' }, 401), 'badToken'],
    ['a token without the right', jsonAnswer({ code: 403, message: 'Forbidden' }, 403), 'forbidden'],
    ['a network that blocks', htmlAnswer('Blocked', 403), 'proxyPage'],
    ['another API', jsonAnswer({ code: 404, message: 'no' }, 404), 'notThisProvider'],
    ['an answer of another shape', jsonAnswer({ users: [] }), 'notThisProvider'],
    ['a page', htmlAnswer('Welcome'), 'proxyPage'],
    ['nobody in it', jsonAnswer({ items: [], pagination: {} }), 'noAccounts'],
    ['a limit', jsonAnswer({}, 429, { 'retry-after': '3' }), 'rateLimited'],
    ['trouble of its own', jsonAnswer({ code: 500, message: 'x' }, 500), 'busy'],
  ])('%s is told as what it is', async (_what, answer, code) => {
    expect(await refusal({ url, token: 'secret' }, { answer })).toMatchObject({ code, mayHaveLeft: false })
  })

  it.each([
    ['not an address', 'secret', 'badAddress'],
    ['https://app.example.com/space/12/inbox', 'secret', 'wrongPath'],
    [url, '', 'badToken'],
    [url, 'two words', 'badToken'],
  ])('%s with "%s" is refused before anything is asked', async (at, token, code) => {
    expect(await refusal({ url: at, token })).toMatchObject({ code })
  })

  it('begins anew where what was carried is none of ours', async () => {
    expect(await refusal({ url, user: '7' }, { carried: '{}' })).toMatchObject({ code: 'probeExpired' })
  })

  it('asks for the users and nothing else', async () => {
    const http = scriptedHttp(() => jsonAnswer(users))
    const host = { http, clock: handClock(), log: () => {} }
    await probeAelyst({ method: 'token', fields: { url, token: 'secret' }, carried: null }, host, never)
    expect(http.requests.map((each) => `${each.method} ${pathOf(each)}`)).toEqual([
      'GET /v1/space/user?limit=99',
    ])
  })
})

const never = new AbortController().signal

function probe(fields: Record<string, string>, given: { carried?: string; answer?: HttpAnswer } = {}) {
  const { carried = null, answer = jsonAnswer(users) } = given
  const host = { http: scriptedHttp(() => answer), clock: handClock(), log: () => {} }
  return probeAelyst({ method: 'token', fields, carried }, host, never)
}

async function refusal(...given: Parameters<typeof probe>): Promise<ProviderFailure> {
  try {
    await probe(...given)
  } catch (error) {
    if (error instanceof ProviderFailure) return error
    throw error
  }
  throw new Error('it went well')
}
