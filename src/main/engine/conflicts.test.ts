import { afterEach, describe, expect, test } from 'vitest'
import { aDirectory, aPerson, bare } from '../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import type { ActionOrder, ConversationRow, StrandedAction } from '../../shared/contract/contract.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'

const noon = Date.UTC(2026, 2, 3, 12)
const me = { key: '7', name: 'Rina', isMe: true }
const tom = { key: '3', name: 'Tom Ek', isMe: false }
const priya = { key: '2', name: 'Priya Nair', isMe: false }
const agents = [me, tom, priya].map((each) => ({
  ...{ email: null, avatarUrl: null, availability: 'online' as const },
  ...each,
}))
const assign = (to: typeof me | null): ActionOrder => ({ kind: 'assign', to })
const team = (name: string): ActionOrder => ({ kind: 'assignTeam', to: { key: '3', name } })
const prioritise = (priority: 'low' | 'high'): ActionOrder => ({ kind: 'prioritise', priority })
const snooze = (until: number | null): ActionOrder => ({ kind: 'snooze', until })
const taken: Partial<Conversation> = { assignee: aPerson(priya) }
const done: Partial<Conversation> = { status: { kind: 'done' } }
const snoozed: Partial<Conversation> = { status: { kind: 'snoozed', until: null } }

let house: House
let provider: FakeProvider
let id: string
afterEach(() => house.stop())

async function begin(change: Partial<Conversation> = {}, undoSeconds?: 'usual'): Promise<void> {
  const messages = [{ key: 'm', sentAt: noon - 9_000_000 }]
  provider = fakeProvider([{ key: 'a', change: { lastActivityAt: noon - 9_000_000, ...change }, messages }])
  provider.offers(aDirectory({ agents }))
  house = await startHouse({ provider, ...(undoSeconds === undefined ? {} : { undoSeconds }) })
  id = `${(await house.signIn())[0]}:a`
}

const act = async (action: ActionOrder): Promise<string> =>
  (await house.ask('conversation.act', { conversationId: id, action })).outboxId
const opened = (): Promise<{ conversation: ConversationRow; stranded: StrandedAction[] }> =>
  house.ask('thread.open', { conversationId: id })
const refused = async (): Promise<string[]> =>
  (await opened()).stranded.map(({ action, failure }) =>
    [action, failure.code, ...Object.values(failure.facts)].join(' '),
  )
const acted = (): string[] => provider.acted.filter((each) => / a$/.test(each))

async function offline(ms = 3_600_000): Promise<void> {
  provider.online(false)
  house.signal('offline')
  await house.clock.advance(ms)
}
async function online(): Promise<void> {
  provider.online(true)
  house.signal('online')
  await house.clock.advance(30_000)
}
/** The app quits with all it has kept, and starts again. */
let given = 0
async function restart(): Promise<void> {
  const { store, clock, vault } = house
  await house.stop()
  house = await startHouse({
    store,
    clock,
    provider,
    vault,
    randomId: () => `later${(given += 1)}`,
  })
}

