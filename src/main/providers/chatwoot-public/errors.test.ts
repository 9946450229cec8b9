import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aReply, aSought, failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { scriptedHttp, textAnswer } from '../../../../tests/support/scripted-http.ts'
import {
  startSimulatedPublic,
  type SimulatedPublic,
} from '../../../../tests/support/simulated-chatwoot-public.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import { HttpFault } from '../../ports/http.ts'
import { ProviderFailure, type Session } from '../provider.ts'
import { chatwootPublic } from './chatwoot-public.ts'
import { withoutSecrets, writeKeys } from './keys.ts'

/** Every row of the table of refusals (docs/providers/chatwoot-public.md §4), over real HTTP. */
const json = 'application/json; charset=utf-8'
let here: SimulatedPublic
let session: Session
beforeEach(async () => {
  here = await startSimulatedPublic()
  session = await here.open()
})
afterEach(() => here.close())

const page = '<!doctype html><html><title>Something in between</title></html>'
const promised = '{"description":"Bad","errors":[{"field":"content","message":"is empty","code":"blank"}]}'

describe.each([
  [404, json, '{"status":404,"error":"Not Found"}', { kind: 'gone', code: 'gone' }, false],
  [404, json, '{"error":"Resource could not be found"}', { kind: 'gone', code: 'gone' }, false],
  [404, 'text/html', page, { kind: 'rejected', code: 'proxyPage' }, false],
  [
    422,
    json,
    '{"message":"Content is too long","attributes":["content"]}',
    { kind: 'rejected', facts: { reason: 'Content is too long' } },
    false,
  ],
  [422, json, '{"error":"Too old"}', { kind: 'rejected', facts: { reason: 'Too old' } }, false],
  [422, json, promised, { kind: 'rejected', facts: { reason: 'content: is empty' } }, false],
  [400, json, '{"status":400,"error":"Bad Request"}', { kind: 'rejected', code: 'rejected' }, false],
  [401, json, '{"error":"Closed"}', { kind: 'forbidden' }, false],
  [403, json, '{"error":"Closed"}', { kind: 'forbidden' }, false],
  [403, 'text/html', page, { kind: 'rejected', code: 'proxyPage' }, false],
  [413, 'text/html', page, { kind: 'rejected', code: 'proxyPage' }, false],
  [429, 'text/plain', 'Retry later\n', { kind: 'rateLimited', code: 'rateLimited' }, false],
  [408, 'text/plain', '', { kind: 'busy' }, true],
  [425, 'text/plain', '', { kind: 'busy' }, false],
  [449, 'text/html', page, { kind: 'busy' }, true],
  [500, json, '{"status":500,"error":"Internal Server Error"}', { kind: 'busy', code: 'busy' }, true],
  [500, 'text/html', page, { kind: 'busy' }, true],
  [502, 'text/html', page, { kind: 'busy' }, true],
  [503, 'text/html', page, { kind: 'busy' }, true],
  [504, 'text/html', page, { kind: 'busy' }, true],
  [522, 'text/html', page, { kind: 'busy' }, true],
  [302, 'text/html', page, { kind: 'busy', code: 'proxyPage' }, false],
  [200, 'text/html', page, { kind: 'protocol', code: 'proxyPage' }, true],
  [200, json, 'null', { kind: 'protocol' }, true],
  [200, json, '', { kind: 'protocol' }, true],
] as const)('%i %s %s', (status, contentType, body, expected, mayHaveLeft) => {
  const answered = (method: string): void =>
    void here.simulator.scenario.fault(
      { kind: 'status', status, contentType, body },
      { method, path: '/public/api/v1/inboxes/*/contacts/*/conversations/**', count: 1 },
    )

  it('to a message', async () => {
    answered('POST')
    const failure = await failureOf(
      session.send(aReply({ conversationKey: String(here.tickets.lamp) }), never),
    )
    expect(failure).toMatchObject({ ...expected, mayHaveLeft })
  })

  it('to a question', async () => {
    answered('GET')
    expect(await failureOf(session.look(String(here.tickets.lamp), never))).toMatchObject({
      ...expected,
      mayHaveLeft: false,
    })
  })
})

