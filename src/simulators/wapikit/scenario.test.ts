import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'
import { demoPace } from './wapikit-simulator.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = async () => (await asking.ask('GET', '/conversations?page=1&per_page=50')).json
const messagesOf = async (conversation: string | null) =>
  at(
    (await asking.ask('GET', `/conversation/${conversation}`)).json,
    'conversation.messages.*.messageData.text',
  )
const post = (verb: string, body: object) => asking.ask('POST', `/_scenario/${verb}`, { body })

describe('a customer', () => {
  test('whom nobody knows becomes a number without a name', async () => {
    const { conversation } = asking.sim.scenario.customerWrites({ text: 'Anybody there?' })
    const { json } = await asking.ask('GET', `/conversation/${conversation}`)
    expect(at(json, 'conversation.contact')).toMatchObject({ name: '', phone: '15550110000' })
    expect(await messagesOf(conversation)).toEqual(['Anybody there?'])
  })

  test('begins anew where the last conversation was closed', async () => {
    const closed = await asking.called('Ilse Marrow')
    const { conversation } = asking.sim.scenario.customerWrites({ conversation: closed, text: 'Me again' })
    expect(conversation).not.toBe(closed)
    expect(at(await list(), 'conversations.*.contact.name')).toContain('Ilse Marrow')
  })

  test('who sends a picture leaves nothing, and with a video an empty conversation', async () => {
    const { scenario } = asking.sim
    const nothing = { conversation: null, message: null }
    expect(scenario.customerWrites({ phone: '15550100150', kind: 'image' })).toEqual(nothing)
    const { conversation, message } = scenario.customerWrites({ phone: '15550100150', kind: 'video' })
    expect([message, await messagesOf(conversation)]).toEqual([null, []])
    expect(at(await list(), 'conversations.0.messages')).toEqual([])
  })

  test('is heard twice when WhatsApp says it twice', async () => {
    const conversation = await asking.called('佐々木 凛')
    asking.sim.scenario.redelivers({ conversation })
    expect(await messagesOf(conversation)).toEqual([
      '領収書を送っていただけますか？',
      '領収書を送っていただけますか？',
      'もちろんです。今日中にお送りします。',
    ])
  })

  test('may have written before what is already there', async () => {
    const conversation = await asking.called('佐々木 凛')
    asking.sim.scenario.customerWrites({ conversation, text: 'Earlier', at: asking.now() - 86_400_000 })
    expect(await messagesOf(conversation)).toMatchObject(['Earlier', expect.anything(), expect.anything()])
  })
})

describe('a colleague', () => {
  test('writes and sets a status without a request of ours being counted', async () => {
    const conversation = await asking.called('Amara Nwosu')
    asking.sim.scenario.colleagueWrites({ conversation, text: 'From the web' })
    asking.sim.scenario.colleagueSets({ conversation, status: 'Closed' })
    expect(await messagesOf(conversation)).toContain('From the web')
    expect(at(await list(), 'conversations.*.contact.name')).not.toContain('Amara Nwosu')
    expect(asking.sim.accepted).toEqual({ messages: [], actions: [] })
  })
})

describe('trouble', () => {
  test('is aimed at a path and a number of requests', async () => {
    asking.sim.scenario.fault(
      { kind: 'refused', why: 'permission' },
      { path: '/api/conversations', count: 1 },
    )
    expect(at(await list(), 'message')).toBe('You are not authorized to access this resource.')
    expect(at(await list(), 'paginationMeta.page')).toBe(1)
  })

  test('takes an answer away after the reply has left', async () => {
    asking.sim.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'POST' })
    const path = `/conversation/${await asking.called('Amara Nwosu')}/messages`
    const body = { messageType: 'Text', messageData: { text: 'Gone?' } }
    await expect(asking.ask('POST', path, { body })).rejects.toThrow()
    expect(asking.sim.accepted.messages).toHaveLength(1)
  })

  test('says 429 with the moment to come back', async () => {
    asking.sim.scenario.fault({ kind: 'rateLimited', resetInMs: 90_000 })
    const { status, json } = await asking.ask('GET', '/user')
    expect([status, at(json, 'reset')]).toEqual([429, Math.floor((asking.now() + 90_000) / 1000)])
  })
})