describe('what a colleague did while this computer was offline', () => {
  const theirs = { assignee: { key: '2' } }
  type Case = [ActionOrder, Partial<Conversation>, string[], object]
  const cases: Case[] = [
    [assign(me), taken, ['assign takenSince Priya Nair'], theirs],
    [assign(tom), taken, ['assign takenSince Priya Nair'], theirs],
    [assign(tom), { assignee: aPerson(me) }, ['assign yoursSince'], {}],
    [team('Returns'), { team: 'Repairs' }, ['assignTeam teamSince Repairs'], { team: 'Repairs' }],
    [snooze(null), done, ['snooze resolvedSince'], done],
    [bare('pend'), done, ['pend resolvedSince'], done],
    [bare('resolve'), snoozed, ['resolve snoozedSince'], snoozed],
    [prioritise('high'), { priority: 'low' }, ['prioritise prioritySince'], { priority: 'low' }],
  ]
  test.each(cases)(
    '%o over %o is refused by name, and nothing is overwritten',
    async (action, change, why, row) => {
      await begin()
      await offline(0)
      await act(action)
      await offline()
      provider.change('a', change)
      await online()
      expect([acted(), await refused()]).toEqual([[], why])
      expect((await opened()).conversation).toMatchObject({ ...row, pending: [], outbox: 'notDone' })
    },
  )

  test.each<[ActionOrder, Partial<Conversation>]>([
    [bare('resolve'), done],
    [{ kind: 'resolve', answers: { reason: 'late' } }, done],
    [assign(me), { assignee: aPerson(me) }],
    [team('Returns'), { team: 'Returns' }],
    [prioritise('low'), { priority: 'low' }],
    [snooze(null), snoozed],
  ])('%o over the same is done already: nothing leaves, and nothing is asked', async (action, theirs) => {
    await begin()
    await offline(0)
    await act(action)
    await offline()
    provider.change('a', theirs)
    await online()
    expect([acted(), await refused(), house.store.openOrders()]).toEqual([[], [], []])
  })

  test.each<[ActionOrder, Partial<Conversation>, Partial<Conversation>, string]>([
    [bare('resolve'), {}, taken, 'resolve a'],
    [assign(me), {}, { ...done, team: 'Repairs' }, 'assign 7 a'],
    [assign(me), taken, { assignee: null }, 'assign 7 a'],
    [{ kind: 'label', add: ['vip'], remove: [] }, {}, { ...taken, labels: ['new'] }, 'label +vip - a'],
    [
      bare('resolve'),
      { status: { kind: 'snoozed', until: noon } },
      { status: { kind: 'open' } },
      'resolve a',
    ],
  ])('%o on %o goes through where %o is no decision against it', async (action, before, theirs, asked) => {
    await begin(before)
    await offline(0)
    await act(action)
    await offline(5 * 3_600_000)
    provider.change('a', theirs)
    await online()
    expect([acted(), await refused()]).toEqual([[asked], []])
  })

  test('is taken over when the agent, who knows by now, says so again; or left when they let it be', async () => {
    for (const way of ['outbox.sendAgain', 'outbox.discard'] as const) {
      await begin()
      await offline(0)
      await act(assign(me))
      await offline()
      provider.change('a', taken)
      await online()
      const [{ outboxId = '' } = {}] = (await opened()).stranded
      await house.ask(way, { outboxId })
      await house.clock.advance(5_000)
      const isTaken = way === 'outbox.sendAgain'
      expect([acted(), await refused()]).toEqual([isTaken ? ['assign 7 a'] : [], []])
      const { conversation } = await opened()
      expect([conversation.assignee?.name, conversation.outbox]).toEqual([
        isTaken ? 'Rina' : 'Priya Nair',
        'clear',
      ])
    }
  })

  test('said again, and overtaken once more, it is refused once more', async () => {
    await begin()
    await offline(0)
    await act(assign(me))
    await offline()
    provider.change('a', taken)
    await online()
    const [{ outboxId = '' } = {}] = (await opened()).stranded
    await offline(0)
    await house.ask('outbox.sendAgain', { outboxId })
    await offline()
    provider.change('a', { assignee: aPerson(tom) })
    await online()
    expect([acted(), await refused()]).toEqual([[], ['assign takenSince Tom Ek']])
  })

  test('is looked for after a try in vain, however short the network was away', async () => {
    await begin()
    await offline(0)
    await act(assign(me))
    await house.clock.advance(10_000)
    provider.change('a', taken)
    await online()
    expect([acted(), await refused()]).toEqual([[], ['assign takenSince Priya Nair']])
  })

  test('is seen after a restart, too: what the agent saw is kept with the order', async () => {
    await begin()
    await offline(0)
    await act(assign(me))
    await offline()
    await restart()
    provider.change('a', taken)
    await online()
    await house.clock.advance(60_000)
    expect([acted(), await refused()]).toEqual([[], ['assign takenSince Priya Nair']])
    await restart()
    expect(await refused()).toEqual(['assign takenSince Priya Nair'])
  })

  test('holds nothing back: what was ordered after it leaves', async () => {
    await begin()
    await offline(0)
    await act(assign(me))
    await act({ kind: 'label', add: ['vip'], remove: [] })
    await act(bare('resolve'))
    await offline()
    provider.change('a', taken)
    await online()
    expect([acted(), await refused()]).toEqual([
      ['label +vip - a', 'resolve a'],
      ['assign takenSince Priya Nair'],
    ])
  })

  test('is told where nobody looks', async () => {
    await begin()
    await offline(0)
    await act(assign(me))
    await offline()
    provider.change('a', taken)
    await online()
    expect(house.announced.map(({ body }) => body)).toContain(
      'Not assigned. Priya Nair was given this conversation before your order arrived, and still has it.',
    )
  })

  test('is not looked for where an order from before this was kept says not what was seen', async () => {
    await begin()
    await offline(0)
    await act(assign(me))
    const [row] = house.store.openOrders()
    if (row?.order.kind !== 'action') throw new Error('nothing was ordered')
    const { action, seenAt } = row.order
    house.store.removeOrder(row.id)
    house.store.enqueue({ ...row, order: { kind: 'action', action, seenAt } })
    await offline()
    provider.change('a', taken)
    await online()
    expect([acted(), await refused()]).toEqual([['assign 7 a'], []])
  })
})

