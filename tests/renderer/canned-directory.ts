import type { DirectoryRow, HitRow, NotificationRow, Output } from '../../src/shared/contract/contract.ts'
import { cannedDirectory as writing } from './canned-work.ts'

const hour = 3_600_000
const presence = ['online', 'busy', 'offline'] as const

/** What the pickers of the made-up accounts offer, with every awkward name. */
export function cannedDirectory(): DirectoryRow {
  return {
    ...writing,
    agents: [
      ...writing.agents.map((each, index) => ({ ...each, availability: presence[index % 3] ?? null })),
      { key: '5', name: 'Mei Nakamura', email: null, avatar: null, availability: null, isMe: false },
    ],
    teams: [
      ...writing.teams,
      { key: '9', name: 'Invoices and everything that has to do with them', isMine: false },
    ],
    labels: [
      { title: 'billing', color: '#2563eb', description: 'Invoices and payments' },
      { title: 'returns', color: '#dc2626', description: '' },
      { title: 'tents', color: '#16a34a', description: '' },
      { title: 'vip', color: '#9333ea', description: 'Handle with care' },
      { title: 'odd', color: 'url(https://example.com/x)', description: '' },
    ],
    macros: [
      {
        key: '1',
        name: 'Close with thanks',
        isOwn: false,
        steps: [
          { name: 'add_label', about: 'returns' },
          {
            name: 'send_message',
            about: 'Thank you for your patience. We are always here when you need us.',
          },
          { name: 'resolve_conversation', about: '' },
        ],
      },
      {
        key: '2',
        name: 'To the returns desk',
        isOwn: true,
        steps: [{ name: 'assign_team', about: 'Returns' }],
      },
    ],
    folders: [
      { key: 'mentions', builtIn: 'mentions', name: '', terms: [] },
      { key: 'participating', builtIn: 'participating', name: '', terms: [] },
      { key: 'unattended', builtIn: 'unattended', name: '', terms: [] },
      {
        key: '7',
        builtIn: null,
        name: 'Urgent tents',
        terms: [{ attribute: 'labels', operator: 'is', values: ['tents'], join: 'and' }],
      },
    ],
    filterable: [
      by('status', 'status', ['is', 'isNot']),
      by('assignee_id', 'agent', ['is', 'isNot', 'isPresent', 'isNotPresent']),
      by('labels', 'label', ['is', 'isNot', 'isPresent', 'isNotPresent']),
      by('mail_subject', 'text', ['is', 'isNot', 'contains', 'doesNotContain']),
      by('created_at', 'date', ['isAfter', 'isBefore', 'isOlderThanDays']),
      {
        ...by('custom.size', 'choice', ['is', 'isNot']),
        label: 'Tent size',
        choices: ['One', 'Two', 'Four'],
      },
    ],
    inboxes: [
      { key: '1', name: 'Website chat' },
      { key: '2', name: 'Support mailbox' },
    ],
    unreadNotifications: 3,
  }
}

/** What has to be answered before resolving, one of each kind. */
export const cannedAsks: Output<'resolve.asks'>['fields'] = [
  field('reason', 'Reason', 'list', { choices: ['Refund', 'Exchange', 'Question'] }),
  field('order', 'Order number', 'number', { description: 'Stands at the top of the confirmation.' }),
  field('closedOn', 'Closed on', 'date', { value: '2026-11-20' }),
  field('tracking', 'Tracking page', 'link', {}),
  field('note', 'What was done', 'text', {}),
  field('isVip', 'Told the account manager', 'checkbox', {}),
]

export function cannedNotifications(nowAt: number): NotificationRow[] {
  const one = (
    key: string,
    kind: NotificationRow['kind'],
    given: Partial<NotificationRow> = {},
  ): NotificationRow => ({
    key,
    kind,
    title: 'Ayu Wulandari',
    body: 'Hi! The tent arrived with a torn zip, see the photo.',
    at: nowAt - Number(key) * hour,
    isRead: false,
    snoozedUntil: null,
    conversationKey: '1',
    ...given,
  })
  return [
    one('1', 'mention', { body: '@Ari can you look at this one before Saturday, please?' }),
    one('2', 'assigned', { title: 'أحمد المنصوري', body: '', conversationKey: '2' }),
    one('3', 'message', {
      title: 'Konstantinos Papadopoulos-Theodorakopoulos von Hohenstein',
      body: 'Regarding invoice 2026-1180 and the three that came before it, which all carry the wrong address, could you please send them again with the right one?',
      conversationKey: '3',
    }),
    one('5', 'sla', { isRead: true, conversationKey: null }),
    one('30', 'created', { isRead: true, snoozedUntil: nowAt + 20 * hour }),
  ]
}

export function cannedHits(what: string, words: string, nowAt: number): HitRow[] {
  if (words === 'zzzz' || (words === 'only said' && what !== 'messages')) return []
  const hit = (given: Partial<HitRow>): HitRow => ({
    kind: what === 'customers' ? 'customer' : what === 'messages' ? 'message' : 'conversation',
    conversationKey: '1',
    customerKey: '11',
    title: 'Ayu Wulandari',
    excerpt: `… the ${words} arrived with a torn zip, see the photo. Can I swap it before Saturday?`,
    inbox: 'Website chat',
    at: nowAt - 90 * 24 * hour,
    ...given,
  })
  return [
    hit({}),
    hit({
      title: 'أحمد المنصوري',
      excerpt: 'مرحباً، لم يصلني رقم التتبع',
      conversationKey: '2',
      inbox: 'WhatsApp Gulf',
    }),
    hit({
      title: 'Oliver Bennett',
      excerpt: 'oliver@example.com',
      conversationKey: null,
      inbox: null,
      at: null,
    }),
  ]
}

function by(
  key: string,
  values: DirectoryRow['filterable'][number]['values'],
  operators: DirectoryRow['filterable'][number]['operators'],
): DirectoryRow['filterable'][number] {
  return { key, label: null, operators, values, choices: [] }
}

type Field = Output<'resolve.asks'>['fields'][number]

function field(key: string, label: string, kind: Field['kind'], given: Partial<Field>): Field {
  const plain = { of: 'conversation' as const, choices: [], description: '', value: null }
  return { key, label, kind, ...plain, isRequired: true, maxLength: null, ...given }
}
