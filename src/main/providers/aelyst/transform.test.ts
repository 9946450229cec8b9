import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accountId } from '../../../shared/domain/ids.ts'
import { asList, asObject } from '../../foreign/read.ts'
import type { SpaceChannel } from './channels.ts'
import { momentOf } from './moments.ts'
import { messagesFrom, type Frame } from './transform-message.ts'
import { conversationFrom, nothingHeard, statusOf, summaryOf } from './transform.ts'

const frame: Frame = {
  accountId: accountId('home'),
  userId: '7',
  baseUrl: 'https://api.example.com/v1',
  users: new Map([
    ['7', { name: 'Nilo Verano' }],
    ['8', { name: 'Ada Brook' }],
  ]),
}
const channels = new Map<string, SpaceChannel>([
  ['41', { key: '41', name: 'Lantern WhatsApp', source: 'whatsapp_business' }],
  ['42', { key: '42', name: 'Post', source: 'other_email' }],
])
const contacts = itemsOf('contacts')
const all = messagesFrom(itemsOf('messages'), '301', frame)
const byKey = new Map(all.map((each) => [Number(each.message.key.slice(-1)), each.message]))

describe('a contact', () => {
  const conversations = contacts.map((each) =>
    conversationFrom(each, { summary: nothingHeard, channels }, frame),
  )

  it('is a conversation under its id, as text whatever it came as', () => {
    expect(conversations.map((each) => each?.key)).toEqual(['301', '302', '303'])
  })

  it('is named by its name, else by its number', () => {
    expect(conversations.map((each) => each?.customer.name)).toEqual([
      'Ines Duarte',
      '+15550107',
      'Bram de Wit',
    ])
  })

  it('is nobody’s also where its assignee is somebody without an id', () => {
    expect(conversations.map((each) => each?.assignee?.isMe ?? null)).toEqual([true, null, null])
  })

  it('is done and blocked where it is blocked', () => {
    expect(conversations[1]).toMatchObject({ status: { kind: 'done' }, customer: { blocked: true } })
  })

  it('is read on this computer alone', () => {
    expect(conversations[0]).toMatchObject({
      readScope: 'device',
      labels: ['delivery', 'vip'],
      createdAt: 1772500000000,
    })
  })

  it.each([
    ['open', 'open'],
    ['unsnoozed', 'open'],
    [null, 'open'],
    ['closed', 'done'],
    ['close', 'done'],
    ['done', 'done'],
    ['blocked', 'done'],
    ['snoozed', 'snoozed'],
    ['paused', 'unknown'],
  ])('that is %s counts as %s', (status, kind) => {
    expect(statusOf({ status }).kind).toBe(kind)
  })
})

describe('a message', () => {
  it('has its moment and its order in its id', () => {
    expect(all.map((each) => each.message.key.slice(-1))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ])
    expect(byKey.get(1)).toMatchObject({ sentAt: 1772528400000, sequence: 1772528400000001 })
  })

  it.each([
    [1, 'them', null],
    [3, 'bot', 'workflow'],
    [4, 'colleague', null],
    [5, 'colleague', 'Ada Brook'],
    [6, 'me', 'Nilo Verano'],
    [7, 'colleague', null],
  ])('%s is said by %s', (key, side, author) => {
    expect([byKey.get(key)?.side, byKey.get(key)?.author?.name ?? null]).toEqual([side, author])
  })

  it('that nobody is said to have sent is a bot’s: it never says that somebody answered', () => {
    const [told] = messagesFrom(
      [{ messageId: 1, traffic: 'outgoing', sender: { source: 'zapier' } }],
      '1',
      frame,
    )
    const [nobody] = messagesFrom([{ messageId: 1, traffic: 'outgoing' }], '1', frame)
    expect([told?.message.side, nobody?.message.side]).toEqual(['bot', 'bot'])
  })

  it('was delivered as far as the newest of its history says, with the reason', () => {
    expect([4, 5, 6, 7].map((key) => byKey.get(key)?.delivery)).toEqual([
      { kind: 'delivered' },
      { kind: 'read' },
      { kind: 'failed', reason: 'Mailbox full' },
      { kind: 'none' },
    ])
  })

  it('reads as what it holds', () => {
    expect([2, 5, 6, 7, 8, 9].map((key) => byKey.get(key)?.text)).toEqual([
      '',
      'Which one?\n• Blue\n• Red',
      'It leaves today.',
      'Your lamp\nHello Ines, it is ready.',
      '',
      'Look',
    ])
    expect(byKey.get(2)?.attachments).toMatchObject([{ kind: 'image', name: 'open box.jpg' }])
    expect(byKey.get(6)).toMatchObject({
      subject: 'Your lamp',
      mail: { cc: ['post@example.com'] },
      replyTo: '1772528400000001',
    })
    expect(byKey.get(8)?.attachments).toMatchObject([{ kind: 'location', name: '-8.65, 115.21' }])
  })

  it('of a kind nobody knows is kept, with a word in its place', () => {
    const [told] = messagesFrom(
      [{ messageId: 1, traffic: 'incoming', message: { type: 'lantern' } }],
      '1',
      frame,
    )
    expect(told?.message).toMatchObject({ kind: 'other', text: '[lantern]' })
  })
})

