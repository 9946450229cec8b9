import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { htmlAnswer, jsonAnswer, scriptedHttp, textAnswer } from '../../../../tests/support/scripted-http.ts'
import { HttpFault, type HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure } from '../provider.ts'
import { openClient, type Call } from './client.ts'

const clock = handClock()
const never = new AbortController().signal
const read: Call = { path: '/api/v1/accounts/1/conversations' }
const write: Call = { path: '/api/v1/accounts/1/conversations/5/messages', body: { content: 'Hello' } }

describe('a write that is no success', () => {
  it.each([
    [
      'the token did not arrive',
      jsonAnswer({ errors: ['You need to sign in or sign up before continuing.'] }, 401),
      'auth',
      'headerStripped',
      false,
    ],
    ['the token is unknown', jsonAnswer({ error: 'Invalid Access Token' }, 401), 'auth', 'auth', false],
    [
      'the account is suspended',
      jsonAnswer({ error: 'Account is suspended' }, 401),
      'auth',
      'suspended',
      false,
    ],
    [
      'it is a bot’s token',
      jsonAnswer({ error: 'Access to this endpoint is not authorized for bots' }, 401),
      'auth',
      'botToken',
      false,
    ],
    [
      'no member',
      jsonAnswer({ error: 'You are not authorized to access this account' }, 401),
      'forbidden',
      'forbidden',
      false,
    ],
    [
      'not allowed',
      jsonAnswer({ error: 'You are not authorized to do this action' }, 401),
      'forbidden',
      'forbidden',
      false,
    ],
    ['a 401 of something else', htmlAnswer('Restricted', 401), 'busy', 'proxyPage', false],
    [
      'forbidden',
      jsonAnswer({ error: 'Message status update is only allowed for API inboxes' }, 403),
      'forbidden',
      'forbidden',
      false,
    ],
    ['a firewall', htmlAnswer('Blocked', 403), 'rejected', 'proxyPage', false],
    ['it is gone', jsonAnswer({ error: 'Resource could not be found' }, 404), 'gone', 'gone', false],
    ['a page that is gone', htmlAnswer('Not found', 404), 'rejected', 'proxyPage', false],
    ['too many requests', textAnswer('Retry later\n', 429), 'rateLimited', 'rateLimited', false],
    [
      'refused',
      jsonAnswer({ error: 'Validation failed: Too many messages' }, 422),
      'rejected',
      'rejected',
      false,
    ],
    ['too large', htmlAnswer('Request Entity Too Large', 413), 'rejected', 'proxyPage', false],
    [
      'moved',
      { ...htmlAnswer('Moved', 302), headers: { location: 'https://login.example.com/' } },
      'busy',
      'proxyPage',
      false,
    ],
    ['to be retried', textAnswer('', 449), 'busy', 'busy', true],
    [
      'a server error',
      jsonAnswer({ status: 500, error: 'Internal Server Error' }, 500),
      'busy',
      'busy',
      true,
    ],
    ['a bad gateway', htmlAnswer('Bad Gateway', 502), 'busy', 'busy', true],
    ['a gateway’s own status', htmlAnswer('Web server is down', 521), 'busy', 'busy', true],
    ['a page instead of an answer', htmlAnswer('Sign in'), 'protocol', 'proxyPage', true],
    [
      'half an answer',
      textAnswer('{"id":', 200, { 'content-type': 'application/json' }),
      'protocol',
      'protocol',
      true,
    ],
    ['an empty answer', textAnswer(''), 'protocol', 'protocol', true],
  ] as const)('%s', async (_, answer: HttpAnswer, kind, code, mayHaveLeft) => {
    expect(await failureOf(write, answer)).toMatchObject({
      kind,
      code,
      mayHaveLeft,
      facts: { host: 'desk.example.com' },
    })
    expect((await failureOf(read, answer)).mayHaveLeft).toBe(false)
  })

  it.each([
    ['dns', false, 'offline'],
    ['refused', false, 'offline'],
    ['tls', false, 'offline'],
    ['proxy', false, 'offline'],
    ['offline', false, 'offline'],
    ['reset', false, 'offline'],
    ['reset', true, 'offline'],
    ['timeout', false, 'offline'],
    ['timeout', true, 'busy'],
  ] as const)('a %s, left: %s', async (fault, mayHaveLeft, kind) => {
    expect(await failureOf(write, new HttpFault(fault, mayHaveLeft, {}))).toMatchObject({
      kind,
      code: fault,
      mayHaveLeft,
    })
    expect((await failureOf(read, new HttpFault(fault, mayHaveLeft, {}))).mayHaveLeft).toBe(false)
  })

  it('says the server’s own words, in either of its shapes', async () => {
    const single = await failureOf(write, jsonAnswer({ error: 'Validation failed: Too many messages' }, 422))
    const record = await failureOf(
      write,
      jsonAnswer({ message: 'Phone number is invalid', attributes: ['phone_number'] }, 422),
    )
    expect([single.facts['reason'], record.facts['reason']]).toEqual([
      'Validation failed: Too many messages',
      'Phone number is invalid',
    ])
  })
})

