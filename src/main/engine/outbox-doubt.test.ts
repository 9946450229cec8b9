import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { action, anOrder, bare, outboxId, outgoing, written } from '../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider, type Outcome } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import type { Input } from '../../shared/contract/contract.ts'
import { accountOf, type ConversationId, type OutboxId } from '../../shared/domain/ids.ts'
import { StoreFault } from '../store/store.ts'

const noon = Date.UTC(2026, 2, 3, 12)
const clientKey = '00000000-0000-4000-8000-000000000001'
const lostAfterLeaving: Outcome = { fails: { kind: 'busy', code: 'busy', mayHaveLeft: true } }

/** What was set at the server, in order. */
const acted = (): string[] => provider.acted.filter((each) => / [ab]$/.test(each))

let house: House
let provider: FakeProvider
let id: string
beforeEach(async () => {
  const messages = [{ key: 'm', sentAt: noon, text: 'Where is my parcel?' }]
  provider = fakeProvider([{ key: 'a', change: { lastActivityAt: noon }, messages }])
  house = await startHouse({ provider })
  const [account] = await house.signIn()
  id = `${account}:a`
})
afterEach(() => house.stop())

const reply = async (more: Partial<Input<'reply.send'>> = {}): Promise<{ outboxId: string }> => {
  const given = written({ conversationId: id, text: 'Hello', clientKey, ...more })
  const { outboxIds } = await house.ask('reply.send', given)
  return { outboxId: outboxIds[0] ?? '' }
}
const state = (): string | undefined => house.store.outboxRow(clientKey as OutboxId)?.state.kind
const pull = async (): Promise<void> => {
  house.signal('shown')
  await house.settle()
}

describe('a reply whose fate is unknown', () => {
  test('and that a pull brings while it is looked for stays sent, whatever the look-up then says', async () => {
    const { promise: waits, resolve: release } = Promise.withResolvers<void>()
    provider.finds('absent')
    provider.next('send', 'acceptThenDrop')
    provider.next('find', 'ok', { waits })
    await reply()
    await house.clock.advance(13_000)
    expect(state()).toBe('unsure')
    await pull()
    expect(state()).toBe('sent')
    release()
    await house.clock.advance(60_000)
    expect(state()).toBe('sent')
  })

  test('and that arrived after all is not sent again, though the agent has queued it once more', async () => {
    provider.next('send', lostAfterLeaving)
    const { outboxId } = await reply()
    await house.clock.advance(60_000)
    provider.next('send', { fails: { kind: 'offline', code: 'dns', mayHaveLeft: false } })
    await house.ask('outbox.sendAgain', { outboxId })
    await house.settle()
    expect(state()).toBe('queued')
    await acceptedLate(outboxId)
    await pull()
    expect(state()).toBe('sent')
    await house.clock.advance(600_000)
    expect(provider.received).toMatchObject([{ key: 'a', text: 'Hello' }])
  })
})

