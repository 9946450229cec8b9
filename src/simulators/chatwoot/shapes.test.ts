import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, keys, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const show = async (id: number) => (await asking.ask('GET', `${list}/${id}`)).json

describe('a conversation', () => {
  test('tells its moments in whole seconds, its version in fractions, its snooze as ISO', async () => {
    const json = await show(4)
    expect(at(json, 'created_at')).toBe(Math.floor(asking.now() / 1000) - 6 * 3600)
    expect(at(json, 'snoozed_until')).toBe('2026-03-15T08:00:00.000Z')
    expect(at(await show(5), 'snoozed_until')).toBeNull()
    asking.turn(1234)
    asking.sim.scenario.labels({ conversation: 4, labels: ['delivery'] })
    expect(at(await show(4), 'updated_at')).toBe(asking.now() / 1000)
  })

  test('says zero, not null, for what has never been', async () => {
    const json = await show(3)
    expect([at(json, 'first_reply_created_at'), at(json, 'agent_last_seen_at')]).toEqual([0, 0])
  })

  test('has no key at all for an assignee or a team it has not', async () => {
    expect(keys(at(await show(3), 'meta'))).toEqual(['channel', 'hmac_verified', 'sender'])
    expect(keys(at(await show(5), 'meta'))).toContain('assignee')
  })

  test('names the kind of its assignee, and a bot shortly', async () => {
    asking.sim.scenario.agentAssigns({ conversation: 5, to: 'bot' })
    const json = await show(5)
    expect(at(json, 'meta.assignee_type')).toBe('AgentBot')
    expect(at(json, 'meta.assignee.name')).toBe('Glimmer')
  })

  test('carries the last message of any kind, and besides the last that is no activity', async () => {
    asking.sim.scenario.agentSets({ conversation: 5, status: 'resolved' })
    const json = await show(5)
    expect(at(json, 'messages.0.message_type')).toBe(2)
    expect(at(json, 'last_non_activity_message.content')).toBe('I have guests tonight 😅')
  })

  test('carries that message in the shape of realtime events', async () => {
    const message = at(await show(5), 'messages.0')
    expect(at(message, 'updated_at')).toMatch(/Z$/)
    expect(at(message, 'sender_type')).toBe('Contact')
    expect(at(message, 'conversation')).toMatchObject({ assignee_id: 11, unread_count: 2 })
  })

  test('never says more than ten are unread', async () => {
    for (let count = 0; count < 14; count += 1)
      asking.sim.scenario.customerWrites({ conversation: 3, text: 'And?' })
    expect(at(await show(3), 'unread_count')).toBe(10)
  })

  test('can be answered on WhatsApp for a day after the customer wrote, by mail always', async () => {
    expect(at(await show(2), 'can_reply')).toBe(false)
    expect(at(await show(4), 'can_reply')).toBe(true)
    asking.turn(19 * 3_600_000)
    expect(at(await show(4), 'can_reply')).toBe(false)
    expect(at(await show(3), 'can_reply')).toBe(true)
  })

  test('of an API inbox can be answered for as long as the inbox says', async () => {
    const { conversation } = asking.sim.scenario.customerWrites({ inbox: 24, text: 'Order 7' })
    asking.turn(47 * 3_600_000)
    expect(at(await show(conversation), 'can_reply')).toBe(true)
    asking.turn(2 * 3_600_000)
    expect(at(await show(conversation), 'can_reply')).toBe(false)
  })
})

test('Instagram leaves a day to answer, and a week with Meta’s human agent flag', async () => {
  const demo = await startAsking({ data: 'demo' })
  const { json } = await demo.ask('GET', `${list}?q=not%20a%20single%20wobble`)
  expect(at(json, 'data.payload.0.can_reply')).toBe(false)
  demo.sim.scenario.server({ hasHumanAgentFlag: true })
  const again = await demo.ask('GET', `${list}?q=not%20a%20single%20wobble`)
  expect(at(again.json, 'data.payload.0.can_reply')).toBe(true)
  await demo.sim.close()
})

describe('a message', () => {
  test('in a thread has no sender and no attachments where it has none, and nothing of the event shape', async () => {
    asking.sim.scenario.agentSets({ conversation: 5, status: 'resolved' })
    const { json } = await asking.ask('GET', `${list}/5/messages`)
    const activity = at(json, 'payload.6')
    expect(keys(activity)).toEqual([
      'content',
      'content_attributes',
      'content_type',
      'conversation_id',
      'created_at',
      'id',
      'inbox_id',
      'message_type',
      'private',
      'source_id',
      'status',
    ])
  })

  test('carries the sender in the short form of its kind', async () => {
    const { json } = await asking.ask('GET', `${list}/5/messages`)
    expect(at(json, 'payload.*.sender.type')).toEqual([
      'contact',
      undefined,
      'user',
      'user',
      'contact',
      'contact',
    ])
  })

  test('with a picture tells where it is, a thumbnail and its size', async () => {
    asking.sim.scenario.customerWrites({ conversation: 5, text: null, hasPicture: true })
    const { json } = await asking.ask('GET', `${list}/5/messages`)
    const picture = at(json, 'payload.6.attachments.0')
    expect(picture).toMatchObject({ file_type: 'image', width: 160, height: 160 })
    expect(at(picture, 'data_url')).toMatch(/\/rails\/active_storage\/blobs\/redirect\/.+\/picture\.png$/)
  })

  test('list tells the read marks as ISO, where a conversation tells them in seconds', async () => {
    const { json } = await asking.ask('GET', `${list}/5/messages`)
    expect(at(json, 'meta.agent_last_seen_at')).toMatch(/^2026-03-14T.*Z$/)
    expect(at(json, 'meta.contact.type')).toBe('contact')
    expect(typeof at(await show(5), 'agent_last_seen_at')).toBe('number')
  })
})
