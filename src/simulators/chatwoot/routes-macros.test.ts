import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askAs, tokenOf } from './asking-people.ts'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const account = '/api/v1/accounts/1'

describe('§1.2 macros', () => {
  test('I see those for everybody and my own, wrapped', async () => {
    const { json } = await asking.ask('GET', `${account}/macros`)
    expect(at(json, 'payload.*.name')).toEqual(['Lamp comes back', 'Mine and done'])
    expect(at(json, 'payload.*.visibility')).toEqual(['global', 'personal'])
    expect(at(json, 'payload.0.actions.0')).toEqual({ action_name: 'assign_team', action_params: [11] })
  })

  test('a single one is wrapped too', async () => {
    const { json } = await asking.ask('GET', `${account}/macros/${await idOf('Mine and done')}`)
    expect(at(json, 'payload.created_by.name')).toBe('Nilo Verano')
  })

  test('an agent’s new macro is personal, whatever was asked; an administrator’s is not', async () => {
    const body = { name: 'Quick', visibility: 'global', actions: [{ action_name: 'resolve_conversation' }] }
    const mine = await asking.ask('POST', `${account}/macros`, { body })
    expect(at(mine.json, 'payload.visibility')).toBe('personal')
    const otto = await tokenOf(asking, 'otto@example.com')
    const ottos = await askAs(asking, otto, { method: 'POST', path: `${account}/macros`, body })
    expect(at(ottos.json, 'payload.visibility')).toBe('global')
  })

  test('an action nobody knows is refused when written', async () => {
    const body = { name: 'Odd', actions: [{ action_name: 'make_coffee', action_params: [] }] }
    const { status, json } = await asking.ask('POST', `${account}/macros`, { body })
    expect([status, at(json, 'error.actions.0')]).toEqual([
      422,
      'Macro execution actions make_coffee not supported.',
    ])
  })

  test('an agent may not change one for everybody; its author may', async () => {
    const path = `${account}/macros/${await idOf('Lamp comes back')}`
    const body = { name: 'Lamp went away' }
    expect((await asking.ask('PATCH', path, { body })).status).toBe(401)
    const otto = await tokenOf(asking, 'otto@example.com')
    const changed = await askAs(asking, otto, { method: 'PATCH', path, body })
    expect(at(changed.json, 'payload.name')).toBe('Lamp went away')
  })

  test('somebody else’s personal one is refused, one that is not there not found', async () => {
    const ada = (await idOf('Mine and done')) + 1
    expect((await asking.ask('GET', `${account}/macros/${ada}`)).status).toBe(401)
    const unknown = await asking.ask('POST', `${account}/macros/4/execute`, {
      body: { conversation_ids: [5] },
    })
    expect(unknown.status).toBe(404)
  })

  test('deleted, it is gone', async () => {
    const path = `${account}/macros/${await idOf('Mine and done')}`
    expect((await asking.ask('DELETE', path)).status).toBe(200)
    expect((await asking.ask('GET', path)).status).toBe(404)
  })
})

describe('§1.2 running a macro', () => {
  test('answers nothing at once and happens later', async () => {
    const { status, text } = await run('Mine and done', [3])
    expect([status, text, statusOf(3)]).toEqual([200, '', 'open'])
    happen()
    expect(statusOf(3)).toBe('resolved')
    expect(at(conversation(3), 'meta.assignee.name')).toBe('Nilo Verano')
    expect(said(3)).toContain('Settled by telephone.')
  })

  test('runs on several, and asks for no access to any of them', async () => {
    await run('Lamp comes back', [3, 6, 99])
    happen()
    expect(at(conversation(6), 'labels')).toEqual(['broken'])
    expect(at(conversation(6), 'meta.team.name')).toBe('returns')
    expect(at(conversation(3), 'meta.team.name')).toBe('returns')
    expect(asking.sim.accepted.actions.map(({ conversation: id }) => id)).toEqual([3, 6])
  })

  test('an action that cannot be done is passed over without a word, and the next follows', async () => {
    asking.sim.scenario.inboxMembership({ account: 1, inbox: 21, as: 'ada', isMember: false })
    const actions = [
      { action_name: 'assign_agent', action_params: [9999] },
      { action_name: 'assign_agent', action_params: [12] },
      { action_name: 'change_status', action_params: ['sleeping'] },
      { action_name: 'change_priority', action_params: ['urgent'] },
      { action_name: 'remove_label', action_params: ['delivery'] },
      { action_name: 'send_email_transcript', action_params: ['a@example.com, b@example.com'] },
      { action_name: 'mute_conversation', action_params: [] },
    ]
    const made = await asking.ask('POST', `${account}/macros`, { body: { name: 'Mixed', actions } })
    const path = `${account}/macros/${String(at(made.json, 'payload.id'))}/execute`
    const { status } = await asking.ask('POST', path, { body: { conversation_ids: [5] } })
    happen()
    expect(status).toBe(200)
    expect(at(conversation(5), 'meta.assignee.name')).toBe('Nilo Verano')
    expect(at(conversation(5), 'priority')).toBe('urgent')
    expect(at(conversation(5), 'labels')).toEqual([])
    expect([statusOf(5), at(conversation(5), 'muted')]).toEqual(['resolved', true])
  })

  test('snoozes until the next reply, unassigns and sets back to pending', async () => {
    const actions = [
      { action_name: 'assign_agent', action_params: ['nil'] },
      { action_name: 'change_priority', action_params: ['nil'] },
      { action_name: 'snooze_conversation', action_params: [] },
    ]
    const made = await asking.ask('POST', `${account}/macros`, { body: { name: 'Away', actions } })
    const path = `${account}/macros/${String(at(made.json, 'payload.id'))}/execute`
    await asking.ask('POST', path, { body: { conversation_ids: [5] } })
    happen()
    expect([statusOf(5), at(conversation(5), 'snoozed_until')]).toEqual(['snoozed', null])
    expect(at(conversation(5), 'meta.assignee')).toBeUndefined()
    expect(at(conversation(5), 'priority')).toBeNull()
  })
})

async function run(name: string, ids: number[]) {
  const path = `${account}/macros/${await idOf(name)}/execute`
  return asking.ask('POST', path, { body: { conversation_ids: ids } })
}

function happen(): void {
  asking.turn(1000)
  asking.sim.scenario.tick()
}

async function idOf(name: string): Promise<number> {
  const { json } = await asking.ask('GET', `${account}/macros`)
  const names = at(json, 'payload.*.name')
  const index = Array.isArray(names) ? names.indexOf(name) : -1
  return Number(at(json, `payload.${index}.id`))
}

function conversation(id: number): object {
  return asking.sim.scenario.look({ conversation: id }).conversation
}

function statusOf(id: number): unknown {
  return at(conversation(id), 'status')
}

function said(id: number): unknown {
  return at(asking.sim.scenario.look({ conversation: id }).messages, '*.content')
}
