import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anInbox } from '../../../../tests/support/chatwoot-tries.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { effective, noOverlay } from '../../../shared/domain/effective.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import { mergeConversation } from '../../../shared/domain/merge.ts'
import type { Message } from '../../../shared/domain/message.ts'
import type { KnownInbox } from './channels.ts'
import { asObject } from '../../foreign/read.ts'
import { messagesFrom, type Frame } from './transform-message.ts'
import { conversationFrom } from './transform.ts'

const frame: Frame = { accountId: accountId('home'), userId: '7', baseUrl: 'https://desk.example.com' }
const inboxes = new Map<string, KnownInbox>([
  ['3', anInbox({ name: 'Website', channelType: 'Channel::WebWidget' })],
  ['5', anInbox({ name: 'Lamps on WhatsApp', channelType: 'Channel::TwilioSms', medium: 'whatsapp' })],
])
const [lamp, shade, bulb, label] = listed()
const thread = messagesFrom(fixture('messages')['payload'], '42', frame)

describe('a conversation', () => {
  it('says who, where, how urgent and whose it is', () => {
    expect(lamp).toMatchObject({
      id: 'home:41',
      key: '41',
      status: { kind: 'open' },
      customer: {
        key: '501',
        name: 'Ines Duarte',
        email: 'ines@example.org',
        phone: '+15550111',
        blocked: false,
      },
      inbox: { key: '3', name: 'Website', channel: 'web' },
      assignee: { key: '7', name: 'Nilo', kind: 'agent', isMe: true },
      team: 'returns',
      labels: ['delivery', 'vip'],
      priority: 'high',
      canReply: true,
      readScope: 'everyone',
      lastMessageKey: '9003',
    })
  })

  it('turns seconds, also fractions of them, into milliseconds', () => {
    expect(lamp).toMatchObject({
      createdAt: 1_767_600_000_000,
      lastActivityAt: 1_767_607_290_000,
      updatedAt: 1_767_607_290_482,
      waitingSince: 1_767_607_200_000,
      lastReplyAt: 1_767_601_000_000,
      lastTheirsAt: 1_767_607_290_000,
    })
  })

  it('takes its preview from the newest message that is no activity, notes included', () => {
    expect(shade.preview).toEqual({
      side: 'colleague',
      author: 'Ada',
      text: 'Please look at the photos first.',
      isNote: true,
    })
    expect(shade.lastMessageKey).toBe('9102')
  })

  it('previews a message without words by its attachment', () => {
    expect(label.preview).toMatchObject({ side: 'me', text: 'return label.pdf' })
  })

  it('knows a bot from an agent', () => {
    expect(shade.assignee).toMatchObject({ key: '3', kind: 'bot', isMe: false })
  })

  it('counts at least ten where the server stops counting', () => {
    expect(bulb.unread).toEqual({ kind: 'atLeast', count: 10 })
    expect(lamp.unread).toEqual({ kind: 'exact', count: 2 })
  })

  it('reads every status, and takes an unknown one for open', () => {
    expect(bulb.status).toEqual({ kind: 'snoozed', until: Date.UTC(2026, 0, 6, 8) })
    expect(label.status).toEqual({ kind: 'done' })
    expect(changed({ status: 'parked' }).status).toEqual({ kind: 'unknown', raw: 'parked' })
    expect(changed({ status: 'snoozed', snoozed_until: null }).status).toEqual({
      kind: 'snoozed',
      until: null,
    })
  })

  it('tells WhatsApp over Twilio from text messages by its inbox, and calls a new channel "other"', () => {
    expect(bulb.inbox).toEqual({ key: '5', name: 'Lamps on WhatsApp', channel: 'whatsapp' })
    expect(label.inbox.channel).toBe('other')
  })

  it('names a customer without a name by what is known', () => {
    expect(label.customer).toMatchObject({ name: '+15550125', blocked: true })
  })

  it('hands over the messages that came along, each once', () => {
    const told = conversationFrom(rowOf(0), frame, inboxes)
    expect(told?.messages.map((each) => [each.key, each.side])).toEqual([['9003', 'them']])
    expect(conversationFrom(rowOf(1), frame, inboxes)?.messages.map((each) => each.key)).toEqual([
      '9102',
      '9101',
    ])
  })
})

