import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const post = (path: string, body: unknown = {}) => asking.ask('POST', `${list}/${path}`, { body })
const show = async (id: number) => (await asking.ask('GET', `${list}/${id}`)).json

describe('changing the status', () => {
  test('answers nested, not at the top', async () => {
    const { json } = await post('5/toggle_status', { status: 'resolved' })
    expect(json).toEqual({
      payload: { success: true, conversation_id: 5, current_status: 'resolved', snoozed_until: null },
    })
  })

  test('to resolved ends the waiting and leaves an activity', async () => {
    await post('5/toggle_status', { status: 'resolved' })
    const json = await show(5)
    expect([at(json, 'status'), at(json, 'waiting_since')]).toEqual(['resolved', 0])
    expect(at(json, 'messages.0.content')).toBe('Conversation was marked resolved by Nilo Verano')
  })

  test('to open gives it to me where I am an agent, whosever it was', async () => {
    await post('2/toggle_status', { status: 'open' })
    expect(at(await show(2), 'meta.assignee.name')).toBe('Nilo Verano')
  })

  test('to open leaves the assignee where I am an administrator', async () => {
    asking.sim.scenario.membership({ role: 'administrator' })
    await post('2/toggle_status', { status: 'open' })
    expect(at(await show(2), 'meta.assignee.name')).toBe('Ada Brook')
  })

  test('without naming one toggles, and opens what is pending or snoozed', async () => {
    expect(at((await post('5/toggle_status')).json, 'payload.current_status')).toBe('resolved')
    expect(at((await post('5/toggle_status')).json, 'payload.current_status')).toBe('open')
    expect(at((await post('7/toggle_status')).json, 'payload.current_status')).toBe('open')
    expect(at((await post('4/toggle_status')).json, 'payload')).toMatchObject({
      current_status: 'open',
      snoozed_until: null,
    })
  })

  test('to snoozed takes seconds, and keeps the former time where none is given again', async () => {
    const until = Math.floor(asking.now() / 1000) + 7200
    const iso = '2026-03-14T14:00:00.000Z'
    const first = await post('5/toggle_status', { status: 'snoozed', snoozed_until: until })
    const again = await post('5/toggle_status', { status: 'snoozed' })
    expect([first, again].map(({ json }) => at(json, 'payload.snoozed_until'))).toEqual([iso, iso])
  })

  test('to one nobody knows, or until a date in words, is a 500', async () => {
    const answers = [
      await post('5/toggle_status', { status: 'asleep' }),
      await post('5/toggle_status', { status: 'snoozed', snoozed_until: '2026-03-15T08:00:00Z' }),
    ]
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 500, json: { status: 500, error: 'Internal Server Error' } })
    }
  })
})

describe('assigning', () => {
  test('answers the agent', async () => {
    const { json } = await post('3/assignments', { assignee_id: 12 })
    expect(at(json, 'name')).toBe('Ada Brook')
    expect(at(await show(3), 'meta.assignee.id')).toBe(12)
  })

  test('to nobody, and to somebody unknown, unassigns with 200 and null', async () => {
    for (const assignee_id of [null, 0, 4711]) {
      await post('5/assignments', { assignee_id: 11 })
      const answer = await post('5/assignments', { assignee_id })
      expect([answer.status, answer.text]).toEqual([200, 'null'])
      expect(at(await show(5), 'meta.assignee')).toBeUndefined()
    }
  })

  test('looks at a present assignee alone and ignores the team beside it', async () => {
    await post('5/assignments', { assignee_id: 12, team_id: 11 })
    expect(at(await show(5), 'meta.team')).toBeUndefined()
  })

  test('to a team answers the bare team and drops an assignee outside it', async () => {
    await post('5/assignments', { assignee_id: 13 })
    const { json } = await post('5/assignments', { team_id: 11 })
    expect(at(json, 'created_at')).toMatch(/Z$/)
    expect(at(await show(5), 'meta.assignee')).toBeUndefined()
    expect(at(await show(5), 'meta.team.name')).toBe('returns')
  })
})

describe('the read mark', () => {
  test('is set by reading, without a new version of the conversation', async () => {
    const before = at(await show(5), 'updated_at')
    asking.turn(60_000)
    const { json } = await post('5/update_last_seen')
    expect(at(json, 'unread_count')).toBe(0)
    expect(at(json, 'agent_last_seen_at')).toBe(Math.floor(asking.now() / 1000))
    expect(at(json, 'assignee_last_seen_at')).toBe(at(json, 'agent_last_seen_at'))
    expect(at(json, 'updated_at')).toBe(before)
  })

  test('of the assignee stays where somebody else reads', async () => {
    asking.turn(60_000)
    await post('2/update_last_seen')
    const json = await show(2)
    expect(at(json, 'assignee_last_seen_at')).not.toBe(at(json, 'agent_last_seen_at'))
  })

  test('is the same for all agents', async () => {
    asking.sim.scenario.agentReads({ conversation: 5, as: 'Ada' })
    expect(at(await show(5), 'unread_count')).toBe(0)
  })

  test('goes back to one second before the newest incoming message', async () => {
    await post('5/update_last_seen')
    const { json } = await post('5/unread')
    const newest = Math.floor(asking.now() / 1000) - 24 * 60
    expect(at(json, 'agent_last_seen_at')).toBe(newest - 1)
    expect(at(json, 'unread_count')).toBe(1)
  })

  test('is left alone by newer trees while nothing is unread and the last mark is young', async () => {
    asking.sim.scenario.server({ skipsIdleLastSeen: true })
    const first = at((await post('5/update_last_seen')).json, 'agent_last_seen_at')
    asking.turn(600_000)
    expect(at((await post('5/update_last_seen')).json, 'agent_last_seen_at')).toBe(first)
    asking.turn(3_600_000)
    expect(at((await post('5/update_last_seen')).json, 'agent_last_seen_at')).not.toBe(first)
  })

  test('is not moved by answering', async () => {
    await post('5/messages', { content: 'It is on the van.' })
    expect(at(await show(5), 'unread_count')).toBe(2)
  })
})

test('what requests did is counted for tests', async () => {
  await post('5/toggle_status', { status: 'resolved' })
  await post('5/update_last_seen')
  expect(asking.sim.accepted.actions.map(({ action, value }) => [action, value])).toEqual([
    ['toggle_status', 'resolved'],
    ['update_last_seen', null],
  ])
})
