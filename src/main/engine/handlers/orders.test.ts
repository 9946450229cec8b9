import { afterEach, describe, expect, test } from 'vitest'
import { aDirectory, aPerson, bare } from '../../../../tests/support/builders.ts'
import { fakeProvider, type Outcome } from '../../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../../tests/support/start-house.ts'
import type { ActionOrder, ConversationRow } from '../../../shared/contract/contract.ts'
import type { AttributeDefinition } from '../../../shared/domain/directory.ts'

let house: House
afterEach(() => house.stop())

const rina = {
  key: '7',
  name: 'Rina',
  email: null,
  avatarUrl: null,
  availability: 'online',
  isMe: true,
} as const
const reason: AttributeDefinition = {
  key: 'reason',
  label: 'Reason',
  of: 'conversation',
  kind: 'list',
  choices: ['late', 'broken'],
  description: '',
}

async function withRows(...keys: string[]): Promise<string> {
  const provider = fakeProvider(keys.map((key) => ({ key })))
  provider.offers(aDirectory({ agents: [rina] }))
  house = await startHouse({ provider })
  const [account = ''] = await house.signIn()
  return account
}

async function rowOf(account: string, key: string): Promise<ConversationRow> {
  return (await house.ask('thread.open', { conversationId: `${account}:${key}` })).conversation
}

describe('an order', () => {
  const orders: [ActionOrder, string, Partial<ConversationRow>][] = [
    [{ kind: 'pend' }, 'pend a', { status: { kind: 'pending' } }],
    [{ kind: 'snooze', until: null }, 'snooze reply a', { status: { kind: 'snoozed', until: null } }],
    [{ kind: 'label', add: ['vip'], remove: [] }, 'label +vip - a', { labels: ['vip'] }],
    [{ kind: 'prioritise', priority: 'urgent' }, 'priority urgent a', { priority: 'urgent' }],
    [{ kind: 'mute' }, 'mute a', { muted: true, status: { kind: 'done' } }],
    [{ kind: 'assignTeam', to: { key: '3', name: 'Returns' } }, 'team 3 a', { team: 'Returns' }],
  ]

  test.each(orders)(
    '%o shows at once while offline, and is carried out when the network is back',
    async (action, done, shown) => {
      const account = await withRows('a')
      house.provider.online(false)
      await house.ask('conversation.act', { conversationId: `${account}:a`, action })
      await house.settle()
      expect(await rowOf(account, 'a')).toMatchObject({ ...shown, pending: [action.kind] })
      expect(house.provider.acted).not.toContain(done)
      house.provider.online(true)
      house.signal('online')
      await house.clock.advance(5_000)
      expect(house.provider.acted.filter((each) => each === done)).toHaveLength(1)
      expect(await rowOf(account, 'a')).toMatchObject({ ...shown, pending: [], outbox: 'clear' })
    },
  )

  test('assigning shows the person at once, me as me', async () => {
    const account = await withRows('a')
    const to = { key: '7', name: 'Rina', isMe: true }
    await house.ask('conversation.act', { conversationId: `${account}:a`, action: { kind: 'assign', to } })
    expect((await rowOf(account, 'a')).assignee).toMatchObject({ key: '7', name: 'Rina', isMe: true })
    await house.settle()
    expect(house.provider.acted).toContain('assign 7 a')
  })

  test('somebody who cannot have it stays a refused order with its words, and the row is as it was', async () => {
    const account = await withRows('a')
    const to = { key: '99', name: 'Nobody Known', isMe: false }
    await house.ask('conversation.act', { conversationId: `${account}:a`, action: { kind: 'assign', to } })
    await house.settle()
    const { conversation, stranded } = await house.ask('thread.open', { conversationId: `${account}:a` })
    expect(conversation.assignee).toBeNull()
    expect(stranded).toMatchObject([
      { action: 'assign', failure: { code: 'notAssignable', facts: { name: 'Nobody Known' } } },
    ])
  })

  test('a later state replaces an earlier one that has not left, while labels add up', async () => {
    const account = await withRows('a')
    house.provider.online(false)
    const act = (action: ActionOrder) =>
      house.ask('conversation.act', { conversationId: `${account}:a`, action })
    await act({ kind: 'snooze', until: null })
    await act({ kind: 'label', add: ['vip'], remove: [] })
    await act({ kind: 'label', add: ['late'], remove: [] })
    await act({ kind: 'pend' })
    house.provider.online(true)
    house.signal('online')
    await house.clock.advance(5_000)
    expect(house.provider.acted.filter((each) => / a$/.test(each))).toEqual([
      'label +vip - a',
      'label +late - a',
      'pend a',
    ])
    expect((await rowOf(account, 'a')).labels).toEqual(['vip', 'late'])
  })

  test('a snooze into the past is refused', async () => {
    const account = await withRows('a')
    const action = { kind: 'snooze', until: house.clock.now() } as const
    expect(await house.call('conversation.act', { conversationId: `${account}:a`, action })).toMatchObject({
      failure: { code: 'badInput', facts: { field: 'until' } },
    })
  })

  test('one the server refuses is told where nobody looks', async () => {
    const account = await withRows('a')
    house.provider.next('act', {
      fails: {
        kind: 'forbidden',
        code: 'forbidden',
        facts: { host: 'desk.example.com' },
        mayHaveLeft: false,
      },
    })
    await house.ask('conversation.act', { conversationId: `${account}:a`, action: bare('resolve') })
    await house.settle()
    expect(house.announced).toMatchObject([
      {
        conversationId: `${account}:a`,
        body: 'Not resolved. desk.example.com does not allow you to do that.',
      },
    ])
    expect(house.events.filter((each) => each.name === 'notice.raised')).toHaveLength(1)
  })
})