describe('what a colleague did in the seconds an order is held', () => {
  test('and a pull has told is not overwritten', async () => {
    await begin({}, 'usual')
    await act(assign(me))
    provider.change('a', taken)
    await house.ask('inbox.refresh', {})
    await house.clock.advance(1_000)
    // Until it is settled the order lies over what the pull brought.
    expect((await opened()).conversation).toMatchObject({ assignee: { key: '7' }, pending: ['assign'] })
    await house.clock.advance(6_000)
    expect([acted(), await refused()]).toEqual([[], ['assign takenSince Priya Nair']])
    expect((await opened()).conversation.assignee?.name).toBe('Priya Nair')
  })

  test('is there when the order is taken back', async () => {
    await begin({}, 'usual')
    const outboxId = await act(assign(me))
    provider.change('a', taken)
    await house.ask('inbox.refresh', {})
    await house.clock.advance(1_000)
    expect(await house.ask('outbox.undo', { outboxIds: [outboxId] })).toEqual({ undone: 1, late: 0 })
    expect((await opened()).conversation.assignee?.name).toBe('Priya Nair')
    await house.clock.advance(60_000)
    expect([acted(), await refused()]).toEqual([[], []])
  })

  test('was not seen under the first order by who gives a second', async () => {
    await begin({}, 'usual')
    await act(assign(me))
    provider.change('a', taken)
    await house.ask('inbox.refresh', {})
    await house.clock.advance(1_000)
    await act(assign(tom))
    await house.clock.advance(10_000)
    expect([acted(), await refused()]).toEqual([[], ['assign takenSince Priya Nair']])
  })

  test('an older state in a pull does not undo what is shown', async () => {
    await begin({}, 'usual')
    await act(bare('resolve'))
    for (let pull = 0; pull < 3; pull += 1) {
      await house.ask('inbox.refresh', {})
      await house.clock.advance(1_000)
      expect((await opened()).conversation).toMatchObject({ status: { kind: 'done' }, pending: ['resolve'] })
    }
    await house.clock.advance(5_000)
    expect((await opened()).conversation).toMatchObject({ status: { kind: 'done' }, pending: [] })
  })
})

