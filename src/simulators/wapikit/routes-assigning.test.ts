import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking({ dialect: 'hosted' })
})
afterEach(() => asking.sim.close())

async function memberIds(): Promise<string[]> {
  const { json } = await asking.ask('GET', '/organization/members?page=1&per_page=50')
  const ids = at(json, 'members.*.uniqueId')
  return Array.isArray(ids) ? ids.map(String) : []
}
const assign = async (method: string, organizationMemberId: unknown, of = 'Amara Nwosu') =>
  asking.ask(method, `/conversation/${await asking.called(of)}/assign`, { body: { organizationMemberId } })
const unassign = async (method: string, of = 'Amara Nwosu') =>
  asking.ask(method, `/conversation/${await asking.called(of)}/unassign`, { body: { userId: '' } })
const holder = async (of = 'Amara Nwosu') =>
  at(
    (await asking.ask('GET', `/conversation/${await asking.called(of)}`)).json,
    'conversation.assignedTo.name',
  )

describe('giving a conversation to somebody', () => {
  test('works by POST, and whoever had it loses it in what is shown', async () => {
    const [me, teo] = await memberIds()
    expect(await assign('POST', me)).toMatchObject({ status: 200, json: { data: true } })
    expect(await holder()).toBe('Sanja Obuya')
    await assign('POST', teo)
    expect(await holder()).toBe('Teo Varga')
    expect(asking.sim.accepted.actions.map(({ value }) => value)).toEqual([me, teo])
  })

  test('works by GET with a body on main, where POST is not allowed', async () => {
    await asking.sim.close()
    asking = await startAsking()
    const [me] = await memberIds()
    expect(await assign('POST', me)).toMatchObject({ status: 405, json: { message: 'Method Not Allowed' } })
    expect(await assign('GET', me)).toMatchObject({ status: 200, json: { data: true } })
    expect(await unassign('GET')).toMatchObject({ status: 200, json: { data: true } })
    expect(asking.sim.accepted.actions.map(({ action }) => action)).toEqual(['assign', 'unassign'])
  })

  test('fails for whoever ever had it', async () => {
    const [me] = await memberIds()
    await assign('POST', me)
    await unassign('POST')
    expect(await holder()).toBeUndefined()
    const again = await assign('POST', me)
    expect([again.status, again.text.includes('duplicate key value')]).toEqual([500, true])
  })

  test('fails for nobody, and for ids that are none', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(await assign('POST', nobody)).toMatchObject({ status: 404, json: 'organization member not found' })
    expect(await assign('POST', 'teo')).toMatchObject({ status: 400, json: 'invalid organization member id' })
  })

  test('cannot be undone where it was never done', async () => {
    expect((await unassign('POST')).status).toBe(500)
  })
})
