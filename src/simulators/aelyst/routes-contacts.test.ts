import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const invalid = { code: 400, message: 'Validation error.' }
const field = (name: string, operator: string, value: unknown) => ({
  category: 'contactField',
  field: name,
  operator,
  value,
})
const isOpen = field('status', 'isEqualTo', 'open')
const isMine = field('assigneeUserId', 'isEqualTo', '101')
const all = [301, 302, 303, 304, 305, 306, 307, 308]
const get = async (identifier: string) => (await asking.ask('GET', `/contact/${identifier}`)).json

describe('a contact', () => {
  test('has a status, an assignee and tags, for it is its own conversation', async () => {
    expect(await get('id:301')).toMatchObject({
      id: 301,
      firstName: 'Ines',
      lastName: 'Duarte',
      phone: '+15550100',
      status: 'open',
      tags: ['delivery'],
      assignee: { id: 101, firstName: 'Nilo', lastName: 'Verano', email: 'nilo@example.com' },
      lifecycle: 'Customer',
      custom_fields: [{ name: 'lamp', value: 'Aurora' }],
      created_at: Math.floor(asking.now() / 1000) - 3 * 3600 - 1,
      isBlocked: false,
    })
  })

  test.each([
    'id:301',
    'email:ines@example.com',
    'phone:+15550100',
    'id%3A301',
    'email%3Aines%40example.com',
    'phone%3A%2B15550100',
  ])('is found as %s', async (identifier) => {
    expect(at(await get(identifier), 'id')).toBe(301)
  })

  test('is named no other way, and nobody is not found', async () => {
    expect(await get('301')).toEqual(invalid)
    expect(await get('name:Ines')).toEqual(invalid)
    expect(await get('id:9')).toEqual({ code: 404, message: 'Contact not found' })
  })

  test('says open, closed or blocked, and nothing of assignee where it is nobody’s', async () => {
    expect([at(await get('id:304'), 'status'), at(await get('id:306'), 'status')]).toEqual([
      'closed',
      'blocked',
    ])
    expect(at(await get('id:303'), 'assignee')).toBeNull()
  })

  test('may say what no page lists, until its status moves', async () => {
    const { scenario } = asking.sim
    for (const raw of ['snoozed', 'done', 'unsnoozed', null]) {
      scenario.statusReads({ contact: 301, raw })
      expect(at(await get('id:301'), 'status')).toBe(raw)
    }
    scenario.colleagueSets({ contact: 301, status: 'open' })
    expect(at(await get('id:301'), 'status')).toBe('open')
  })
})

