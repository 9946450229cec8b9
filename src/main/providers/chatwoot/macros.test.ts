import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settle } from '../../../../tests/support/hand-clock.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { ProviderFailure, type MacrosBundle } from '../provider.ts'

const never = new AbortController().signal
const executePath = '/api/v1/accounts/*/macros/*/execute'
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(async () => {
  await here.close()
  expect(here.clock.pending()).toBe(0)
})

describe('running a macro', () => {
  it('looks again until its steps are seen', async () => {
    const { outcome } = await started('Mine and done')
    await here.clock.advance(1_000)
    await resting()
    await here.serverClock.advance(700)
    here.simulator.scenario.tick()
    await here.clock.advance(2_000)
    const { told, isChanged } = await outcome
    expect(isChanged).toBe(true)
    expect(told.conversation).toMatchObject({ status: { kind: 'done' }, assignee: { isMe: true } })
    expect(told.messages.find((each) => each.kind === 'note')?.text).toBe('Settled by telephone.')
  })

  it('orders it once, by the number the agent sees', async () => {
    const { outcome } = await started('Mine and done')
    await throughAllLooks()
    await outcome
    const orders = here.sent().filter((each) => each.method === 'POST')
    expect(orders.map((each) => each.body)).toEqual([{ conversation_ids: [2] }])
  })

  it('says where nothing came of it', async () => {
    const { outcome } = await started('Mine and done')
    await throughAllLooks()
    expect(await outcome).toMatchObject({
      isChanged: false,
      told: { conversation: { key: '2', status: { kind: 'open' } } },
    })
  })

  it('does not take a look that failed for an order that failed', async () => {
    const { outcome } = await started('Mine and done')
    here.simulator.scenario.fault({ kind: 'serverError' }, { path: '/api/v1/accounts/*/conversations/**' })
    await throughAllLooks()
    expect(await outcome).toMatchObject({ isChanged: false, told: { conversation: { key: '2' } } })
  })

  it.each([
    ['refused', { kind: 'refused', why: 'denied' }, false],
    ['not there', { kind: 'refused', why: 'notFound' }, false],
    ['cut off', { kind: 'dropAfterAccept' }, true],
    ['in trouble', { kind: 'serverError' }, true],
  ] as const)('an order that is %s may have been done or not', async (_, fault, mayHaveLeft) => {
    const { key, conversation } = await macroAndConversation('Mine and done')
    here.simulator.scenario.fault(fault, { path: executePath })
    const failure = await macros()
      .run(key, conversation, never)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect(failure).toMatchObject({ mayHaveLeft })
    expect(here.sent().filter((each) => each.method === 'POST')).toHaveLength(1)
  })

  it('that cannot be looked at before is not ordered', async () => {
    const { key, conversation } = await macroAndConversation('Mine and done')
    here.simulator.scenario.fault({ kind: 'serverError' }, { count: 1 })
    const failure = await macros()
      .run(key, conversation, never)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ mayHaveLeft: false })
    expect(here.sent().filter((each) => each.method === 'POST')).toEqual([])
  })

  it('stops looking when it is told to, and does not say that nothing happened', async () => {
    const stop = new AbortController()
    const { outcome } = await started('Mine and done', stop.signal)
    stop.abort()
    expect(await outcome.catch((error: unknown) => error)).toMatchObject({
      kind: 'offline',
      mayHaveLeft: true,
    })
  })

  it('stops in the middle of the last look as well', async () => {
    const stop = new AbortController()
    const { outcome } = await started('Mine and done', stop.signal)
    await here.clock.advance(1_000)
    await resting()
    await here.clock.advance(2_000)
    await resting()
    here.simulator.scenario.fault({ kind: 'hang' })
    const before = here.simulator.requests.length
    await here.clock.advance(5_000)
    for (let turn = 0; here.simulator.requests.length === before && turn < 2_000; turn++) await settle()
    stop.abort()
    expect(await outcome.catch((error: unknown) => error)).toMatchObject({ mayHaveLeft: true })
  })
})

async function macroAndConversation(name: string): Promise<{ key: string; conversation: Conversation }> {
  const directory = await here.session.directory?.read(null, never)
  const key = directory?.macros.find((each) => each.name === name)?.key ?? ''
  const { conversation } = await here.session.look('2', never)
  here.sent()
  return { key, conversation }
}

/** Ordered, and resting before the first look. */
async function started(name: string, signal = never): Promise<{ outcome: ReturnType<MacrosBundle['run']> }> {
  const { key, conversation } = await macroAndConversation(name)
  const outcome = macros().run(key, conversation, signal)
  await resting()
  return { outcome }
}

async function throughAllLooks(): Promise<void> {
  await here.clock.advance(1_000)
  await resting()
  await here.clock.advance(2_000)
  await resting()
  await here.clock.advance(5_000)
}

/** The answers of a real server come when they come. */
async function resting(): Promise<void> {
  for (let turn = 0; here.clock.pending() === 0 && turn < 2_000; turn++) await settle()
  expect(here.clock.pending()).toBe(1)
}

function macros(): MacrosBundle {
  if (here.session.macros === undefined) throw new Error('no macros')
  return here.session.macros
}
