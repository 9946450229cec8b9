import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { aDirectory, aPerson, bare } from '../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import type { ActionOrder } from '../../shared/contract/contract.ts'
import { actionKinds, replaces, type ActionKind } from '../../shared/domain/action.ts'
import { effective, noOverlay } from '../../shared/domain/effective.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import type { ConversationId } from '../../shared/domain/ids.ts'

const me = { key: '7', name: 'Rina', isMe: true }
const tom = { key: '3', name: 'Tom Ek', isMe: false }
const sam = aPerson({ key: '5', name: 'Sam Ito' })
const agents = [me, tom].map((each) => ({
  ...{ email: null, avatarUrl: null, availability: 'online' as const },
  ...each,
}))
/** A conversation on which each of the orders below changes something. */
const before: Partial<Conversation> = {
  ...{ assignee: sam, team: 'Sales', priority: 'medium', labels: ['late'] },
  ...{ status: { kind: 'open' }, muted: false, readAt: 0, unread: { kind: 'exact', count: 1 } },
}

let house: House
let provider: FakeProvider
let id: ConversationId
afterEach(() => house.stop())

async function begin(undoSeconds?: 'usual'): Promise<void> {
  const messages = [{ key: 'm', sentAt: 1_000 }]
  provider = fakeProvider([{ key: 'a', change: before, messages }])
  provider.offers(aDirectory({ agents }))
  house = await startHouse({ provider, ...(undoSeconds === undefined ? {} : { undoSeconds }) })
  id = `${(await house.signIn())[0]}:a` as ConversationId
}
const act = (action: ActionOrder) => house.ask('conversation.act', { conversationId: id, action })
const acted = (): string[] =>
  provider.acted.filter((each) => / a$/.test(each)).map((each) => each.slice(0, -2))

async function restart(): Promise<void> {
  const { store, clock, vault } = house
  await house.stop()
  house = await startHouse({ store, clock, provider, vault, randomId: () => `later${(given += 1)}` })
}
let given = 0

const of: Record<ActionKind, { order: ActionOrder; asks: string }> = {
  resolve: { order: bare('resolve'), asks: 'resolve' },
  reopen: { order: bare('reopen'), asks: 'reopen' },
  pend: { order: bare('pend'), asks: 'pend' },
  snooze: { order: { kind: 'snooze', until: null }, asks: 'snooze reply' },
  assign: { order: { kind: 'assign', to: tom }, asks: 'assign 3' },
  assignTeam: { order: { kind: 'assignTeam', to: { key: '9', name: 'Returns' } }, asks: 'team 9' },
  label: { order: { kind: 'label', add: ['vip'], remove: ['late'] }, asks: 'label +vip -late' },
  prioritise: { order: { kind: 'prioritise', priority: 'high' }, asks: 'priority high' },
  mute: { order: bare('mute'), asks: 'mute' },
  unmute: { order: bare('unmute'), asks: 'unmute' },
  markRead: { order: bare('markRead'), asks: 'markRead' },
  markUnread: { order: bare('markUnread'), asks: 'markUnread' },
}

/** Rows: the first order. Columns, as in actionKinds: the second. `2` both leave, `1` the second alone, `-` nothing does. */
const table: Record<ActionKind, string> = {
  //           re re pe sn as te la pr mu un rd ur
  resolve: '   1  -  1  1  2  2  2  2  2  2  2  2',
  reopen: '    s  -  s  s  s  s  s  s  s  s  s  s',
  pend: '      1  -  1  1  2  2  2  2  2  2  2  2',
  snooze: '    1  -  1  1  2  2  2  2  2  2  2  2',
  assign: '    2  f  2  2  1  2  2  2  2  2  2  2',
  assignTeam: '2  f  2  2  2  1  2  2  2  2  2  2',
  label: '     2  f  2  2  2  2  1  2  2  2  2  2',
  prioritise: '2  f  2  2  2  2  2  1  2  2  2  2',
  mute: '      f  2  2  2  2  2  2  2  1  1  2  2',
  unmute: '    2  f  2  2  2  2  2  2  1  1  2  2',
  markRead: '  2  f  2  2  2  2  2  2  2  2  1  1',
  markUnread: '2  f  2  2  2  2  2  2  2  2  1  1',
}
const pairs = actionKinds.flatMap((first) =>
  table[first]
    .trim()
    .split(/ +/)
    .map((becomes, index) => ({ first, second: actionKinds[index] ?? first, becomes })),
)

describe('of two orders given one after the other without a network', () => {
  test.each(pairs)('$first and $second: $becomes', async ({ first, second, becomes }) => {
    await begin()
    const isMuted = first === 'unmute' || second === 'unmute'
    provider.change('a', { muted: isMuted && first !== 'mute' })
    await house.ask('inbox.refresh', {})
    await house.clock.advance(1_234)
    provider.online(false)
    await act(of[first].order)
    await act(of[second].order)
    provider.online(true)
    house.signal('online')
    await house.clock.advance(120_000)
    const [a, b] = [of[first].asks, of[second].asks]
    // f: the first alone, s: the second alone, since the other is so already.
    const expected: Record<string, string[]> = { '2': [a, b], '1': [b], f: [a], s: [b], '-': [] }
    expect(acted()).toEqual(expected[becomes])
    expect(house.store.openOrders()).toEqual([])
  })

  test('the table agrees with the rule for what replaces what', () => {
    const ones = pairs.filter(({ becomes }) => becomes === '1')
    expect(ones.filter(({ first, second }) => !replaces(of[second].order, of[first].order))).toEqual([])
    const twos = pairs.filter(({ becomes }) => becomes === '2')
    expect(twos.filter(({ first, second }) => replaces(of[second].order, of[first].order))).toEqual([])
  })
})