describe('a list of contacts', () => {
  test.each(['search', 'timezone', 'filter'])('is refused without %s', async (name) => {
    const whole = { search: '', timezone: 'UTC', filter: { $and: [] } }
    const body = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name))
    expect((await asking.ask('POST', '/contact/list', { body })).json).toEqual(invalid)
    expect((await asking.ask('POST', '/contact/list', { body: whole })).status).toBe(200)
  })

  test.each([
    ['everybody', { $and: [] }, all],
    ['open ones', { $and: [isOpen] }, [301, 302, 303, 305, 308]],
    ['closed ones', { $and: [field('status', 'isEqualTo', 'closed')] }, [304, 307]],
    ['mine', { $and: [isMine] }, [301, 304]],
    ['nobody’s', { $and: [field('assigneeUserId', 'isEqualTo', null)] }, [303, 305, 306, 307, 308]],
    ['mine and open', { $and: [isOpen, isMine] }, [301]],
    ['mine or open', { $or: [isOpen, isMine] }, [301, 302, 303, 304, 305, 308]],
    [
      'tagged',
      { $and: [{ category: 'contactTag', field: null, operator: 'hasAnyOf', value: ['delivery'] }] },
      [301],
    ],
    ['in a stage', { $and: [{ category: 'lifecycle', operator: 'isEqualTo', value: 'Customer' }] }, [301]],
    ['by a field of their own', { $and: [field('lamp', 'exists', null)] }, [301]],
  ])('finds %s', async (_who, filter, ids) => {
    expect((await asking.list(filter)).ids).toEqual(ids)
  })

  test('reads moments in the time zone it is told', async () => {
    const since = {
      ...field('createdAt', 'isTimestampBetween', { from: '2026-03-14 11:30', to: '2026-03-14 13:00' }),
    }
    const body = { search: '', filter: { $and: [since] } }
    const inZone = async (timezone: string) =>
      at((await asking.ask('POST', '/contact/list', { body: { ...body, timezone } })).json, 'items.*.id')
    expect(await inZone('UTC')).toEqual([307])
    expect(await inZone('Europe/Paris')).toEqual([305, 307, 308])
    expect(await inZone('Nowhere/Land')).toBeUndefined()
  })

  test.each(['lastMessageTime', 'lastInteractionTime', 'last_message_at'])(
    'knows nothing of %s: activity cannot be asked for',
    async (name) => {
      const answer = await asking.list({ $and: [field(name, 'isTimestampAfter', '2026-03-14 00:00')] })
      expect(answer.json).toEqual(invalid)
    },
  )

  test('searches names, phones and addresses', async () => {
    const search = async (words: string) => {
      const body = { search: words, timezone: 'UTC', filter: { $and: [] } }
      return at((await asking.ask('POST', '/contact/list', { body })).json, 'items.*.id')
    }
    expect(await search('duarte')).toEqual([301])
    expect(await search('+1555010')).toEqual([301, 302, 306, 307])
    expect(await search('xiaoyu@')).toEqual([303])
  })

  test('may ignore or refuse its status, so that a client must look for itself', async () => {
    asking.sim.scenario.server({ statusFilter: 'ignored' })
    expect((await asking.list({ $and: [isOpen] })).ids).toEqual(all)
    expect((await asking.list({ $and: [isOpen, isMine] })).ids).toEqual([301, 304])
    asking.sim.scenario.server({ statusFilter: 'refused' })
    expect((await asking.list({ $and: [isOpen] })).json).toEqual(invalid)
  })

  test('may take one condition only, or refuse two', async () => {
    asking.sim.scenario.server({ combinedFilter: 'ignored' })
    expect((await asking.list({ $and: [isOpen, isMine] })).ids).toEqual([301, 302, 303, 305, 308])
    asking.sim.scenario.server({ combinedFilter: 'refused' })
    expect((await asking.list({ $and: [isOpen, isMine] })).json).toEqual(invalid)
    expect((await asking.list({ $and: [isMine] })).ids).toEqual([301, 304])
  })

  test('may know when a contact changed, messages included; by itself it does not', async () => {
    const lately = { $and: [field('updated_at', 'isTimestampAfter', '2026-03-14 11:58')] }
    expect((await asking.list(lately)).json).toEqual(invalid)
    asking.sim.scenario.server({ updatedAtFilter: 'works' })
    const before = (await asking.list(lately)).ids
    asking.sim.scenario.customerWrites({ contact: 304, text: 'Me again' })
    asking.sim.scenario.tags({ contact: 302, tags: ['islands'] })
    expect([before, (await asking.list(lately)).ids]).toEqual([[307], [302, 304, 307]])
  })

  test('is paged by ids, ninety-nine at most', async () => {
    const first = await asking.list({ $and: [] }, '?limit=3')
    expect(first.ids).toEqual([301, 302, 303])
    const next = new URL(String(at(first.json, 'pagination.next')))
    expect([next.pathname, next.searchParams.get('cursorId')]).toEqual(['/contact/list', '303'])
    expect((await asking.list({ $and: [] }, next.search)).ids).toEqual([304, 305, 306])
    const last = await asking.list({ $and: [] }, '?limit=3&cursorId=306')
    expect([last.ids, at(last.json, 'pagination')]).toMatchObject([[307, 308], { next: null }])
    expect((await asking.list({ $and: [] }, '?limit=99')).status).toBe(200)
    for (const limit of [0, 100, 'x'])
      expect((await asking.list({ $and: [] }, `?limit=${limit}`)).status).toBe(400)
  })

  test('may show the last of a page once more on the next', async () => {
    asking.sim.scenario.server({ pagesOverlap: true })
    expect((await asking.list({ $and: [] }, '?limit=3&cursorId=303')).ids).toEqual([303, 304, 305])
  })
})

