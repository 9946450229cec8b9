import { expect, test } from 'vitest'
import { demoOf, signInDemo } from './demo.ts'

const demo = {
  provider: 'example',
  method: 'token',
  fields: { url: 'http://127.0.0.1:9', token: 'demo-token' },
}

/** A wire that answers as told and keeps what was asked. */
function wireSaying(answers: Record<string, unknown>) {
  const asked: [string, unknown][] = []
  const call = async (name: string, input: unknown): Promise<unknown> => {
    asked.push([name, input])
    return answers[name]
  }
  return { asked, wire: { call, listen: () => () => undefined } }
}

const choice = (key: string, over = {}) => ({
  key,
  name: key,
  role: null,
  isSuspended: false,
  isAdded: false,
  ...over,
})

test('an ordinary start is no demo', () => {
  expect(demoOf({})).toBeNull()
  expect(demoOf({ TUNTAS_DEMO: '' })).toBeNull()
})

test('a demo is read as given, and anything else is refused with a sentence', () => {
  expect(demoOf({ TUNTAS_DEMO: JSON.stringify([demo]) })).toEqual([demo])
  for (const wrong of ['{', '{}', '[]', JSON.stringify(demo), JSON.stringify([{ ...demo, more: 1 }])]) {
    expect(() => demoOf({ TUNTAS_DEMO: wrong })).toThrow('TUNTAS_DEMO is not what Tuntas expects')
  }
})

test('the demo takes every account it may use, for this session only', async () => {
  const choices = [
    choice('1'),
    choice('2', { isSuspended: true }),
    choice('3', { isAdded: true }),
    choice('4'),
  ]
  const { wire, asked } = wireSaying({
    'accounts.probe': { ok: true, value: { kind: 'found', probeId: 'p', choices } },
    'accounts.add': { ok: true, value: { accountIds: ['a', 'b'] } },
  })
  await signInDemo(wire, [demo])
  expect(asked).toEqual([
    ['accounts.probe', { ...demo, probeId: null }],
    ['accounts.add', { probeId: 'p', keys: ['1', '4'], keepIn: 'session' }],
  ])
})

test('a demo that cannot sign in says why', async () => {
  const failure = { code: 'refused', facts: { host: '127.0.0.1:9' }, retryAt: null }
  const { wire } = wireSaying({ 'accounts.probe': { ok: false, failure } })
  await expect(signInDemo(wire, [demo])).rejects.toThrow(
    'The demo account could not be added: 127.0.0.1:9 refused the connection',
  )
})

test('a second step is answered with what the demo brought for it', async () => {
  const asked: unknown[] = []
  const call = async (name: string, input: { probeId?: string | null }): Promise<unknown> => {
    asked.push([name, input])
    if (name === 'accounts.add') return { ok: true, value: { accountIds: ['a'] } }
    return input.probeId === null
      ? { ok: true, value: { kind: 'asks', probeId: 'first', host: 'example.com', fields: [] } }
      : { ok: true, value: { kind: 'found', probeId: 'second', choices: [choice('7')] } }
  }
  const wire = { call, listen: () => () => undefined } as Parameters<typeof signInDemo>[0]
  await signInDemo(wire, [{ ...demo, next: { user: '7' } }])
  expect(asked).toEqual([
    ['accounts.probe', { ...demo, probeId: null }],
    ['accounts.probe', { ...demo, fields: { user: '7' }, probeId: 'first' }],
    ['accounts.add', { probeId: 'second', keys: ['7'], keepIn: 'session' }],
  ])
  await expect(signInDemo(wire, [demo])).rejects.toThrow('TUNTAS_DEMO is not what Tuntas expects')
})