describe('waiting', () => {
  it.each([
    ['a minute where the server does not say', {}, 60_000],
    ['the seconds it says', { 'retry-after': '12' }, 12_000],
    [
      'until the date it says, by its own clock',
      { 'retry-after': 'Tue, 06 Jan 2026 10:00:30 GMT', date: 'Tue, 06 Jan 2026 10:00:00 GMT' },
      30_000,
    ],
    ['no longer than an hour', { 'retry-after': '999999' }, 3_600_000],
    [
      'not at all for a date that is past',
      { 'retry-after': 'Tue, 06 Jan 2026 09:00:00 GMT', date: 'Tue, 06 Jan 2026 10:00:00 GMT' },
      0,
    ],
    ['a minute for nonsense', { 'retry-after': 'later' }, 60_000],
    ['a minute for less than nothing', { 'retry-after': '-5' }, 60_000],
    ['a minute for words with a number in them', { 'retry-after': 'in 5' }, 60_000],
    ['the part of a second it says', { 'retry-after': '1.5' }, 1_500],
    [
      'no longer than an hour, also until a date',
      { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' },
      3_600_000,
    ],
    [
      'until the date it says, by our clock where it does not tell its own',
      { 'retry-after': 'Tue, 03 Mar 2026 09:00:40 GMT', date: 'half past -5' },
      40_000,
    ],
    [
      'until the date it says in the older form',
      { 'retry-after': 'Tuesday, 06-Jan-26 10:00:30 GMT', date: 'Tue, 06 Jan 2026 10:00:00 GMT' },
      30_000,
    ],
  ] as const)('%s', async (_, headers, restMs) => {
    expect((await failureOf(read, textAnswer('Retry later\n', 429, headers))).retryAt).toBe(
      clock.now() + restMs,
    )
  })

  it('as long as a busy server says, and else up to us', async () => {
    expect((await failureOf(read, textAnswer('', 503, { 'retry-after': '5' }))).retryAt).toBe(
      clock.now() + 5_000,
    )
    expect((await failureOf(read, textAnswer('', 503))).retryAt).toBeNull()
  })
})

it('takes a defect on the way for a failure like any other', async () => {
  const http = { request: () => Promise.reject(new TypeError('oops')) }
  const client = openClient({ http, clock, baseUrl: 'https://desk.example.com', token: 't' })
  const failure = await client.call(write, never).catch((error: unknown) => error)
  expect(failure).toMatchObject({ kind: 'protocol', facts: { reason: 'TypeError' }, mayHaveLeft: true })
})

it('sends what a call says, as JSON, under the server’s own path', async () => {
  const http = scriptedHttp(() => jsonAnswer({}))
  const client = openClient({ http, clock, baseUrl: 'https://x.example.com/support', token: 'a-token' })
  await client.call({ path: '/api/v1/x', query: { page: 2, status: 'all' } }, never)
  await client.call({ path: '/api/v1/y', body: { status: 'open' } }, never)
  expect(http.requests).toMatchObject([
    { method: 'GET', url: 'https://x.example.com/support/api/v1/x?page=2&status=all', body: null },
    {
      method: 'POST',
      url: 'https://x.example.com/support/api/v1/y',
      body: '{"status":"open"}',
      headers: {
        Accept: 'application/json',
        'Api-Access-Token': 'a-token',
        'Content-Type': 'application/json',
      },
    },
  ])
})

async function failureOf(call: Call, answer: HttpAnswer | HttpFault): Promise<ProviderFailure> {
  const http = scriptedHttp(() => answer)
  const client = openClient({ http, clock, baseUrl: 'https://desk.example.com', token: 't' })
  const outcome = await client.call(call, never).then(
    (told) => {
      try {
        return told.json()
      } catch (error) {
        return error
      }
    },
    (error: unknown) => error,
  )
  if (outcome instanceof ProviderFailure) return outcome
  throw new Error('no failure', { cause: outcome })
}