type Step =
  | { readonly does: 'order'; readonly action: ActionOrder }
  | { readonly does: 'network'; readonly isOn: boolean }
  | { readonly does: 'wait'; readonly ms: number }
  | { readonly does: 'lose' | 'restart' | 'pull' }

const person = fc.constantFrom(null, me, tom)
const someLabels = fc.uniqueArray(fc.constantFrom('vip', 'late', 'new'), { maxLength: 2 })
const anAction: fc.Arbitrary<ActionOrder> = fc.oneof(
  fc.constantFrom(bare('resolve'), bare('reopen'), bare('pend'), bare('mute'), bare('unmute')),
  fc.constant<ActionOrder>({ kind: 'snooze', until: null }),
  person.map((to): ActionOrder => ({ kind: 'assign', to })),
  fc.constantFrom(null, { key: '9', name: 'Returns' }).map((to): ActionOrder => ({ kind: 'assignTeam', to })),
  fc.tuple(someLabels, someLabels).map(([add, gone]): ActionOrder => ({
    kind: 'label',
    add,
    remove: gone.filter((each) => !add.includes(each)),
  })),
  fc.constantFrom(null, 'low', 'high').map((priority): ActionOrder => ({ kind: 'prioritise', priority })),
)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: anAction.map((action): Step => ({ does: 'order', action })) },
    { weight: 2, arbitrary: fc.boolean().map((isOn): Step => ({ does: 'network', isOn })) },
    { weight: 2, arbitrary: fc.constantFrom(500, 6_000, 90_000).map((ms): Step => ({ does: 'wait', ms })) },
    { weight: 2, arbitrary: fc.constantFrom<Step>({ does: 'lose' }, { does: 'restart' }, { does: 'pull' }) },
  ),
  { maxLength: 14 },
)

async function play(step: Step): Promise<void> {
  switch (step.does) {
    case 'order':
      return void (await act(step.action))
    case 'network':
      return provider.online(step.isOn)
    case 'wait':
      return house.clock.advance(step.ms)
    case 'lose':
      return provider.next('act', 'acceptThenDrop')
    case 'restart':
      return restart()
    case 'pull':
      return void (await house.ask('inbox.refresh', {}))
  }
}

async function settled(): Promise<Conversation | null> {
  provider.calm()
  house.signal('online')
  await house.clock.advance(900_000)
  await house.ask('inbox.refresh', {})
  await house.clock.advance(5_000)
  return house.store.said(id)
}

/** The parts that orders set. */
function partsOf(row: Conversation | null): unknown {
  if (row === null) return null
  const { status, assignee, team, priority, labels, muted } = row
  return { status, holder: assignee?.key ?? null, team, priority, labels: [...labels].sort(), muted }
}

/** The conversation as it would be had each order been carried out the moment it was given. */
function replayed(start: Conversation, orders: readonly ActionOrder[]): Conversation {
  const pending = orders.map((action) => ({ action, seenAt: start.lastTheirsAt }))
  return effective(start, { ...noOverlay, pending })
}

const seed = Number(process.env['MODEL_SEED'] ?? 20_260_304)
const runs = Number(process.env['MODEL_RUNS'] ?? 60)

describe('whatever is ordered, lost, repeated and started again', () => {
  test('the server ends as if each order had been carried out in turn, and the list shows that all along', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (day) => {
        await begin('usual')
        const start = house.store.said(id)
        if (start === null) throw new Error('nothing was pulled')
        const orders: ActionOrder[] = []
        for (const step of day) {
          await play(step)
          if (step.does === 'order') orders.push(step.action)
          expect(partsOf(house.store.conversation(id))).toEqual(partsOf(replayed(start, orders)))
        }
        expect(partsOf(await settled())).toEqual(partsOf(replayed(start, orders)))
        expect(house.store.openOrders()).toEqual([])
        await house.stop()
      }),
      { seed, numRuns: runs },
    )
  }, 60_000)

  test('what a colleague decided meanwhile stands, and the rest is as ordered', async () => {
    const theirs: Partial<Conversation> = {
      ...{ assignee: aPerson({ key: '2' }), team: 'Repairs', priority: 'urgent' },
      status: { kind: 'snoozed', until: 99 },
    }
    await fc.assert(
      fc.asyncProperty(fc.array(anAction, { maxLength: 8 }), fc.boolean(), async (actions, restarts) => {
        await begin()
        provider.online(false)
        const orders = actions.filter(({ kind }) => kind !== 'mute' && kind !== 'unmute')
        for (const action of orders) await act(action)
        provider.change('a', theirs)
        await house.clock.advance(200_000)
        if (restarts) await restart()
        const { status, priority, team, assignee, labels } = (await settled()) ?? {}
        // After an order for a team, or for nobody, whoever has it may have come with that.
        const mayBring = orders.some((each) => each.kind === 'assign' && each.to === null)
        const bringsHolder = mayBring || orders.some(({ kind }) => kind === 'assignTeam' || kind === 'reopen')
        const wished = replayed({ ...(house.store.said(id) as Conversation), labels: ['late'] }, orders)
        expect([status, priority, team]).toEqual([theirs.status, theirs.priority, theirs.team])
        if (!bringsHolder) expect(assignee?.key).toBe('2')
        expect([...(labels ?? [])].sort()).toEqual([...wished.labels].sort())
        await house.stop()
      }),
      { seed, numRuns: runs },
    )
  }, 60_000)
})