describe('needing you', () => {
  const base = {
    unread_count: 0,
    waiting_since: 0,
    agent_last_seen_at: 1000,
    first_reply_created_at: 0,
    messages: [],
  }
  const theirs = (at: number) => ({
    id: 1,
    message_type: 0,
    created_at: at,
    sender: { id: 501, type: 'contact' },
  })
  const ours = (at: number, more = {}) => ({
    id: 2,
    message_type: 1,
    created_at: at,
    sender: { id: 8, type: 'user' },
    ...more,
  })

  it.each([
    ['nothing unread', { last_non_activity_message: theirs(900) }, false],
    ['an unread message', { unread_count: 1, last_non_activity_message: theirs(1100) }, true],
    [
      'one of the very second it was read in, unread',
      { unread_count: 1, last_non_activity_message: theirs(1000) },
      true,
    ],
    ['one of the very second it was read in, read', { last_non_activity_message: theirs(1000) }, false],
    [
      'unread behind a note',
      { unread_count: 1, last_non_activity_message: ours(1200, { private: true }) },
      true,
    ],
    ['unread but answered by a human', { unread_count: 1, last_non_activity_message: ours(1200) }, false],
    [
      'unread and answered by a bot only',
      { unread_count: 1, last_non_activity_message: ours(1200, { sender: { id: 3, type: 'agent_bot' } }) },
      true,
    ],
    [
      'unread and answered by a rule in an agent’s name',
      {
        unread_count: 1,
        last_non_activity_message: ours(1200, { content_attributes: { automation_rule_id: 4 } }),
      },
      true,
    ],
    [
      'unread and the answer failed',
      { unread_count: 1, last_non_activity_message: ours(1200, { status: 'failed' }) },
      true,
    ],
    [
      'answered and written again within a second',
      {
        unread_count: 1,
        waiting_since: 1200,
        first_reply_created_at: 1200,
        last_non_activity_message: theirs(1200),
      },
      true,
    ],
    [
      'a campaign nobody answered: they never wrote',
      {
        agent_last_seen_at: 0,
        waiting_since: 900,
        last_non_activity_message: ours(900, { message_type: 3 }),
      },
      false,
    ],
    ['never seen', { agent_last_seen_at: 0, unread_count: 1, last_non_activity_message: theirs(900) }, true],
    [
      'unread, but no longer open',
      { status: 'resolved', unread_count: 1, last_non_activity_message: theirs(1100) },
      false,
    ],
  ] as const)('%s', (_, given, expected) => {
    expect(effective(changed({ ...base, ...given }), noOverlay).needsYou).toBe(expected)
  })

  it('ends when it is read within the very second it was written in', () => {
    const unread = changed({
      ...base,
      unread_count: 1,
      updated_at: 1001,
      last_non_activity_message: theirs(1000),
    })
    const read = changed({ ...base, updated_at: 1001, last_non_activity_message: theirs(1000) })
    const merged = mergeConversation(unread, read)
    expect(merged).toMatchObject({ kind: 'changed' })
    if (merged.kind === 'changed') expect(effective(merged.conversation, noOverlay).needsYou).toBe(false)
  })

  it('has no waiting since for them who never wrote, nor for what is resolved', () => {
    const campaign = {
      agent_last_seen_at: 0,
      unread_count: 0,
      waiting_since: 900,
      last_non_activity_message: null,
      messages: [],
    }
    expect(changed(campaign)).toMatchObject({ waitingSince: null, lastTheirsAt: null })
    expect(changed({ status: 'resolved', waiting_since: 900 }).waitingSince).toBeNull()
  })
})

describe('a message', () => {
  it('knows whose it is', () => {
    expect(thread.map((each) => each.side)).toEqual([
      'them',
      'system',
      'bot',
      'me',
      'colleague',
      'bot',
      'bot',
      'colleague',
      'bot',
    ])
  })

  it('knows what it is, and calls a new kind "other" without losing its words', () => {
    expect(thread.map((each) => each.kind)).toEqual([
      'text',
      'activity',
      'text',
      'text',
      'text',
      'text',
      'text',
      'other',
      'text',
    ])
    expect(messageOf('9097').text).toBe('A call')
  })

  it('of an e-mail has what was newly written, the whole HTML and the subject', () => {
    expect(messageOf('9090')).toMatchObject({
      text: 'The shade of my lamp came in two pieces.',
      html: '<p>The shade of my lamp came in <b>two pieces</b>.</p>',
      subject: 'A shade in two pieces',
    })
  })

  it('carries its attachments, passes over missing ones and trusts no strange address', () => {
    expect(messageOf('9090').attachments).toEqual([
      {
        key: '81',
        kind: 'image',
        name: 'shade front.jpg',
        url: 'https://files.example.com/rails/blobs/x1/shade%20front.jpg',
        thumbUrl: 'https://files.example.com/rails/thumbs/x1/shade%20front.jpg',
        sizeBytes: 120_000,
        width: 1200,
        height: 900,
      },
      expect.objectContaining({ key: '82', kind: 'location', name: 'Depot', url: null }),
      expect.objectContaining({ key: '83', kind: 'other', url: null }),
    ])
  })

  it('says how its delivery went, what it answers and whether it is ours', () => {
    expect(messageOf('9093')).toMatchObject({
      delivery: { kind: 'failed', reason: 'Mailbox full' },
      replyTo: '9090',
      ownId: 'row-1',
      isDeleted: false,
    })
    expect(messageOf('9098').delivery).toEqual({ kind: 'delivered' })
    expect(messageOf('9090').delivery).toEqual({ kind: 'none' })
    expect(messageOf('9094').isDeleted).toBe(true)
  })

  it('spells out choices, answers and ratings', () => {
    expect(messageOf('9095').text).toBe('Which colour?\n• White\n• Amber\n→ Amber')
  })

  it('is read the same from a list and from a thread', () => {
    const cable = { id: 5, content: 'Hi', message_type: 0, content_type: 'text', status: 'sent', created_at: 9, private: false,
      content_attributes: {}, sender: { id: 501, name: 'Ines', type: 'contact', thumbnail: '' } } // prettier-ignore
    const extra = {
      account_id: 1,
      sender_type: 'Contact',
      sender_id: 501,
      updated_at: '2026-01-05T10:01:30.480Z',
    }
    expect(messagesFrom([{ ...cable, ...extra }], '42', frame)).toEqual(messagesFrom([cable], '42', frame))
  })

  it('without an id gets one of its own, the same every time', () => {
    const [first, second] = messagesFrom([{ content: 'a' }, { content: 'b' }], '42', frame)
    expect(first?.key).not.toBe(second?.key)
    expect(messagesFrom([{ content: 'a' }], '42', frame)[0]?.key).toBe(first?.key)
  })
})