describe('our own doing is not taken for a colleague’s', () => {
  /** A team that hands what it is given to Priya, as servers with automatic assignment do. */
  function handsOver(): void {
    const plain = provider.change
    provider.change = (key, change) =>
      plain(key, change.team === undefined ? change : { ...change, ...taken })
  }

  test('where a team brings somebody along before the next order leaves', async () => {
    await begin()
    await offline(0)
    await act(team('Returns'))
    await act(assign(me))
    await offline()
    handsOver()
    await online()
    expect([acted(), await refused()]).toEqual([['team 3 a', 'assign 7 a'], []])
  })

  test('nor after a restart between the two', async () => {
    await begin({}, 'usual')
    await act(team('Returns'))
    await house.clock.advance(3_000)
    await act(assign(me))
    handsOver()
    await house.clock.advance(3_000)
    expect(acted()).toEqual(['team 3 a'])
    await restart()
    await house.clock.advance(120_000)
    expect([acted(), await refused()]).toEqual([['team 3 a', 'assign 7 a'], []])
  })

  test.each([false, true])(
    'where an answer was lost, and something else was ordered then (restarted: %s)',
    async (isRestarted) => {
      await begin()
      provider.next('act', 'acceptThenDrop')
      await act(assign(priya))
      await house.settle()
      await offline(0)
      await act(assign(tom))
      await act(assign(me))
      await offline()
      if (isRestarted) await restart()
      await online()
      await house.clock.advance(60_000)
      expect([acted(), await refused()]).toEqual([['assign 2 a', 'assign 7 a'], []])
    },
  )

  test.each([false, true])(
    'where an answer was lost and the order is repeated (restarted: %s)',
    async (isRestarted) => {
      await begin()
      provider.next('act', 'acceptThenDrop')
      await act(snooze(null))
      await house.settle()
      if (isRestarted) await restart()
      await house.clock.advance(300_000)
      expect(await refused()).toEqual([])
      expect(house.store.openOrders()).toEqual([])
      expect((await opened()).conversation.status).toEqual({ kind: 'snoozed', until: null })
    },
  )

  test('where it is resolved and opened again in one breath', async () => {
    await begin()
    const { promise: answersAfter, resolve: answer } = Promise.withResolvers<void>()
    provider.next('act', { answersAfter })
    await act(bare('resolve'))
    await act(bare('reopen'))
    answer()
    await house.clock.advance(5_000)
    expect([acted(), await refused()]).toEqual([['resolve a', 'reopen a'], []])
    expect((await opened()).conversation.status.kind).toBe('open')
  })

  test('where it is snoozed, and then assigned', async () => {
    await begin()
    await offline(0)
    await act(snooze(null))
    await act(assign(tom))
    await offline()
    await online()
    expect([acted(), await refused()]).toEqual([['snooze reply a', 'assign 3 a'], []])
  })
})

describe('an order and the one that takes it back', () => {
  test.each<[ActionOrder, ActionOrder]>([
    [assign(me), assign(priya)],
    [bare('resolve'), bare('reopen')],
    [snooze(null), bare('reopen')],
    [
      { kind: 'label', add: ['vip'], remove: [] },
      { kind: 'label', add: [], remove: ['vip'] },
    ],
    [prioritise('high'), { kind: 'prioritise', priority: null }],
    [bare('mute'), bare('unmute')],
  ])('%o and %o while held: nothing leaves', async (first, second) => {
    await begin(taken, 'usual')
    await act(first)
    await act(second)
    await house.clock.advance(20_000)
    expect([acted(), house.store.openOrders(), await refused()]).toEqual([[], [], []])
  })

  test('leave all the same where the first one may have arrived', async () => {
    await begin(taken)
    provider.next('act', 'acceptThenDrop')
    await act(assign(me))
    await house.settle()
    await act(assign(priya))
    await house.clock.advance(120_000)
    expect(acted()).toEqual(['assign 7 a', 'assign 2 a'])
    expect((await opened()).conversation.assignee?.key).toBe('2')
  })
})
