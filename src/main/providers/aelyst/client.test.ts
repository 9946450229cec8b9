import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import {
  htmlAnswer,
  jsonAnswer,
  pathOf,
  scriptedHttp,
  textAnswer,
} from '../../../../tests/support/scripted-http.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure } from '../provider.ts'
import { openClient, type Call } from './client.ts'

const said = (code: number, message: unknown) => jsonAnswer({ code, message }, code)
const read: Call = { path: '/contact/id%3A7' }
const order: Call = { path: '/contact/id%3A7/conversation/status', body: { status: 'close' } }
const message: Call = { path: '/contact/id%3A7/message', kind: 'message', body: {} }

describe('an answer that is no success', () => {
  it.each([
    [
      '400',
      read,
      said(400, 'Validation error.'),
      { kind: 'rejected', code: 'rejected', reason: 'Validation error.' },
    ],
    ['400 to an order', order, said(400, 'Validation error.'), { kind: 'rejected', code: 'rejected' }],
    [
      '400 with an object',
      read,
      said(400, { contactId: 9, message: 'connected' }),
      { kind: 'gone', movedTo: '9' },
    ],
    ['400 that is no JSON', read, textAnswer('no', 400), { kind: 'rejected', code: 'proxyPage' }],
    ['401', read, said(401, 'UN_AUTHORIZED'), { kind: 'auth', code: 'auth' }],
    ['403', read, said(403, 'Forbidden resource'), { kind: 'forbidden', code: 'forbidden' }],
    [
      '403 of the CDN',
      read,
      htmlAnswer('Blocked', 403),
      { kind: 'busy', code: 'proxyPage', retryInMs: 60_000 },
    ],
    ['404', read, said(404, 'Contact not found'), { kind: 'gone', code: 'gone' }],
    [
      '404 to a message',
      message,
      said(404, 'Contact not found'),
      { kind: 'rejected', reason: 'Contact not found' },
    ],
    ['404 as a page', read, htmlAnswer('Lost', 404), { kind: 'rejected', code: 'proxyPage' }],
    ['409', order, said(409, 'exists'), { kind: 'rejected', reason: 'exists' }],
    ['429', read, limited({ 'retry-after': '7' }), { kind: 'rateLimited', retryInMs: 7_000 }],
    [
      '429 to a message',
      message,
      limited({ 'retry-after': '7' }),
      { kind: 'rateLimited', mayHaveLeft: false },
    ],
    [
      '429 that says it in the body',
      read,
      limited({}, { retryAfter: 3 }),
      { kind: 'rateLimited', retryInMs: 3_000 },
    ],
    ['429 without a time', read, limited({}), { kind: 'rateLimited', retryInMs: null }],
    ['449', read, said(449, 'in queue'), { kind: 'busy', code: 'inQueue', retryInMs: 60_000 }],
    ['449 to an order', order, said(449, 'in queue'), { kind: 'busy', code: 'inQueue', mayHaveLeft: false }],
    [
      '449 to a message',
      message,
      said(449, 'in queue'),
      { kind: 'busy', code: 'inQueue', mayHaveLeft: true },
    ],
    ['500', read, said(500, 'Unexpected error occurred'), { kind: 'busy', code: 'busy', mayHaveLeft: false }],
    [
      '500 to a message',
      message,
      said(500, 'Unexpected error occurred'),
      { kind: 'busy', mayHaveLeft: true },
    ],
    [
      '502 as a page',
      message,
      htmlAnswer('Bad Gateway', 502),
      { kind: 'busy', code: 'busy', mayHaveLeft: true },
    ],
    ['301', message, textAnswer('', 301), { kind: 'busy', code: 'proxyPage', mayHaveLeft: false }],
    [
      '200 with no',
      message,
      jsonAnswer({ success: false, message: 'Something' }),
      { kind: 'rejected', reason: 'Something' },
    ],
    [
      '200 as a page',
      message,
      htmlAnswer('Sign in'),
      { kind: 'protocol', code: 'proxyPage', mayHaveLeft: true },
    ],
    [
      '200 cut short',
      message,
      textAnswer('{"messageId"'),
      { kind: 'protocol', code: 'protocol', mayHaveLeft: true },
    ],
    ['200 cut short to a read', read, textAnswer('{'), { kind: 'protocol', mayHaveLeft: false }],
  ])('is told as what it means: %s', async (_name, call, answer, expected) => {
    const { ask, now } = start(() => answer)
    const failure = await ask(call)
    const { kind, code, mayHaveLeft, facts, retryAt } = failure
    const { reason, movedTo } = facts
    const retryInMs = retryAt === null ? null : retryAt - now()
    expect({ kind, code, mayHaveLeft, reason, movedTo, retryInMs }).toMatchObject(expected)
  })
})