describe('whatever a server sends', () => {
  const anything = fc.oneof(fc.anything(), fc.jsonValue())
  const paths = [['status'], ['meta'], ['meta', 'sender'], ['meta', 'assignee'], ['meta', 'team'], ['labels'],
    ['unread_count'], ['created_at'], ['updated_at'], ['snoozed_until'], ['waiting_since'], ['agent_last_seen_at'],
    ['last_activity_at'], ['timestamp'], ['additional_attributes'], ['inbox_id'], ['priority'],
    ['last_non_activity_message'], ['can_reply'], ['muted'], ['meta', 'channel'], ['meta', 'sender', 'id'],
    ['meta', 'sender', 'name'], ['meta', 'sender', 'thumbnail']] // prettier-ignore

  it('takes no name for known that every object knows', () => {
    for (const name of ['valueOf', 'toString', 'constructor', '__proto__']) {
      const told = conversationFrom(replaced(rowOf(0), ['meta', 'channel'], name, false), frame, inboxes)
      expect(told?.conversation.inbox.channel).toBe('other')
    }
  })

  it('never breaks a conversation nor loses its row', () => {
    fc.assert(
      fc.property(
        fc.nat(3),
        fc.constantFrom(...paths),
        anything,
        fc.boolean(),
        (row, path, value, isMissing) => {
          const told = conversationFrom(replaced(rowOf(row), path, value, isMissing), frame, inboxes)
          expect(told?.conversation.key).toBe(String(41 + row))
          expectSound(told?.conversation)
        },
      ),
      { numRuns: 600 },
    )
  })

  const fields = ['id', 'content', 'message_type', 'content_type', 'content_attributes', 'status', 'created_at', 'private',
    'sender', 'sender_type', 'sender_id', 'attachments', 'additional_attributes', 'conversation_id'] // prettier-ignore

  it('never breaks a thread nor loses a message', () => {
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.constantFrom(...fields),
        anything,
        fc.boolean(),
        (index, field, value, isMissing) => {
          const payload = structuredClone(fixture('messages')['payload'] as object[])
          payload[index] = replaced(payload[index], [field], value, isMissing)
          const messages = messagesFrom(payload, '42', frame)
          expect(messages).toHaveLength(payload.length)
          expect(new Set(messages.map((each) => each.id)).size).toBe(payload.length)
          for (const each of messages) expectSound(each)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('is survived when nothing in it is as it should be', () => {
    fc.assert(
      fc.property(anything, (value) => {
        conversationFrom(value, frame, inboxes)
        expect(
          messagesFrom([value, { content_attributes: value, attachments: [value] }], '42', frame),
        ).not.toHaveLength(0)
      }),
      { numRuns: 600 },
    )
  })
})

/** What every row must be for store and window: JSON with real numbers. */
function expectSound(row: Conversation | Message | undefined): void {
  expect(JSON.parse(JSON.stringify(row))).toEqual(row)
}

function messageOf(key: string): Message {
  const found = thread.find((each) => each.key === key)
  if (found === undefined) throw new Error(`no message ${key}`)
  return found
}

function changed(change: object): Conversation {
  const told = conversationFrom({ ...asObject(rowOf(0)), ...change }, frame, inboxes)
  if (told === null) throw new Error('no conversation')
  return told.conversation
}

function listed(): [Conversation, Conversation, Conversation, Conversation] {
  const rows = [0, 1, 2, 3].map((index) => conversationFrom(rowOf(index), frame, inboxes)?.conversation)
  const [first, second, third, fourth] = rows
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error('rows')
  return [first, second, third, fourth]
}

function rowOf(index: number): unknown {
  const payload = asObject(fixture('conversations')['data'])['payload']
  return Array.isArray(payload) ? payload[index] : null
}

function replaced(raw: unknown, path: readonly string[], value: unknown, isMissing: boolean): object {
  const [name = '', ...rest] = path
  const { [name]: former, ...others } = asObject(raw)
  if (rest.length > 0) return { ...others, [name]: replaced(former, rest, value, isMissing) }
  return isMissing ? others : { ...others, [name]: value }
}

function fixture(name: string): Readonly<Record<string, unknown>> {
  const file = new URL(`../../../../tests/fixtures/chatwoot/${name}.json`, import.meta.url)
  return asObject(JSON.parse(readFileSync(file, 'utf8')))
}
