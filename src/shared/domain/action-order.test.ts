import { describe, expect, test } from 'vitest'
import { aConversation, anOrder, aPerson, bare } from '../../../tests/support/builders.ts'
import { actionOrder, type ActionOrder } from './action-order.ts'
import { replaces, type Action } from './action.ts'
import type { Conversation } from './conversation.ts'
import type { OutboxRow, OutboxState } from './outbox.ts'

const queued: OutboxState = { kind: 'queued', notBefore: null }
const held: OutboxState = { kind: 'held', until: 5 }
const sending: OutboxState = { kind: 'sending', startedAt: 1 }
const failed: OutboxState = { kind: 'failed', code: 'takenSince', reason: '{}' }
const tom = { key: '3', name: 'Tom Ek', isMe: false }
const priya = { key: '2', name: 'Priya Nair', isMe: false }
const assign = (to: typeof tom | null): Action => ({ kind: 'assign', to })
const label = (add: string[], remove: string[]): Action => ({ kind: 'label', add, remove })

/** Orders given one after the other; `state` and `attempts` are what became of each until the next was given. */
function given(
  ...steps: [Action, Partial<Pick<OutboxRow, 'state' | 'attempts'>> & { said?: Partial<Conversation> }][]
): ActionOrder[] {
  let rows: OutboxRow[] = []
  return steps.map(([action, { said, ...became }], index) => {
    const order = actionOrder(action, aConversation(said), rows)
    rows = rows.filter((each) => each.state.kind === 'sending' || !isReplaced(each, action))
    rows.push(anOrder({ id: `o${index}`, order, state: held, ...became }))
    return order
  })
}

function isReplaced({ order }: OutboxRow, next: Action): boolean {
  return order.kind === 'action' && replaces(next, order.action)
}

describe('what the agent saw', () => {
  test('is what the server said, where nothing of ours lay over it', () => {
    const said = { status: { kind: 'pending' }, assignee: aPerson({ key: '2' }), team: 'Returns' } as const
    expect(given([bare('resolve'), { said }])[0]?.saw).toEqual({
      ...{ status: { kind: 'pending' }, assignee: '2', team: 'Returns', priority: null },
      ours: [],
    })
  })

  test('is not what the server said under an order of ours that lay over it', () => {
    const after = { assignee: aPerson({ key: '2' }), team: 'Returns' }
    const [, second] = given([assign(tom), {}], [assign(null), { said: after }])
    expect(second?.saw).toMatchObject({ assignee: null, team: 'Returns' })
  })

  test.each<[string, Partial<OutboxRow>, Action[]]>([
    ['under way', { state: sending, attempts: 1 }, [assign(tom)]],
    ['tried and waiting', { state: queued, attempts: 1 }, [assign(tom)]],
    ['still held, and replaced by this one', { state: held }, []],
    ['refused', { state: failed, attempts: 1 }, []],
  ])('names an earlier order that is %s among ours only where it may arrive', (_, became, ours) => {
    expect(given([assign(tom), became], [assign(priya), {}])[1]?.saw?.ours).toEqual(ours)
  })

  test('names an order of another part that leaves first, and each only once', () => {
    const team: Action = { kind: 'assignTeam', to: { key: '1', name: 'Returns' } }
    const steps = Array.from({ length: 12 }, (): Parameters<typeof given>[0] => [label(['a'], []), {}])
    const orders = given([team, {}], ...steps, [assign(tom), {}])
    expect(orders.at(-1)?.saw?.ours).toEqual([team, label(['a'], [])])
  })

  test('remembers one whose answer was lost, through all that replaces it', () => {
    const orders = given(
      [assign(tom), { state: queued, attempts: 1 }],
      [assign(priya), {}],
      [assign(null), {}],
    )
    expect(orders.at(-1)).toMatchObject({ saw: { ours: [assign(tom)] } })
    expect(orders.at(-1)?.isBack).toBeUndefined()
  })
})

describe('orders that only take back what never left', () => {
  const was = { said: { assignee: aPerson({ key: '2' }), team: 'Returns', priority: 'low' } } as const
  test.each<[string, Action, Action, boolean]>([
    ['who it was', assign(tom), assign(priya), true],
    ['somebody else', assign(tom), assign(null), false],
    [
      'its team',
      { kind: 'assignTeam', to: null },
      { kind: 'assignTeam', to: { key: '1', name: 'Returns' } },
      true,
    ],
    ['its priority', { kind: 'prioritise', priority: null }, { kind: 'prioritise', priority: 'low' }, true],
    ['a label', label(['vip'], []), label([], ['vip']), true],
    ['one of two labels', label(['vip', 'new'], []), label([], ['vip']), false],
    ['the status', { kind: 'snooze', until: 9 }, bare('reopen'), true],
    ['another snooze', { kind: 'snooze', until: 9 }, { kind: 'snooze', until: null }, false],
    ['a block', bare('mute'), bare('unmute'), true],
    ['a status under a block', bare('mute'), bare('reopen'), false],
  ])('%s', (_, first, second, expected) => {
    expect(given([first, { ...was }], [second, { ...was }])[1]?.isBack ?? false).toBe(expected)
  })

  test('are none where the first may have arrived', () => {
    for (const became of [
      { state: sending, attempts: 1 },
      { state: queued, attempts: 1 },
    ])
      expect(given([assign(tom), { ...was, ...became }], [assign(priya), was])[1]?.isBack).toBeUndefined()
  })

  test('are none where nothing was ordered before', () => {
    expect(given([assign(priya), was])[0]?.isBack).toBeUndefined()
  })

  test('take back to what was seen, not to what a colleague made of it underneath', () => {
    const since = { said: { ...was.said, assignee: aPerson({ key: '3' }) } }
    expect(given([assign(tom), was], [assign(priya), since])[1]?.isBack).toBe(true)
  })
})
