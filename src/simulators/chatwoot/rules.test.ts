import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const statusOf = async (id: number) => {
  const { json } = await asking.ask('GET', `/api/v1/accounts/1/conversations/${id}`)
  return at(json, 'status')
}

describe('a customer who writes', () => {
  test('opens what was snoozed or resolved, and leaves pending pending', async () => {
    for (const conversation of [4, 1, 7])
      asking.sim.scenario.customerWrites({ conversation, text: 'One more thing' })
    expect([await statusOf(4), await statusOf(1), await statusOf(7)]).toEqual(['open', 'open', 'pending'])
  })

  test('reaches the bot first where an inbox has one, also again', async () => {
    const { conversation } = asking.sim.scenario.customerWrites({ inbox: 25, text: 'Anybody awake?' })
    expect(await statusOf(conversation)).toBe('pending')
    asking.sim.scenario.agentSets({ conversation, status: 'resolved' })
    asking.sim.scenario.customerWrites({ conversation, text: 'Hello again' })
    expect(await statusOf(conversation)).toBe('pending')
  })

  test('begins to wait once, not anew with each message', async () => {
    const since = async () => {
      const { json } = await asking.ask('GET', '/api/v1/accounts/1/conversations/2')
      return at(json, 'waiting_since')
    }
    expect(await since()).toBe(0)
    asking.sim.scenario.customerWrites({ conversation: 2, text: 'Hm' })
    const first = await since()
    asking.turn(60_000)
    asking.sim.scenario.customerWrites({ conversation: 2, text: 'Well' })
    expect(await since()).toBe(first)
  })
})

describe('a snoozed conversation', () => {
  test('opens by a job that runs every five minutes, so up to five minutes late', async () => {
    asking.turn(20 * 3_600_000 - 1000)
    asking.sim.scenario.tick()
    expect(await statusOf(4)).toBe('snoozed')
    asking.turn(300_000)
    asking.sim.scenario.tick()
    expect(await statusOf(4)).toBe('open')
  })

  test('stays asleep where the job did not run for more than three days', async () => {
    asking.turn(100 * 3_600_000)
    asking.sim.scenario.tick()
    expect(await statusOf(4)).toBe('snoozed')
  })
})

test('a deleted message keeps its place and loses its words and files', async () => {
  const { message } = asking.sim.scenario.customerWrites({
    conversation: 5,
    text: 'Secret',
    hasPicture: true,
  })
  asking.sim.scenario.messageDeleted({ conversation: 5, message })
  const { json } = await asking.ask('GET', '/api/v1/accounts/1/conversations/5/messages')
  expect(at(json, 'payload.6')).toMatchObject({
    id: message,
    content: 'This message was deleted',
    content_attributes: { deleted: true },
  })
  expect(at(json, 'payload.6.attachments')).toBeUndefined()
})
