import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anInbox, there } from '../../../../tests/support/chatwoot-tries.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import { mergeConversation } from '../../../shared/domain/merge.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { agentFrom } from './agents.ts'
import type { KnownInbox } from './channels.ts'
import { asList, asObject, type Loose } from '../../foreign/read.ts'
import { messageFrom, type Frame } from './transform-message.ts'
import { conversationFrom } from './transform.ts'

/** Every enumeration, every field and both shapes (docs/providers/chatwoot.md §2), as they come to us. */
const frame: Frame = { accountId: accountId('home'), userId: '7', baseUrl: 'https://desk.example.com' }
const hourS = 3600
/** The server's clock when it said so, seconds. */
const nowS = 1_767_700_000

describe('2.1 enumerations', () => {
  it.each([
    [0, 'them', 'text'],
    [1, 'me', 'text'],
    [2, 'system', 'activity'],
    [3, 'bot', 'text'],
    ['incoming', 'them', 'text'],
    ['outgoing', 'me', 'text'],
    ['activity', 'system', 'activity'],
    ['template', 'bot', 'text'],
    [9, 'me', 'other'],
    ['whisper', 'me', 'other'],
  ])('message_type %j is %s, %s', (message_type, side, kind) => {
    expect(message({ message_type, sender: { id: 7, type: 'user' } })).toMatchObject({ side, kind })
  })

  it.each([
    ['text', 'text'],
    ['input_text', 'text'],
    ['input_textarea', 'text'],
    ['input_email', 'text'],
    ['input_select', 'text'],
    ['cards', 'text'],
    ['form', 'text'],
    ['article', 'text'],
    ['incoming_email', 'text'],
    ['input_csat', 'text'],
    ['sticker', 'text'],
    ['integrations', 'other'],
    ['voice_call', 'other'],
    ['something_new', 'other'],
  ])('content_type %s is shown as %s, with its words', (content_type, kind) => {
    expect(message({ content_type })).toMatchObject({ kind, text: 'Hello' })
  })

  it.each([
    ['sent', { kind: 'sent' }],
    ['delivered', { kind: 'delivered' }],
    ['read', { kind: 'read' }],
    ['failed', { kind: 'failed', reason: 'Mailbox full' }],
    ['progress', { kind: 'none' }],
  ])('message status %s', (status, delivery) => {
    const ours = { message_type: 1, sender: { id: 7, type: 'user' }, status }
    expect(message({ ...ours, content_attributes: { external_error: 'Mailbox full' } }).delivery).toEqual(
      delivery,
    )
  })

  it.each([
    ['open', 'open'],
    ['resolved', 'done'],
    ['pending', 'pending'],
    ['snoozed', 'snoozed'],
    ['parked', 'unknown'],
  ])('conversation status %s is %s', (status, kind) => {
    expect(conversation({ status }).status.kind).toBe(kind)
  })

  it.each(['low', 'medium', 'high', 'urgent', null])('priority %s', (priority) => {
    expect(conversation({ priority }).priority).toBe(priority)
  })

  it.each([
    ['online', 'online'],
    ['busy', 'busy'],
    ['offline', 'offline'],
    ['available', null],
  ])('availability %s is %s', (availability_status, availability) => {
    expect(agentFrom({ id: 1, name: 'Ada', availability_status }, frame)?.availability).toBe(availability)
  })

  it.each([
    ['user', 'colleague'],
    ['contact', 'colleague'],
    ['agent_bot', 'bot'],
    ['captain_assistant', 'bot'],
  ])('a sender of type %s is %s in what went out', (type, side) => {
    expect(message({ message_type: 1, sender: { id: 8, type } }).side).toBe(side)
  })

  it.each([
    ['User', 'colleague'],
    ['AgentBot', 'bot'],
    ['Captain::Assistant', 'bot'],
  ])('a sender_type %s, as realtime calls it, is %s', (sender_type, side) => {
    expect(message({ message_type: 1, sender: undefined, sender_type, sender_id: 8 }).side).toBe(side)
  })

  it.each([
    ['image', 'image'],
    ['audio', 'audio'],
    ['video', 'video'],
    ['file', 'file'],
    ['location', 'location'],
    ['contact', 'contact'],
    ['story_mention', 'image'],
    ['ig_reel', 'video'],
    ['fallback', 'other'],
    ['share', 'other'],
    ['ig_post', 'other'],
    ['ig_story', 'other'],
    ['embed', 'other'],
    ['hologram', 'other'],
  ])('file_type %s is %s', (file_type, kind) => {
    const data_url = 'https://files.example.com/a.bin'
    const [attachment] = message({ attachments: [{ id: 1, file_type, data_url }] }).attachments
    expect(attachment).toMatchObject({ kind, url: data_url })
  })

  it.each([
    ['WebWidget', {}, 'web', [10_000, 'many', 'quotes']],
    ['Api', {}, 'api', [10_000, 'many', 'quotes']],
    ['Email', {}, 'email', [25_000, 'many', 'copies']],
    ['Whatsapp', { provider: 'whatsapp_cloud' }, 'whatsapp', [4096, 'one', 'quotes', 'templates']],
    ['Whatsapp', { provider: 'default' }, 'whatsapp', [4096, 'one', 'templates']],
    ['TwilioSms', { medium: 'whatsapp' }, 'whatsapp', [1600, 'one', 'templates']],
    ['TwilioSms', { medium: 'sms' }, 'sms', [320, 'many']],
    ['Sms', {}, 'sms', [320, 'many']],
    ['FacebookPage', {}, 'facebook', [2000, 'many', 'quotes']],
    ['Instagram', {}, 'instagram', [1000, 'one']],
    ['Telegram', {}, 'telegram', [4096, 'many', 'quotes']],
    ['Line', {}, 'line', [2000, 'many']],
    ['Tiktok', {}, 'tiktok', [6000, 'many', 'quotes']],
    ['TwitterProfile', {}, 'other', [10_000, 'many', 'quotes']],
    ['Voice', {}, 'voice', [10_000, 'none']],
    ['Pigeon', {}, 'other', [10_000, 'many']],
  ] as const)(
    'channel_type %s %j is %s and takes %j',
    (type, inbox, channel, [maxLength, files, ...more]) => {
      const row = conversation({ meta: { channel: `Channel::${type}` } }, anInbox(inbox))
      expect(row.inbox.channel).toBe(channel)
      expect(row.limits).toEqual({
        maxLength,
        files,
        quotes: (more as readonly string[]).includes('quotes'),
        copies: (more as readonly string[]).includes('copies'),
        templates: (more as readonly string[]).includes('templates'),
      })
    },
  )

  it('a channel the row does not name is the one of its inbox', () => {
    expect(conversation({ meta: {} }, anInbox({ channelType: 'Channel::Telegram' })).inbox.channel).toBe(
      'telegram',
    )
  })
})

