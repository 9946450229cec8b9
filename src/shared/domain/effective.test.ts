import { describe, expect, test } from 'vitest'
import { aPerson, aConversation, aMark, bare } from '../../../tests/support/builders.ts'
import type { Action } from './action.ts'
import type { Conversation, Status } from './conversation.ts'
import { effective, needsYou, noOverlay, type EffectiveConversation, type Overlay } from './effective.ts'
import { isInView, views, type View } from './view.ts'

const open = { kind: 'open' } as const
const morning = Date.UTC(2026, 2, 3, 8)

describe('needsYou', () => {
  const table: [string, Partial<Conversation>, boolean, boolean][] = [
    ['an open conversation with an unread, unanswered message', { lastTheirsAt: 10 }, false, true],
    ['a message read but not answered', { lastTheirsAt: 10, readAt: 10 }, false, false],
    ['a message answered but not marked read', { lastTheirsAt: 10, lastReplyAt: 10 }, false, false],
    ['a message newer than the read mark', { lastTheirsAt: 10, readAt: 9 }, false, true],
    [
      'a message newer than the reply, older than the read mark',
      { lastTheirsAt: 10, lastReplyAt: 5, readAt: 11 },
      false,
      false,
    ],
    ['nobody ever wrote', {}, false, false],
    [
      'marked unread by hand though read and answered',
      { lastTheirsAt: 10, readAt: 10, lastReplyAt: 12 },
      true,
      true,
    ],
    [
      'an unknown status, shown as open',
      { lastTheirsAt: 10, status: { kind: 'unknown', raw: 'paused' } },
      false,
      true,
    ],
    ['pending', { lastTheirsAt: 10, status: { kind: 'pending' } }, true, false],
    ['snoozed', { lastTheirsAt: 10, status: { kind: 'snoozed', until: null } }, true, false],
    ['done', { lastTheirsAt: 10, status: { kind: 'done' } }, true, false],
    ['gone', { lastTheirsAt: 10, status: { kind: 'gone' } }, true, false],
  ]
  test.each(table)('%s', (_, facts, byHand, expected) => {
    expect(
      needsYou({ status: open, lastTheirsAt: null, readAt: null, lastReplyAt: null, ...facts }, byHand),
    ).toBe(expected)
  })
})

