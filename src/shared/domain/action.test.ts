import { describe, expect, test } from 'vitest'
import { aConversation, aPerson, bare } from '../../../tests/support/builders.ts'
import { actionKinds, isDoneAlready, partOf, replaces, type Action } from './action.ts'
import type { Conversation } from './conversation.ts'

const to = { key: '2', name: 'Priya Nair', isMe: false }
const label: Action = { kind: 'label', add: ['vip'], remove: ['late'] }

describe('a later order', () => {
  test.each<[Action, Action, boolean]>([
    [bare('reopen'), bare('resolve'), true],
    [{ kind: 'snooze', until: 5 }, bare('pend'), true],
    [bare('pend'), { kind: 'snooze', until: null }, true],
    [{ kind: 'assign', to: null }, { kind: 'assign', to }, true],
    [{ kind: 'prioritise', priority: null }, { kind: 'prioritise', priority: 'low' }, true],
    [bare('markUnread'), bare('markRead'), true],
    [bare('unmute'), bare('mute'), true],
    // Blocking somebody is more than the status that comes with it.
    [bare('reopen'), bare('mute'), false],
    [bare('mute'), bare('resolve'), false],
    // Differences add up, until a later one has said something of every label an earlier one named.
    [{ kind: 'label', add: ['new'], remove: ['late'] }, label, false],
    [{ kind: 'label', add: ['late'], remove: ['vip', 'new'] }, label, true],
    [label, label, true],
    [bare('resolve'), { kind: 'assign', to }, false],
    [{ kind: 'assignTeam', to: null }, { kind: 'assign', to }, false],
  ])('%o over %o leaves nothing of it: %s', (later, earlier, expected) => {
    expect(replaces(later, earlier)).toBe(expected)
  })

  test('of every kind says which part it sets', () => {
    expect(actionKinds.map(partOf)).toHaveLength(actionKinds.length)
  })
})

describe('an order is done already', () => {
  test.each<[Action, Partial<Conversation>]>([
    [bare('resolve'), { status: { kind: 'done' } }],
    [bare('reopen'), { status: { kind: 'open' } }],
    [bare('pend'), { status: { kind: 'pending' } }],
    [{ kind: 'snooze', until: 7 }, { status: { kind: 'snoozed', until: 7 } }],
    [{ kind: 'snooze', until: null }, { status: { kind: 'snoozed', until: null } }],
    [{ kind: 'assign', to }, { assignee: aPerson({ key: '2' }) }],
    [{ kind: 'assign', to: null }, { assignee: null }],
    [{ kind: 'assignTeam', to: { key: '3', name: 'Returns' } }, { team: 'Returns' }],
    [label, { labels: ['vip', 'other'] }],
    [{ kind: 'prioritise', priority: null }, { priority: null }],
    [bare('mute'), { muted: true, status: { kind: 'done' } }],
    [bare('unmute'), { muted: false }],
    [bare('markRead'), { unread: { kind: 'exact', count: 0 }, lastTheirsAt: 5, readAt: 5 }],
  ])('%o on %o', (action, row) => {
    expect(isDoneAlready(aConversation(row), action)).toBe(true)
  })

  test.each<[Action, Partial<Conversation>]>([
    [{ kind: 'resolve', answers: { reason: 'late' } }, { status: { kind: 'done' } }],
    [{ kind: 'snooze', until: 7 }, { status: { kind: 'snoozed', until: 8 } }],
    [{ kind: 'snooze', until: null }, { status: { kind: 'snoozed', until: 8 } }],
    // A bot has it, so that it is not nobody's yet, and not the agent's whose number the bot shares.
    [{ kind: 'assign', to: null }, { assignee: aPerson({ kind: 'bot' }) }],
    [{ kind: 'assign', to }, { assignee: aPerson({ kind: 'bot', key: '2' }) }],
    [label, { labels: ['vip', 'late'] }],
    [label, { labels: [] }],
    [bare('mute'), { muted: true, status: { kind: 'open' } }],
    [bare('markRead'), { unread: { kind: 'exact', count: 0 }, lastTheirsAt: 6, readAt: 5 }],
    [bare('markUnread'), {}],
  ])('and %o on %o is not', (action, row) => {
    expect(isDoneAlready(aConversation(row), action)).toBe(false)
  })
})
