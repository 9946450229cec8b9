import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { ProviderFailure, type ParticipantsBundle } from '../provider.ts'

const never = new AbortController().signal
let here: Simulated
let keys: Map<string, string>

beforeEach(async () => {
  here = await startSimulated()
  const directory = await here.session.directory?.read(null, never)
  keys = new Map(directory?.agents.map((each) => [each.name, each.key]))
  here.sent()
})

afterEach(() => here.close())

describe('who takes part', () => {
  it('is added and removed, leaving alone whom others added meanwhile', async () => {
    const before = await names()
    expect(await changed({ add: ['Ada Brook'] })).toEqual([...before, 'Ada Brook'])
    expect(await changed({ remove: ['Ada Brook'] })).toEqual(before)
    expect(here.sent().filter((each) => each.method !== 'GET')).toMatchObject([
      { method: 'POST', body: { user_ids: [Number(keys.get('Ada Brook'))] } },
      { method: 'DELETE', body: { user_ids: [Number(keys.get('Ada Brook'))] } },
    ])
  })

  it('is told by the list itself, since nobody says who may not', async () => {
    const stranger = await bundle().change('1', { add: ['4711'], remove: [] }, never)
    expect(stranger.map((each) => each.key)).not.toContain('4711')
  })

  it('is not asked for without anybody in it', async () => {
    await bundle().change('1', { add: ['x'], remove: [] }, never)
    expect(here.sent().map((each) => each.method)).toEqual(['GET'])
  })

  it('may have changed although only the first half was taken', async () => {
    here.simulator.scenario.fault({ kind: 'refused', why: 'denied' }, { method: 'DELETE' })
    const failure = await changed({ add: ['Ada Brook'], remove: ['Nilo Verano'] }).catch(
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ kind: 'forbidden', mayHaveLeft: true })
  })

  it('may have changed although the list afterwards could not be read', async () => {
    here.simulator.scenario.fault({ kind: 'refused', why: 'notFound' }, { method: 'GET' })
    const failure = await changed({ add: ['Ada Brook'] }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect(failure).toMatchObject({ mayHaveLeft: true })
  })
})

async function names(): Promise<string[]> {
  return (await bundle().read('1', never)).map((each) => each.name)
}

async function changed(given: { add?: string[]; remove?: string[] }): Promise<string[]> {
  const keysOf = (people: string[] = []) => people.map((name) => keys.get(name) ?? name)
  const change = { add: keysOf(given.add), remove: keysOf(given.remove) }
  return (await bundle().change('1', change, never)).map((each) => each.name)
}

function bundle(): ParticipantsBundle {
  if (here.session.participants === undefined) throw new Error('no participants')
  return here.session.participants
}
