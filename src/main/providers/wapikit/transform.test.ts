import { describe, expect, it } from 'vitest'
import { accountId } from '../../../shared/domain/ids.ts'
import { conversationFrom, mergedEntries } from './transform.ts'
import { messageFrom, messagesFrom, type Frame } from './transform-message.ts'

const frame: Frame = {
  accountId: accountId('home'),
  organizationId: 'o1',
  memberId: 'm1',
  baseUrl: 'https://desk.example.com/api',
}
const unknown = { isTold: false, known: () => null }
const given = (more: object = {}) => ({
  uniqueId: 'c1',
  organizationId: 'o1',
  createdAt: at(0),
  messages: [],
  ...more,
})

describe('a conversation', () => {
  it.each([
    ['Active', { kind: 'open' }],
    ['Closed', { kind: 'done' }],
    ['Resolved', { kind: 'done' }],
    ['Deleted', { kind: 'gone' }],
    ['Parked', { kind: 'unknown', raw: 'Parked' }],
  ])('that is %s', (status, expected) => {
    expect(conversationFrom(given({ status }), frame, unknown)?.conversation.status).toEqual(expected)
  })

  it('of another organization is none of ours', () => {
    expect(conversationFrom(given({ organizationId: 'o2' }), frame, unknown)).toBeNull()
  })

  it('is who it was given to where that is told, and else as it is known here', () => {
    const raw = given({ assignedTo: { uniqueId: 'm1', name: 'Sanja' } })
    const known = { key: 'm2', name: 'Teo', avatarUrl: null, kind: 'agent', isMe: false } as const
    const here = { isTold: false, known: () => known }
    expect(conversationFrom(raw, frame, here)?.conversation.assignee).toEqual(known)
    const there = conversationFrom(raw, frame, { isTold: true, known: () => known })
    expect(there?.conversation.assignee).toMatchObject({ key: 'm1', isMe: true })
  })

  it('takes free text for a day after they wrote, and none where a campaign was never answered', () => {
    const campaign = given({ initiatedBy: 'Campaign', messages: [row('a', 'OutBound', 0)] })
    expect(conversationFrom(campaign, frame, unknown)?.conversation).toMatchObject({
      canReply: false,
      replyWindowMs: 86_400_000,
      lastTheirsAt: null,
    })
    const answered = given({ messages: [row('a', 'OutBound', 0), row('b', 'InBound', 5)] })
    expect(conversationFrom(answered, frame, unknown)?.conversation).toMatchObject({
      canReply: true,
      lastTheirsAt: Date.parse(at(5)),
      limits: { files: 'none', templates: false, quotes: false },
    })
  })

  it('has the server’s number of unread where it counts', () => {
    const raw = given({ numberOfUnreadMessages: 3, messages: [row('a', 'InBound', 0)] })
    expect(conversationFrom(raw, frame, unknown)?.conversation.unread).toEqual({ kind: 'exact', count: 3 })
  })

  it('in several entries of one list is one, with all they hold', () => {
    const entries = mergedEntries([
      given({ messages: [row('a', 'InBound', 0)], tags: [{ uniqueId: 't1', label: 'booking' }] }),
      given({ uniqueId: 'c2' }),
      given({
        messages: [row('a', 'InBound', 0), row('b', 'InBound', 1)],
        tags: [{ uniqueId: 't2', label: 'refund' }],
      }),
    ])
    expect(entries).toHaveLength(2)
    const told = conversationFrom(entries[0], frame, unknown)
    expect(told?.messages.map((each) => each.key)).toEqual(['a', 'b'])
    expect(told?.conversation.labels).toEqual(['booking', 'refund'])
  })
})

describe('messages', () => {
  it('stand by their time to the last digit, and of one moment as they were told', () => {
    const rows = [
      { ...row('late', 'OutBound', 0), createdAt: '2026-03-02T06:00:00.000000900Z' },
      { ...row('early', 'OutBound', 0), createdAt: '2026-03-02T08:00:00.0000001+02:00' },
      { ...row('one', 'InBound', 0), createdAt: '2026-03-02T06:00:00Z' },
      { ...row('two', 'InBound', 0), createdAt: '2026-03-02T06:00:00Z' },
    ]
    const told = conversationFrom(given({ messages: rows }), frame, unknown)
    expect(told?.messages.map((each) => each.key)).toEqual(['one', 'two', 'early', 'late'])
  })

  it('with equal words and no id of WhatsApp’s are two', () => {
    expect(messagesFrom([row('a', 'InBound', 0), row('b', 'InBound', 0)], 'c1', frame)).toHaveLength(2)
  })

  it('that WhatsApp brought twice are one', () => {
    const twice = [
      { ...row('a', 'InBound', 0), whatsAppMessageId: 'w1' },
      { ...row('b', 'InBound', 0), whatsAppMessageId: 'w1' },
      { ...row('c', 'OutBound', 0), whatsAppMessageId: 'w1' },
    ]
    expect(messagesFrom(twice, 'c1', frame).map((each) => each.key)).toEqual(['a', 'c'])
  })

  it.each([
    ['Sent', { kind: 'sent' }],
    ['Delivered', { kind: 'delivered' }],
    ['Read', { kind: 'read' }],
    ['UnDelivered', { kind: 'failed', reason: null }],
    ['Failed', { kind: 'failed', reason: null }],
    ['Somehow', { kind: 'sent' }],
  ])('of ours that are %s', (status, delivery) => {
    expect(messageFrom({ ...row('a', 'OutBound', 0), status }, 'c1', frame).delivery).toEqual(delivery)
  })

  it('of a direction nobody knows are the customer’s, so that they are looked at', () => {
    expect(messageFrom(row('a', 'Sideways', 0), 'c1', frame).side).toBe('them')
  })

  it('of another type show what there is', () => {
    const image = {
      ...row('a', 'InBound', 0),
      message_type: 'Image',
      messageData: { caption: 'Look', link: 'https://x.example.com/a.png' },
    }
    expect(messageFrom(image, 'c1', frame)).toMatchObject({
      kind: 'other',
      text: 'Look',
      attachments: [{ kind: 'image', url: 'https://x.example.com/a.png' }],
    })
    expect(messageFrom({ ...row('a', 'InBound', 0), message_type: 'Hologram' }, 'c1', frame).kind).toBe(
      'other',
    )
  })
})

function row(uniqueId: string, direction: string, minute: number) {
  return {
    uniqueId,
    conversationId: 'c1',
    direction,
    status: 'Sent',
    message_type: 'Text',
    createdAt: at(minute),
    messageData: { text: 'Hello' },
  }
}

function at(minute: number): string {
  return `2026-03-02T06:${String(minute).padStart(2, '0')}:00Z`
}
