import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const bulk = (body: unknown) => asking.ask('POST', '/api/v1/accounts/1/bulk_actions', { body })
const look = (conversation: number) => asking.sim.scenario.look({ conversation }).conversation
const later = () => {
  asking.turn(1000)
  asking.sim.scenario.tick()
}

test('an empty 200 says nothing is done yet; it is a moment later', async () => {
  const answer = await bulk({ type: 'Conversation', ids: [5, 3], fields: { status: 'resolved' } })
  expect(answer).toMatchObject({ status: 200, text: '' })
  expect(at(look(5), 'status')).toBe('open')
  later()
  expect([at(look(5), 'status'), at(look(3), 'status')]).toEqual(['resolved', 'resolved'])
})

test('labels are added and taken away, agents and teams assigned, and a snooze has its time', async () => {
  const until = Math.floor(asking.now() / 1000) + 7200
  await bulk({
    type: 'Conversation',
    ids: [5],
    fields: { status: 'snoozed', assignee_id: 12, team_id: 11 },
    snoozed_until: until,
    labels: { add: ['broken'], remove: ['delivery'] },
  })
  later()
  expect(look(5)).toMatchObject({
    status: 'snoozed',
    labels: ['broken'],
    snoozed_until: '2026-03-14T14:00:00.000Z',
    meta: { assignee: { id: 12 }, team: { id: 11 } },
  })
})

test('nobody looks whether I may see a conversation', async () => {
  await bulk({ type: 'Conversation', ids: [6, 999], fields: { status: 'resolved' } })
  later()
  expect(at(look(6), 'status')).toBe('resolved')
})

test('an unknown status is swallowed, another type refused', async () => {
  expect((await bulk({ type: 'Conversation', ids: [5], fields: { status: 'asleep' } })).status).toBe(200)
  later()
  expect(at(look(5), 'status')).toBe('open')
  expect(await bulk({ type: 'Contact', ids: [1] })).toMatchObject({ status: 422, json: { success: false } })
})