describe('a moment', () => {
  it.each([
    [1_772_528_400_000_001, 1_772_528_400_000],
    [1_772_528_400_000, 1_772_528_400_000],
    [1_772_528_400, 1_772_528_400_000],
    ['1772528400', 1_772_528_400_000],
    [12, null],
    [null, null],
    [1e300, null],
  ])('of %s is told by its size', (value, expected) => {
    expect(momentOf(value)).toBe(expected)
  })
})

describe('what messages say of a conversation', () => {
  it('is who wrote last, who answered last, and how many are unanswered', () => {
    expect(summaryOf(nothingHeard, all, true)).toEqual({
      newest: '1772528400000009',
      newestAt: 1772528400000,
      channelKey: '41',
      lastTheirsAt: 1772528400000,
      lastReplyAt: 1772528400000,
      unanswered: 2,
      isMore: false,
    })
  })

  it('counts on from what was known where a page holds no answer', () => {
    const before = summaryOf(nothingHeard, messages('in', 'in'), false)
    expect(before).toMatchObject({ unanswered: 2, isMore: true })
    const known = { ...nothingHeard, newest: '2', unanswered: 5 }
    expect(summaryOf(known, messages('in', 'in', 'in'), false)).toMatchObject({
      unanswered: 6,
      isMore: false,
    })
    expect(summaryOf(known, messages('in', 'api', 'in'), false)).toMatchObject({ unanswered: 1 })
  })

  it('is not answered by a bot, nor by a reply that failed', () => {
    expect(summaryOf(nothingHeard, messages('in', 'workflow', 'ai_agent'), true).unanswered).toBe(1)
    const [failed] = messagesFrom(
      [
        {
          messageId: 9,
          traffic: 'outgoing',
          sender: { source: 'api' },
          message: { type: 'text', text: 'x' },
          status: [{ value: 'failed', timestamp: 1772528400 }],
        },
      ],
      '1',
      frame,
    )
    const told = failed === undefined ? [] : [...messages('in'), failed]
    expect(summaryOf(nothingHeard, told, true).unanswered).toBe(1)
  })

  it('opens WhatsApp for a day, under any name it goes by, and leaves it to templates for who never wrote', () => {
    const summary = summaryOf(nothingHeard, all, true)
    const open = conversationFrom(contacts[0], { summary, channels }, frame)
    expect(open).toMatchObject({
      canReply: true,
      replyWindowMs: 86_400_000,
      limits: { templates: true },
      inbox: { channel: 'whatsapp' },
    })
    const never = conversationFrom(
      contacts[0],
      { summary: { ...summary, lastTheirsAt: null }, channels },
      frame,
    )
    expect(never?.canReply).toBe(false)
    const mail = conversationFrom(contacts[0], { summary: { ...summary, channelKey: '42' }, channels }, frame)
    expect(mail).toMatchObject({
      replyWindowMs: null,
      limits: { copies: true, quotes: true, templates: false },
    })
  })
})

function messages(...sources: string[]) {
  const raw = sources.map((source, at) => ({
    messageId: at + 1,
    traffic: source === 'in' ? 'incoming' : 'outgoing',
    message: { type: 'text', text: source },
    ...(source === 'in' ? {} : { sender: { source } }),
  }))
  return messagesFrom(raw, '1', frame)
}

function itemsOf(name: string) {
  const file = new URL(`../../../../tests/fixtures/aelyst/${name}.json`, import.meta.url)
  return asList(asObject(JSON.parse(readFileSync(file, 'utf8')))['items']).map(asObject)
}