describe('2.2 unread_count', () => {
  it('is capped at ten, so ten is "at least ten"', () => {
    expect(conversation({ unread_count: 9 }).unread).toEqual({ kind: 'exact', count: 9 })
    expect(conversation({ unread_count: 10 }).unread).toEqual({ kind: 'atLeast', count: 10 })
  })
})

describe('2.2 waiting_since and first_reply_created_at', () => {
  it('are 0 for "not"', () => {
    const row = conversation({ waiting_since: 0, first_reply_created_at: 0, messages: [] })
    expect([row.waitingSince, row.lastReplyAt]).toEqual([null, null])
  })

  it('are seconds elsewhere, and ISO as realtime says it', () => {
    const row = conversation({
      waiting_since: nowS,
      first_reply_created_at: '2026-01-05T10:00:00Z',
      messages: [],
    })
    expect([row.waitingSince, row.lastReplyAt]).toEqual([nowS * 1000, Date.UTC(2026, 0, 5, 10)])
  })
})

describe('2.2 snoozed_until', () => {
  it('is ISO text in answers; null is "until they write"', () => {
    const until = '2026-01-06T08:00:00.000Z'
    expect(conversation({ status: 'snoozed', snoozed_until: until }).status).toEqual({
      kind: 'snoozed',
      until: Date.UTC(2026, 0, 6, 8),
    })
    expect(conversation({ status: 'snoozed', snoozed_until: null }).status).toEqual({
      kind: 'snoozed',
      until: null,
    })
  })
})

