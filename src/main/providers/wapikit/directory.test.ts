import { afterEach, expect, it } from 'vitest'
import { never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulatedWapikit, type SimulatedWapikit } from '../../../../tests/support/simulated-wapikit.ts'

let here: SimulatedWapikit
afterEach(() => here.close())

it.each(['main', 'hosted'] as const)('who there is, and the tags by their words, on %s', async (dialect) => {
  here = await startSimulatedWapikit({ dialect })
  const directory = await there(here.session.directory).read(null, never)
  expect(directory.agents.map((each) => each.name)).toEqual(['Sanja Obuya', 'Teo Varga', 'Miro Castell'])
  expect(directory.agents.filter((each) => each.isMe).map((each) => each.name)).toEqual(['Sanja Obuya'])
  expect(directory.labels.map((each) => each.title)).toEqual(expect.arrayContaining(['booking', 'refund']))
  expect(directory.me.isAdmin).toBe(true)
})

it('is empty, and no failure, for whoever may not read it', async () => {
  here = await startSimulatedWapikit({ dialect: 'newer' })
  here.simulator.scenario.fault({ kind: 'refused', why: 'permission' }, { path: '/api/organization/**' })
  expect(await there(here.session.directory).read(null, never)).toMatchObject({ agents: [], labels: [] })
})