describe('where the server keeps no ids of ours', () => {
  const first = clientKey
  const second = clientKey.replace('1', '2')
  const stateOf = (key: string) => house.store.outboxRow(key as OutboxId)?.state
  const claims = (): (string | null)[] =>
    [first, second].flatMap((key) => {
      const found = stateOf(key)
      return found?.kind === 'sent' ? [found.remoteKey] : []
    })
  /** A house over rows that an earlier one left behind, both unsure. */
  const bothUnsure = async (asked: boolean, texts: readonly [string, string]): Promise<void> => {
    const { store, vault, clock } = house
    await house.stop()
    const mine = { accountId: accountOf(id as ConversationId), conversationId: id as ConversationId }
    const unsure = { kind: 'unsure', startedAt: noon, asked, finding: asked ? 'absent' : null } as const
    for (const [index, key] of [first, second].entries()) {
      const order = { kind: 'reply', seenAt: null, ...outgoing('a', texts[index] ?? '', key) } as const
      const { conversationKey: _, ownId: __, leaves: ___, ...kept } = order
      store.enqueue(anOrder({ ...mine, id: key, order: { ...kept, files: [] } }))
      store.moveOrder(outboxId(key), unsure, 1)
    }
    house = await startHouse({ provider, store, vault, clock })
  }

  beforeEach(async () => {
    await house.stop()
    const messages = [{ key: 'm', sentAt: noon, text: 'Where is my parcel?' }]
    const rows = [{ key: 'a', change: { lastActivityAt: noon }, messages }]
    provider = fakeProvider(rows, { keepsOwnIds: false })
    provider.finds('byWords')
    house = await startHouse({ provider })
    const [account] = await house.signIn()
    id = `${account}:a`
  })

  test('the second of two equal replies leaves only when it is known what became of the first', async () => {
    provider.next('send', 'acceptThenDrop', 'acceptThenDrop')
    await reply()
    await reply({ clientKey: second })
    await house.clock.advance(1_000)
    expect([provider.received.length, stateOf(first)?.kind, stateOf(second)?.kind]).toEqual([
      1,
      'unsure',
      'queued',
    ])
    await house.clock.advance(60_000)
    expect([provider.received.length, new Set(claims()).size]).toEqual([2, 2])
  })

  test('the second of two equal replies asks when only the first arrived', async () => {
    provider.next('send', 'ok', lostAfterLeaving)
    await reply()
    await reply({ clientKey: second })
    await house.clock.advance(60_000)
    expect([stateOf(first), stateOf(second)]).toMatchObject([
      { kind: 'sent' },
      { kind: 'unsure', asked: true, finding: 'absent' },
    ])
  })

  test('of two equal replies unsure at once the older claims the one that arrived, and the other asks', async () => {
    provider.says('a', { side: 'me', text: 'Hello' })
    // The older one cannot be looked for at once, and the other waits for it.
    provider.next('find', lostAfterLeaving)
    await bothUnsure(false, ['Hello', 'Hello'])
    await house.clock.advance(120_000)
    expect([stateOf(first), stateOf(second)]).toMatchObject([
      { kind: 'sent' },
      { kind: 'unsure', asked: true, finding: 'absent' },
    ])
  })

  test('of two equal replies unsure at once each claims one of those that arrived', async () => {
    const keys = ['Hello', 'Hello'].map((text) => provider.says('a', { side: 'me', text }))
    await bothUnsure(false, ['Hello', 'Hello'])
    await house.clock.advance(120_000)
    expect(claims()).toEqual(keys)
  })

  test('no message is claimed twice, though both rows are looked for at the very same time', async () => {
    provider.finds('absent')
    await bothUnsure(true, ['Hello', 'Hello'])
    await house.clock.advance(120_000)
    provider.finds('byWords')
    const { promise: waits, resolve: release } = Promise.withResolvers<void>()
    provider.next('find', { waits }, { waits })
    const checks = [first, second].map((outboxId) => house.ask('outbox.check', { outboxId }))
    await house.settle()
    provider.says('a', { side: 'me', text: 'Hello' })
    release()
    expect(await Promise.all(checks)).toEqual([{ finding: 'found' }, { finding: 'absent' }])
    expect(claims()).toHaveLength(1)
  })

  test('a reply that nobody could tell of at first is found by the second look, and nobody is asked', async () => {
    provider.finds('unknowable')
    provider.next('send', 'acceptThenDrop')
    await reply()
    await house.clock.advance(3_000)
    expect(stateOf(first)).toMatchObject({ kind: 'unsure', asked: false })
    provider.finds('byWords')
    await house.clock.advance(10_000)
    expect(stateOf(first)?.kind).toBe('sent')
  })

  test('a reply that comes after the agent was asked settles itself and says so', async () => {
    provider.next('send', lostAfterLeaving)
    await reply()
    await house.clock.advance(60_000)
    expect(stateOf(first)).toMatchObject({ kind: 'unsure', asked: true })
    provider.says('a', { side: 'me', text: 'Hello' })
    await pull()
    await house.clock.advance(1_000)
    expect(stateOf(first)?.kind).toBe('sent')
    expect(house.events.filter((each) => each.name === 'notice.raised')).toHaveLength(1)
  })

  test('other words of the agent that come then settle nothing', async () => {
    provider.next('send', lostAfterLeaving)
    await reply()
    await house.clock.advance(60_000)
    provider.says('a', { side: 'me', text: 'Something else' })
    await pull()
    await house.clock.advance(60_000)
    expect(stateOf(first)).toMatchObject({ kind: 'unsure', asked: true })
    expect(house.events.filter((each) => each.name === 'notice.raised')).toEqual([])
  })

  test('a reply that is found while the agent has queued it once more does not leave again', async () => {
    provider.finds('absent')
    provider.next('send', 'acceptThenDrop')
    const { outboxId } = await reply()
    await house.clock.advance(60_000)
    provider.finds('byWords')
    const { promise: waits, resolve: release } = Promise.withResolvers<void>()
    provider.next('find', { waits })
    const check = house.ask('outbox.check', { outboxId })
    await house.settle()
    provider.next('send', { fails: { kind: 'offline', code: 'dns', mayHaveLeft: false } })
    await house.ask('outbox.sendAgain', { outboxId })
    await house.settle()
    expect(stateOf(first)?.kind).toBe('queued')
    release()
    expect(await check).toEqual({ finding: 'found' })
    await house.clock.advance(600_000)
    expect([stateOf(first)?.kind, provider.received.length]).toEqual(['sent', 1])
  })
})