describe('a server that asks for a rest', () => {
  it('is not asked for the same again before that, and is for anything else', async () => {
    const { ask, clock, asked } = start(({ url }) =>
      url.endsWith('7') ? limited({ 'retry-after': '2' }) : jsonAnswer({}),
    )
    await ask(read)
    await clock.advance(1_000)
    expect(await ask(read)).toMatchObject({ kind: 'rateLimited', retryAt: clock.now() + 1_000 })
    await ask({ path: '/other' })
    expect(asked()).toEqual(['/v1/contact/id%3A7', '/v1/other'])
    await clock.advance(1_000)
    await ask(read)
    expect(asked()).toEqual(['/v1/contact/id%3A7'])
  })

  it('is left alone altogether for a minute where its CDN turned us away', async () => {
    const { ask, clock, asked } = start(() => htmlAnswer('Blocked', 403))
    await ask(read)
    expect(await ask(message)).toMatchObject({ kind: 'busy', code: 'proxyPage', mayHaveLeft: false })
    expect(asked()).toHaveLength(1)
    await clock.advance(60_000)
    await ask(message)
    expect(asked()).toHaveLength(1)
  })

  it('is left alone altogether where all its paths share one bucket', async () => {
    const { ask, asked } = start(() => limited({ 'retry-after': '2' }), { isShared: true })
    await ask(read)
    expect(await ask({ path: '/other' })).toMatchObject({ kind: 'rateLimited' })
    expect(asked()).toHaveLength(1)
  })

  it('is asked three times for what it queued, and then its words are told', async () => {
    const { ask } = start(() => said(449, 'In queue.'))
    const kinds: string[] = []
    for (let n = 0; n < 4; n++) kinds.push((await ask(order)).kind)
    expect(kinds).toEqual(['busy', 'busy', 'busy', 'rejected'])
    const messages: string[] = []
    for (let n = 0; n < 5; n++) messages.push((await ask(message)).kind)
    expect(new Set(messages)).toEqual(new Set(['busy']))
  })

  it('shows by what is left that its paths share one bucket, and that is kept', async () => {
    let left = 5
    let shares = 0
    const { ask } = start(
      () => {
        left -= 1
        return jsonAnswer({}, 200, { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': String(left) })
      },
      { shares: () => (shares += 1) },
    )
    for (const n of [1, 2, 3, 4]) await ask({ path: `/contact/id%3A${n}` })
    expect(shares).toBe(1)
  })
})

describe('a request', () => {
  it('carries the token and its JSON, and keeps its query apart from the base', async () => {
    const http = scriptedHttp(() => jsonAnswer({}))
    const client = openClient(partsOf(http))
    await client.call({ ...order, query: { limit: 99 } }, new AbortController().signal)
    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://api.example.com/v1/contact/id%3A7/conversation/status?limit=99',
      headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
      body: '{"status":"close"}',
    })
  })
})

function limited(headers: Record<string, string>, more: object = {}): HttpAnswer {
  return jsonAnswer({ code: 429, message: 'Too Many Requests', ...more }, 429, headers)
}

function start(
  answer: (request: { readonly url: string }) => HttpAnswer,
  given: { isShared?: boolean; shares?: () => void } = {},
) {
  const http = scriptedHttp(answer)
  const parts = { ...partsOf(http), ...given }
  const client = openClient(parts)
  return {
    clock: parts.clock,
    now: parts.clock.now,
    asked: () => http.requests.splice(0).map(pathOf),
    /** The failure; a success is none. */
    async ask(call: Call): Promise<ProviderFailure> {
      const asking = client.call(call, new AbortController().signal).then(
        () => new ProviderFailure({ kind: 'protocol', code: 'internal', mayHaveLeft: false }),
        (error: unknown) => error as ProviderFailure,
      )
      await parts.clock.advance(0)
      // Whoever waits for the pace waits no longer than this.
      const waits = parts.clock.pending() > 0
      if (waits) await parts.clock.advance(500)
      return asking
    },
  }
}

function partsOf(http: ReturnType<typeof scriptedHttp>) {
  const clock = handClock()
  return {
    http,
    clock,
    baseUrl: 'https://api.example.com/v1',
    token: 'token',
    isShared: false,
    shares: () => {},
  }
}