describe('2.2 can_reply is computed when it is told, so its end is reckoned here', () => {
  const dayMs = 24 * hourS * 1000
  const windowOf = (
    type: string,
    hoursAgo: number | null,
    more: object = {},
    inbox: Partial<KnownInbox> = {},
  ) =>
    conversation(
      {
        meta: { channel: `Channel::${type}` },
        waiting_since: 0,
        unread_count: 0,
        messages: hoursAgo === null ? [] : [theirs(nowS - hoursAgo * hourS)],
        ...more,
      },
      anInbox(inbox),
    ).replyWindowMs

  it.each([
    ['Whatsapp', {}, dayMs],
    ['TwilioSms', { medium: 'whatsapp' }, dayMs],
    ['TwilioSms', { medium: 'sms' }, null],
    ['FacebookPage', {}, dayMs],
    ['Instagram', {}, dayMs],
    ['Tiktok', {}, 2 * dayMs],
    ['Api', { windowHours: 48 }, 2 * dayMs],
    ['Api', {}, null],
    ['WebWidget', { windowHours: 48 }, null],
    ['Email', {}, null],
    ['Telegram', {}, null],
  ])('%s %j: %s ms', (type, inbox, windowMs) => {
    expect(windowOf(type, 1, {}, inbox)).toBe(windowMs)
  })

  it.each(['FacebookPage', 'Instagram'])(
    '%s is open for a week where the server says so after a day',
    (type) => {
      expect(windowOf(type, 25)).toBe(7 * dayMs)
      expect(windowOf(type, 23)).toBe(dayMs)
      expect(windowOf(type, 25, { can_reply: false })).toBe(dayMs)
    },
  )

  it('the server’s word counts where it contradicts the window', () => {
    expect(windowOf('Whatsapp', 30)).toBeNull()
    expect(windowOf('FacebookPage', 24 * 8)).toBeNull()
  })

  it('stays false where they never wrote', () => {
    const row = conversation({ meta: { channel: 'Channel::Whatsapp' }, can_reply: false, messages: [] })
    expect([row.canReply, row.replyWindowMs]).toEqual([false, dayMs])
  })

  it('goes by the newest the row tells where the server’s clock is not known', () => {
    const raw = {
      ...rowOf(0),
      meta: { channel: 'Channel::Whatsapp' },
      messages: [theirs(nowS)],
      last_activity_at: nowS,
    }
    expect(conversationFrom(raw, frame, new Map())?.conversation.replyWindowMs).toBe(dayMs)
  })
})

describe('2.2 additional_attributes and custom attributes', () => {
  it('are free-form; of the first only the subject is ours', () => {
    expect(conversation({ additional_attributes: { mail_subject: 'Broken', type: 'tweet' } }).subject).toBe(
      'Broken',
    )
    expect(conversation({ additional_attributes: 'none' }).subject).toBeNull()
  })

  it('keep their own names and kinds; what is richer than one value is told as JSON', () => {
    const custom_attributes = {
      'Order No': 10_001,
      is_vip: false,
      note: null,
      sizes: ['s', 'm'],
      dearOne: 'Ines',
    }
    expect(conversation({ custom_attributes }).attributes).toEqual({
      'Order No': 10_001,
      is_vip: false,
      note: null,
      sizes: '["s","m"]',
      dearOne: 'Ines',
    })
    expect(conversation({ custom_attributes: [] }).attributes).toEqual({})
  })
})