describe('what this computer knows lies over what the server said', () => {
  const said = aConversation({ lastTheirsAt: 10, unread: { kind: 'exact', count: 2 } })
  const over = (
    overlay: Partial<Overlay>,
    change: Partial<Conversation> = {},
  ): ReturnType<typeof effective> => effective({ ...said, ...change }, { ...noOverlay, ...overlay })

  test('a resolve on its way shows it done and quiet', () => {
    expect(over({ pending: [{ action: bare('resolve'), seenAt: 10 }] })).toMatchObject({
      status: { kind: 'done' },
      needsYou: false,
      pending: ['resolve'],
    })
  })
  test('a reopen on its way shows it open', () => {
    expect(
      over({ pending: [{ action: bare('reopen'), seenAt: 10 }] }, { status: { kind: 'done' } }),
    ).toMatchObject({ status: open, needsYou: true })
  })
  test.each<[Action, Partial<EffectiveConversation>]>([
    [{ kind: 'pend' }, { status: { kind: 'pending' }, needsYou: false }],
    [
      { kind: 'snooze', until: 99 },
      { status: { kind: 'snoozed', until: 99 }, needsYou: false },
    ],
    [{ kind: 'snooze', until: null }, { status: { kind: 'snoozed', until: null } }],
    [{ kind: 'assign', to: null }, { assignee: null }],
    [{ kind: 'assignTeam', to: { key: '3', name: 'Returns' } }, { team: 'Returns' }],
    [{ kind: 'label', add: ['new', 'kept'], remove: ['old'] }, { labels: ['kept', 'new'] }],
    [{ kind: 'prioritise', priority: 'high' }, { priority: 'high' }],
    [{ kind: 'mute' }, { muted: true, status: { kind: 'done' } }],
    [{ kind: 'unmute' }, { muted: false }],
    [{ kind: 'resolve', answers: { reason: 'late' } }, { attributes: { reason: 'late', size: 2 } }],
  ])('an order on its way shows what it will be: %o', (action, shown) => {
    const row = { labels: ['old', 'kept'], assignee: aPerson(), attributes: { size: 2 } }
    expect(over({ pending: [{ action, seenAt: 10 }] }, row)).toMatchObject({
      ...shown,
      pending: [action.kind],
    })
  })
  test('several orders on their way lie over each other in their order', () => {
    const pending = [bare('mute'), bare('reopen'), bare('unmute')].map((action) => ({ action, seenAt: 10 }))
    expect(over({ pending })).toMatchObject({ muted: false, status: open, needsYou: true })
  })
  test('a read mark on its way clears the unread count, but not for a message that came after', () => {
    const pending = [{ action: bare('markRead'), seenAt: 10 }]
    expect(over({ pending })).toMatchObject({ unread: { kind: 'exact', count: 0 }, needsYou: false })
    expect(over({ pending }, { lastTheirsAt: 11 })).toMatchObject({
      unread: { kind: 'exact', count: 2 },
      needsYou: true,
    })
  })
  test.each<Action>([bare('resolve'), bare('pend'), { kind: 'snooze', until: null }])(
    'what came after %o was ordered is not put aside by it',
    (action) => {
      const pending = [{ action, seenAt: 10 }]
      expect(over({ pending }, { lastTheirsAt: 11 })).toMatchObject({
        ...{ status: open, needsYou: true },
        pending: [action.kind],
      })
    },
  )
  test('a reply on its way answers what the agent had seen, and nothing newer', () => {
    expect(over({ answeredUntil: 10 }).needsYou).toBe(false)
    expect(over({ answeredUntil: 10 }, { lastTheirsAt: 11 }).needsYou).toBe(true)
  })
  test('a local done mark hides it until the customer writes again', () => {
    expect(over({ mark: aMark({ seenAt: 10 }) })).toMatchObject({
      status: { kind: 'done' },
      isLocal: true,
      needsYou: false,
    })
    expect(over({ mark: aMark({ seenAt: 10 }) }, { lastTheirsAt: 11 })).toMatchObject({
      status: open,
      isLocal: false,
      needsYou: true,
    })
  })
  test('a local snooze shows until when', () => {
    const mark = aMark({ seenAt: 10, local: { kind: 'snoozed', until: 99 } })
    expect(over({ mark }).status).toEqual({ kind: 'snoozed', until: 99 })
  })
  test('a read mark of this computer counts where no server keeps one, and nowhere else', () => {
    const mark = aMark({ local: null, readAt: morning })
    const overlay = { ...noOverlay, mark }
    const said = aConversation({ readScope: 'device', lastTheirsAt: morning, unread: { kind: 'some' } })
    expect(effective(said, noOverlay)).toMatchObject({ needsYou: true, unread: { kind: 'some' } })
    expect(effective(said, overlay)).toMatchObject({ needsYou: false, unread: { kind: 'exact', count: 0 } })
    const newer = effective({ ...said, lastTheirsAt: morning + 1 }, overlay)
    expect(newer).toMatchObject({ needsYou: true, unread: { kind: 'some' } })
    expect(effective({ ...said, readScope: 'everyone' }, overlay).needsYou).toBe(true)
  })

  test('opening a conversation marked unread by hand ends the mark at once', () => {
    const mark = aMark({ local: null, unreadByHand: true })
    expect(over({ mark }, { readAt: 10 }).needsYou).toBe(true)
    expect(over({ mark, pending: [{ action: bare('markRead'), seenAt: 10 }] }, { readAt: 10 }).needsYou).toBe(
      false,
    )
  })
})

test('every status that is not gone is found in some view', () => {
  const statuses: Status[] = [
    open,
    { kind: 'pending' },
    { kind: 'snoozed', until: 1 },
    { kind: 'done' },
    { kind: 'unknown', raw: 'x' },
    { kind: 'gone' },
  ]
  const where = (status: Status): View[] =>
    views.filter((view) => isInView(view, effective(aConversation({ status }), noOverlay)))
  expect(statuses.map(where)).toEqual([
    ['unassigned', 'open'],
    ['pending'],
    ['snoozed'],
    ['done'],
    ['unassigned', 'open'],
    [],
  ])
})