describe('over HTTP', () => {
  test('the same can be done', async () => {
    const { json } = await post('customer-writes', { phone: '15550100150', text: 'By wire' })
    const conversation = String(at(json, 'conversation'))
    expect(at((await post('look', { conversation })).json, 'messages.0.messageData.text')).toBe('By wire')
    await post('server', { update: 'works', messageTypeKey: 'messageType' })
    await asking.ask('POST', `/conversation/${conversation}`, { body: { status: 'Closed' } })
    const { json: accepted } = await asking.ask('GET', '/_scenario/accepted')
    expect(at(accepted, 'actions.*.value')).toEqual(['Closed'])
    const { json: requests } = await asking.ask('GET', '/_scenario/requests')
    expect(at(requests, '*.path')).toEqual([`/api/conversation/${conversation}`])
  })

  test('a mistake is named', async () => {
    const said = async (verb: string, body: object) => at((await post(verb, body)).json, 'error')
    expect(await said('customer-writes', { txt: 'x' })).toBe('Nobody knows "txt" here.')
    expect(await said('colleague-writes', { conversation: 'x', text: 'y' })).toBe(
      'There is no conversation x.',
    )
    expect(await said('server', { update: 'maybe' })).toBe('"update" must be one of noop, works.')
    expect(await said('nonsense', {})).toContain('is no scenario call')
    expect((await post('fault', { kind: 'badGateway', status: 500 })).status).toBe(422)
  })

  test('every kind of trouble can be made and lifted', async () => {
    const { json } = await post('fault', { kind: 'status', status: 418, body: 'tea' })
    expect(await asking.ask('GET', '/user')).toMatchObject({ status: 418, text: 'tea' })
    await post('lift-fault', { id: at(json, 'id') })
    expect((await asking.ask('GET', '/user')).status).toBe(200)
    expect((await post('lift-fault', { id: 99 })).status).toBe(422)
  })
})

describe('the demo', () => {
  beforeEach(async () => {
    await asking.sim.close()
    asking = await startAsking({ data: 'demo', livePace: demoPace })
  })
  const all = async () => at((await asking.ask('GET', '/_scenario/conversations')).json, '*.messages')
  const count = async () => {
    const counts = await all()
    return Array.isArray(counts) ? counts.reduce((sum: number, each) => sum + Number(each), 0) : 0
  }

  test('has fourteen conversations, and people who go on writing', async () => {
    expect(await all()).toHaveLength(15)
    const before = await count()
    for (let index = 0; index < 12; index += 1) {
      asking.turn(60_000)
      asking.sim.scenario.tick()
    }
    expect(await count()).toBeGreaterThan(before + 4)
  })

  test('answers who answers, once however many replies there are', async () => {
    const conversation = await asking.called('Amara Nwosu')
    const body = { messageType: 'Text', messageData: { text: 'Of course!' } }
    for (let index = 0; index < 2; index += 1) {
      await asking.ask('POST', `/conversation/${conversation}/messages`, { body })
    }
    asking.turn(20_000)
    asking.sim.scenario.tick()
    expect(await messagesOf(conversation)).toHaveLength(4 + 2 + 1)
  })
})

describe('many conversations', () => {
  test('are the same for the same seed', async () => {
    const one = await startAsking({ data: { conversations: 60 }, seed: 5 })
    const two = await startAsking({ data: { conversations: 60 }, seed: 5 })
    const look = async (each: Asking) => (await each.ask('GET', '/_scenario/conversations')).text
    expect(await look(one)).toBe(await look(two))
    expect(at((await one.ask('GET', '/_scenario/conversations')).json, '*.phone')).toHaveLength(60)
    await one.sim.close()
    await two.sim.close()
  })
})
