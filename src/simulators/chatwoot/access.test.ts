import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const profile = '/api/v1/profile'
const list = '/api/v1/accounts/1/conversations'

describe('the token', () => {
  test('is taken in either spelling of its header', async () => {
    const dashes = await asking.ask('GET', profile, { headers: { 'Api-Access-Token': asking.sim.token } })
    const underscores = await asking.ask('GET', profile, { headers: { api_access_token: asking.sim.token } })
    expect([dashes.status, underscores.status]).toEqual([200, 200])
  })

  test('is lost on its way where a stock nginx drops underscores, and only then', async () => {
    asking.sim.scenario.server({ strips: 'underscores' })
    const underscores = await asking.ask('GET', profile, { headers: { api_access_token: asking.sim.token } })
    expect(underscores).toMatchObject({
      status: 401,
      json: { errors: ['You need to sign in or sign up before continuing.'] },
    })
    expect((await asking.ask('GET', profile)).status).toBe(200)
  })

  test('never arrives where a proxy drops both spellings', async () => {
    asking.sim.scenario.server({ strips: 'all' })
    expect((await asking.ask('GET', profile)).text).toContain('You need to sign in or sign up')
  })

  test('that nobody knows is refused in other words than one that did not come', async () => {
    const wrong = await asking.ask('GET', list, { headers: { 'api-access-token': 'nobody-knows-this' } })
    expect(wrong).toMatchObject({ status: 401, json: { error: 'Invalid Access Token' } })
  })

  test('dies at once when it is reset, and the new one lives', async () => {
    const token = asking.sim.scenario.resetToken()
    expect((await asking.ask('GET', profile)).json).toEqual({ error: 'Invalid Access Token' })
    const fresh = await asking.ask('GET', profile, { headers: { 'api-access-token': token } })
    expect(at(fresh.json, 'access_token')).toBe(token)
  })

  test('of a bot may write a message and change a status, and nothing else', async () => {
    const headers = { 'api-access-token': asking.sim.botToken ?? '' }
    const refused = { status: 401, json: { error: 'Access to this endpoint is not authorized for bots' } }
    expect(await asking.ask('GET', profile, { headers })).toMatchObject(refused)
    expect(await asking.ask('GET', list, { headers })).toMatchObject(refused)
    const body = { content: 'Beep' }
    const wrote = await asking.ask('POST', `${list}/1/messages`, { headers, body })
    expect(at(wrote.json, 'sender.type')).toBe('agent_bot')
  })
})

describe('an account', () => {
  test('that is suspended refuses its routes, while the profile still works and says so', async () => {
    asking.sim.scenario.suspend({ isSuspended: true })
    expect(await asking.ask('GET', list)).toMatchObject({
      status: 401,
      json: { error: 'Account is suspended' },
    })
    const { json } = await asking.ask('GET', profile)
    expect(at(json, 'accounts.*.status')).toEqual(['suspended', 'active'])
    asking.sim.scenario.suspend({ isSuspended: false })
    expect((await asking.ask('GET', list)).status).toBe(200)
  })

  test('one is no member of refuses with 401, and shows itself as missing', async () => {
    asking.sim.scenario.membership({ isMember: false })
    const error = 'You are not authorized to access this account'
    expect(await asking.ask('GET', list)).toMatchObject({ status: 401, json: { error } })
    expect(await asking.ask('GET', '/api/v1/accounts/1')).toMatchObject({
      status: 404,
      json: { error: 'Resource could not be found' },
    })
  })

  test('that does not exist is 404', async () => {
    expect((await asking.ask('GET', '/api/v1/accounts/99/conversations')).json).toEqual({
      error: 'Resource could not be found',
    })
  })
})

describe('a conversation', () => {
  test('in an inbox of others is refused with 401, not 403', async () => {
    const hidden = await asking.ask('GET', `${list}/6`)
    expect(hidden).toMatchObject({ status: 401, json: { error: 'You are not authorized to do this action' } })
  })

  test('in an inbox of others opens once it is given to my team, though no list shows it', async () => {
    const admin = await asking.ask('POST', '/_scenario/membership', { body: { role: 'administrator' } })
    expect(admin.status).toBe(200)
    await asking.ask('POST', `${list}/6/assignments`, { body: { team_id: 11 } })
    asking.sim.scenario.membership({ role: 'agent' })
    expect((await asking.ask('GET', `${list}/6`)).status).toBe(200)
    expect((await asking.list('status=all')).ids).not.toContain(6)
  })

  test('of my team stays shut in the 4.2 tree, which also shows no bot as an assignee', async () => {
    asking.sim.scenario.teamAssigned({ conversation: 6, team: 'returns' })
    asking.sim.scenario.agentAssigns({ conversation: 5, to: 'bot' })
    asking.sim.scenario.server({ isBeforeTeamsAndBots: true })
    expect((await asking.ask('GET', `${list}/6`)).status).toBe(401)
    const { json } = await asking.ask('GET', `${list}/5`)
    expect([at(json, 'meta.assignee'), at(json, 'meta.assignee_type')]).toEqual([undefined, undefined])
  })

  test('that does not exist is 404', async () => {
    expect((await asking.ask('GET', `${list}/999`)).status).toBe(404)
  })
})
