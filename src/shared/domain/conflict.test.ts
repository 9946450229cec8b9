import { describe, expect, test } from 'vitest'
import { aConversation, aPerson, bare } from '../../../tests/support/builders.ts'
import type { Action } from './action.ts'
import { conflictOf, isSameStatus, mayConflict, seenOf, type Seen } from './conflict.ts'
import type { Conversation, Person, Status } from './conversation.ts'

const me = { key: '7', name: 'Rina', isMe: true }
const tom = { key: '3', name: 'Tom Ek', isMe: false }
const priya = { key: '2', name: 'Priya Nair', isMe: false }
const has = (who: typeof me | null): Pick<Conversation, 'assignee'> => ({
  assignee: who === null ? null : ({ ...who, avatarUrl: null, kind: 'agent' } satisfies Person),
})
const bot = { assignee: aPerson({ kind: 'bot', key: '9' }) }
const assign = (to: typeof me | null): Action => ({ kind: 'assign', to })
const team = (name: string | null): Action => ({
  kind: 'assignTeam',
  to: name === null ? null : { key: name, name },
})
const prioritise = (priority: Conversation['priority']): Action => ({ kind: 'prioritise', priority })
const is = (status: Status): Pick<Conversation, 'status'> => ({ status })
const [open, done, pending] = [is({ kind: 'open' }), is({ kind: 'done' }), is({ kind: 'pending' })]
const snoozed = (until: number | null) => is({ kind: 'snoozed', until })
const snooze = (until: number | null): Action => ({ kind: 'snooze', until })

const at = 1_000_000
const found = (
  action: Action,
  [before, now]: readonly Partial<Conversation>[],
  ours: readonly Action[] = [],
): unknown => {
  const conflict = conflictOf(action, seenOf(aConversation(before), ours), aConversation(now), at)
  return conflict === null ? null : [conflict.code, ...Object.values(conflict.facts)].join(' ')
}

describe('who a conversation belongs to', () => {
  test.each<[Action, [Partial<Conversation>, Partial<Conversation>], string | null]>([
    // Priya has it since: whoever else I gave it to, or nobody.
    [assign(me), [has(null), has(priya)], 'takenSince Priya Nair'],
    [assign(tom), [has(null), has(priya)], 'takenSince Priya Nair'],
    [assign(null), [has(tom), has(priya)], 'takenSince Priya Nair'],
    [assign(me), [has(tom), has(priya)], 'takenSince Priya Nair'],
    [assign(me), [bot, has(priya)], 'takenSince Priya Nair'],
    // It became mine: that I am giving it away was said without knowing.
    [assign(tom), [has(null), has(me)], 'yoursSince'],
    [assign(null), [has(tom), has(me)], 'yoursSince'],
    // As it was, or as I wanted it.
    [assign(me), [has(priya), has(priya)], null],
    [assign(me), [has(null), has(me)], null],
    [assign(priya), [has(tom), has(priya)], null],
    // Nothing is taken from nobody, nor from a bot.
    [assign(me), [has(tom), has(null)], null],
    [assign(me), [has(tom), bot], null],
    [assign(null), [has(tom), bot], null],
    [team('Returns'), [{ team: null }, { team: 'Repairs' }], 'teamSince Repairs'],
    [team(null), [{ team: 'Returns' }, { team: 'Repairs' }], 'teamSince Repairs'],
    [team('Returns'), [{ team: 'Repairs' }, { team: 'Repairs' }], null],
    [team('Returns'), [{ team: 'Repairs' }, { team: null }], null],
    [team('Returns'), [{ team: null }, { team: 'Returns' }], null],
    // Only the part that is set is compared.
    [assign(me), [{ team: null }, { team: 'Repairs', status: { kind: 'done' }, priority: 'high' }], null],
  ])('%o where it was %o: %s', (action, rows, expected) => {
    expect(found(action, rows)).toBe(expected)
  })

  test.each<[Action, Action, Partial<Conversation>, string | null]>([
    [assign(me), assign(tom), has(tom), null],
    [assign(me), assign(tom), has(priya), 'takenSince Priya Nair'],
    // The server gives it to somebody of the team, to who opens it, or to the next in turn.
    [assign(me), team('Returns'), has(priya), null],
    [assign(me), bare('reopen'), has(priya), null],
    [assign(me), assign(null), has(priya), null],
    [assign(me), bare('resolve'), has(priya), 'takenSince Priya Nair'],
    [team('Returns'), team('Repairs'), { team: 'Repairs' }, null],
    [team('Returns'), team('Repairs'), { team: 'Sales' }, 'teamSince Sales'],
  ])('%o after our own %o is no conflict with what that brought: %o', (action, ours, now, expected) => {
    expect(found(action, [{}, now], [ours])).toBe(expected)
  })
})

