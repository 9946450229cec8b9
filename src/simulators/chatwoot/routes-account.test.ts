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

test('§1.1 settings name the attributes an account wants before resolving', async () => {
  const { json } = await asking.ask('GET', account)
  expect(at(json, 'settings.conversation_required_attributes')).toEqual([])
  const demo = await startAsking({ data: 'demo' })
  const hotel = await demo.ask('GET', '/api/v1/accounts/2')
  expect(at(hotel.json, 'settings.conversation_required_attributes')).toEqual(['room', 'reason'])
  expect(at(hotel.json, 'features.conversation_required_attributes')).toBe(true)
  await demo.sim.close()
})

test('§1.1 a cache key changes when something of its kind does, and only then', async () => {
  const read = async () => at((await asking.ask('GET', '/api/v1/accounts/2/cache_keys')).json, 'cache_keys')
  const before = await read()
  await asking.ask('POST', '/api/v1/accounts/2/labels', {
    body: { label: { title: 'rare', color: '#000000' } },
  })
  const between = await read()
  await asking.ask('PATCH', '/api/v1/accounts/2/inboxes/41', { body: { name: 'Tea counter' } })
  const after = await read()
  expect(at(between, 'label')).not.toBe(at(before, 'label'))
  expect(at(between, 'inbox')).toBe(at(before, 'inbox'))
  expect(at(after, 'inbox')).not.toBe(at(before, 'inbox'))
  expect(at(after, 'team')).toBe(at(before, 'team'))
})

test('§1.1 cache keys may be kept for ten seconds', async () => {
  const { headers } = await asking.ask('GET', `${account}/cache_keys`)
  expect(headers.get('cache-control')).toContain('max-age=10')
})

test('§1.1 update_active_at answers nothing and moves active_at', async () => {
  asking.turn(60_000)
  const { status, text } = await asking.ask('POST', `${account}/update_active_at`)
  expect([status, text]).toEqual([200, ''])
  const { json } = await asking.ask('GET', '/api/v1/profile')
  expect(at(json, 'accounts.0.active_at')).toBe('2026-03-14T12:01:00.000Z')
})

test('§1.2 only administrators see every inbox, and the secrets of their channels', async () => {
  const agent = await asking.ask('GET', `${account}/inboxes/23`)
  expect(keys(agent.json)).not.toContain('provider_config')
  asking.sim.scenario.membership({ account: 1, role: 'administrator' })
  const admin = await asking.ask('GET', `${account}/inboxes/23`)
  expect(keys(admin.json)).toContain('provider_config')
  const all = await asking.ask('GET', `${account}/inboxes`)
  expect(at(all.json, 'payload.*.id')).toContain(26)
})

test('§1.2 a WhatsApp inbox carries its templates: header, body, footer and buttons', async () => {
  const { json } = await asking.ask('GET', `${account}/inboxes/23`)
  expect(at(json, 'message_templates.*.status')).toEqual(['APPROVED', 'REJECTED'])
  expect(at(json, 'message_templates.0.components.*.type')).toEqual(['HEADER', 'BODY', 'FOOTER', 'BUTTONS'])
  expect(at(json, 'message_templates.*.parameter_format')).toEqual(['POSITIONAL', 'NAMED'])
})

test('§1.2 a Twilio inbox says its medium, and keeps its templates elsewhere', async () => {
  const { json } = await asking.ask('GET', '/api/v1/accounts/2/inboxes/42')
  expect(at(json, 'medium')).toBe('whatsapp')
  expect(at(json, 'content_templates.templates.0.friendly_name')).toBe('tea_back')
  expect(at(json, 'content_templates.templates.0.variables')).toEqual({ '1': '', '2': '' })
  expect(keys(json)).not.toContain('message_templates')
})

test('§1.2 an inbox that does not exist is not found, and no agent may change one', async () => {
  expect((await asking.ask('GET', `${account}/inboxes/99`)).status).toBe(404)
  const { status } = await asking.ask('PATCH', `${account}/inboxes/21`, { body: { name: 'Mine' } })
  expect(status).toBe(401)
})

test('§1.2 team members come bare', async () => {
  const { json } = await asking.ask('GET', `${account}/teams/11/team_members`)
  expect(at(json, '*.name')).toEqual(['Nilo Verano', 'Ada Brook'])
})

test('§1.2 no dashboard apps are an empty list', async () => {
  expect((await asking.ask('GET', `${account}/dashboard_apps`)).json).toEqual([])
})

test('§1.9 reports are for administrators alone: agents get 401, not 403', async () => {
  const mine = await asking.ask('GET', '/api/v2/accounts/1/reports/summary?type=account')
  expect([mine.status, mine.json]).toEqual([401, { error: 'You are not authorized to do this action' }])
  const tea = await asking.ask('GET', '/api/v2/accounts/2/reports/summary?type=account')
  expect(tea.status).toBe(200)
  expect(keys(tea.json)).toContain('previous')
})
