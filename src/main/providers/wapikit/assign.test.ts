import { afterEach, describe, expect, it } from 'vitest'
import { failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulatedWapikit, type SimulatedWapikit } from '../../../../tests/support/simulated-wapikit.ts'
import type { Agent } from '../../../shared/domain/directory.ts'
import type { AssignBundle } from '../provider.ts'

/** Giving conversations to members, by either verb (docs/providers/wapikit.md §6.7). */
let here: SimulatedWapikit
let key: string

async function start(dialect: 'main' | 'newer' | 'hosted'): Promise<void> {
  here = await startSimulatedWapikit({ dialect })
  key = await here.keyOf('Amara Nwosu')
  here.asked()
}

afterEach(() => here.close())

describe.each(['main', 'newer', 'hosted'] as const)('on %s', (dialect) => {
  it('gives it to a colleague, then to me, then to nobody', async () => {
    await start(dialect)
    expect((await give('Teo Varga')).assignee).toMatchObject({ name: 'Teo Varga', isMe: false })
    expect((await give('Sanja Obuya')).assignee).toMatchObject({ name: 'Sanja Obuya', isMe: true })
    expect((await give(null)).assignee).toBeNull()
    expect(here.simulator.accepted.actions.map((each) => each.action)).toEqual([
      'assign',
      'assign',
      'unassign',
    ])
  })

  it('shows it after a restart and in the list, whether reads tell or not', async () => {
    await start(dialect)
    await give('Teo Varga')
    const again = here.reopened()
    expect((await again.look(key, never)).conversation.assignee?.name).toBe('Teo Varga')
    const { conversations } = await again.pull(null, never)
    expect(conversations.find((each) => each.key === key)?.assignee?.name).toBe('Teo Varga')
  })

  it('says clearly that nobody gets the same one twice', async () => {
    await start(dialect)
    await give('Teo Varga')
    await give(null)
    expect(await failureOf(give('Teo Varga'))).toMatchObject({
      kind: 'rejected',
      code: 'hadBefore',
      facts: { name: 'Teo Varga' },
      mayHaveLeft: false,
    })
  })

  it('is carried out once where the answer was lost and the order is repeated', async () => {
    await start(dialect)
    const path = '/api/conversation/*/assign'
    const colleague = await agent('Teo Varga')
    here.simulator.scenario.fault({ kind: 'dropAfterAccept' }, { path, count: 1 })
    expect(await failureOf(give(colleague))).toMatchObject({ mayHaveLeft: true })
    expect((await give(colleague)).assignee?.name).toBe('Teo Varga')
  })
})

it('tries the other verb where one is not known, and remembers it', async () => {
  await start('newer')
  // As if the server had been brought back to the older branch.
  here.simulator.scenario.server({ assignVerb: 'GET' })
  await give('Teo Varga')
  const verbs = here.asked().filter((each) => each.endsWith('/assign'))
  expect(verbs.map((each) => each.split(' ')[0])).toEqual(['POST', 'GET'])
  expect(here.settings['assignVerb']).toBe('GET')
  await give('Sanja Obuya')
  expect(here.asked().filter((each) => each.endsWith('/assign'))).toHaveLength(1)
})

it('goes as a write also where it is a GET', async () => {
  await start('main')
  await give('Teo Varga')
  const request = here.sent().find((each) => each.url.endsWith('/assign'))
  expect([request?.method, request?.isWrite]).toEqual(['GET', true])
  expect(JSON.parse(String(request?.body))).toEqual({ organizationMemberId: (await agent('Teo Varga')).key })
})

it('is offered no more once it was refused for want of a permission', async () => {
  await start('newer')
  const path = '/api/conversation/*/assign'
  const colleague = await agent('Teo Varga')
  here.simulator.scenario.fault({ kind: 'refused', why: 'permission' }, { path, count: 1 })
  expect(await failureOf(give(colleague))).toMatchObject({ kind: 'forbidden' })
  expect([here.session.assign, here.reopened().assign]).toEqual([undefined, undefined])
})

it('names who is no member any more', async () => {
  await start('newer')
  const stranger = { ...(await agent('Teo Varga')), key: '3f0c7a52-6f3e-4f5e-9e0b-0d0a3c1f7a11' }
  expect(await failureOf(give(stranger))).toMatchObject({
    code: 'notAssignable',
    facts: { name: 'Teo Varga' },
  })
})

async function give(to: string | Agent | null) {
  const { conversation } = await here.session.look(key, never)
  const found = typeof to === 'string' ? await agent(to) : to
  return bundle().assign(conversation, found, never)
}

async function agent(name: string): Promise<Agent> {
  return there((await bundle().candidates('whatsapp', never)).find((each) => each.name === name))
}

function bundle(): AssignBundle {
  return there(here.session.assign)
}
