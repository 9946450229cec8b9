import { expect, test } from 'vitest'
import { commands, type CommandName } from '../../shared/contract/contract.ts'
import { Refusal } from '../../shared/contract/failure.ts'
import { ProviderFailure } from '../providers/provider.ts'
import { StoreFault } from '../store/store.ts'
import { createDispatch, type Handlers } from './dispatch.ts'

const logged: string[] = []
/** Every command answers with what a test hands in for it. */
function dispatching(answer: () => unknown): ReturnType<typeof createDispatch> {
  const names = Object.keys(commands) as CommandName[]
  const handlers = Object.fromEntries(names.map((name) => [name, answer])) as unknown as Handlers
  logged.length = 0
  return createDispatch(handlers, (event, facts) => void logged.push(`${event} ${JSON.stringify(facts)}`))
}
const row = { outboxId: 'o1' }

test('an unknown command is refused', async () => {
  expect(await dispatching(() => ({}))('file.read', {})).toMatchObject({
    ok: false,
    failure: { code: 'unknownCommand' },
  })
})
test('a name from the prototype is no command', async () => {
  expect(await dispatching(() => ({}))('toString', {})).toMatchObject({
    ok: false,
    failure: { code: 'unknownCommand' },
  })
})
test('input that does not fit is refused and the handler never runs', async () => {
  let ran = 0
  const dispatch = dispatching(() => (ran += 1))
  expect(await dispatch('outbox.check', { outboxId: 3 })).toMatchObject({
    ok: false,
    failure: { code: 'badInput', facts: { field: 'outboxId' } },
  })
  expect(ran).toBe(0)
})
test.each(Object.keys(commands))('%s refuses an extra key', async (name) => {
  expect(await dispatching(() => ({}))(name, { sneaky: 1 })).toMatchObject({
    ok: false,
    failure: { code: 'badInput' },
  })
})
test('an answer that does not fit is not passed on, and is logged', async () => {
  expect(await dispatching(() => ({ finding: 'found', token: 'y' }))('outbox.check', row)).toMatchObject({
    ok: false,
    failure: { code: 'badOutput' },
  })
  expect(logged).toHaveLength(1)
})
test('a good answer comes back', async () => {
  expect(await dispatching(() => ({ finding: 'found' }))('outbox.check', row)).toEqual({
    ok: true,
    value: { finding: 'found' },
  })
})
test.each([
  [new Refusal('notFound'), 'notFound'],
  [new ProviderFailure({ kind: 'gone', code: 'gone', mayHaveLeft: true }), 'gone'],
  [new StoreFault('full', 'disk'), 'diskFull'],
  [new StoreFault('failing', 'disk'), 'diskFailing'],
  [new StoreFault('readOnly', 'disk'), 'diskReadOnly'],
  [new StoreFault('locked', 'disk'), 'dataLocked'],
  [new StoreFault('corrupt', 'disk'), 'dataDamaged'],
])('expected trouble leaves as a value: %s', async (error, code) => {
  const dispatch = dispatching(() => {
    throw error
  })
  expect(await dispatch('outbox.check', row)).toMatchObject({ ok: false, failure: { code } })
  expect(logged).toEqual([])
})
test('a bug leaves as a value that says nothing of a customer, and is logged without its message', async () => {
  const dispatch = dispatching(() => {
    throw new Error('Mrs Example’s words')
  })
  expect(await dispatch('outbox.check', row)).toEqual({
    ok: false,
    failure: { code: 'internal', facts: {}, retryAt: null },
  })
  expect(logged.join()).not.toContain('Mrs Example')
})
