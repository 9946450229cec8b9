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
const words = async (id: number) => {
  const { json } = await asking.ask('GET', `${list}/${id}/messages`)
  return at(json, 'payload.*.content')
}
const seconds = (ms: number) => Math.floor((asking.now() + ms) / 1000)

describe('every status', () => {
  test.each(['open', 'resolved', 'pending', 'snoozed'])('%s can be set by name', async (status) => {
    const { json } = await post('5/toggle_status', { status })
    expect(at(json, 'payload.current_status')).toBe(status)
    expect(at(await show(5), 'status')).toBe(status)
  })

  test('nobody knows is a 500 in 4.10 and a 422 in newer trees, and nothing moves in either', async () => {
    expect((await post('5/toggle_status', { status: 'none' })).status).toBe(500)
    asking.sim.scenario.server({ refusesUnknownEnums: true })
    const answer = await post('5/toggle_status', { status: 'none' })
    expect(answer).toMatchObject({ status: 422, json: { error: "'none' is not a valid status" } })
    expect(at(await show(5), 'status')).toBe('open')
  })

  test('but snoozed forgets until when, so that a later snooze without a time has none', async () => {
    await post('5/toggle_status', { status: 'snoozed', snoozed_until: seconds(7_200_000) })
    await post('5/toggle_status', { status: 'open' })
    const { json } = await post('5/toggle_status', { status: 'snoozed' })
    expect(at(json, 'payload.snoozed_until')).toBeNull()
  })
})

describe('a round of automatic assignment', () => {
  beforeEach(() => asking.sim.scenario.inboxSettings({ inbox: 21, autoAssignment: true }))

  test('gives what becomes open to the next one online when nobody holds it', async () => {
    asking.sim.scenario.membership({ role: 'administrator' })
    await post('7/toggle_status', { status: 'open' })
    expect(at(await show(7), 'meta.assignee.id')).toBe(11)
    const fresh = asking.sim.scenario.customerWrites({ inbox: 21, text: 'New here' }).conversation
    expect(at(await show(fresh), 'meta.assignee.id')).toBe(12)
    const again = asking.sim.scenario.customerWrites({ inbox: 21, text: 'Me too' }).conversation
    expect(at(await show(again), 'meta.assignee.id')).toBe(11)
  })

  test('leaves alone what a member of the inbox holds, and passes over who is away', async () => {
    asking.sim.scenario.customerWrites({ conversation: 1, text: 'One more thing' })
    expect(at(await show(1), 'meta.assignee.id')).toBe(11)
    asking.sim.scenario.membership({ availability: 'offline' })
    const fresh = asking.sim.scenario.customerWrites({ inbox: 21, text: 'New here' }).conversation
    expect(at(await show(fresh), 'meta.assignee.id')).toBe(12)
  })

  test('does nothing where the inbox has it off', async () => {
    asking.sim.scenario.inboxSettings({ inbox: 21, autoAssignment: false })
    const fresh = asking.sim.scenario.customerWrites({ inbox: 21, text: 'New here' }).conversation
    expect(at(await show(fresh), 'meta.assignee')).toBeUndefined()
  })
})

describe('priority', () => {
  test('answers nothing, leaves a sentence and is cleared with null', async () => {
    expect(await post('3/toggle_priority', { priority: 'urgent' })).toMatchObject({ status: 200, text: '' })
    expect(at(await show(3), 'priority')).toBe('urgent')
    await post('3/toggle_priority', { priority: null })
    expect(at(await show(3), 'priority')).toBeNull()
    expect(await words(3)).toContain('Nilo Verano removed the priority')
  })

  test('left out or blank clears in 4.10, and is refused by newer trees when left out', async () => {
    await post('5/toggle_priority', {})
    expect(at(await show(5), 'priority')).toBeNull()
    asking.sim.scenario.server({ refusesUnknownEnums: true })
    expect((await post('5/toggle_priority', {})).status).toBe(422)
    expect((await post('5/toggle_priority', { priority: null })).status).toBe(200)
  })

  test('none is no priority: 500, whichever way it is set', async () => {
    const patched = await asking.ask('PATCH', `${list}/5`, { body: { priority: 'none' } })
    expect([(await post('5/toggle_priority', { priority: 'none' })).status, patched.status]).toEqual([
      500, 500,
    ])
  })

  test('can be patched, which answers the conversation', async () => {
    const { json } = await asking.ask('PATCH', `${list}/5`, { body: { priority: 'low' } })
    expect([at(json, 'id'), at(json, 'priority')]).toEqual([5, 'low'])
  })
})

