import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import {
  htmlAnswer,
  jsonAnswer,
  pathOf,
  scriptedHttp,
  textAnswer,
} from '../../../../tests/support/scripted-http.ts'
import {
  startChatwootSimulator,
  type ChatwootSimulator,
} from '../../../simulators/chatwoot/chatwoot-simulator.ts'
import type { Http, HttpAnswer } from '../../ports/http.ts'
import { HttpFault } from '../../ports/http.ts'
import { nodeHttp } from '../../shells/loopback/node-http.ts'
import { ProviderFailure, type ProbeAsks, type Probed, type SignInAsk } from '../provider.ts'
import { chatwoot } from './chatwoot.ts'
import { readCarry } from './sign-in.ts'

const never = new AbortController().signal
const clock = handClock()
const ada = { email: 'ada@example.com', password: 'ada-opens-1!' }
const nilo = { email: 'nilo@example.com', password: 'nilo-opens-1!' }

describe('signing in by password at a server', () => {
  let simulator: ChatwootSimulator
  let http: ReturnType<typeof nodeHttp>

  beforeEach(async () => {
    http = nodeHttp({ env: {} })
    simulator = await startChatwootSimulator({ clock: handClock() })
  })

  afterEach(async () => {
    await http.close()
    await simulator.close()
  })

  it('keeps the access token and nothing else', async () => {
    const found = await probe(nilo)
    expect(found).toMatchObject({ kind: 'found', secret: simulator.token, me: { name: 'Nilo Verano' } })
    expect(JSON.stringify(found)).not.toContain(nilo.password)
  })

  it('finds the same as the token itself', async () => {
    const byToken = await ask({ method: 'token', fields: { url: simulator.url, token: simulator.token } })
    expect(await probe(nilo)).toEqual(byToken)
  })

  it('asks whoever has a second factor for its code', async () => {
    const asks = asked(await probe(ada))
    expect(asks.fields.map((each) => [each.name, each.kind])).toEqual([['code', 'code']])
    expect(asks.carry).not.toContain(ada.password)
    expect(await answer(asks, ' 246 810 ')).toMatchObject({ kind: 'found', me: { name: 'Ada Brook' } })
  })

  it('takes a backup code for the code, once', async () => {
    expect(await answer(asked(await probe(ada)), 'lamp-fern-31')).toMatchObject({ kind: 'found' })
    const again = asked(await probe(ada))
    expect(await failureOf(answer(again, 'lamp-fern-31'))).toMatchObject({ code: 'badCode' })
  })

  it('lets a wrong code be followed by the right one', async () => {
    const asks = asked(await probe(ada))
    expect(await failureOf(answer(asks, '000000'))).toMatchObject({ kind: 'auth', code: 'badCode' })
    expect(await failureOf(answer(asks, '  '))).toMatchObject({ code: 'badCode' })
    expect(await answer(asks, '246810')).toMatchObject({ kind: 'found' })
  })

  it('begins anew where the second step took too long', async () => {
    const asks = asked(await probe(ada))
    const stale = { ...asks, carry: asks.carry.replace(/"mfa_token":"[^"]+"/, '"mfa_token":"long gone"') }
    expect(await failureOf(answer(stale, '246810'))).toMatchObject({ code: 'probeExpired' })
  })

  it('does not take a wrong password for a proxy that strips headers', async () => {
    expect(await failureOf(probe({ ...nilo, password: 'guessed' }))).toMatchObject({
      kind: 'auth',
      code: 'badSignIn',
      mayHaveLeft: false,
    })
  })

  it('says that a server takes no more tries for now', async () => {
    simulator.scenario.server({ isThrottling: true })
    for (let tries = 0; tries < 5; tries++) await failureOf(probe({ ...nilo, password: 'guessed' }))
    expect(await failureOf(probe(nilo))).toMatchObject({
      kind: 'rateLimited',
      code: 'signInThrottled',
      retryAt: clock.now() + 300_000,
    })
  })

  it('names the proxy that lets the password through but not the token', async () => {
    simulator.scenario.server({ strips: 'all' })
    expect(await failureOf(probe(nilo))).toMatchObject({ code: 'headerStripped' })
  })

  it('names suspended accounts', async () => {
    simulator.scenario.suspend({ isSuspended: true })
    expect(await probe(nilo)).toMatchObject({ choices: [{ isSuspended: true }, { isSuspended: false }] })
    simulator.scenario.suspend({ account: 2, isSuspended: true })
    expect(await failureOf(probe(nilo))).toMatchObject({ code: 'suspended' })
  })

  function probe(fields: typeof nilo): Promise<Probed | ProbeAsks> {
    return ask({ method: 'password', fields: { url: simulator.url, ...fields } })
  }

  function answer(asks: ProbeAsks, code: string): Promise<Probed | ProbeAsks> {
    return ask({ method: 'password', fields: { code }, carried: asks.carry })
  }

  function ask(
    given: Pick<SignInAsk, 'method' | 'fields'> & { carried?: string },
  ): Promise<Probed | ProbeAsks> {
    return chatwoot.probe({ carried: null, ...given }, { http, clock, log: () => {} }, never)
  }
})

describe('a sign-in by password that goes another way', () => {
  const version = jsonAnswer({ version: '4.10.0', timestamp: 'now' })
  const profile = {
    id: 7,
    name: 'Nilo',
    accounts: [{ id: 1, name: 'Lamps', status: 'active', role: 'agent' }],
  }

  it('fetches a token that the answer does not tell, as the session that just began', async () => {
    const session = { 'access-token': 'browser-1', client: 'browser-2', uid: 'nilo@example.com' }
    const http = scriptedHttp((request) => {
      if (pathOf(request) === '/api') return version
      if (pathOf(request) === '/auth/sign_in') return jsonAnswer({ data: { id: 7 } }, 200, session)
      return jsonAnswer({ ...profile, access_token: 'the-token' })
    })
    expect(await ask(http)).toMatchObject({ kind: 'found', secret: 'the-token' })
    expect(http.requests[2]?.headers).toMatchObject(session)
    expect(http.requests[3]?.headers).toMatchObject({ 'Api-Access-Token': 'the-token' })
  })

  it.each<[string, HttpAnswer | HttpFault, object]>([
    [
      'only through the company',
      jsonAnswer({ success: false, errors: ['This account uses SAML authentication.'] }, 401),
      { kind: 'rejected', code: 'rejected', facts: { reason: 'This account uses SAML authentication.' } },
    ],
    [
      'not before the address is confirmed',
      jsonAnswer({ errors: ['Not yet.'], error_code: 'user_not_confirmed' }, 401),
      { code: 'rejected', facts: { reason: 'Not yet.' } },
    ],
    ['in words of its own', jsonAnswer({ error: 'Closed on Sundays' }, 403), { code: 'rejected' }],
    [
      'without a word',
      jsonAnswer({ sessions_limit_reached: true }, 409),
      { facts: { reason: 'status 409' } },
    ],
    ['without a token anywhere', jsonAnswer({ data: { id: 7 } }), { code: 'protocol' }],
    ['with something that is no answer', textAnswer('fine'), { code: 'protocol' }],
    ['where there is no such page', jsonAnswer({ error: 'Not Found' }, 404), { code: 'notThisProvider' }],
    ['with a portal’s page', htmlAnswer('Sign in'), { code: 'proxyPage' }],
    ['with a proxy’s password', textAnswer('Authorization required', 401), { code: 'proxyPage' }],
    ['in trouble', jsonAnswer({ error: 'Internal Server Error' }, 500), { kind: 'busy' }],
    ['not at all', new HttpFault('reset', true, {}), { kind: 'offline' }],
  ])('is refused %s', async (_, told, wanted) => {
    const http = scriptedHttp((request) => (pathOf(request) === '/api' ? version : told))
    expect(await failureOf(ask(http))).toMatchObject({ ...wanted, mayHaveLeft: false })
  })

  it('waits as long as it is told to', async () => {
    const told = textAnswer('Retry later\n', 429, { 'retry-after': '30' })
    const http = scriptedHttp((request) => (pathOf(request) === '/api' ? version : told))
    expect(await failureOf(ask(http))).toMatchObject({ retryAt: clock.now() + 30_000 })
  })

  it('asks nobody about half a sign-in', async () => {
    const http = scriptedHttp(() => version)
    expect(await failureOf(ask(http, { ...nilo, password: '' }))).toMatchObject({ code: 'badSignIn' })
    expect(http.requests.map(pathOf)).toEqual(['/api'])
  })

  it('leaves a password as it was typed', async () => {
    const http = scriptedHttp((request) =>
      pathOf(request) === '/api' ? version : jsonAnswer({ errors: ['no'] }, 401),
    )
    await failureOf(ask(http, { email: ' nilo@example.com ', password: ' with spaces ' }))
    expect(JSON.parse(String(http.requests[1]?.body))).toEqual({
      email: 'nilo@example.com',
      password: ' with spaces ',
    })
  })

  function ask(http: Http, fields = nilo): Promise<Probed | ProbeAsks> {
    const given = {
      method: 'password',
      fields: { url: 'https://desk.example.com', ...fields },
      carried: null,
    }
    return chatwoot.probe(given, { http, clock, log: () => {} }, never)
  }
})

describe('what is carried to the second step', () => {
  it.each(['', 'null', '[]', '{"mfa_token":"x"}', '{"mfa_token":"x","baseUrl":"nowhere"}'])(
    'is not read from %j',
    (carried) => expect(readCarry(carried)).toBeNull(),
  )

  it('leads to the first step where it cannot be read', async () => {
    const given = {
      method: 'password',
      fields: { url: 'https://desk.example.com', code: '1' },
      carried: '{}',
    }
    const http = scriptedHttp(() => jsonAnswer({}))
    const failure = await failureOf(chatwoot.probe(given, { http, clock, log: () => {} }, never))
    expect(failure).toMatchObject({ code: 'probeExpired' })
    expect(http.requests).toEqual([])
  })
})

describe('the known places', () => {
  it('name an address or leave it to the agent', () => {
    expect(chatwoot.signIn.presets.map((each) => each.fields['url'])).toEqual([
      'https://app.chatwoot.com',
      undefined,
      undefined,
    ])
  })

  it('keep what is secret out of sight', () => {
    const kinds = chatwoot.signIn.methods.flatMap(({ fields }) =>
      fields.map((each) => [each.name, each.kind]),
    )
    expect(new Map(kinds.map(([name, kind]) => [name, kind]))).toEqual(
      new Map([
        ['url', 'url'],
        ['token', 'secret'],
        ['email', 'email'],
        ['password', 'secret'],
      ]),
    )
  })
})

function asked(answer: Probed | ProbeAsks): ProbeAsks {
  if (answer.kind !== 'asks') throw new Error('asks for nothing')
  return answer
}

async function failureOf(attempt: Promise<unknown>): Promise<ProviderFailure> {
  const failure = await attempt.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(failure instanceof ProviderFailure)) throw new Error('did not fail as a provider does')
  return failure
}
