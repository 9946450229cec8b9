import { describe, expect, test } from 'vitest'
import { aConversation, bare } from '../../../tests/support/builders.ts'
import { actionKinds, type Action, type ActionKind } from '../../shared/domain/action.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import type { Session } from '../providers/provider.ts'
import { perform } from './outbox-perform.ts'

const never = new AbortController().signal
const to = { key: '2', name: 'Priya Nair', isMe: false }
const team = { key: '3', name: 'Returns' }
const of: Record<ActionKind, Action> = {
  resolve: { kind: 'resolve', answers: { reason: 'late' } },
  reopen: bare('reopen'),
  pend: bare('pend'),
  snooze: { kind: 'snooze', until: 50 },
  assign: { kind: 'assign', to },
  assignTeam: { kind: 'assignTeam', to: team },
  label: { kind: 'label', add: ['vip'], remove: ['new'] },
  prioritise: { kind: 'prioritise', priority: 'high' },
  mute: bare('mute'),
  unmute: bare('unmute'),
  markRead: bare('markRead'),
  markUnread: bare('markUnread'),
}
const said = aConversation({ team: 'as we know it' })
const answer = aConversation({ team: 'as the server answers' })

/** A session whose bundles write down what they are asked, less what it is said to lack. */
function noting(asked: unknown[], lacks: Partial<Session> = {}): Session {
  const noted =
    (name: string) =>
    async (...given: unknown[]): Promise<Conversation> => {
      asked.push([name, ...given.filter((each) => each !== never)])
      return answer
    }
  const session: Partial<Session> = {
    done: {
      verb: 'resolve',
      resolve: noted('resolve'),
      pend: noted('pend'),
      reopen: async (key) => ({ conversation: await noted('reopen')(key), restored: false }),
    },
    snooze: { untilReply: true, snooze: noted('snooze') },
    assign: { candidates: async () => [], assign: noted('assign'), assignTeam: noted('team') },
    labels: { change: noted('labels') },
    priority: { set: noted('priority') },
    mute: { mute: noted('mute'), unmute: noted('unmute') },
    read: { scope: 'everyone', markRead: noted('read'), markUnread: noted('unread') },
    async look(key) {
      asked.push(['look', key])
      return { conversation: said, messages: [] }
    },
  }
  return { ...session, ...lacks } as Session
}

describe('an action', () => {
  const asks: Record<ActionKind, unknown[]> = {
    resolve: ['resolve', '1', { reason: 'late' }],
    reopen: ['reopen', '1'],
    pend: ['pend', '1'],
    snooze: ['snooze', '1', 50],
    assign: ['assign', said, to],
    assignTeam: ['team', said, team],
    label: ['labels', '1', { add: ['vip'], remove: ['new'] }],
    prioritise: ['priority', '1', 'high'],
    mute: ['mute', '1'],
    unmute: ['unmute', '1'],
    markRead: ['read', '1'],
    markUnread: ['unread', '1'],
  }
  test.each(actionKinds)('to %s asks its bundle once, with all that it says', async (kind) => {
    const asked: unknown[] = []
    const performed = await perform(noting(asked), of[kind], { key: '1', said }, never)
    expect([asked, performed]).toEqual([[asks[kind]], { conversation: answer, restored: kind !== 'reopen' }])
  })

  test.each(actionKinds)('to %s is refused where the server cannot do that', async (kind) => {
    const refused = perform({} as Session, of[kind], { key: '1', said }, never)
    await expect(refused).rejects.toMatchObject({ kind: 'rejected', code: 'notPossible', mayHaveLeft: false })
  })

  test('a bundle has no part for is refused', async () => {
    const poor = noting([], {
      done: { verb: 'resolve', resolve: async () => answer },
      snooze: { untilReply: false, snooze: async () => answer },
      assign: { candidates: async () => [], assign: async () => answer },
      read: { scope: 'own', markRead: async () => answer },
    })
    const untilReply: Action = { kind: 'snooze', until: null }
    for (const action of [of.pend, of.reopen, of.assignTeam, of.markUnread, untilReply]) {
      await expect(perform(poor, action, { key: '1', said }, never)).rejects.toMatchObject({
        code: 'notPossible',
      })
    }
    expect((await perform(poor, of.snooze, { key: '1', said }, never)).conversation).toEqual(answer)
  })

  test('takes somebody off and lifts a priority', async () => {
    const asked: unknown[] = []
    const orders: Action[] = [
      { kind: 'assign', to: null },
      { kind: 'assignTeam', to: null },
      { kind: 'prioritise', priority: null },
      { kind: 'snooze', until: null },
    ]
    for (const action of orders) await perform(noting(asked), action, { key: '1', said }, never)
    expect(asked).toEqual([
      ['assign', said, null],
      ['team', said, null],
      ['priority', '1', null],
      ['snooze', '1', null],
    ])
  })

  test('that needs the conversation whole looks at it where it is not kept', async () => {
    const asked: unknown[] = []
    await perform(noting(asked), of.assign, { key: '1', said: null }, never)
    expect(asked).toEqual([
      ['look', '1'],
      ['assign', said, to],
    ])
  })
})