test('a reply that left while the disk was full is looked for once there is room again', async () => {
  const { store, vault, clock } = house
  await house.stop()
  let isFull = false
  const moveOrder: typeof store.moveOrder = (row, next, attempts) => {
    if (isFull && next.kind !== 'sending') throw new StoreFault('full', 'full')
    store.moveOrder(row, next, attempts)
  }
  house = await startHouse({ provider, store: { ...store, moveOrder }, vault, clock })
  await house.settle()
  isFull = true
  await reply()
  await house.clock.advance(10_000)
  expect([state(), provider.received.length]).toEqual(['sending', 1])
  isFull = false
  await house.clock.advance(60_000)
  expect([state(), provider.received.length]).toEqual(['sent', 1])
})

test('a reply that falls due in the very moment in which the queue is looked through leaves all the same', async () => {
  const { store, vault, clock } = house
  await house.stop()
  let isLate = false
  const nextDue: typeof store.nextDue = (now) => {
    const due = store.nextDue(now)
    const waits = store.openOrders().some(({ state }) => state.kind === 'queued' && state.notBefore !== null)
    if (waits && !isLate) {
      isLate = true
      clock.jump(5_000)
    }
    return due
  }
  house = await startHouse({ provider, store: { ...store, nextDue }, vault, clock })
  await house.settle()
  provider.next('send', { fails: { kind: 'offline', code: 'dns', mayHaveLeft: false } })
  await reply()
  await house.clock.advance(10_000)
  expect([isLate, state(), provider.received.length]).toEqual([true, 'sent', 1])
})

