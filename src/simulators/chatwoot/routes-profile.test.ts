import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const profile = '/api/v1/profile'

describe('§1.1 the profile', () => {
  test('ui_settings are replaced wholesale: what was not sent is gone', async () => {
    await put({ ui_settings: { editor_message_key: 'enter', is_contact_sidebar_open: true } })
    const { json } = await put({ ui_settings: { editor_message_key: 'cmd_enter' } })
    expect(at(json, 'ui_settings')).toEqual({ editor_message_key: 'cmd_enter' })
  })

  test('a change of one thing leaves the others alone, and answers the full user', async () => {
    await put({ ui_settings: { a: 1 }, message_signature: 'Nilo, lamps' })
    const { json } = await put({ display_name: 'Nilo from lamps' })
    expect(at(json, 'message_signature')).toBe('Nilo, lamps')
    expect(at(json, 'ui_settings')).toEqual({ a: 1 })
    expect(at(json, 'available_name')).toBe('Nilo from lamps')
    expect(at(json, 'access_token')).toBe(asking.sim.token)
  })

  test('a blank name is refused in the shape of invalid records', async () => {
    const { status, json } = await put({ name: '' })
    expect([status, json]).toEqual([422, { message: "Name can't be blank", attributes: ['name'] }])
  })

  test('a new password needs the old one, and gives a new realtime token', async () => {
    const wrong = await put({ password: 'new-1!', password_confirmation: 'new-1!', current_password: 'no' })
    expect([wrong.status, wrong.json]).toEqual([422, { error: 'Invalid current password' }])
    const before = at((await asking.ask('GET', profile)).json, 'pubsub_token')
    const done = await put({
      password: 'new-1!',
      password_confirmation: 'new-1!',
      current_password: 'nilo-opens-1!',
    })
    expect(done.status).toBe(200)
    expect(at(done.json, 'pubsub_token')).not.toBe(before)
    expect(at(done.json, 'access_token')).toBe(asking.sim.token)
  })

  test('availability is set for one account and answers the full user', async () => {
    const body = { profile: { account_id: 2, availability: 'busy' } }
    const { json } = await asking.ask('POST', `${profile}/availability`, { body })
    expect(at(json, 'accounts.*.availability')).toEqual(['online', 'busy'])
  })

  test('an availability nobody knows breaks the original', async () => {
    const body = { profile: { account_id: 1, availability: 'available' } }
    expect((await asking.ask('POST', `${profile}/availability`, { body })).status).toBe(500)
  })

  test('auto_offline is kept per account and shown in the profile and among the agents', async () => {
    const body = { profile: { account_id: 1, auto_offline: false } }
    const { json } = await asking.ask('POST', `${profile}/auto_offline`, { body })
    expect(at(json, 'accounts.*.auto_offline')).toEqual([false, true])
    const agents = await asking.ask('GET', '/api/v1/accounts/1/agents')
    expect(at(agents.json, '0.auto_offline')).toBe(false)
  })

  test('set_active_account answers nothing and moves account_id', async () => {
    asking.turn(1000)
    const body = { profile: { account_id: 2 } }
    const { status, text } = await asking.ask('PUT', `${profile}/set_active_account`, { body })
    expect([status, text]).toEqual([200, ''])
    expect(at((await asking.ask('GET', profile)).json, 'account_id')).toBe(2)
  })

  test('the old token dies at once when the access token is reset', async () => {
    const { json } = await asking.ask('POST', `${profile}/reset_access_token`)
    const fresh = String(at(json, 'access_token'))
    expect(fresh).not.toBe(asking.sim.token)
    expect((await asking.ask('GET', profile)).json).toEqual({ error: 'Invalid Access Token' })
    const headers = { 'api-access-token': fresh, accept: 'application/json' }
    expect((await asking.ask('GET', profile, { headers })).status).toBe(200)
  })

  test('the profile answers, and says so, while an account is suspended', async () => {
    asking.sim.scenario.suspend({ account: 1, isSuspended: true })
    const { status, json } = await asking.ask('GET', profile)
    expect([status, at(json, 'accounts.*.status')]).toEqual([200, ['suspended', 'active']])
  })
})

function put(given: Record<string, unknown>) {
  return asking.ask('PUT', profile, { body: { profile: given } })
}
