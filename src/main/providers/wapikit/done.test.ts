import { afterEach, describe, expect, it } from 'vitest'
import { failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulatedWapikit, type SimulatedWapikit } from '../../../../tests/support/simulated-wapikit.ts'
import { canOf } from '../provider.ts'

/** Closing, where the server does it and where it only says so (docs/providers/wapikit.md §6.3). */
let here: SimulatedWapikit
let key: string

async function start(dialect: 'main' | 'newer' | 'hosted'): Promise<void> {
  here = await startSimulatedWapikit({ dialect })
  key = await here.keyOf('Amara Nwosu')
  here.sent()
}

afterEach(() => here.close())

describe('where an update works', () => {
  it('is closed by the very call its page shows, and read back', async () => {
    await start('hosted')
    const closed = await there(here.session.done).resolve(key, {}, never)
    expect(closed.status).toEqual({ kind: 'done' })
    const [order, look] = here.sent()
    expect([order?.method, order?.url]).toEqual(['POST', `${here.simulator.url}/conversation/${key}`])
    expect(JSON.parse(String(order?.body))).toEqual({ status: 'Closed' })
    expect(look?.method).toBe('GET')
    expect(here.settings['updateWorks']).toBe(true)
  })

  it('is opened again', async () => {
    await start('hosted')
    await there(here.session.done).resolve(key, {}, never)
    const { conversation, restored } = await there(there(here.session.done).reopen)(key, never)
    expect([conversation.status.kind, restored]).toEqual(['open', true])
  })
})

describe.each(['main', 'newer'] as const)('where it does nothing, on %s', (dialect) => {
  it('says so, and is not offered any more, also after a restart', async () => {
    await start(dialect)
    expect([there(here.session.done).verb, canOf(here.session).resolve]).toEqual(['close', true])
    expect(await failureOf(there(here.session.done).resolve(key, {}, never))).toMatchObject({
      kind: 'rejected',
      code: 'notCarriedOut',
      mayHaveLeft: false,
    })
    expect([here.session.done, here.reopened().done]).toEqual([undefined, undefined])
    expect(here.settings['updateWorks']).toBe(false)
  })
})

it('leaves open what became of it where it cannot be read back', async () => {
  await start('hosted')
  here.simulator.scenario.fault({ kind: 'badGateway', status: 502 }, { method: 'GET', count: 1 })
  expect(await failureOf(there(here.session.done).resolve(key, {}, never))).toMatchObject({
    kind: 'busy',
    mayHaveLeft: true,
  })
  expect(here.session.done).toBeDefined()
})

it('is refused with the words of a documented error, and goes on being offered', async () => {
  await start('hosted')
  here.simulator.scenario.fault(
    {
      kind: 'status',
      status: 422,
      contentType: 'application/json',
      body: JSON.stringify({
        description: 'Validation failed',
        errors: [{ field: 'status', message: 'must be Active or Closed', code: 'invalid' }],
      }),
    },
    { method: 'POST', count: 1 },
  )
  expect(await failureOf(there(here.session.done).resolve(key, {}, never))).toMatchObject({
    kind: 'rejected',
    facts: { reason: 'Validation failed; status: must be Active or Closed (invalid)' },
  })
  expect(here.session.done).toBeDefined()
})

it('is offered no more once it was refused for want of a permission', async () => {
  await start('hosted')
  here.simulator.scenario.fault({ kind: 'refused', why: 'permission' }, { method: 'POST', count: 1 })
  expect(await failureOf(there(here.session.done).resolve(key, {}, never))).toMatchObject({
    kind: 'forbidden',
  })
  expect([here.session.done, here.reopened().done]).toEqual([undefined, undefined])
})