test('a reply that is found while the disk is full is looked for again once there is room', async () => {
  const { store, vault, clock } = house
  await house.stop()
  let isFull = false
  const moveOrder: typeof store.moveOrder = (row, next, attempts) => {
    if (isFull && next.kind === 'sent') throw new StoreFault('full', 'full')
    store.moveOrder(row, next, attempts)
  }
  house = await startHouse({ provider, store: { ...store, moveOrder }, vault, clock })
  await house.settle()
  provider.next('send', 'acceptThenDrop')
  provider.online(true)
  isFull = true
  await reply()
  await house.clock.advance(3_000)
  expect([state(), house.logged]).toEqual([
    'unsure',
    expect.arrayContaining([expect.stringMatching(/^outbox\.broke \{"code":"diskFull"/)]),
  ])
  isFull = false
  await house.clock.advance(20_000)
  expect([state(), provider.received.length]).toEqual(['sent', 1])
})

test('a reply the agent could not decide about, as the disk was full, is still looked for', async () => {
  const { store, vault, clock } = house
  await house.stop()
  let isFull = false
  const full = (): never => {
    throw new StoreFault('full', 'full')
  }
  const moveOrder: typeof store.moveOrder = (...given) => (isFull ? full() : store.moveOrder(...given))
  const removeOrder: typeof store.removeOrder = (row) => (isFull ? full() : store.removeOrder(row))
  house = await startHouse({ provider, store: { ...store, moveOrder, removeOrder }, vault, clock })
  await house.settle()
  provider.next('send', lostAfterLeaving)
  const { outboxId } = await reply()
  await house.settle()
  isFull = true
  const again = await house.call('outbox.sendAgain', { outboxId })
  const away = await house.call('outbox.discard', { outboxId })
  expect([again.ok, away.ok, state()]).toEqual([false, false, 'unsure'])
  isFull = false
  await house.clock.advance(60_000)
  expect(house.store.outboxRow(clientKey as OutboxId)?.state).toMatchObject({ kind: 'unsure', asked: true })
})

test('a start on a full disk shows the accounts, sends nothing, and goes on once there is room', async () => {
  const { store, vault, clock } = house
  provider.next('send', { answersAfter: new Promise(() => {}) })
  await reply()
  await house.stop()
  let isFull = true
  const recoverSending: typeof store.recoverSending = () => {
    if (isFull) throw new StoreFault('full', 'full')
    return store.recoverSending()
  }
  house = await startHouse({ provider, store: { ...store, recoverSending }, vault, clock })
  provider.next('find', { fails: { kind: 'busy', code: 'busy', mayHaveLeft: true } })
  provider.next('pull', ...Array.from({ length: 9 }, () => lostAfterLeaving))
  const text = 'And one more'
  await house.ask('reply.send', written({ conversationId: id, text, clientKey: clientKey.replace('1', '2') }))
  await house.clock.advance(10_000)
  expect((await house.ask('app.snapshot', {})).accounts).toHaveLength(1)
  expect([state(), provider.received.length]).toEqual(['sending', 1])
  isFull = false
  await house.clock.advance(60_000)
  expect(provider.received.map((each) => each.text)).toEqual(['Hello', text])
})

/** The server shows what it took in when nobody was listening any more. */
async function acceptedLate(ownId: string): Promise<void> {
  const account = { id: id.split(':')[0] as never, key: '1', baseUrl: '', settings: {} }
  const { signal } = new AbortController()
  await provider.open(account, '', house as never).send(outgoing('a', 'Hello', ownId), signal)
}

describe('an action whose answer was lost', () => {
  const act = async (action: 'resolve' | 'reopen'): Promise<void> => {
    await house.ask('conversation.act', { conversationId: id, action: bare(action) })
    await house.settle()
  }
  const status = async (): Promise<string> =>
    (await house.ask('thread.open', { conversationId: id })).conversation.status.kind

  test('is undone at the server too when the agent takes it back at once', async () => {
    provider.next('act', 'acceptThenDrop')
    await act('resolve')
    await act('reopen')
    await house.clock.advance(60_000)
    expect([acted(), await status()]).toEqual([['resolve a', 'reopen a'], 'open'])
  })

  test('is not ordered once more when the agent took it back while it was on its way, only undone', async () => {
    provider.next('act', 'acceptThenDrop')
    const give = (action: 'resolve' | 'reopen'): Promise<unknown> =>
      house.ask('conversation.act', { conversationId: id, action: bare(action) })
    await Promise.all([give('resolve'), give('reopen')])
    await house.clock.advance(60_000)
    expect([acted(), await status()]).toEqual([['resolve a', 'reopen a'], 'open'])
  })

  test('is not ordered once more when the agent took it back before the app died, only undone', async () => {
    const { store, vault, clock } = house
    await house.stop()
    const [accountId, conversationId] = [accountOf(id as ConversationId), id as ConversationId]
    const mine = { accountId, conversationId }
    store.enqueue(anOrder({ ...mine, id: 'resolve', order: action('resolve') }))
    store.moveOrder(outboxId('resolve'), { kind: 'sending', startedAt: noon }, 1)
    store.enqueue(anOrder({ ...mine, id: 'reopen', order: action('reopen') }))
    house = await startHouse({ provider, store, vault, clock })
    await house.clock.advance(60_000)
    expect([acted(), await status()]).toEqual([['reopen a'], 'open'])
  })

  test('is set again though the app died a second time, right after it was found to be in doubt', async () => {
    const { store, vault, clock } = house
    await house.stop()
    const mine = { accountId: accountOf(id as ConversationId), conversationId: id as ConversationId }
    store.enqueue(anOrder({ ...mine, id: 'resolve', order: action('resolve', noon) }))
    store.moveOrder(outboxId('resolve'), { kind: 'sending', startedAt: noon }, 1)
    store.recoverSending()
    house = await startHouse({ provider, store, vault, clock })
    await house.clock.advance(60_000)
    expect([acted(), await status(), store.openOrders()]).toEqual([['resolve a'], 'done', []])
  })

  test('is undone at the server too when the agent takes it back after a restart', async () => {
    provider.next('act', 'acceptThenDrop')
    await act('resolve')
    const { store, vault, clock } = house
    provider.online(false)
    await house.stop()
    house = await startHouse({ provider, store, vault, clock })
    await act('reopen')
    provider.online(true)
    house.signal('online')
    await house.clock.advance(60_000)
    expect([acted(), await status()]).toEqual([['resolve a', 'reopen a'], 'open'])
  })

  test('is undone at the server too when the agent took it back while locked out, before a restart', async () => {
    provider.next('act', 'acceptThenDrop')
    await act('resolve')
    const { store, vault, clock } = house
    provider.next('ask', { fails: { kind: 'auth', code: 'auth', mayHaveLeft: true } })
    await house.call('panel.read', { conversationId: id })
    await act('reopen')
    await house.stop()
    house = await startHouse({ provider, store, vault, clock })
    await house.clock.advance(60_000)
    expect([acted(), await status()]).toEqual([['resolve a', 'reopen a'], 'open'])
  })
})
