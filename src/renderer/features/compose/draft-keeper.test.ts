import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DraftRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { emptyDraft } from '../../../shared/domain/reply.ts'
import type { Desk } from '../../state/desk.ts'
import { keeperOf, type DraftKeeper } from './draft-keeper.ts'

const saying = (text: string): DraftRow => ({ ...emptyDraft, mentions: [], text })
const place = { conversationId: 'acme:1', kind: 'reply' } as const
const full: Failure = { code: 'diskFull', facts: {}, retryAt: null }

let standing: DraftRow
let failure: Failure | null
let keptTexts: string[]
let desk: Desk
let keeper: DraftKeeper

/** An engine with one draft, as another window may change it. */
async function call(name: string, input: { draft: DraftRow; over: DraftRow }): Promise<unknown> {
  await Promise.resolve()
  if (failure !== null) return { ok: false, failure }
  if (name === 'draft.get') return { ok: true, value: { draft: standing, files: [], halfFiles: [] } }
  const isOurs = standing.text === '' || standing.text === input.over.text
  if (!isOurs) return { ok: true, value: { standing } }
  standing = input.draft
  keptTexts.push(standing.text)
  return { ok: true, value: { standing: null } }
}

beforeEach(async () => {
  vi.useFakeTimers()
  standing = saying('')
  failure = null
  keptTexts = []
  const view = createStore(() => ({ keepDrafts: new Set() }))
  desk = { bridge: { call }, view } as unknown as Desk
  keeper = keeperOf(desk, place)
  keeper.open()
  await vi.advanceTimersByTimeAsync(0)
})
afterEach(() => vi.useRealTimers())

const text = () => keeper.shown.getState().draft.text
const state = () => keeper.shown.getState().state.kind
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('a key is kept within 300 ms, also when the next ones come without a pause', async () => {
  for (let typed = 'x'; typed.length <= 20; typed += 'x') {
    keeper.write({ text: typed })
    await pass(50)
    if (typed.length > 6) expect(standing.text.length).toBeGreaterThanOrEqual(typed.length - 6)
  }
  await pass(300)
  expect([standing.text, state()]).toEqual(['x'.repeat(20), 'kept'])
})

test('what a full disk refuses stays, is said, and is tried again, also when nobody looks at it any more', async () => {
  failure = full
  keeper.write({ text: 'Precious' })
  await pass(300)
  expect([text(), state()]).toEqual(['Precious', 'notKept'])
  keeper.close()
  await pass(10_000)
  expect(keeperOf(desk, place)).toBe(keeper)
  failure = null
  await pass(2_000)
  expect(standing.text).toBe('Precious')
  expect(keeperOf(desk, place)).not.toBe(keeper)
})

test('words typed before the kept ones could be read go under them', async () => {
  keeper.close()
  await pass(0)
  standing = saying('Thanks for waiting')
  keeper = keeperOf(desk, place)
  keeper.open()
  keeper.write({ text: 'T' })
  await pass(300)
  expect([text(), standing.text]).toEqual(['Thanks for waiting\nT', 'Thanks for waiting\nT'])
})

test('what could not be read at first is read once that works', async () => {
  keeper.close()
  await pass(0)
  standing = saying('Here all along')
  failure = full
  keeper = keeperOf(desk, place)
  keeper.open()
  await pass(100)
  failure = null
  await pass(2_000)
  expect(text()).toBe('Here all along')
})

test('what another window wrote is put together with this, and said', async () => {
  standing = saying('From there')
  keeper.write({ text: 'From here' })
  await pass(300)
  expect([text(), standing.text, state()]).toEqual([
    'From there\nFrom here',
    'From there\nFrom here',
    'joined',
  ])
  standing = saying('From there\nFrom here, and on')
  await keeper.readAgain()
  expect(text()).toBe('From there\nFrom here, and on')
})

test('words that left with their reply do not come back, and what was typed since stays', async () => {
  keeper.write({ text: 'On its way.' })
  await pass(300)
  keeper.write({ text: 'On its way. And' })
  standing = saying('')
  keeper.sent('On its way.')
  await pass(300)
  expect([text(), standing.text, keptTexts.at(-1)]).toEqual(['And', 'And', 'And'])
})
