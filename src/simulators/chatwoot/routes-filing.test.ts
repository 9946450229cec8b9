import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const call = (method: string, path: string, body?: unknown) =>
  asking.ask(method, `${list}/${path}`, body === undefined ? {} : { body })

describe('labels', () => {
  test('are replaced as a whole, also by ones the account never defined', async () => {
    const set = await call('POST', '5/labels', { labels: ['broken', 'made up'] })
    expect(set.json).toEqual({ payload: ['broken', 'made up'] })
    expect((await call('GET', '5/labels')).json).toEqual({ payload: ['broken', 'made up'] })
  })

  test('leave a sentence for those added and those removed', async () => {
    await call('POST', '5/labels', { labels: ['broken'] })
    const { json } = await call('GET', '5/messages')
    expect(at(json, 'payload.*.content')).toEqual(
      expect.arrayContaining(['Nilo Verano added broken', 'Nilo Verano removed delivery']),
    )
  })
})

describe('participants', () => {
  test('are a bare list, and whoever is assigned is one of them', async () => {
    const { json } = await call('GET', '5/participants')
    expect(at(json, '*.name')).toEqual(['Nilo Verano'])
  })

  test('are added by POST, which answers the new ones only', async () => {
    const { json } = await call('POST', '5/participants', { user_ids: [11, 12] })
    expect(at(json, '*.id')).toEqual([12])
    expect(at((await call('GET', '5/participants')).json, '*.id')).toEqual([11, 12])
  })

  test('are replaced by PATCH and taken away by DELETE', async () => {
    expect(at((await call('PATCH', '5/participants', { user_ids: [13, 12] })).json, '*.id')).toEqual([13, 12])
    expect((await call('DELETE', '5/participants', { user_ids: [13] })).text).toBe('')
    expect(at((await call('GET', '5/participants')).json, '*.id')).toEqual([12])
  })

  test('must be members of the inbox or administrators', async () => {
    asking.sim.scenario.inboxMembership({ inbox: 21, as: 'Ada', isMember: false })
    const { json } = await call('POST', '5/participants', { user_ids: [12, 13, 99] })
    expect(at(json, '*.id')).toEqual([13])
  })

  test('named by text instead of number are lost in a PATCH', async () => {
    await call('PATCH', '5/participants', { user_ids: ['11'] })
    expect((await call('GET', '5/participants')).json).toEqual([])
  })

  test('named not at all break it', async () => {
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      expect((await call(method, '5/participants', {})).status, method).toBe(500)
    }
  })
})

test('custom attributes are replaced as a whole', async () => {
  await call('POST', '5/custom_attributes', { custom_attributes: { order: '7', size: 'big' } })
  const { json } = await call('POST', '5/custom_attributes', { custom_attributes: { order: '8' } })
  expect(json).toEqual({ custom_attributes: { order: '8' } })
  expect(at((await call('GET', '5')).json, 'custom_attributes')).toEqual({ order: '8' })
})

describe('the files of a conversation', () => {
  test('come newest first with who sent them, a hundred to the page', async () => {
    for (let count = 0; count < 102; count += 1) {
      asking.sim.scenario.customerWrites({ conversation: 3, text: null, hasPicture: true })
    }
    const { json } = await call('GET', '3/attachments')
    expect(at(json, 'meta')).toEqual({ total_count: 102 })
    expect(at(json, 'payload.*.file_type')).toHaveLength(100)
    expect(at(json, 'payload.0')).toMatchObject({ width: 160, sender: { name: 'Tomas Okoro' } })
    expect(Number(at(json, 'payload.0.message_id'))).toBeGreaterThan(Number(at(json, 'payload.1.message_id')))
    expect(at((await call('GET', '3/attachments?page=2')).json, 'payload')).toHaveLength(2)
  })
})

test('a draft is one for all agents', async () => {
  expect((await call('GET', '5/draft_messages')).json).toEqual({ has_draft: false })
  await call('PATCH', '5/draft_messages', { draft_message: { message: 'Dear In' } })
  expect((await call('GET', '5/draft_messages')).json).toEqual({ has_draft: true, message: 'Dear In' })
  await call('DELETE', '5/draft_messages')
  expect((await call('GET', '5/draft_messages')).json).toEqual({ has_draft: false })
})