describe('2.2 content_attributes', () => {
  it('in_reply_to is the id of a message, or null where the server does not know it', () => {
    expect(message({ content_attributes: { in_reply_to: 12 } }).replyTo).toBe('12')
    expect(
      message({ content_attributes: { in_reply_to: null, in_reply_to_external_id: 'x' } }).replyTo,
    ).toBeNull()
  })

  it('deleted, and our own id', () => {
    expect(message({ content_attributes: { deleted: true, tuntas_id: 'row-1' } })).toMatchObject({
      isDeleted: true,
      ownId: 'row-1',
    })
  })

  it('email: headers, the whole HTML, and only what was newly written', () => {
    const email = {
      subject: 'Broken',
      from: ['ines@example.org'],
      to: ['post@example.com'],
      cc: ['tomas@example.net'],
      bcc: null,
      html_content: { full: '<p>All</p>', reply: '<p>New</p>' },
      text_content: { full: 'All', reply: 'New' },
      auto_reply: false,
    }
    expect(message({ content_type: 'incoming_email', content_attributes: { email } })).toMatchObject({
      subject: 'Broken',
      html: '<p>All</p>',
      text: 'New',
      mail: { from: ['ines@example.org'], to: ['post@example.com'], cc: ['tomas@example.net'], bcc: [] },
    })
  })

  it('to, cc and bcc of what we sent, as lists or with commas', () => {
    const content_attributes = {
      to_emails: 'a@example.com, b@example.com',
      cc_emails: ['c@example.com'],
      bcc_emails: [],
    }
    expect(message({ message_type: 1, content_attributes }).mail).toEqual({
      from: [],
      to: ['a@example.com', 'b@example.com'],
      cc: ['c@example.com'],
      bcc: [],
    })
    expect(message({}).mail).toBeNull()
  })

  it('items and submitted_values are spelled out', () => {
    const content_attributes = {
      items: [{ title: 'White' }, { title: 'Amber' }],
      submitted_values: [{ title: 'Amber', value: 'a' }],
    }
    expect(message({ content_type: 'input_select', content_attributes }).text).toBe(
      'Hello\n• White\n• Amber\n→ Amber',
    )
  })

  it('what a rule wrote in an agent’s name is a bot’s', () => {
    const ours = { message_type: 1, sender: { id: 7, type: 'user' } }
    expect(message({ ...ours, content_attributes: { automation_rule_id: 3 } }).side).toBe('bot')
  })

  it('others (translations, stories, is_unsupported, data) change nothing', () => {
    const content_attributes = {
      translations: { id: 'Halo' },
      story_id: 1,
      is_unsupported: true,
      data: { call: 1 },
    }
    expect(message({ content_attributes })).toEqual(message({}))
  })
})

describe('2.2 activity messages', () => {
  it('have words in the server’s language and no code: they are shown as they are', () => {
    expect(message({ message_type: 2, content: 'Percakapan diselesaikan oleh Ada' })).toMatchObject({
      kind: 'activity',
      side: 'system',
      text: 'Percakapan diselesaikan oleh Ada',
    })
  })
})

describe('2.2 satisfaction', () => {
  const survey = (submitted_values: unknown) =>
    message({ message_type: 3, content_type: 'input_csat', content_attributes: { submitted_values } })

  it('is asked in a message, and answered in the same one later', () => {
    expect(survey(undefined).rating).toEqual({ stars: null, words: null })
    expect(survey({ csat_survey_response: { rating: 5, feedback_message: 'Quick!' } })).toMatchObject({
      rating: { stars: 5, words: 'Quick!' },
      text: 'Hello',
    })
    expect(message({}).rating).toBeNull()
  })

  it.each([0, 6, 'many', null, [5]])('has no stars where it says %j', (rating) => {
    expect(survey({ csat_survey_response: { rating } }).rating?.stars).toBeNull()
  })
})