describe('resolving where the server wants to know more', () => {
  async function strict(...keys: string[]): Promise<string> {
    const provider = fakeProvider(keys.map((key) => ({ key })))
    provider.offers(aDirectory({ attributes: [reason], requiredToResolve: ['reason'] }))
    house = await startHouse({ provider })
    const [account = ''] = await house.signIn()
    return account
  }
  const resolve = (account: string, answers: Record<string, string> = {}) =>
    house.call('conversation.act', { conversationId: `${account}:a`, action: { kind: 'resolve', answers } })

  test('is refused with what it asks for, and nothing is ordered', async () => {
    const account = await strict('a')
    expect(await resolve(account)).toMatchObject({
      failure: { code: 'needsAnswers', facts: { fields: 'Reason' } },
    })
    expect((await house.ask('resolve.asks', { conversationId: `${account}:a` })).fields).toEqual([
      { ...reason, value: null, isRequired: true, maxLength: null },
    ])
    expect(house.store.openOrders()).toEqual([])
  })

  test('goes with the answers', async () => {
    const account = await strict('a')
    expect(await resolve(account, { reason: 'late' })).toMatchObject({ ok: true })
    await house.settle()
    expect(house.provider.acted).toEqual(expect.arrayContaining(['resolve a']))
    expect(house.store.said(`${account}:a` as never)?.attributes).toEqual({ reason: 'late' })
    expect((await house.ask('resolve.asks', { conversationId: `${account}:a` })).fields).toEqual([])
  })

  test('uses the default answers of the account, from anywhere', async () => {
    const account = await strict('a', 'b')
    await house.ask('resolve.remember', { accountId: account, answers: { reason: 'broken' } })
    const ids = [`${account}:a`, `${account}:b`]
    expect(await house.ask('inbox.act', { conversationIds: ids, action: bare('resolve') })).toMatchObject({
      kept: 2,
      asks: [],
      refused: [],
    })
    await house.settle()
    expect(house.store.said(ids[1] as never)?.attributes).toEqual({ reason: 'broken' })
    await house.ask('resolve.remember', { accountId: account, answers: null })
    house.provider.change('a', { status: { kind: 'open' }, attributes: {} })
    await house.ask('inbox.refresh', {})
    await house.clock.advance(2_000)
    expect(await resolve(account)).toMatchObject({ failure: { code: 'needsAnswers' } })
  })

  const wanting = aDirectory({ attributes: [reason], requiredToResolve: ['reason'] })

  /** Signed in, while what the pickers offer is still on its way. */
  async function unread(outcome: Outcome): Promise<string> {
    const provider = fakeProvider([{ key: 'a' }])
    provider.offers(wanting)
    provider.next('ask', outcome)
    house = await startHouse({ provider })
    const [account = ''] = await house.signIn()
    return account
  }

  test('waits for what is asked to be heard, right after signing in', async () => {
    const { promise: waits, resolve: release } = Promise.withResolvers<void>()
    const account = await unread({ waits })
    const [answer, asks] = [resolve(account), house.ask('resolve.asks', { conversationId: `${account}:a` })]
    release()
    expect(await answer).toMatchObject({ failure: { code: 'needsAnswers' } })
    expect((await asks).fields).toEqual([{ ...reason, value: null, isRequired: true, maxLength: null }])
  })

  test('does not wait for ever: the order is kept, and looked at again before it leaves', async () => {
    const { promise: waits, resolve: release } = Promise.withResolvers<void>()
    const account = await unread({ waits })
    const answer = resolve(account)
    await house.clock.advance(4_000)
    expect(await answer).toMatchObject({ ok: true })
    expect(house.provider.acted).not.toContain('resolve a')
    release()
    await house.settle()
    const { stranded } = await house.ask('thread.open', { conversationId: `${account}:a` })
    expect(stranded).toMatchObject([
      { action: 'resolve', failure: { code: 'needsAnswers', facts: { fields: 'Reason' } } },
    ])
    expect(house.provider.acted).not.toContain('resolve a')
    expect(await resolve(account, { reason: 'late' })).toMatchObject({ ok: true })
    await house.settle()
    expect([house.provider.acted.includes('resolve a'), house.store.openOrders()]).toEqual([true, []])
  })

  test('goes where nobody can say what is asked: the server has the last word', async () => {
    const account = await unread({ fails: { kind: 'busy', code: 'busy', mayHaveLeft: true } })
    house.provider.next('ask', { fails: { kind: 'busy', code: 'busy', mayHaveLeft: true } })
    house.provider.next('ask', { fails: { kind: 'busy', code: 'busy', mayHaveLeft: true } })
    expect(await resolve(account)).toMatchObject({ ok: true })
    await house.settle()
    expect(house.provider.acted).toContain('resolve a')
  })

  test('one that was discarded while that was heard does not leave', async () => {
    const { promise: waits, resolve: release } = Promise.withResolvers<void>()
    const account = await unread({ waits })
    const answer = resolve(account, { reason: 'late' })
    await house.clock.advance(4_000)
    const given = await answer
    await house.ask('outbox.discard', { outboxId: given.ok ? given.value.outboxId : '' })
    release()
    await house.clock.advance(30_000)
    expect([house.provider.acted.includes('resolve a'), house.logged]).toEqual([false, []])
  })

  test('ordered once more keeps the answers that are still on their way', async () => {
    const account = await strict('a')
    house.provider.online(false)
    await resolve(account, { reason: 'late' })
    expect(await resolve(account)).toMatchObject({ ok: true })
    house.provider.online(true)
    house.signal('online')
    await house.clock.advance(5_000)
    expect(house.store.said(`${account}:a` as never)?.attributes).toEqual({ reason: 'late' })
  })

  test('takes no answer of nothing but spaces', async () => {
    const account = await strict('a')
    expect(await resolve(account, { reason: '  ' })).toMatchObject({ failure: { code: 'needsAnswers' } })
  })

  test('asks nothing while the keychain is shut, and still knows what to ask', async () => {
    const account = await strict('a')
    const { store, clock, provider, vault } = house
    await house.stop()
    vault.break('locked')
    house = await startHouse({ vault, store, clock, provider })
    expect(await resolve(account)).toMatchObject({ failure: { code: 'needsAnswers' } })
  })
})

describe('many at once', () => {
  test('does what can be done and names the rest', async () => {
    const account = await withRows('a', 'b')
    const conversationIds = [`${account}:a`, `${account}:b`, `${account}:a`, `${account}:unknown`]
    const answer = await house.ask('inbox.act', {
      conversationIds,
      action: { kind: 'prioritise', priority: 'low' },
    })
    expect(answer).toMatchObject({
      kept: 2,
      asks: [],
      refused: [{ conversationId: `${account}:unknown`, failure: { code: 'notFound' } }],
    })
  })

  test('a bot that has it is not somebody who has it: assigning nobody takes it from the bot', async () => {
    const account = await withRows('a')
    house.provider.change('a', { assignee: aPerson({ kind: 'bot', key: '4' }) })
    await house.ask('inbox.refresh', {})
    await house.clock.advance(2_000)
    await house.ask('conversation.act', {
      conversationId: `${account}:a`,
      action: { kind: 'assign', to: null },
    })
    await house.settle()
    expect(house.provider.acted).toContain('assign nobody a')
  })
})