describe('a redirect to encryption', () => {
  it('is named and not followed', async () => {
    here.simulator.scenario.fault({ kind: 'toHttps' }, { path: '/public/**' })
    const failure = await failureOf(
      session.send(aReply({ conversationKey: String(here.tickets.lamp) }), never),
    )
    expect(failure).toMatchObject({ code: 'needsHttps', mayHaveLeft: false })
    expect(here.asked()).toHaveLength(1)
  })
})

describe('a server’s real refusals', () => {
  it('of more messages a minute than it takes', async () => {
    for (let each = 0; each < 200; each++)
      here.simulator.scenario.agentWrites({ conversation: here.tickets.lamp, as: 'ada', text: `${each}` })
    const failure = await failureOf(
      session.send(aReply({ conversationKey: String(here.tickets.lamp) }), never),
    )
    expect(failure).toMatchObject({ kind: 'rejected', facts: { reason: 'Too many messages' } })
  })
})

describe('whatever goes wrong', () => {
  const inbox = 'inbox-4711-identifier'
  const contact = '3f1c/ümlaut 9'
  const echo = `No route matches /public/api/v1/inboxes/${inbox}/contacts/${encodeURIComponent(contact)} or ${contact}`

  it.each([
    ['500', () => textAnswer(JSON.stringify({ error: echo }), 500)],
    ['422', () => textAnswer(JSON.stringify({ message: echo }), 422)],
    ['404', () => textAnswer(JSON.stringify({ error: echo }), 404)],
    ['302', () => textAnswer('', 302, { location: `https://desk.example.com/public/${inbox}/${contact}` })],
    ['junk', () => textAnswer(echo)],
    ['reset', () => new HttpFault('reset', true, { host: 'desk.example.com', reason: echo })],
    ['tls', () => new HttpFault('tls', false, { host: 'desk.example.com', reason: echo })],
  ])('a %s tells neither identifier, to the agent or the log', async (_, answer) => {
    const log: string[] = []
    const account = { id: accountId('home'), key: '1', baseUrl: 'https://desk.example.com', settings: {} }
    const secret = writeKeys({ inbox, contacts: [{ identifier: contact, key: '1', name: 'Rosa' }] })
    const opened = chatwootPublic.open(account, secret, {
      http: scriptedHttp(answer),
      clock: here.clock,
      log: (event, facts) => void log.push(`${event} ${JSON.stringify(facts)}`),
    })
    const sought = aSought({ conversationKey: '5', startedAt: 0 })
    const calls = [
      opened.pull(null, never),
      opened.look('5', never),
      opened.thread('5', null, never),
      opened.send(aReply(), never),
      opened.findSent(sought, never),
      there(opened.done).resolve('5', {}, never),
      there(opened.read).markRead('5', never),
      there(opened.typing).tell('5', { isTyping: true, isNote: false }, never),
      there(opened.start).begin({ customer: { kind: 'own' }, inboxKey: '', subject: null }, never),
    ]
    for (const each of await Promise.allSettled(calls)) {
      if (each.status === 'fulfilled') continue
      const failure: unknown = each.reason
      expect(failure).toBeInstanceOf(ProviderFailure)
      if (failure instanceof ProviderFailure)
        log.push(`${failure.message} ${failure.stack ?? ''} ${JSON.stringify(failure)}`)
    }
    expect(log.length).toBeGreaterThan(0)
    for (const each of [inbox, contact, encodeURIComponent(contact)])
      expect(log.join('\n')).not.toContain(each)
  })

  it('a short identifier is taken out whole and leaves other numbers alone', () => {
    expect(withoutSecrets('contacts/42 of 4242, status 42', ['42'])).toBe('contacts/… of 4242, status …')
  })
})
