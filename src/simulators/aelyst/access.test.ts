import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'
import type { AelystSimulatorOptions } from './aelyst-simulator.ts'

let asking: Asking
async function start(options: AelystSimulatorOptions): Promise<void> {
  await asking.sim.close()
  asking = await startAsking(options)
}
beforeEach(async () => {
  asking = await startAsking({ manners: { isLimiting: true } })
})
afterEach(() => asking.sim.close())

const users = () => asking.ask('GET', '/space/user?limit=1')
const times = async (count: number, ask: () => Promise<{ status: number }>) => {
  const statuses: number[] = []
  for (let index = 0; index < count; index += 1) statuses.push((await ask()).status)
  return statuses
}

describe('a token', () => {
  test('is the workspace’s; any other is not authorized', async () => {
    expect((await users()).status).toBe(200)
    const answer = await asking.ask('GET', '/space/user', { token: 'made-up' })
    expect(answer).toMatchObject({ status: 401, json: { code: 401, message: 'UN_AUTHORIZED' } })
  })

  test('dies when it is made anew', async () => {
    const token = asking.sim.scenario.resetToken()
    expect((await users()).status).toBe(401)
    expect((await asking.ask('GET', '/space/user', { token })).status).toBe(200)
  })

  test('says nothing at Aelyst, and where it belongs at respond.io', async () => {
    expect(asking.sim.token).not.toContain('.')
    await start({ manner: 'respondio' })
    const claims: unknown = JSON.parse(
      Buffer.from(asking.sim.token.split('.')[1] ?? '', 'base64url').toString(),
    )
    expect(claims).toMatchObject({ spaceId: 4711, orgId: 815, type: 'space' })
  })
})

test('nothing lives beside the version, and no path nobody knows', async () => {
  expect((await asking.ask('GET', `${asking.sim.origin}/space/user`)).json).toMatchObject({ code: 404 })
  expect((await asking.ask('GET', '/conversation')).json).toMatchObject({ code: 404 })
})

describe('the rate limit', () => {
  test('is five a second for each path, and what is left is told all along', async () => {
    const first = await users()
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual([
      '5',
      '4',
    ])
    expect(await times(5, users)).toEqual([200, 200, 200, 200, 429])
    expect((await asking.ask('GET', '/space/channel')).headers.get('x-ratelimit-remaining')).toBe('4')
    const refused = await users()
    expect(refused.json).toEqual({ code: 429, message: 'Too Many Requests' })
    expect([refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-remaining')]).toEqual([
      '1',
      '0',
    ])
    asking.turn(1_000)
    expect((await users()).status).toBe(200)
  })

  test('counts a contact’s own path for itself', async () => {
    const messages = (id: number) => () => asking.ask('GET', `/contact/id:${id}/message/list`)
    expect(await times(6, messages(301))).toContain(429)
    expect(await times(5, messages(302))).not.toContain(429)
  })

  test('is one for all paths of a method at respond.io, which also says it in the body', async () => {
    await start({ manner: 'respondio', manners: { isLimiting: true } })
    expect((await users()).headers.get('x-ratelimit-remaining')).toBe('4')
    expect((await asking.ask('GET', '/space/channel')).headers.get('x-ratelimit-remaining')).toBe('3')
    await times(3, users)
    expect((await asking.ask('GET', '/contact/id:301')).json).toMatchObject({ code: 429, retryAfter: 1 })
    expect((await asking.list({ $and: [] })).status).toBe(200)
  })

  test('does nothing of what it turned down', async () => {
    const body = { message: { type: 'text', text: 'Hi' } }
    expect(await times(6, () => asking.ask('POST', '/contact/id:301/message', { body }))).toContain(429)
    expect(asking.sim.accepted.messages).toHaveLength(5)
  })
})

test('a burst is stopped by the CDN with a page, whatever the path', async () => {
  asking.sim.scenario.server({ blocksBurstsOver: 3, isLimiting: false })
  expect(await times(3, users)).toEqual([200, 200, 200])
  const blocked = await asking.ask('GET', '/space/channel')
  expect(blocked).toMatchObject({ status: 403, type: 'text/html', json: null })
  asking.turn(1_000)
  expect((await users()).status).toBe(200)
})

describe('respond.io', () => {
  beforeEach(() => start({ manner: 'respondio' }))

  test('has version 2, pages that can be followed and end in an empty text, and a hundred on each', async () => {
    expect(asking.sim.url).toMatch(/\/v2$/)
    const { json } = await users()
    expect((await asking.ask('GET', String(at(json, 'pagination.next')))).status).toBe(200)
    expect(at((await asking.ask('GET', '/space/user?limit=100')).json, 'pagination')).toEqual({
      next: '',
      previous: '',
    })
    expect((await asking.ask('GET', '/contact/id:301/message/list?limit=100')).status).toBe(200)
  })

  test('says close, nobody as an object without an id, and ids of users as text', async () => {
    expect((await asking.ask('GET', '/contact/id:304')).json).toMatchObject({
      status: 'close',
      assignee: { id: '101' },
    })
    expect((await asking.ask('GET', '/contact/id:303')).json).toMatchObject({ assignee: { id: null } })
    expect((await asking.ask('GET', '/contact/id:306')).json).toMatchObject({
      status: 'open',
      isBlocked: true,
    })
    const byWord = async (value: string) =>
      (
        await asking.list({
          $and: [{ category: 'contactField', field: 'status', operator: 'isEqualTo', value }],
        })
      ).ids
    expect(await byWord('closed')).toEqual(await byWord('close'))
  })

  test('tells the components of a template as text, and moments of channels in milliseconds', async () => {
    const { json } = await asking.ask('GET', '/space/channel/201/mtm')
    expect(JSON.parse(String(at(json, 'items.0.components')))).toHaveLength(4)
    const channels = await asking.ask('GET', '/contact/id:301/channels')
    expect(at(channels.json, 'items.0.lastIncomingMessageTime')).toBe(asking.now() - 24 * 60_000)
  })
})

test('ids of messages may be plain numbers without a time in them', async () => {
  await start({ manners: { messageIds: 'counted' } })
  const ids = at((await asking.ask('GET', '/contact/id:301/message/list')).json, 'items.*.messageId')
  expect(ids).toEqual([1262965217, 1262965216, 1262965215, 1262965214, 1262965213])
})
