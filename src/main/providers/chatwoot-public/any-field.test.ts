import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { never } from '../../../../tests/support/chatwoot-tries.ts'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { jsonAnswer, pathOf, scriptedHttp } from '../../../../tests/support/scripted-http.ts'
import { pathsOf, replaced, strangers } from '../../../../tests/support/strange-fields.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import { asList, asObject, type Loose } from '../../foreign/read.ts'
import { chatwootPublic } from './chatwoot-public.ts'
import { writeKeys } from './keys.ts'
import { messagesFrom, type Frame } from './transform-message.ts'
import { ticketFrom } from './transform.ts'

/**
 * Whatever any field of any answer is, missing or null or of another type or something unknown: nothing throws, and as
 * many tickets and messages come out as went in, under their keys.
 */
const frame: Frame = {
  accountId: accountId('home'),
  baseUrl: 'https://desk.example.com',
  inboxName: 'Lantern Lamps',
  hasSeveral: false,
}
const contact = { identifier: 'an-identifier', key: '77', name: 'Rosa Lind' }
const messages: readonly Loose[] = [
  message(1, 0, { sender: { id: 77, name: 'Rosa Lind', type: 'contact' } }),
  message(2, 1, {
    sender: { id: 12, name: 'Ada', available_name: 'Ada Brook', type: 'user', thumbnail: '/a.png' },
    content_attributes: { in_reply_to: 1 },
    attachments: [
      {
        id: 5,
        message_id: 2,
        file_type: 'image',
        data_url: '/rails/x/shade.png',
        thumb_url: '',
        file_size: 812,
        width: 4,
        height: 3,
      },
      null,
      { id: 6, message_id: 2, file_type: 'location', coordinates_lat: 52.5, coordinates_long: 13.4 },
    ],
  }),
  message(3, 3, {
    content_type: 'input_csat',
    content_attributes: {
      submitted_values: { csat_survey_response: { rating: 4, feedback_message: 'Good' } },
    },
  }),
  message(4, 1, {
    sender: { id: 1, name: 'Glimmer', type: 'agent_bot' },
    content_type: 'cards',
    content_attributes: { items: [{ title: 'A shade', description: 'Blue' }] },
  }),
]
const ticket: Loose = {
  id: 41,
  uuid: '0e7f0a3c-0000-4000-a000-000000000041',
  inbox_id: 24,
  contact_last_seen_at: 1_772_000_100,
  agent_last_seen_at: 0,
  status: 'open',
  messages,
  contact: { id: 77, name: 'Rosa Lind', email: null, account_id: 1, blocked: false },
}

describe('what the samples say as they are', () => {
  it('is told with sides turned round', () => {
    const told = ticketFrom(ticket, contact, frame)
    expect(told?.messages.map(({ side, kind, text }) => [side, kind, text])).toEqual([
      ['me', 'text', 'Words 1'],
      ['them', 'text', 'Words 2'],
      ['bot', 'text', 'Words 3'],
      ['them', 'text', 'Words 4\n• A shade – Blue'],
    ])
    expect(told?.messages[2]?.rating).toEqual({ stars: 4, words: 'Good' })
    expect(told?.messages[1]?.attachments.map(({ kind, name }) => [kind, name])).toEqual([
      ['image', 'shade.png'],
      ['location', '52.5, 13.4'],
    ])
    expect(told?.conversation.unread).toEqual({ kind: 'exact', count: 2 })
  })

  it('takes an answer within the second of our words for newer, and one that is read for read', () => {
    const quick = [message(1, 0, { created_at: 1_772_000_200 }), message(2, 1, { created_at: 1_772_000_200 })]
    const told = (seen: number) =>
      ticketFrom({ ...ticket, contact_last_seen_at: seen, messages: quick }, contact, frame)?.conversation
    const { lastTheirsAt, lastReplyAt, unread } = told(0) ?? {}
    expect([lastTheirsAt, lastReplyAt, unread]).toEqual([
      1_772_000_200_001,
      1_772_000_200_000,
      { kind: 'exact', count: 1 },
    ])
    expect(told(1_772_000_200)?.readAt).toBe(1_772_000_200_001)
  })

  it.each([
    ['a rule', { automation_rule_id: 3 }, {}],
    ['a campaign', {}, { campaign_id: 9 }],
  ])('asks for nothing where %s wrote it', (_, content_attributes, additional_attributes) => {
    const [told] = messagesFrom([message(9, 1, { content_attributes, additional_attributes })], '41', frame)
    expect(told?.side).toBe('bot')
  })
})

describe('one field that is something else', () => {
  const oneOf = (row: Loose) => fc.tuple(fc.constantFrom(...pathsOf(row)), fc.constantFrom(...strangers))

  it('of a ticket costs no ticket', () => {
    fc.assert(
      fc.property(oneOf(ticket), ([path, value]) => {
        const told = ticketFrom(replaced(ticket, path, value), contact, frame)
        if (path.join() !== 'id') expect(told?.conversation.key).toBe('41')
        expect(JSON.parse(JSON.stringify(told))).toEqual(told)
      }),
      { numRuns: 3000 },
    )
  })

  it.each(messages.map((each) => [each['id'], each] as const))(
    'of message %i costs no message',
    (id, row) => {
      const beside = message(900, 0, {})
      fc.assert(
        fc.property(oneOf(row), ([path, value]) => {
          const told = messagesFrom([beside, replaced(row, path, value)], '41', frame)
          expect(told.map(({ key }) => key)[0]).toBe('900')
          expect(told).toHaveLength(2)
          if (path.join() !== 'id') expect(told[1]?.key).toBe(String(id))
          expect(JSON.parse(JSON.stringify(told))).toEqual(told)
        }),
        { numRuns: 1500 },
      )
    },
  )
})

describe('many fields at once, the whole way through a session', () => {
  it('cost neither tickets nor messages', async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...strangers)), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(changes, async (given) => {
        const spoilt = given.reduce<Loose>((row, [at, value]) => {
          const paths = pathsOf(row).filter((path) => path.join() !== 'id')
          return replaced(row, paths[at % paths.length] ?? ['status'], value)
        }, ticket)
        const session = sessionOver([spoilt, { id: 42 }])
        const page = await session.pull(null, never)
        expect(page.conversations.map(({ key }) => key).sort()).toEqual(['41', '42'])
        const count = asList(spoilt['messages']).filter((each) => asObject(each) === each).length
        expect((await session.thread('41', null, never)).messages).toHaveLength(count)
        expect((await session.look('41', never)).conversation.key).toBe('41')
      }),
      { numRuns: 300 },
    )
  })
})

function sessionOver(rows: readonly Loose[]) {
  const http = scriptedHttp((request) => {
    const path = pathOf(request)
    if (path.includes('/messages')) return jsonAnswer(asList(rows[0]?.['messages']))
    const [, key] = /\/conversations\/(\d+)/.exec(path) ?? []
    return jsonAnswer(key === undefined ? rows : rows.find((each) => String(each['id']) === key))
  })
  const account = { id: frame.accountId, key: '77', baseUrl: frame.baseUrl, settings: {} }
  const secret = writeKeys({ inbox: 'an-inbox', contacts: [contact] })
  return chatwootPublic.open(account, secret, { http, clock: handClock(), log: () => {} })
}

function message(id: number, type: number, more: Loose): Loose {
  return {
    id,
    content: `Words ${id}`,
    message_type: type,
    content_type: 'text',
    content_attributes: {},
    created_at: 1_772_000_098 + id * 2,
    conversation_id: 41,
    ...more,
  }
}
