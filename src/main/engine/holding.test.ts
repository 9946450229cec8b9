import { afterEach, describe, expect, test } from 'vitest'
import { bare, written } from '../../../tests/support/builders.ts'
import { fakeProvider } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'

let house: House
let account: string
let conversationId: string
afterEach(() => house.stop())

const key = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`

async function begin(): Promise<void> {
  const provider = fakeProvider([{ key: 'a', messages: [{ key: 'm1' }] }, { key: 'b' }])
  house = await startHouse({ provider, undoSeconds: 'usual' })
  account = (await house.signIn())[0] ?? ''
  conversationId = `${account}:a`
}
const say = (text: string, n = 1) =>
  house.ask('reply.send', written({ conversationId, text, clientKey: key(n) }))
const done = (): string[] => house.provider.acted.filter((each) => each !== 'directory')

describe('what is sent or ordered', () => {
  test('waits five seconds before it leaves, and is in the thread at once', async () => {
    await begin()
    const { undoUntil } = await say('Hello')
    expect(undoUntil).toBe(house.clock.now() + 5_000)
    const { messages } = await house.ask('thread.open', { conversationId })
    expect(messages.at(-1)).toMatchObject({ text: 'Hello', delivery: { kind: 'held', until: undoUntil } })
    await house.clock.advance(4_900)
    expect(house.provider.received).toEqual([])
    await house.clock.advance(200)
    expect(house.provider.received).toMatchObject([{ text: 'Hello' }])
  })

  test('taken back never leaves, and its words are in the draft again', async () => {
    await begin()
    const { outboxIds } = await say('Hello')
    expect(await house.ask('outbox.undo', { outboxIds })).toEqual({ undone: 1, late: 0 })
    await house.clock.advance(60_000)
    expect(house.provider.received).toEqual([])
    expect((await house.ask('draft.get', { conversationId, kind: 'reply' })).draft.text).toBe('Hello')
    const { messages } = await house.ask('thread.open', { conversationId })
    expect(messages.map((each) => each.text)).not.toContain('Hello')
  })

  test('is gone after its time, and says so', async () => {
    await begin()
    const { outboxIds } = await say('Hello')
    await house.clock.advance(6_000)
    expect(await house.ask('outbox.undo', { outboxIds })).toEqual({ undone: 0, late: 1 })
    expect(house.provider.received).toHaveLength(1)
  })

  test('keeps its order: a resolve given after a reply leaves after it', async () => {
    await begin()
    await say('All done')
    await house.ask('conversation.act', { conversationId, action: bare('resolve') })
    await house.clock.advance(5_100)
    await house.settle()
    expect(house.provider.received).toHaveLength(1)
    await house.clock.advance(5_100)
    expect(done()).toEqual(['resolve a'])
  })

  test('of many is taken back together', async () => {
    await begin()
    const conversationIds = [conversationId, `${account}:b`]
    const { outboxIds, undoUntil } = await house.ask('inbox.act', {
      conversationIds,
      action: bare('resolve'),
    })
    expect(undoUntil).not.toBeNull()
    expect((await house.ask('thread.open', { conversationId })).conversation.status.kind).toBe('done')
    expect(await house.ask('outbox.undo', { outboxIds })).toEqual({ undone: 2, late: 0 })
    expect((await house.ask('thread.open', { conversationId })).conversation.status.kind).toBe('open')
    await house.clock.advance(60_000)
    expect(done()).toEqual([])
  })

  test('survives a restart, and leaves then when its time is over', async () => {
    await begin()
    await say('Hello')
    const { store, clock, provider, vault } = house
    await house.stop()
    house = await startHouse({ store, clock, provider, vault, undoSeconds: 'usual' })
    await house.clock.advance(4_000)
    expect(house.provider.received).toEqual([])
    await house.clock.advance(2_000)
    expect(house.provider.received).toHaveLength(1)
  })

  test('the agent may choose how long, or none', async () => {
    await begin()
    await house.ask('settings.change', { undoSeconds: 0 })
    expect((await say('Hello')).undoUntil).toBeNull()
    await house.settle()
    expect(house.provider.received).toHaveLength(1)
    expect(await house.call('settings.change', { undoSeconds: 61 })).toMatchObject({
      failure: { code: 'badInput' },
    })
  })

  test('a read mark and opening again never wait', async () => {
    await begin()
    for (const kind of ['markUnread', 'reopen'] as const)
      expect((await house.ask('conversation.act', { conversationId, action: { kind } })).undoUntil).toBeNull()
  })

  test('a customer who writes meanwhile is not resolved away', async () => {
    await begin()
    await house.ask('conversation.act', { conversationId, action: bare('resolve') })
    house.provider.writes('a', 'One more thing', house.clock.now())
    await house.ask('inbox.refresh', {})
    await house.clock.advance(6_000)
    expect(done()).toEqual([])
    const { stranded } = await house.ask('thread.open', { conversationId })
    expect(stranded).toMatchObject([{ action: 'resolve', failure: { code: 'wroteSince' } }])
  })
})
