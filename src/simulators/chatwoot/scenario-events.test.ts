import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const play = (verb: string, body: unknown = {}) =>
  asking.ask('POST', `/_scenario/${verb}`, { body, headers: {} })
const look = async (conversation: number) => (await play('look', { conversation })).json

describe('the customer', () => {
  test('rates on the card, which is asked first where nobody did', async () => {
    const { json } = await play('customer-rates', { conversation: 1, rating: 4, feedback: 'Kind' })
    const seen = await look(1)
    const messages = at(seen, 'messages')
    const card = Array.isArray(messages)
      ? messages.find((one) => at(one, 'id') === at(json, 'message'))
      : null
    expect(card).toMatchObject({
      content_type: 'input_csat',
      message_type: 3,
      content_attributes: {
        submitted_values: { csat_survey_response: { rating: 4, feedback_message: 'Kind' } },
      },
    })
    expect((await play('customer-rates', { conversation: 1, rating: 6 })).status).toBe(422)
  })

  test('is asked how it was a moment after resolving, where the inbox asks, and once only', async () => {
    await play('inbox-settings', { inbox: 21, asksForRating: true })
    const cards = async () => {
      asking.turn(2000)
      asking.sim.scenario.tick()
      const types = at(await look(5), 'messages.*.content_type')
      return Array.isArray(types) ? types.filter((type) => type === 'input_csat').length : -1
    }
    await play('agent-sets', { conversation: 5, status: 'resolved' })
    expect(await cards()).toBe(1)
    await play('agent-sets', { conversation: 5, status: 'open' })
    await play('agent-sets', { conversation: 5, status: 'resolved' })
    expect(await cards()).toBe(1)
  })

  test('who is blocked reopens nothing', async () => {
    await play('contact-blocked', { conversation: 1, isBlocked: true })
    await play('customer-writes', { conversation: 1, text: 'Hello?' })
    expect(at(await look(1), 'conversation')).toMatchObject({ status: 'resolved', muted: true })
  })

  test('and agents type', async () => {
    expect((await play('customer-types', { conversation: 5, isOn: true })).status).toBe(200)
    expect((await play('agent-types', { conversation: 5, isOn: false, isPrivate: true })).status).toBe(200)
  })
})

test('a customer sends one of every kind of file, also one that renders as nothing', async () => {
  for (const file of ['recording', 'clip', 'paper', 'place', 'card', 'link', 'frame', 'nothing']) {
    expect((await play('customer-writes', { conversation: 3, text: null, file })).status, file).toBe(200)
  }
  const files = at(await look(3), 'messages.*.attachments.0.file_type')
  expect(files).toEqual([
    undefined,
    'audio',
    'video',
    'file',
    'location',
    'contact',
    'fallback',
    'embed',
    undefined,
  ])
  expect(at(await look(3), 'messages.8.attachments')).toEqual([null])
  expect((await play('customer-writes', { conversation: 3, text: null, file: 'smell' })).status).toBe(422)
  await play('customer-writes', { conversation: 3, text: 'Hm', contentType: 'hologram' })
  expect(at(await look(3), 'messages.9.content_type')).toBe('hologram')
})

test('a quiet conversation resolves by itself, with the system’s words', async () => {
  await play('auto-resolves', { conversation: 5 })
  const seen = await look(5)
  expect(at(seen, 'conversation.status')).toBe('resolved')
  expect(at(seen, 'messages.6.content')).toMatch(/by system due to 2 days of inactivity$/)
})

test('a message fails after a while, with the channel’s words', async () => {
  await play('agent-writes', { conversation: 5, text: 'Soon' })
  await play('message-fails', { conversation: 5, afterMs: 60_000, externalError: 'Number unknown' })
  asking.turn(59_000)
  asking.sim.scenario.tick()
  expect(at(await look(5), 'messages.6.status')).toBe('sent')
  asking.turn(2000)
  asking.sim.scenario.tick()
  expect(at(await look(5), 'messages.6')).toMatchObject({
    status: 'failed',
    content_attributes: { external_error: 'Number unknown' },
  })
})

test('a colleague’s role, presence and membership change, in the account and in an inbox', async () => {
  await play('membership', { as: 'Ada', role: 'administrator', availability: 'busy' })
  const { json } = await asking.ask('GET', '/api/v1/accounts/1/agents')
  expect(at(json, '1')).toMatchObject({
    name: 'Ada Brook',
    role: 'administrator',
    availability_status: 'busy',
  })
  await play('membership', { as: 'Ada', isMember: false })
  expect(at((await asking.ask('GET', '/api/v1/accounts/1/agents')).json, '*.name')).not.toContain('Ada Brook')
  await play('membership', { as: 'Ada', isMember: true })
  await play('inbox-membership', { inbox: 21, as: 'Otto', isMember: false })
  expect(await play('membership', { as: 'Zed', isMember: true })).toMatchObject({
    status: 422,
    json: { error: 'Nobody at Lantern Lamps is called Zed.' },
  })
})

test('the job that wakes the snoozed can be run as if it were later', async () => {
  await play('wake-snoozed')
  expect(at(await look(4), 'conversation.status')).toBe('snoozed')
  await play('wake-snoozed', { aheadMs: 20 * 3_600_000 })
  expect(at(await look(4), 'conversation.status')).toBe('open')
})

test('a conversation goes, and a team is assigned by somebody else', async () => {
  await play('team-assigned', { conversation: 3, as: 'Ada', team: 'returns' })
  expect(at(await look(3), 'conversation.meta.team.name')).toBe('returns')
  await play('team-assigned', { conversation: 3, team: null })
  expect(at(await look(3), 'conversation.meta.team')).toBeUndefined()
  await play('team-settings', { team: 'returns', allowAutoAssign: true })
  await play('conversation-deleted', { conversation: 3 })
  asking.turn(1000)
  asking.sim.scenario.tick()
  expect((await play('look', { conversation: 3 })).status).toBe(422)
  expect((await play('team-assigned', { conversation: 5, team: 'nobody' })).status).toBe(422)
})
