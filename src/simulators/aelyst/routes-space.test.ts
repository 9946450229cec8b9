import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const get = async (path: string) => (await asking.ask('GET', `/space/${path}`)).json

describe('a workspace', () => {
  test('has users with roles, teams and restrictions, and does not say who of them asks', async () => {
    const json = await get('user?limit=99')
    expect(at(json, 'items.*.email')).toEqual(
      ['nilo', 'ada', 'otto', 'mina'].map((name) => `${name}@example.com`),
    )
    expect(at(json, 'items.0')).toMatchObject({ id: 101, role: 'agent', team: { id: 11, name: 'Returns' } })
    expect(at(json, 'items.*.restrictions')).toEqual([
      [],
      ['show_team_contacts'],
      [],
      expect.arrayContaining(['show_only_mine']),
    ])
    expect(at(await get('user/103'), 'role')).toBe('owner')
    expect(await get('user/9')).toMatchObject({ code: 404 })
    expect((await asking.ask('GET', '/me')).status).toBe(404)
  })

  test('has closing notes in order of their names, some with a description', async () => {
    expect(at(await get('closing_notes'), 'items')).toEqual([
      { category: 'Answered' },
      { category: 'Refunded', description: 'Money went back' },
      { category: 'Spam', description: 'Nobody real' },
    ])
  })

  test('has channels of several kinds, one of them unheard of', async () => {
    expect(at(await get('channel'), 'items.*.source')).toEqual([
      'whatsapp_cloud',
      'other_email',
      'telegram',
      'facebook',
      'semaphore',
    ])
    expect(at(await get('channel?limit=2'), 'items.length')).toBe(2)
  })

  test.each(['template', 'mtm'])('tells the templates of a channel under %s', async (name) => {
    const json = await get(`channel/201/${name}`)
    expect(at(json, 'items.*.status')).toEqual(['approved', 'rejected'])
    expect(at(json, 'items.0.components.1')).toEqual({
      type: 'body',
      text: 'Hello {{1}}, your {{2}} is ready.',
    })
    expect(at(await get(`channel/202/${name}`), 'items')).toEqual([])
    expect(await get(`channel/999/${name}`)).toMatchObject({ code: 404 })
  })

  test('tells one template in a wrapping of its own', async () => {
    expect(await get('mtm/601')).toMatchObject({ status: 'success', data: { id: 601, name: 'lamp_ready' } })
    expect(await get('mtm/1')).toMatchObject({ code: 404 })
  })
})
