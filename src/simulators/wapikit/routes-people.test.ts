import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Answer, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const told = ({ status, json }: Answer) => [status, json]
const unauthorized = [401, { message: 'Unauthorized access' }]
const forbidden = [401, { message: 'You are not authorized to access this resource.' }]

describe('a key', () => {
  test('is asked for, and refused where it is missing, forged or worn out', async () => {
    expect(told(await asking.ask('GET', '/user', { headers: {} }))).toEqual(unauthorized)
    expect(told(await asking.ask('GET', '/user', { key: `${asking.sim.key}x` }))).toEqual(unauthorized)
    expect(told(await asking.ask('GET', '/user', { headers: { authorization: asking.sim.key } }))).toEqual(
      unauthorized,
    )
    const key = asking.sim.scenario.issueKey({ livesMs: 60_000 })
    expect((await asking.ask('GET', '/user', { key })).status).toBe(200)
    asking.turn(61_000)
    expect(told(await asking.ask('GET', '/user', { key }))).toEqual(unauthorized)
  })

  test('says in itself whose it is and until when', () => {
    const [, body = ''] = asking.sim.key.split('.')
    expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({
      email: 'sanja@example.com',
      organization_id: asking.sim.organizationId,
      role: 'Owner',
      iss: 'wapikit',
      exp: Math.floor(asking.now() / 1000) + 2 * 365 * 86_400,
    })
  })

  test('stays good after a new one was made, and is no good once all are expired or its holder left', async () => {
    asking.turn(5000)
    const { json } = await asking.ask('GET', '/auth/api-keys/regenerate')
    expect(at(json, 'apiKey.key')).not.toBe(asking.sim.key)
    expect((await asking.ask('GET', '/user')).status).toBe(200)
    asking.sim.scenario.suspend({ isSuspended: true })
    expect(told(await asking.ask('GET', '/user'))).toEqual(unauthorized)
    asking.sim.scenario.suspend({ isSuspended: false })
    asking.sim.scenario.expireKeys()
    expect(told(await asking.ask('GET', '/user'))).toEqual(unauthorized)
  })

  test('of a plain member opens nothing that asks for a permission, and says so with 401', async () => {
    const key = asking.sim.memberKey
    expect(at((await asking.ask('GET', '/user', { key })).json, 'user.isOwner')).toBe(false)
    for (const path of ['/conversations', '/organization/members', '/organization/tags', '/contacts']) {
      expect(told(await asking.ask('GET', `${path}?page=1&per_page=5`, { key }))).toEqual(forbidden)
    }
    asking.sim.scenario.server({ errorBody: 'string' })
    const answer = await asking.ask('GET', '/contacts?page=1&per_page=5', { key })
    expect(answer.json).toBe('You are not authorized to access this resource.')
  })

  test('is made by a name and a password, and 404 where they are wrong', async () => {
    const signIn = (password: string) =>
      asking.ask('POST', '/auth/login', { body: { username: 'teo', password } })
    expect(told(await signIn('nonsense'))).toEqual([404, { message: 'Invalid email / password' }])
    const { json } = await signIn('teo-opens-1!')
    const key = String(at(json, 'token'))
    expect(at((await asking.ask('GET', '/user', { key })).json, 'user.email')).toBe('teo@example.com')
    expect(at((await asking.ask('GET', '/auth/api-keys', { key })).json, 'apiKey.key')).toBe('')
    expect((await asking.ask('GET', '/auth/api-keys/regenerate', { key })).status).toBe(500)
  })

  test('is for one organisation, and not changed for one that is not mine', async () => {
    const to = (organizationId: string) => asking.ask('POST', '/auth/switch', { body: { organizationId } })
    expect((await to(asking.sim.organizationId)).status).toBe(400)
    expect((await to('00000000-0000-4000-8000-000000000000')).status).toBe(401)
  })
})