describe('how a conversation stands', () => {
  const orders: [string, Action][] = [
    ['resolve', bare('resolve')],
    ['reopen', bare('reopen')],
    ['pend', bare('pend')],
    ['snooze', snooze(at + 9)],
  ]
  const statuses = { open, done, pending, snoozed: snoozed(at + 500_000) }
  const codes = {
    open: 'reopenedSince',
    done: 'resolvedSince',
    pending: 'pendedSince',
    snoozed: 'snoozedSince',
  }
  const wanted: Record<string, string> = { resolve: 'done', reopen: 'open', pend: 'pending' }
  const names = ['open', 'done', 'pending', 'snoozed'] as const
  const table = orders.flatMap(([name, action]) =>
    names.flatMap((before) => names.map((now) => ({ name, action, before, now }))),
  )
  test.each(table)('$name ordered when $before, and it is $now', ({ name, action, before, now }) => {
    const stays = now === before || now === wanted[name]
    expect(found(action, [statuses[before], statuses[now]])).toBe(stays ? null : codes[now])
  })

  test.each<[Action, [Partial<Conversation>, Partial<Conversation>], Action[], string | null]>([
    // A snooze that is over ends by itself; one that is not, by somebody's hand.
    [bare('resolve'), [snoozed(at - 1), open], [], null],
    [bare('resolve'), [snoozed(at + 1), open], [], 'reopenedSince'],
    [bare('resolve'), [snoozed(null), open], [], 'reopenedSince'],
    [bare('resolve'), [snoozed(at - 1), pending], [], 'pendedSince'],
    // Another end is another snooze; servers keep whole seconds.
    [snooze(at), [open, snoozed(at + 60_000)], [], 'snoozedSince'],
    [snooze(at), [open, snoozed(at + 999)], [], null],
    [snooze(null), [open, snoozed(at)], [], 'snoozedSince'],
    // What we did ourselves.
    [bare('reopen'), [open, done], [bare('resolve')], null],
    [bare('reopen'), [open, done], [bare('mute')], null],
    [bare('resolve'), [done, open], [bare('reopen')], null],
    [bare('resolve'), [open, pending], [bare('pend')], null],
    [bare('resolve'), [open, snoozed(at)], [snooze(at)], null],
    [bare('resolve'), [open, snoozed(at + 5_000)], [snooze(at)], 'snoozedSince'],
    [bare('pend'), [open, done], [assign(me), bare('markRead')], 'resolvedSince'],
    // A status we do not know counts as open, and what is gone is said by the server.
    [bare('resolve'), [open, is({ kind: 'unknown', raw: 'paused' })], [], null],
    [bare('resolve'), [open, is({ kind: 'gone' })], [], null],
  ])('%o where it was %o, after our %o: %s', (action, rows, ours, expected) => {
    expect(found(action, rows, ours)).toBe(expected)
  })
})

describe('the rest', () => {
  test.each<[Action, [Partial<Conversation>, Partial<Conversation>], Action[], string | null]>([
    [prioritise('high'), [{ priority: null }, { priority: 'low' }], [], 'prioritySince'],
    [prioritise('high'), [{ priority: 'low' }, { priority: null }], [], 'prioritySince'],
    [prioritise('high'), [{ priority: 'low' }, { priority: 'low' }], [], null],
    [prioritise('high'), [{ priority: 'low' }, { priority: 'high' }], [], null],
    [prioritise('high'), [{ priority: null }, { priority: 'low' }], [prioritise('low')], null],
  ])('%o where it was %o: %s', (action, rows, ours, expected) => {
    expect(found(action, rows, ours)).toBe(expected)
  })

  test('labels are a difference, a block is the customer’s, a read mark is looked at: those are nobody’s decision', () => {
    const now = { ...has(priya), ...done, labels: ['x'], team: 'Repairs', muted: true }
    const free: Action[] = [
      { kind: 'label', add: ['vip'], remove: ['x'] },
      ...[bare('mute'), bare('unmute'), bare('markRead'), bare('markUnread')],
    ]
    expect(free.map((action) => [mayConflict(action), found(action, [{}, now])])).toEqual(
      free.map(() => [false, null]),
    )
    expect([assign(me), team(null), prioritise(null), bare('pend')].every(mayConflict)).toBe(true)
  })

  test('what is seen of who has it is a person: a bot is nobody', () => {
    const seen: Seen = seenOf(aConversation(bot), [])
    expect(seen.assignee).toBeNull()
    expect(isSameStatus({ kind: 'snoozed', until: null }, { kind: 'snoozed', until: 5 })).toBe(false)
  })
})
