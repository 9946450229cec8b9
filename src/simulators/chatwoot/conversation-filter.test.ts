import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, keys, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const filter = (payload: unknown, page = '') =>
  asking.ask('POST', `/api/v1/accounts/1/conversations/filter${page}`, {
    body: payload === undefined ? {} : { payload },
  })
const ids = async (...payload: unknown[]) => at((await filter(payload)).json, 'payload.*.id')

function where(key: string, operator: string, values: unknown, joiner: string | null = null): object {
  return { attribute_key: key, filter_operator: operator, values, query_operator: joiner }
}

// 1 resolved, 2 Bram (Ada's), 3 Tomas by mail (nobody's), 4 snoozed, 5 Ines (mine, high), 7 pending; 6 is hidden.

describe('the answer', () => {
  test('has no data around it and does not count the assigned', async () => {
    const { json } = await filter([where('status', 'equal_to', ['open'])])
    expect(keys(json)).toEqual(['meta', 'payload'])
    expect(at(json, 'meta')).toEqual({ mine_count: 1, unassigned_count: 1, all_count: 3 })
  })

  test('covers every status unless one is named, newest first, and only what I may see', async () => {
    expect(await ids()).toEqual([5, 7, 4, 3, 2, 1])
    expect(await ids(where('status', 'equal_to', ['all']))).toEqual([5, 7, 4, 3, 2, 1])
  })

  test('comes in pages of twenty-five whatever the list is set to', async () => {
    asking.sim.scenario.server({ pageSize: 2 })
    for (let count = 0; count < 24; count += 1) asking.sim.scenario.customerWrites({ inbox: 21, text: 'a' })
    expect(at((await filter([])).json, 'payload')).toHaveLength(25)
    expect(at((await filter([], '?page=2')).json, 'payload')).toHaveLength(5)
  })
})

describe('a condition', () => {
  test.each([
    ['status', 'not_equal_to', ['open'], [7, 4, 1]],
    ['priority', 'equal_to', ['high'], [5]],
    ['assignee_id', 'equal_to', [11], [5, 4, 1]],
    ['assignee_id', 'is_not_present', [], [7, 3]],
    ['inbox_id', 'equal_to', ['23'], [4, 2]],
    ['team_id', 'is_present', [], []],
    ['labels', 'equal_to', ['delivery', 'broken'], [5, 3]],
    ['labels', 'not_equal_to', ['delivery'], [7, 4, 3, 2, 1]],
    ['labels', 'is_not_present', [], [7, 4, 2, 1]],
    ['display_id', 'contains', ['5'], [5]],
    ['mail_subject', 'contains', ['TWO PIECES'], [3]],
    ['browser_language', 'equal_to', ['en'], [5, 7, 1]],
    ['created_at', 'is_less_than', ['2026-03-12'], [1]],
    ['last_activity_at', 'is_greater_than', ['2026-03-14'], [5, 7, 4]],
    ['created_at', 'days_before', ['1'], [3, 2, 1]],
  ])('%s %s %j', async (key, operator, values, found) => {
    expect(await ids(where(key, operator, values))).toEqual(found)
  })

  test('on an attribute of the account’s own looks into the conversation, or the contact where that is said', async () => {
    const path = '/api/v1/accounts/1/conversations/3/custom_attributes'
    await asking.ask('POST', path, { body: { custom_attributes: { order: 'L-77', lamp: 'Desk' } } })
    expect(await ids(where('lamp', 'equal_to', ['desk']))).toEqual([3])
    expect(await ids(where('order', 'contains', ['77']))).toEqual([3])
    expect(await ids(where('order', 'not_equal_to', ['l-77']))).toEqual([5, 7, 4, 2, 1])
    const since = where('since', 'is_less_than', ['2025-01-01'])
    expect(await ids({ ...since, custom_attribute_type: 'contact_attribute' })).toEqual([5])
    expect((await filter([since])).status).toBe(422)
  })

  test('joined by AND binds closer than by OR', async () => {
    expect(
      await ids(
        where('status', 'equal_to', ['resolved'], 'OR'),
        where('status', 'equal_to', ['open'], 'and'),
        where('assignee_id', 'equal_to', [12]),
      ),
    ).toEqual([2, 1])
  })
})

describe('a filter is refused', () => {
  test.each([
    ['a key nobody knows', where('mood', 'equal_to', ['good'])],
    ['an operator the key has not', where('status', 'contains', ['open'])],
    ['no operator', { attribute_key: 'status', values: ['open'] }],
    ['a status nobody knows', where('status', 'equal_to', ['asleep'])],
    ['no values', where('assignee_id', 'equal_to', [])],
    ['words where a number belongs', where('inbox_id', 'equal_to', ['web'])],
    ['a date that is none', where('created_at', 'is_less_than', ['soon'])],
    ['a joiner nobody knows', where('status', 'equal_to', ['open'], 'XOR')],
  ])('with 422 for %s', async (_what, condition) => {
    const { status, json } = await filter([condition])
    expect([status, keys(json)]).toEqual([422, ['error']])
  })

  test('with 500 where there is no payload, or the last condition is joined to nothing', async () => {
    expect((await filter(undefined)).status).toBe(500)
    expect((await filter([where('status', 'equal_to', ['open'], 'AND')])).status).toBe(500)
  })
})
