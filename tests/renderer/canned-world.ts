import type {
  AccountRow,
  ConversationRow,
  Counts,
  DirectoryRow,
  MessageRow,
  Output,
  Query,
} from '../../src/shared/contract/contract.ts'
import type { Failure } from '../../src/shared/contract/failure.ts'
import { isInView, views } from '../../src/shared/domain/view.ts'
import { cannedDirectory } from './canned-directory.ts'
import { cannedThread, type CannedThread } from './canned-thread.ts'

/**
 * A desk that never existed, for looking at the window without an engine: two accounts, thousands of conversations
 * with every awkward name and state, and one thread with every kind of message. Times count back from `nowAt`.
 */
export interface CannedWorld {
  revision: number
  facts: Output<'app.snapshot'>
  rows: ConversationRow[]
  threads: Map<string, CannedThread>
  drafts: Map<string, string>
  directories: Record<string, DirectoryRow>
  /** Conversations that ask for answers before they are resolved, and those the server refuses to touch. */
  asking: Set<string>
  refusing: Set<string>
  /** Whether the server could be asked who may take a conversation. */
  isFresh: boolean
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export function cannedWorld(nowAt: number, rowCount: number): CannedWorld {
  const rows = [...writtenRows(nowAt), ...filler(nowAt, rowCount)]
  const accounts = [
    account('acme', 'Acme Outdoor', nowAt),
    account('kopi', 'Kopi Nusantara · Pelanggan', nowAt),
  ]
  return {
    revision: 1,
    rows,
    threads: new Map(rows.slice(0, 12).map((row) => [row.id, cannedThread(row, nowAt)])),
    drafts: new Map([['acme:7', 'Thank you for waiting. The courier says']]),
    directories: { acme: cannedDirectory(), kopi: { ...cannedDirectory(), unreadNotifications: 0 } },
    asking: new Set(),
    refusing: new Set(),
    isFresh: true,
    facts: {
      revision: 1,
      host: {
        shell: 'loopback',
        version: '0.1.0',
        platform: 'linux',
        isDemo: true,
        logFile: '/home/rina/.config/Tuntas/main.log',
        keychain: { kind: 'ready' },
        globalKey: 'unsupported',
      },
      settings: {
        theme: 'system',
        globalKey: null,
        closeToTray: true,
        undoSeconds: 5,
        notifications: true,
        notificationText: true,
      },
      accounts,
      counts: countsOf(rows),
    },
  }
}

/** As a Chatwoot can. */
export const canEverything: AccountRow['can'] = {
  resolve: true,
  reopen: true,
  pend: true,
  snooze: true,
  snoozeUntilReply: true,
  assign: true,
  assignTeam: true,
  label: true,
  prioritise: true,
  mute: true,
  markRead: true,
  markUnread: true,
  note: true,
  mention: true,
  attach: true,
  deleteMessage: true,
  retryMessage: true,
  directory: true,
  macros: true,
  transcript: true,
  typing: true,
  availability: true,
  participants: true,
  notifications: true,
  search: true,
  folders: true,
  panel: true,
  customerNotes: true,
  start: true,
  startOwn: false,
  attachLink: false,
  resolveWith: false,
}

const canNothing = Object.fromEntries(
  Object.keys(canEverything).map((key) => [key, false]),
) as AccountRow['can']
/** What the engine does on this computer for everybody. */
const canHere = { ...canNothing, resolve: true, snooze: true, markRead: true, markUnread: true }

type Little = Pick<AccountRow, 'providerLabel' | 'can' | 'named'>
/** Systems that can little, each in its own way. */
export const canLittle: Record<'closer' | 'asker' | 'customer' | 'local', Little> = {
  /** Words, assigning, closing. */
  closer: {
    providerLabel: 'Wapikit',
    can: { ...canHere, reopen: true, assign: true },
    named: { done: 'close', snooze: 'snoozeHere', read: 'device', notes: 'kept', placeholders: [] },
  },
  /** Closes with answers, takes files by address, and keeps notes to itself. */
  asker: {
    providerLabel: 'Aelyst, respond.io',
    can: {
      ...canHere,
      ...{ reopen: true, assign: true, label: true, note: true, attachLink: true, resolveWith: true },
      ...{ directory: true, panel: true },
    },
    named: { done: 'close', snooze: 'snoozeHere', read: 'device', notes: 'echo', placeholders: ['{{'] },
  },
  /** The agent is the customer. */
  customer: {
    providerLabel: 'Chatwoot, as a customer',
    can: { ...canHere, typing: true, attach: true, start: true, startOwn: true },
    named: { done: 'resolveSeen', snooze: 'snoozeHere', read: 'own', notes: 'kept', placeholders: [] },
  },
  /** Answers and nothing else. */
  local: {
    providerLabel: 'Inbox',
    can: canHere,
    named: { done: 'resolveHere', snooze: 'snoozeHere', read: 'device', notes: 'kept', placeholders: [] },
  },
}

const namedPlainly: AccountRow['named'] = {
  done: 'resolve',
  snooze: 'snooze',
  read: 'everyone',
  notes: 'kept',
  placeholders: [],
}

export function account(id: string, name: string, nowAt: number): AccountRow {
  return {
    id,
    provider: 'chatwoot',
    providerLabel: 'Chatwoot',
    name,
    host: `${id}.example.com`,
    baseUrl: `http://${id}.example.com`,
    me: { name: 'Ari Lestari', email: 'ari@example.com', avatar: null },
    role: 'agent',
    keptIn: 'keychain',
    syncing: { kind: 'upToDate' },
    asOf: nowAt - minute,
    can: canEverything,
    named: namedPlainly,
  }
}

export function failure(code: Failure['code'], facts: Record<string, string> = {}): Failure {
  return { code, facts, retryAt: null }
}

export function placed(row: ConversationRow, query: Pick<Query, 'view' | 'accountId' | 'find'>): boolean {
  if (query.accountId !== null && query.accountId !== row.accountId) return false
  if (query.find !== null) {
    const text = [row.who.name, row.who.email, row.subject, row.preview?.text].join(' ').toLowerCase()
    return text.includes(query.find.toLowerCase())
  }
  const { assignee } = row
  const kind = assignee?.isBot === true ? ('bot' as const) : ('agent' as const)
  return isInView(query.view, { ...row, assignee: assignee === null ? null : { isMe: assignee.isMe, kind } })
}

export function countsOf(rows: readonly ConversationRow[]): Counts {
  const count = (accountId: string | null) =>
    Object.fromEntries(
      views.map((view) => [view, rows.filter((row) => placed(row, { view, accountId, find: null })).length]),
    ) as Counts['all']
  return { all: count(null), byAccount: { acme: count('acme'), kopi: count('kopi') } }
}

function row(
  given: Partial<ConversationRow> & { n: number; name: string; text: string; agoMs: number; nowAt: number },
): ConversationRow {
  const { n, name, text, agoMs, nowAt, ...rest } = given
  const accountId = rest.accountId ?? 'acme'
  return {
    id: `${accountId}:${n}`,
    accountId,
    who: { name, email: null, phone: null, avatar: null },
    inbox: { name: 'Website chat', channel: 'web' },
    subject: null,
    status: { kind: 'open' },
    isLocal: false,
    assignee: null,
    team: null,
    labels: [],
    priority: null,
    muted: false,
    unread: { kind: 'exact', count: 0 },
    readScope: 'everyone',
    needsYou: false,
    waitingSince: null,
    lastActivityAt: nowAt - agoMs,
    canReply: true,
    replyUntil: null,
    limits: limitsOf(rest.inbox?.channel ?? 'web'),
    preview: { side: 'them', author: name, text, isNote: false },
    pending: [],
    outbox: 'clear',
    heldBack: 0,
    hasDraft: false,
    ...rest,
  }
}

function limitsOf(channel: ConversationRow['inbox']['channel']): ConversationRow['limits'] {
  return {
    maxLength: channel === 'sms' ? 160 : channel === 'whatsapp' ? 4096 : 150_000,
    files: channel === 'sms' || channel === 'whatsapp' || channel === 'instagram' ? 'one' : 'many',
    quotes: channel !== 'sms' && channel !== 'email',
    copies: channel === 'email',
    templates: channel === 'whatsapp',
  }
}

const me = { key: '1', name: 'Ari Lestari', isMe: true, isBot: false, avatar: null }
const budi = { key: '2', name: 'Budi Santoso', isMe: false, isBot: false, avatar: null }
const bot = { key: '9', name: 'Helper', isMe: false, isBot: true, avatar: null }
const exact = (count: number) => ({ kind: 'exact', count }) as const

// prettier-ignore
function writtenRows(nowAt: number): ConversationRow[] {
  const at = (agoMs: number) => nowAt - agoMs
  const wants = (agoMs: number, count: number) => ({ needsYou: true, unread: exact(count), waitingSince: at(agoMs), agoMs, nowAt })
  return [
    row({ n: 1, name: 'Ayu Wulandari', text: 'Hi! The tent arrived with a torn zip, see the photo. Can I swap it before Saturday? 🏕️', ...wants(2 * hour + 14 * minute, 3), agoMs: 4 * minute, who: { name: 'Ayu Wulandari', email: 'ayu.wulandari@example.com', phone: null, avatar: 'face-1' }, assignee: me, labels: ['returns', 'tents'], priority: 'high' }),
    row({ n: 2, name: 'أحمد المنصوري', text: 'مرحباً، لم يصلني رقم التتبع للطلب بعد. هل يمكنكم المساعدة؟', ...wants(26 * minute, 1), inbox: { name: 'WhatsApp Gulf', channel: 'whatsapp' }, replyUntil: nowAt + 2 * hour + 30 * minute, who: { name: 'أحمد المنصوري', email: null, phone: '+971 50 555 0100', avatar: null } }),
    row({ n: 3, name: 'Konstantinos Papadopoulos-Theodorakopoulos von Hohenstein', text: 'Regarding invoice 2026-1180 and the three that came before it, which all carry the wrong address, could you please', ...wants(6 * hour, 12), agoMs: 41 * minute, inbox: { name: 'Support mailbox', channel: 'email' }, subject: 'Wrong address on invoices', assignee: budi, labels: ['billing'], priority: 'urgent' }),
    row({ n: 4, accountId: 'kopi', name: '山田 花子', text: 'コーヒー豆の定期便を一時停止できますか？来月から再開したいです。', ...wants(53 * minute, 2), inbox: { name: 'Instagram', channel: 'instagram' } }),
    row({ n: 5, accountId: 'kopi', name: 'Dewi 🌺 Kusuma', text: '❤️❤️ makasih banyak kak!! pesanannya sudah sampai 🙏🏽', ...wants(9 * minute, 1), inbox: { name: 'WhatsApp', channel: 'whatsapp' } }),
    row({ n: 6, name: 'Marta Kowalczyk', text: 'I will check with the warehouse and tell you tomorrow.', agoMs: 3 * minute, nowAt, preview: { side: 'me', author: 'Ari Lestari', text: 'I will check with the warehouse and tell you tomorrow.', isNote: false }, assignee: me, outbox: 'asks', inbox: { name: 'Facebook', channel: 'facebook' } }),
    row({ n: 7, name: 'Oliver Bennett', text: 'Refund approved', agoMs: 18 * minute, nowAt, preview: { side: 'me', author: 'Ari Lestari', text: 'Your refund is approved and on its way', isNote: false }, assignee: me, outbox: 'failed', inbox: { name: 'SMS', channel: 'sms' } }),
    row({ n: 8, name: 'Priya Raghunathan', text: 'Customer called twice, handle with care', agoMs: hour, nowAt, preview: { side: 'colleague', author: 'Budi Santoso', text: 'Called twice today. Handle with care, VIP since 2019.', isNote: true }, assignee: me, labels: ['vip'] }),
    row({ n: 9, name: 'Luca Moretti', text: 'Looks good', agoMs: 2 * hour, nowAt, preview: { side: 'me', author: 'Ari Lestari', text: 'Sending it now', isNote: false }, outbox: 'onItsWay', inbox: { name: 'Telegram', channel: 'telegram' } }),
    row({ n: 10, name: 'Nguyễn Thị Hương', text: '', agoMs: 5 * hour, nowAt, preview: { side: 'them', author: null, text: '', isNote: false }, assignee: bot, unread: { kind: 'some' }, inbox: { name: 'LINE', channel: 'line' } }),
    row({ n: 11, name: 'שרה לוי', text: 'תודה רבה על העזרה!', agoMs: 30 * minute, nowAt, inbox: { name: 'Website chat', channel: 'web' }, canReply: false }),
    row({ n: 12, name: '+62 812 5550 0142', text: 'Halo, apakah toko buka hari Minggu?', agoMs: 3 * day, nowAt, waitingSince: at(3 * day), replyUntil: at(2 * day), inbox: { name: 'WhatsApp', channel: 'whatsapp' }, accountId: 'kopi' }),
  ]
}

const firstNames = [
  'Sofia',
  'Jonas',
  'Mei',
  'Ravi',
  'Elif',
  'Noah',
  'Zara',
  'Mateo',
  'Anika',
  'Tomás',
  'Ines',
  'Kofi',
]
const lastNames = [
  'Brandt',
  'Okafor',
  'Silva',
  'Nakamura',
  'Demir',
  'Larsen',
  'Rossi',
  'Haddad',
  'Novak',
  'Pratama',
]
const lines = [
  'Is the green one back in stock?',
  'Thanks, that solved it.',
  'My parcel has been in the sorting centre since Tuesday.',
  'Could you send the invoice again, please?',
  'The app says my card was declined, but the bank says it was not.',
  'Great service, as always!',
]

function filler(nowAt: number, count: number): ConversationRow[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${firstNames[index % firstNames.length]} ${lastNames[(index * 7) % lastNames.length]}`
    const kinds = ['open', 'open', 'done', 'pending', 'open', 'done'] as const
    const kind = kinds[index % kinds.length] ?? 'open'
    const isSnoozed = index % 17 === 0
    return row({
      n: 100 + index,
      name,
      text: lines[index % lines.length] ?? '',
      agoMs: 6 * hour + index * 23 * minute,
      nowAt,
      accountId: index % 3 === 0 ? 'kopi' : 'acme',
      status: isSnoozed ? { kind: 'snoozed', until: nowAt + day } : { kind },
      assignee: index % 4 === 0 ? me : index % 5 === 0 ? budi : null,
    })
  })
}

export function newMessage(
  of: ConversationRow,
  text: string,
  at: number,
  given: Partial<MessageRow> = {},
): MessageRow {
  return {
    id: `${of.id}/${at}-${text.length}`,
    conversationId: of.id,
    side: 'them',
    author: { name: of.who.name, avatar: of.who.avatar },
    kind: 'text',
    text,
    html: null,
    subject: null,
    sentAt: at,
    sequence: at,
    delivery: { kind: 'none' },
    attachments: [],
    replyTo: null,
    isDeleted: false,
    mail: null,
    rating: null,
    outboxId: null,
    ...given,
  }
}