describe('muting', () => {
  test('blocks the contact in the whole account and resolves this conversation', async () => {
    expect(await post('3/mute')).toMatchObject({ status: 200, text: '' })
    expect(await show(3)).toMatchObject({ status: 'resolved', muted: true })
    expect(at(await show(1), 'muted')).toBe(true)
    expect(await words(3)).toContain('Nilo Verano has muted the conversation')
  })

  test('keeps what the contact writes from reopening anything', async () => {
    await post('3/mute')
    asking.sim.scenario.customerWrites({ conversation: 3, text: 'Hello?' })
    expect(at(await show(3), 'status')).toBe('resolved')
  })

  test('makes later conversations of the contact begin resolved', async () => {
    await post('3/mute')
    const contact = at(await show(3), 'meta.sender.id')
    const fresh = await asking.ask('POST', list, { body: { inbox_id: 22, contact_id: contact } })
    expect(at(fresh.json, 'status')).toBe('resolved')
  })

  test('is taken back without opening anything', async () => {
    await post('3/mute')
    expect((await post('3/unmute')).text).toBe('')
    expect(await show(3)).toMatchObject({ status: 'resolved', muted: false })
  })
})

describe('typing', () => {
  test('is told on and off with an empty 200, and anything else does nothing', async () => {
    for (const typing_status of ['on', 'off', 'maybe']) {
      const answer = await post('5/toggle_typing_status', { typing_status, is_private: true })
      expect(answer).toMatchObject({ status: 200, text: '' })
    }
    const { actions } = asking.sim.accepted
    expect(actions.map(({ action, value }) => [action, value])).toEqual([
      ['typing', 'on'],
      ['typing', 'off'],
    ])
  })
})

describe('a team', () => {
  test('that assigns by itself takes one of its own in place of an assignee outside it', async () => {
    asking.sim.scenario.teamSettings({ team: 'returns', allowAutoAssign: true })
    await post('5/assignments', { assignee_id: 13 })
    await post('5/assignments', { team_id: 11 })
    expect(at(await show(5), 'meta.assignee.id')).toBe(11)
  })

  test('keeps an assignee who is in it, and is cleared with 0 and null', async () => {
    await post('5/assignments', { team_id: 11 })
    expect(at(await show(5), 'meta.assignee.id')).toBe(11)
    for (const team_id of [0, null]) {
      const answer = await post('5/assignments', { team_id })
      expect([answer.status, answer.text]).toEqual([200, 'null'])
      expect(at(await show(5), 'meta.team')).toBeUndefined()
    }
  })

  test('a bot is assigned where its kind is said, and the membership of agents in the inbox is not looked at', async () => {
    const bot = await post('5/assignments', { assignee_id: 1, assignee_type: 'AgentBot' })
    expect(at(bot.json, 'name')).toBe('Glimmer')
    expect(at(await show(5), 'meta.assignee_type')).toBe('AgentBot')
  })
})

test('what a member of neither inbox nor team asks is a 401 with Pundit’s words', async () => {
  for (const path of [
    'toggle_status',
    'mute',
    'assignments',
    'labels',
    'update_last_seen',
    'custom_attributes',
  ]) {
    const answer = await post(`6/${path}`)
    expect(answer, path).toMatchObject({
      status: 401,
      json: { error: 'You are not authorized to do this action' },
    })
  }
})