describe('who works there', () => {
  test('is me, with the organisation’s secrets beside my name', async () => {
    const { json, text } = await asking.ask('GET', '/user')
    expect(at(json, 'user')).toMatchObject({ name: 'Sanja Obuya', isOwner: true })
    const mine = asking.sim.secrets.filter((secret) => text.includes(secret))
    expect(mine).toHaveLength(3)
  })

  test('is a list without user ids, null beyond its end, and a person without anything in it', async () => {
    const { json } = await asking.ask('GET', '/organization/members?page=1&per_page=2')
    expect(at(json, 'members.*.email')).toEqual(['sanja@example.com', 'teo@example.com'])
    expect(at(json, 'members.0.roles')).toBeNull()
    expect(at(json, 'paginationMeta.total')).toBe(3)
    const beyond = await asking.ask('GET', '/organization/members?page=9&per_page=2')
    expect(at(beyond.json, 'members')).toBeNull()
    expect((await asking.ask('GET', '/organization/members?page=0&per_page=2')).status).toBe(500)
    const id = String(at(json, 'members.0.uniqueId'))
    expect(at((await asking.ask('GET', `/organization/members/${id}`)).json, 'member.email')).toBe('')
  })

  test('has tags, which only the newer ones let people add', async () => {
    const tags = () => asking.ask('GET', '/organization/tags?page=1&per_page=5')
    expect(at((await tags()).json, 'tags.*.name')).toEqual(['booking', 'refund'])
    const add = () => asking.ask('POST', '/organization/tags', { body: { label: 'group' } })
    expect((await add()).status).toBe(500)
    await asking.sim.close()
    asking = await startAsking({ dialect: 'newer' })
    expect((await add()).status).toBe(200)
    expect(at((await tags()).json, 'tags.*.label')).toEqual(['booking', 'refund', 'group'])
  })

  test('does not let anybody look into another organisation', async () => {
    const foreign = await asking.ask('GET', `/conversation/${await asking.called('Piet Holm')}`)
    const id = String(at(foreign.json, 'conversation.organizationId'))
    expect((await asking.ask('GET', `/organization/${id}`)).status).toBe(403)
    expect((await asking.ask('GET', `/organization/${asking.sim.organizationId}`)).status).toBe(200)
  })
})

describe('contacts', () => {
  test('are counted by their rows', async () => {
    const { json } = await asking.ask('GET', '/contacts?page=1&per_page=50')
    expect(at(json, 'contacts.*.phone')).toHaveLength(6)
    expect(at(json, 'contacts.4.lists.*.name')).toEqual(['Spring'])
    expect(at(json, 'paginationMeta.total')).toBe(6)
  })

  test('are replaced as a whole', async () => {
    const { json } = await asking.ask('GET', '/contacts?page=1&per_page=1')
    const path = `/contacts/${String(at(json, 'contacts.0.uniqueId'))}`
    const body = { name: 'Amara N.', phone: '15550100101', status: 'Blocked' }
    await asking.ask('POST', path, { body })
    expect(at((await asking.ask('GET', path)).json, 'contact')).toMatchObject({ ...body, attributes: {} })
  })

  test('without a list are made and refused at once, and a number is taken on the whole server', async () => {
    const create = (phone: string) => asking.ask('POST', '/contacts', { body: [{ name: 'New', phone }] })
    expect((await create('15550100190')).status).toBe(500)
    const { json } = await asking.ask('GET', '/contacts?page=1&per_page=50')
    expect(at(json, 'contacts.*.phone')).toContain('15550100190')
    expect((await create('15550100180')).text).toContain('duplicate key value')
  })
})

describe('a path', () => {
  test('that nobody knows is a page with 200, or a refusal where there is no window', async () => {
    expect(await asking.ask('GET', '/messages')).toMatchObject({
      status: 200,
      type: 'text/html; charset=utf-8',
    })
    expect(told(await asking.ask('POST', '/messages'))).toEqual([405, { message: 'Method Not Allowed' }])
    asking.sim.scenario.server({ hasWindow: false })
    expect(told(await asking.ask('GET', '/messages'))).toEqual([404, { message: 'Not Found' }])
    expect((await asking.ask('POST', '/user')).status).toBe(405)
  })

  test('that should say how the server is lets it fall', async () => {
    await expect(asking.ask('GET', '/health')).rejects.toThrow('socket hang up')
    await expect(asking.ask('GET', '/metadata')).rejects.toThrow('socket hang up')
  })

  test('answers as another site, or as a network’s sign-in page, where they stand there', async () => {
    asking.sim.scenario.server({ mode: 'proxyPage' })
    expect(await asking.ask('GET', '/user')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
    asking.sim.scenario.server({ mode: 'otherSite' })
    expect((await asking.ask('GET', '/user')).status).toBe(404)
  })
})
