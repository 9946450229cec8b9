import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const play = (verb: string, body: unknown = {}) =>
  asking.ask('POST', `/_scenario/${verb}`, { body, headers: {} })
const look = async (conversation: number) => (await play('look', { conversation })).json

describe('over HTTP', () => {
  test('a customer writes, here and anew, with words and with a picture', async () => {
    expect((await play('customer-writes', { conversation: 3, text: 'Hello?' })).json).toMatchObject({
      conversation: 3,
    })
    const fresh = await play('customer-writes', { inbox: 23, name: 'Zoë', text: null, hasPicture: true })
    expect(at(fresh.json, 'conversation')).toBe(8)
    const seen = await look(8)
    expect(at(seen, 'conversation.meta.sender.name')).toBe('Zoë')
    expect(at(seen, 'messages.0.attachments.0.file_type')).toBe('image')
  })

  test('others write, note, set, assign, read and label', async () => {
    await play('agent-writes', { conversation: 3, as: 'Ada', text: 'Mine' })
    await play('agent-writes', { conversation: 3, as: 'Otto', text: 'Really?', isPrivate: true })
    await play('agent-assigns', { conversation: 3, to: 'Ada' })
    await play('labels', { conversation: 3, labels: ['delivery'] })
    await play('priority', { conversation: 3, priority: 'urgent' })
    await play('agent-reads', { conversation: 3 })
    await play('agent-sets', { conversation: 3, as: 'Ada', status: 'pending' })
    const seen = await look(3)
    expect(at(seen, 'messages.*.content')).toEqual([
      'The shade of my lamp came in two pieces. What now?',
      'Mine',
      'Really?',
      'Ada Brook self-assigned this conversation',
      'Ada Brook added delivery',
      'Ada Brook removed broken',
      'Ada Brook set the priority to urgent',
      'Conversation was marked as pending by Ada Brook',
    ])
    expect(at(seen, 'conversation')).toMatchObject({
      status: 'pending',
      priority: 'urgent',
      labels: ['delivery'],
      unread_count: 0,
    })
  })

  test('assignment and priority are taken back with null', async () => {
    await play('agent-assigns', { conversation: 5, to: null })
    await play('priority', { conversation: 5, priority: null })
    const { conversation } = asking.sim.scenario.look({ conversation: 5 })
    expect([at(conversation, 'meta.assignee'), at(conversation, 'priority')]).toEqual([undefined, null])
  })

  test('messages move, and are deleted', async () => {
    await play('agent-writes', { conversation: 5, text: 'Soon' })
    await play('message-moves', { conversation: 5, status: 'failed', externalError: 'No such number' })
    expect(at(await look(5), 'messages.6')).toMatchObject({ status: 'failed' })
    await play('message-deleted', { conversation: 5 })
    expect(at(await look(5), 'messages.6.content_attributes')).toEqual({ deleted: true })
  })

  test('faults are set, counted down, lifted and cleared', async () => {
    const { json } = await play('fault', { kind: 'badGateway', status: 503, path: '/api/**', count: 2 })
    expect((await asking.ask('GET', '/api/v1/profile')).status).toBe(503)
    expect((await play('lift-fault', { id: at(json, 'id') })).json).toEqual({ done: true })
    expect((await asking.ask('GET', '/api/v1/profile')).status).toBe(200)
    await play('fault', { kind: 'refused', why: 'suspended' })
    await play('clear-faults')
    expect((await asking.ask('GET', '/api/v1/profile')).status).toBe(200)
  })

  test('every kind of fault can be named', async () => {
    const kinds = [
      { kind: 'latency', delayMs: 1 },
      { kind: 'acceptLate', delayMs: 1 },
      { kind: 'acceptLate', delayMs: 1, jitterMs: 1 },
      { kind: 'retryWith' },
      { kind: 'slowDrip' },
      { kind: 'status', status: 418, body: 'tea' },
      { kind: 'rateLimited', retryAfter: '5' },
      { kind: 'refused', why: 'signIn' },
      ...['resetBeforeAccept', 'dropAfterAccept', 'hang', 'acceptThenHang', 'junkJson', 'halfJson'].map(
        (kind) => ({ kind }),
      ),
      ...['cutOff', 'badGateway', 'serverError', 'serverErrorPage', 'proxyPage', 'toHttps'].map((kind) => ({
        kind,
      })),
    ]
    for (const body of kinds) expect((await play('fault', body)).status, body.kind).toBe(200)
    expect((await asking.ask('GET', '/_scenario/faults')).json).toHaveLength(kinds.length)
  })

  test('the server changes its ways, the token, the accounts and the memberships', async () => {
    await play('server', { version: '4.2.0', strips: 'nothing' })
    expect(at((await asking.ask('GET', '/api')).json, 'version')).toBe('4.2.0')
    expect(at((await play('reset-token')).json, 'token')).not.toBe(asking.sim.token)
    await play('suspend', { account: 2, isSuspended: true })
    await play('membership', { isMember: false })
    await play('membership', { isMember: true, role: 'administrator' })
    await play('inbox-membership', { inbox: 21, isMember: false })
    expect((await asking.ask('GET', '/_scenario/accepted')).json).toEqual({ messages: [], actions: [] })
  })

  test('one can look at all conversations and at the log', async () => {
    await asking.ask('GET', '/api')
    expect(at((await asking.ask('GET', '/_scenario/requests')).json, '*.path')).toEqual(['/api'])
    const { json } = await asking.ask('GET', '/_scenario/conversations')
    expect(at(json, '4')).toEqual({
      account: 1,
      conversation: 5,
      inbox: 'Website',
      contact: 'Ines Duarte',
      status: 'open',
    })
  })
})

describe('a call that cannot be done says why', () => {
  test.each([
    ['dance', {}, /"dance" is no scenario call\. POST one of: customer-writes/],
    ['customer-writes', { conversation: 3 }, /"text" is missing/],
    ['customer-writes', { conversation: '3', text: 'a' }, /"conversation" must be a number/],
    ['customer-writes', { conversation: 3, text: 'a', txet: 'b' }, /Nobody knows "txet"/],
    ['customer-writes', { conversation: 999, text: 'a' }, /Lantern Lamps has no conversation 999/],
    ['customer-reads', { account: 9, conversation: 1 }, /There is no account 9/],
    ['agent-writes', { conversation: 3, as: 'Zed', text: 'a' }, /Nobody at Lantern Lamps is called Zed/],
    ['agent-sets', { conversation: 3, status: 'asleep' }, /"status" must be one of open, resolved/],
    ['message-moves', { conversation: 3, message: 1, status: 'read' }, /has no message 1/],
    ['inbox-membership', { inbox: 99, isMember: true }, /has no inbox 99/],
    ['lift-fault', { id: 7 }, /There is no fault 7/],
    ['fault', { kind: 'badGateway', status: 418 }, /"status" must be 502, 503 or 504/],
    ['fault', [], /Send one JSON object/],
    ['fault', '{', /The body is not JSON/],
  ])('%s %j', async (verb, body, sentence) => {
    const { status, json } = await play(verb, body)
    expect(status).toBe(422)
    expect(at(json, 'error')).toMatch(sentence)
  })

  test('looking at what is not there', async () => {
    expect((await asking.ask('GET', '/_scenario/weather')).status).toBe(422)
  })
})
