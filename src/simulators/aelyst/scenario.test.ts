import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'
import { ScenarioMistake } from '../scenario-input.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const verb = (name: string, body: object = {}) =>
  asking.ask('POST', `${asking.sim.origin}/_scenario/${name}`, { body })
const look = async (what: string) => (await asking.ask('GET', `${asking.sim.origin}/_scenario/${what}`)).json
const newest = async (contact: number) =>
  at((await asking.ask('GET', `/contact/id:${contact}/message/list?limit=1`)).json, 'items.0')

describe('what people do', () => {
  test('somebody new writes on any channel, in any form', async () => {
    const { contact } = asking.sim.scenario.customerWrites({
      name: 'Zoë Quist',
      channel: 'semaphore',
      text: '👋',
    })
    expect(await newest(contact)).toMatchObject({
      channelId: 205,
      traffic: 'incoming',
      message: { type: 'text', text: '👋' },
    })
    asking.sim.scenario.customerWrites({ contact, body: { type: 'place', latitude: 1 } })
    expect(await newest(contact)).toMatchObject({ message: { type: 'place', latitude: 1 } })
  })

  test('colleagues and machines write, and say where it came from', async () => {
    const { scenario } = asking.sim
    scenario.colleagueWrites({ contact: 301, text: 'I have it' })
    expect(at(await newest(301), 'sender')).toEqual({ source: 'user', userId: 102 })
    scenario.colleagueWrites({ contact: 301, as: 'me', text: 'No, I' })
    expect(at(await newest(301), 'sender')).toEqual({ source: 'user', userId: 101 })
    scenario.colleagueWrites({ contact: 301, text: 'From my phone', source: 'echo' })
    expect(at(await newest(301), 'sender')).toEqual({ source: 'echo' })
    scenario.systemWrites({ contact: 301, source: 'zapier', text: 'Beep' })
    expect(at(await newest(301), 'sender')).toEqual({ source: 'zapier' })
    expect(asking.sim.accepted.messages).toEqual([])
  })

  test('colleagues assign, tag, block and move on', async () => {
    const { scenario } = asking.sim
    scenario.colleagueAssigns({ contact: 301, to: 'Otto' })
    scenario.tags({ contact: 301, tags: ['bulb'] })
    scenario.lifecycle({ contact: 301, name: 'Regular' })
    scenario.blocks({ contact: 301, isBlocked: true })
    expect((await asking.ask('GET', '/contact/id:301')).json).toMatchObject({
      assignee: { id: 103 },
      tags: ['bulb'],
      lifecycle: 'Regular',
      isBlocked: true,
    })
    scenario.contactDeleted({ contact: 301 })
    expect((await asking.ask('GET', '/contact/id:301')).status).toBe(404)
    expect(asking.sim.accepted.actions).toEqual([])
  })

  test('a message fails when it is told to', async () => {
    asking.sim.scenario.messageMoves({ contact: 301, status: 'failed', reason: 'Number gone' })
    expect(at(asking.sim.scenario.look({ contact: 301 }).messages[2], 'status.3')).toMatchObject({
      value: 'failed',
      message: 'Number gone',
    })
  })

  test('what cannot be done says why', () => {
    const { scenario } = asking.sim
    expect(() => scenario.customerReads({ contact: 9 })).toThrow(
      new ScenarioMistake('There is no contact 9.'),
    )
    expect(() => scenario.colleagueAssigns({ contact: 301, to: 'Zed' })).toThrow(
      'Nobody here is called "Zed".',
    )
    expect(() => scenario.customerWrites({ channel: 'pigeon', text: 'x' })).toThrow(
      'No channel is called "pigeon".',
    )
    expect(() => scenario.liftFault(1)).toThrow('There is no fault 1')
  })
})

describe('over HTTP', () => {
  test('the same calls answer, without a token, without a limit and without a log', async () => {
    expect((await verb('customer-writes', { contact: 301, type: 'sticker' })).json).toMatchObject({
      contact: 301,
    })
    expect((await verb('merges', { one: 301, other: 302 })).json).toEqual({ contact: 301 })
    expect((await verb('colleague-sets', { contact: 301, status: 'closed' })).json).toEqual({ done: true })
    expect(at((await verb('look', { contact: 301 })).json, 'contact.status')).toBe('closed')
    expect(at((await verb('reset-token')).json, 'token')).not.toBe(asking.sim.token)
    expect(at(await look('contacts'), 'length')).toBe(7)
    expect([await look('requests'), await look('accepted')]).toEqual([[], { messages: [], actions: [] }])
  })

  test.each([
    ['fault', { kind: 'cdnBlock', count: 1 }, { id: 1 }],
    ['fault', { kind: 'rateLimited', retryAfter: 5 }, { id: 1 }],
    ['fault', { kind: 'acceptLate', delayMs: 5 }, { id: 1 }],
    ['server', { statusFilter: 'ignored', blocksBurstsOver: null }, { done: true }],
    [
      'server',
      { statusFilter: 'maybe' },
      { error: '"statusFilter" must be one of works, refused, ignored.' },
    ],
    ['fault', { kind: 'flood' }, { error: expect.stringContaining('"kind" must be one of') }],
    ['tags', { contact: 301, tags: [], colour: 'red' }, { error: 'Nobody knows "colour" here.' }],
    ['dance', {}, { error: expect.stringContaining('"dance" is no scenario call') }],
  ])('%s with %o answers %o', async (name, body, answer) => {
    expect((await verb(name, body)).json).toEqual(answer)
  })
})

describe('customers who live', () => {
  test('read what reaches them and answer in character; the rest is silence', async () => {
    await asking.sim.close()
    asking = await startAsking({ data: 'demo' })
    asking.sim.scenario.live({ everyMs: 86_400_000, answerAfterMs: 10_000 })
    const mine = at((await asking.list({ $and: [] }, '?limit=99')).json, 'items')
    const mariana = Array.isArray(mine)
      ? Number(
          at(
            mine.find((one) => at(one, 'firstName') === 'Mariana'),
            'id',
          ),
        )
      : 0
    const body = { message: { type: 'text', text: 'Take it out of the water!' } }
    await asking.ask('POST', `/contact/id:${mariana}/message`, { body })
    asking.turn(20_000)
    expect(at(await newest(mariana), 'message.text')).toMatch(/^Ok! I put it/)
    const { messages } = asking.sim.scenario.look({ contact: mariana })
    expect(at(messages.at(-2), 'status.*.value')).toContain('read')
    asking.sim.scenario.live(null)
    await asking.ask('POST', `/contact/id:${mariana}/message`, { body })
    asking.turn(60_000)
    expect(at(await newest(mariana), 'traffic')).toBe('outgoing')
  })

  test('turn up and add something by themselves', async () => {
    await asking.sim.close()
    asking = await startAsking({ data: 'demo' })
    const count = async () => at((await asking.list({ $and: [] }, '?limit=99')).json, 'items.length')
    const before = await count()
    asking.sim.scenario.live({ everyMs: 30_000, answerAfterMs: 10_000 })
    for (let minute = 0; minute < 20; minute += 1) asking.turn(60_000)
    expect(Number(await count())).toBe(Number(before) + 4)
  })
})
