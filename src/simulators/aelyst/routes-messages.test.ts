import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const ines = 301
const bram = 302
const xiaoyu = 303
const tomas = 304
const stranger = 307
const list = (contact: number, query = '') => asking.ask('GET', `/contact/id:${contact}/message/list${query}`)
const send = (contact: number, message: object, channelId: number | null = null) =>
  asking.ask('POST', `/contact/id:${contact}/message`, { body: { channelId, message } })
const newest = async (contact: number) => at((await list(contact, '?limit=1')).json, 'items.0')

describe('a list of messages', () => {
  test('is newest first, and its ids in microseconds are the only times there are', async () => {
    const { json } = await list(ines)
    const ids = at(json, 'items.*.messageId')
    expect(ids).toEqual(
      [24, 25, 120, 180, 180].map((ago, i) => (asking.now() - ago * 60_000) * 1000 + (i === 3 ? 1 : 0)),
    )
    expect(Object.keys(at(json, 'items.0') ?? {}).join()).not.toMatch(/time|created/i)
  })

  test('is turned over by the id of a message, and the address of the next page leaves out the version', async () => {
    const first = await list(ines, '?limit=2')
    const next = new URL(String(at(first.json, 'pagination.next')))
    expect(next.pathname).toBe('/contact/id:301/message/list')
    expect((await asking.ask('GET', next.href)).status).toBe(404)
    const second = await list(ines, next.search)
    expect(at(second.json, 'items.*.message.text')).toEqual([
      'It leaves today.',
      expect.stringContaining('Thanks'),
    ])
    const third = await list(ines, new URL(String(at(second.json, 'pagination.next'))).search)
    expect([at(third.json, 'items.length'), at(third.json, 'pagination.next')]).toEqual([1, null])
  })

  test('can be turned back by a negative cursor', async () => {
    const second = await list(
      ines,
      `?limit=2&cursorId=${String(at((await list(ines, '?limit=2')).json, 'items.1.messageId'))}`,
    )
    const back = new URL(String(at(second.json, 'pagination.previous')))
    expect(Number(back.searchParams.get('cursorId'))).toBeLessThan(0)
    expect(at((await list(ines, back.search)).json, 'items')).toEqual(
      at((await list(ines, '?limit=2')).json, 'items'),
    )
  })

  test('holds fifty at most', async () => {
    expect((await list(ines, '?limit=50')).status).toBe(200)
    expect((await list(ines, '?limit=51')).json).toEqual({ code: 400, message: 'Validation error.' })
  })

  test('says who sent what: a person by number, a workflow, an agent of no flesh; nobody for what came in', async () => {
    expect(at((await list(ines)).json, 'items.*.sender')).toEqual([
      undefined,
      undefined,
      { source: 'user', userId: 101 },
      { source: 'workflow', workflowId: 501 },
      undefined,
    ])
    expect(at(await newest(305), 'sender')).toEqual({ source: 'ai_agent' })
  })

  test('may hold channel ids too big for JavaScript, and types and channels that nobody knows', async () => {
    const { text } = await list(305)
    expect(text).toMatch(/"channelMessageId":9007199254740\d{7}/)
    expect(at(await newest(308), 'message')).toEqual({ type: 'lantern', blinks: 3 })
  })
})

describe('sending', () => {
  test('answers an id and nothing else, and what was sent is the workspace’s, not a person’s', async () => {
    const { json } = await send(ines, { type: 'text', text: 'We send another bulb.' })
    const id = at(json, 'messageId')
    expect(json).toEqual({ messageId: asking.now() * 1000 })
    const one = await asking.ask('GET', `/contact/id:${ines}/message/${String(id)}`)
    expect(one.json).toMatchObject({
      traffic: 'outgoing',
      sender: { source: 'api' },
      status: [{ value: 'pending' }],
    })
    expect(asking.sim.accepted.messages).toMatchObject([
      { conversation: ines, content: 'We send another bulb.' },
    ])
  })

  test('lets the status grow: pending, sent, delivered, read', async () => {
    await send(ines, { type: 'text', text: 'Hi' })
    asking.turn(3_000)
    asking.sim.scenario.customerReads({ contact: ines })
    expect(at(await newest(ines), 'status.*.value')).toEqual(['pending', 'sent', 'delivered', 'read'])
  })

  test('free text on WhatsApp a day late is a 200 that fails with a reason', async () => {
    expect((await send(bram, { type: 'text', text: 'Still interested?' })).status).toBe(200)
    asking.turn(3_000)
    expect(at(await newest(bram), 'status')).toEqual([
      expect.objectContaining({ value: 'pending' }),
      {
        value: 'failed',
        timestamp: Math.floor(asking.now() / 1000),
        message: expect.stringContaining('24 hours'),
      },
    ])
  })

  test('fills in its variables, so that what is read back is not what was sent', async () => {
    await send(ines, { type: 'text', text: 'Dear {{$contact.name}}, {{$contact.nothing}}bye' })
    expect(at(await newest(ines), 'message.text')).toBe('Dear Ines Duarte, bye')
  })

  test('to somebody who never wrote is a 404', async () => {
    expect(await send(stranger, { type: 'text', text: 'Hello?' })).toMatchObject({ status: 404 })
    expect(asking.sim.accepted.messages).toEqual([])
  })

  test('opens what was closed', async () => {
    await send(tomas, { type: 'text', text: 'One more thing' })
    expect(at((await asking.ask('GET', `/contact/id:${tomas}`)).json, 'status')).toBe('open')
  })

  test('keeps no id of ours', async () => {
    await asking.ask('POST', `/contact/id:${xiaoyu}/message`, {
      body: { channelId: null, message: { type: 'email', text: '有' }, clientId: 'tuntas-1' },
    })
    expect(JSON.stringify(await newest(xiaoyu))).not.toContain('tuntas-1')
  })
})