describe('2.2 attachments', () => {
  const attached = (attachment: unknown) => message({ attachments: [attachment] }).attachments

  it('have no name but the end of their address', () => {
    expect(
      attached({ id: 1, file_type: 'file', data_url: 'https://files.example.com/r/x/my%20list.pdf' }),
    ).toMatchObject([{ name: 'my list.pdf' }])
  })

  it('have an empty thumb_url where there is none, and may have no size', () => {
    expect(attached({ id: 1, file_type: 'file', thumb_url: '', file_size: null })).toMatchObject([
      { thumbUrl: null, sizeBytes: null },
    ])
  })

  it('may be places or people: what they are called is their title', () => {
    expect(
      attached({
        id: 1,
        file_type: 'location',
        coordinates_lat: 1.5,
        coordinates_long: 2,
        fallback_title: null,
      }),
    ).toMatchObject([{ name: '1.5, 2' }])
    expect(attached({ id: 1, file_type: 'contact', fallback_title: '+15550142', meta: {} })).toMatchObject([
      { name: '+15550142' },
    ])
  })

  it('may be null in the middle of the list', () => {
    expect(message({ attachments: [null, { id: 2, file_type: 'image' }] }).attachments).toMatchObject([
      { key: '2' },
    ])
  })

  it('may lie at another host than the server', () => {
    expect(attached({ id: 1, file_type: 'image', data_url: 'https://cdn.example.net/a.png' })).toMatchObject([
      { url: 'https://cdn.example.net/a.png' },
    ])
  })
})

describe('2.2 timestamps', () => {
  it('are whole seconds, fractions of them, or ISO text; 0 is never', () => {
    const row = conversation({
      created_at: nowS,
      updated_at: nowS + 0.25,
      last_activity_at: '2026-01-05T10:00:00Z',
      agent_last_seen_at: 0,
    })
    expect(row).toMatchObject({
      createdAt: nowS * 1000,
      updatedAt: nowS * 1000 + 250,
      lastActivityAt: Date.UTC(2026, 0, 5, 10),
      readAt: null,
    })
  })
})

describe('2.3 REST and realtime tell the same in two shapes', () => {
  const cable: Loose = {
    account_id: 1,
    sender_type: 'Contact',
    sender_id: 501,
    updated_at: '2026-01-05T10:01:30.480Z',
    processed_message_content: 'Hello',
    additional_attributes: {},
    external_source_ids: {},
    sentiment: {},
    conversation: {
      assignee_id: 7,
      unread_count: 2,
      last_activity_at: nowS,
      contact_inbox: { source_id: 'a' },
    },
    previous_changes: { status: ['sent', 'read'] },
  }

  it('a message is the same in either', () => {
    expect(message(cable)).toEqual(message({}))
  })

  it('an assignee and a team are absent in one and null in the other', () => {
    const { assignee: _a, team: _t, ...absent } = asObject(rowOf(0)['meta'])
    expect(conversation({ meta: { ...absent, assignee: null, team: null } })).toEqual(
      conversation({ meta: absent }),
    )
  })

  it('a slim assignee is one, too', () => {
    const meta = { ...asObject(rowOf(0)['meta']), assignee: { id: 8, name: 'Ada Brook', type: 'user' } }
    expect(conversation({ meta }).assignee).toMatchObject({ key: '8', name: 'Ada Brook', kind: 'agent' })
  })

  it('an older copy never overwrites a newer one', () => {
    const newer = conversation({ updated_at: nowS + 1 })
    expect(mergeConversation(newer, conversation({ updated_at: nowS })).kind).toBe('stale')
  })
})

function message(given: Loose): Message {
  const plain = {
    id: 90,
    content: 'Hello',
    conversation_id: 41,
    message_type: 0,
    content_type: 'text',
    status: 'sent',
    content_attributes: {},
    created_at: nowS,
    private: false,
    sender: { id: 501, name: 'Ines', type: 'contact' },
  }
  return messageFrom({ ...plain, ...given }, '41', frame)
}

function theirs(created_at: number): object {
  return { id: 90, message_type: 0, content: 'Hello', created_at, sender: { id: 501, type: 'contact' } }
}

function conversation(given: Loose, inbox?: KnownInbox): Conversation {
  const raw = { ...rowOf(0), last_non_activity_message: null, ...given }
  const inboxes = new Map(inbox === undefined ? [] : [['3', inbox]])
  return there(conversationFrom(raw, frame, inboxes, nowS * 1000)).conversation
}

function rowOf(index: number): Loose {
  const file = new URL('../../../../tests/fixtures/chatwoot/conversations.json', import.meta.url)
  const data = asObject(asObject(JSON.parse(readFileSync(file, 'utf8')))['data'])
  return asObject(asList(data['payload'])[index])
}