describe('tags', () => {
  const tag = (names: unknown, method = 'POST') => asking.ask(method, '/contact/id:301/tag', { body: names })

  test('are added and taken away by a plain list of names', async () => {
    expect((await tag(['vip', 'delivery'])).json).toEqual({ contactId: 301 })
    expect(at(await get('id:301'), 'tags')).toEqual(['delivery', 'vip'])
    await tag(['delivery'], 'DELETE')
    expect(at(await get('id:301'), 'tags')).toEqual(['vip'])
    expect(asking.sim.accepted.actions.map(({ action, value }) => [action, value])).toEqual([
      ['tag', 'vip,delivery'],
      ['untag', 'delivery'],
    ])
  })

  test('are refused as an object, by none, by more than ten and where they are too long', async () => {
    const many = Array.from({ length: 10 }, (_, index) => `t${index}`)
    for (const body of [{ tags: ['vip'] }, [], [...many, 'one more'], ['x'.repeat(256)], many]) {
      expect((await tag(body)).status).toBe(400)
    }
    expect(asking.sim.accepted.actions).toEqual([])
  })

  test('of the workspace cannot be listed', async () => {
    expect((await asking.ask('GET', '/space/tag')).status).toBe(404)
  })
})

describe('a lifecycle', () => {
  const stage = (name: unknown) => asking.ask('POST', '/contact/id:301/lifecycle/update', { body: { name } })

  test('is one of the stages, or none', async () => {
    expect(at((await stage('Regular')).json, 'code')).toBe(200)
    expect(at(await get('id:301'), 'lifecycle')).toBe('Regular')
    expect((await stage('Best friend')).status).toBe(400)
    await stage(null)
    expect(at(await get('id:301'), 'lifecycle')).toBeNull()
  })
})

describe('contacts that come and go', () => {
  test('are made once by address, and a second time is a conflict', async () => {
    const body = { firstName: 'Noa' }
    expect((await asking.ask('POST', '/contact/phone:+15550190', { body })).status).toBe(200)
    expect((await asking.ask('POST', '/contact/phone:+15550190', { body })).status).toBe(409)
    expect((await asking.ask('POST', '/contact/id:999', { body })).status).toBe(400)
  })

  test('are in the queue for a moment after they were made', async () => {
    const made = await asking.ask('POST', '/contact/create_or_update/phone:+15550190', {
      body: { firstName: 'Noa' },
    })
    expect(made.json).toEqual({ contactId: 309 })
    const body = { channelId: 201, message: { type: 'text', text: 'Welcome' } }
    const send = () => asking.ask('POST', '/contact/id:309/message', { body })
    expect(await send()).toMatchObject({
      status: 449,
      json: { code: 449, message: expect.stringContaining('queue') },
    })
    asking.turn(3_000)
    expect((await send()).status).toBe(200)
  })

  test('become the older one when they are merged, and the other id is nobody’s', async () => {
    const answer = await asking.ask('POST', '/contact/merge', { body: { contactIds: [305, 301] } })
    expect(answer.json).toEqual({ contactId: 301 })
    expect(at((await asking.ask('GET', '/contact/id:301/message/list')).json, 'items.length')).toBe(7)
    expect(await get('id:305')).toEqual({ code: 404, message: 'Contact not found' })
  })

  test('may say by an object where somebody merged away is now', async () => {
    asking.sim.scenario.server({ mergedAnswer: 'object' })
    asking.sim.scenario.merges({ one: 302, other: 303 })
    asking.sim.scenario.merges({ one: 302, other: 301 })
    expect(await get('id:303')).toMatchObject({
      code: 400,
      message: { contactId: 301, message: expect.stringContaining('already connected to a contact') },
    })
  })

  test('have their channels told, each with its last moments', async () => {
    const { json } = await asking.ask('GET', '/contact/id:301/channels')
    expect(at(json, 'items')).toMatchObject([
      {
        id: 201,
        source: 'whatsapp_cloud',
        lastIncomingMessageTime: Math.floor(asking.now() / 1000) - 24 * 60,
      },
    ])
  })
})
