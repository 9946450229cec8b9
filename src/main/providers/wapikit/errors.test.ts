import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { aReply, failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { htmlAnswer, jsonAnswer, scriptedHttp, textAnswer } from '../../../../tests/support/scripted-http.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import { say } from '../../../shared/words/words.ts'
import { HttpFault, type HttpAnswer } from '../../ports/http.ts'
import type { Session } from '../provider.ts'
import { wapikit } from './wapikit.ts'

/** Every row of the table of refusals, in a read and in a write (docs/providers/wapikit.md §4). */
const clock = handClock()
const now = clock.now()
const database = 'jet: pq: missing FROM-clause entry for table "Contact"'

describe.each([
  [
    '400 with words',
    jsonAnswer({ message: 'invalid page' }, 400),
    { kind: 'rejected', facts: { reason: 'invalid page' } },
  ],
  ['400 null', jsonAnswer(null, 400), { kind: 'rejected', code: 'rejected' }],
  ['401 of no key', jsonAnswer({ message: 'Unauthorized access' }, 401), { kind: 'auth', code: 'auth' }],
  ['401 of no key, as a bare text', jsonAnswer('Unauthorized access', 401), { kind: 'auth', code: 'auth' }],
  [
    '401 of no permission',
    jsonAnswer({ message: 'You are not authorized to access this resource.' }, 401),
    { kind: 'forbidden', code: 'forbidden' },
  ],
  [
    '401 of no permission, as a bare text',
    jsonAnswer('You are not authorized to access this resource.', 401),
    { kind: 'forbidden', code: 'forbidden' },
  ],
  ['401 with a page', htmlAnswer('Sign in', 401), { kind: 'busy', code: 'proxyPage' }],
  ['403', jsonAnswer({ message: 'not yours' }, 403), { kind: 'forbidden' }],
  ['403 with a page', htmlAnswer('Blocked', 403), { kind: 'rejected', code: 'proxyPage' }],
  ['404 with words', jsonAnswer('conversation not found', 404), { kind: 'gone', code: 'gone' }],
  ['404 with a page', htmlAnswer('Not found', 404), { kind: 'rejected', code: 'proxyPage' }],
  ['408', textAnswer('', 408), { kind: 'busy' }],
  [
    '422 as other pages document it',
    jsonAnswer(
      { description: 'Bad', errors: [{ field: 'status', message: 'unknown', code: 'enum' }, null] },
      422,
    ),
    { kind: 'rejected', facts: { reason: 'Bad; status: unknown (enum)' } },
  ],
  [
    '429 of the limiter',
    jsonAnswer({ error: 'Rate limit exceeded', remaining: 0, reset: now / 1000 + 90 }, 429),
    { kind: 'rateLimited', retryAt: now + 90_000 },
  ],
  [
    '429 that names no moment',
    jsonAnswer({ error: 'Rate limit exceeded' }, 429),
    { kind: 'rateLimited', retryAt: now + 900_000 },
  ],
  [
    '429 of a moment that has passed',
    jsonAnswer({ error: 'Rate limit exceeded', reset: now / 1000 - 5 }, 429),
    { kind: 'rateLimited', retryAt: now + 1_000 },
  ],
  [
    '429 of a moment beyond all measure',
    jsonAnswer({ reset: now / 1000 + 9_000_000 }, 429),
    { kind: 'rateLimited', retryAt: now + 3_600_000 },
  ],
  ['449', jsonAnswer({}, 449), { kind: 'busy' }],
  [
    '500 with the database’s words',
    jsonAnswer({ message: database }, 500),
    { kind: 'busy', facts: { reason: 'database error' } },
  ],
  ['502 with a page', htmlAnswer('Bad Gateway', 502), { kind: 'busy', code: 'busy' }],
  [
    'a redirect to https',
    textAnswer('', 301, { location: 'https://desk.example.com/api' }),
    { kind: 'busy', code: 'needsHttps' },
  ],
  [
    'a redirect elsewhere',
    textAnswer('', 302, { location: 'http://portal.example.com/' }),
    { kind: 'busy', code: 'proxyPage' },
  ],
  ['200 with a page', htmlAnswer('This page could not be found'), { kind: 'protocol', code: 'proxyPage' }],
  ['200 with half an answer', textAnswer('{"conv', 200), { kind: 'protocol', code: 'protocol' }],
] as const)('%s', (_, answer, expected) => {
  it('in a read', async () => {
    expect(await failureOf(over(answer).look('c1', never))).toMatchObject({ ...expected, mayHaveLeft: false })
  })

  it('in a write', async () => {
    const failure = await failureOf(over(answer).send(aReply({ conversationKey: 'c1' }), never))
    expect(failure).toMatchObject(expected)
    const isUnclear = answer.status >= 500 || [200, 408, 449].includes(answer.status)
    expect(failure.mayHaveLeft).toBe(isUnclear)
  })
})

it('a connection that drops is unclear in a write, also in one that is a GET', async () => {
  const dropped = new HttpFault('reset', true, { host: 'desk.example.com' })
  const session = over(dropped, { assignVerb: 'GET' })
  expect(await failureOf(session.look('c1', never))).toMatchObject({ kind: 'offline', mayHaveLeft: false })
  expect(await failureOf(session.send(aReply(), never))).toMatchObject({ kind: 'offline', mayHaveLeft: true })
  const conversation = { key: 'c1', assignee: null } as Parameters<
    NonNullable<Session['assign']>['assign']
  >[0]
  const order = there(session.assign).assign(conversation, { key: 'm', name: 'M', isMe: false }, never)
  expect(await failureOf(order)).toMatchObject({ mayHaveLeft: true })
})

it('what the database said is in no sentence an agent reads', async () => {
  const texts = [
    database,
    'jet: pq: duplicate key value violates unique constraint "X"',
    'jet: qrm: no rows in result set',
    'dial tcp: 10.0.0.4:5432: connect: connection refused',
  ]
  for (const text of texts) {
    for (const status of [400, 404, 422, 500]) {
      const { code, facts } = await failureOf(over(jsonAnswer(text, status)).look('c1', never))
      const sentence = say(`failure.${code}`, facts)
      expect(sentence).not.toContain(text)
      expect(sentence).toContain('desk.example.com')
    }
  }
})

function over(answer: HttpAnswer | HttpFault, settings = {}): Session {
  const account = {
    id: accountId('home'),
    key: 'o1',
    baseUrl: 'http://desk.example.com/api',
    settings: { messagesEndpoint: false, ...settings },
  }
  return wapikit.open(account, 'a.b.c', { http: scriptedHttp(() => answer), clock, log: () => {} })
}
