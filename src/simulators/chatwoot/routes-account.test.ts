import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, keys, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const account = '/api/v1/accounts/1'

test('the probe needs no token and names the version', async () => {
  const { json } = await asking.ask('GET', '/api', { headers: {} })
  expect(json).toEqual({
    version: '4.10.0',
    timestamp: '2026-03-14 12:00:00',
    queue_services: 'ok',
    data_services: 'ok',
  })
})

test('the profile carries every account of the token, with my role in each, the last active one first', async () => {
  const { json } = await asking.ask('GET', '/api/v1/profile')
  expect(at(json, 'accounts.*.role')).toEqual(['agent', 'administrator'])
  expect(at(json, 'account_id')).toBe(1)
  expect(at(json, 'accounts.0.active_at')).toBe('2026-03-14T12:00:00.000Z')
})

test('an account says its features as an object of flags and its creation as ISO', async () => {
  const { json } = await asking.ask('GET', account)
  expect(at(json, 'features.labels')).toBe(true)
  expect(at(json, 'created_at')).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
})

test('inboxes come wrapped, by name, and only those I am a member of', async () => {
  const { json } = await asking.ask('GET', `${account}/inboxes`)
  expect(at(json, 'payload.*.name')).toEqual(['Night desk', 'Post', 'Shop system', 'Website', 'WhatsApp'])
})

test('an inbox of others is refused by its number', async () => {
  const { json, status } = await asking.ask('GET', `${account}/inboxes/26`)
  expect([status, json]).toEqual([401, { error: 'You are not authorized to do this action' }])
})

test('an API inbox tells its identifier and the hours one may answer, others do not', async () => {
  const api = await asking.ask('GET', `${account}/inboxes/24`)
  expect(at(api.json, 'additional_attributes.agent_reply_time_window')).toBe(48)
  const web = await asking.ask('GET', `${account}/inboxes/21`)
  expect(keys(web.json)).not.toContain('inbox_identifier')
})

test('agents and teams come bare, labels and assignable agents wrapped', async () => {
  const agents = await asking.ask('GET', `${account}/agents`)
  const teams = await asking.ask('GET', `${account}/teams`)
  const labels = await asking.ask('GET', `${account}/labels`)
  const assignable = await asking.ask('GET', `${account}/assignable_agents?inbox_ids[]=21&inbox_ids[]=22`)
  expect(at(agents.json, '*.availability_status')).toEqual(['online', 'online', 'offline'])
  expect(at(teams.json, '0.is_member')).toBe(true)
  expect(at(labels.json, 'payload.*.title')).toEqual(['delivery', 'broken'])
  expect(at(assignable.json, 'payload.*.name')).toEqual(['Nilo Verano', 'Ada Brook', 'Otto Lindqvist'])
})

test('assignable agents of an inbox that is not mine are refused', async () => {
  const { status } = await asking.ask('GET', `${account}/assignable_agents?inbox_ids[]=26`)
  expect(status).toBe(401)
})
