import type {
  ConversationRow,
  DirectoryRow,
  DraftRow,
  FileRow,
  Input,
  PanelRow,
  TemplateRow,
} from '../../src/shared/contract/contract.ts'
import type { CannedWorld } from './canned-world.ts'

/** Answers to what is asked while writing, signing in and looking beside a conversation; preview.ts takes them all. */
export interface CannedWork {
  readonly drafts: Map<string, DraftRow>
  readonly files: Map<string, FileRow & { at: string; receivedBytes: number }>
  readonly notes: { key: string; text: string; author: string | null; at: number | null }[]
  participants: string[]
}

/** One for each fresh set of drafts, so that whoever empties those begins anew. */
export function workOf({ drafts }: CannedWorld): CannedWork {
  const work = works.get(drafts) ?? {
    drafts: new Map(),
    files: new Map(),
    notes: [
      {
        key: 'n1',
        text: 'Prefers to be called in the morning. **VIP** since 2019.',
        author: 'Budi Santoso',
        at: Date.now() - 40 * day,
      },
    ],
    participants: ['2'],
  }
  works.set(drafts, work)
  return work
}

const works = new WeakMap<object, CannedWork>()
const day = 24 * 60 * 60_000
const empty: DraftRow = { text: '', replyTo: null, mentions: [], cc: '', bcc: '' }

type Answer = (desk: { readonly world: CannedWorld }, input: never) => unknown

export const workAnswers: Record<string, Answer> = {
  'draft.get': ({ world }, { conversationId, kind }: Input<'draft.get'>) => {
    const work = workOf(world)
    const text = kind === 'reply' ? (world.drafts.get(conversationId) ?? '') : ''
    const at = `${kind} ${conversationId}`
    const files = [...work.files.values()]
      .filter((file) => file.at === at)
      .map(({ id, name, contentType, sizeBytes }) => ({ id, name, contentType, sizeBytes }))
    return { draft: work.drafts.get(at) ?? { ...empty, text }, files, halfFiles: [] }
  },
  'draft.keep': ({ world }, { conversationId, kind, draft }: Input<'draft.keep'>) => {
    if (kind === 'reply') world.drafts.set(conversationId, draft.text)
    workOf(world).drafts.set(`${kind} ${conversationId}`, draft)
    return { standing: null }
  },
  'file.begin': ({ world }, given: Input<'file.begin'>) => {
    const { fileId: id, name, contentType, sizeBytes } = given
    const at = `${given.kind} ${given.conversationId}`
    workOf(world).files.set(id, { id, name, contentType, sizeBytes, at, receivedBytes: 0 })
    return {}
  },
  'file.append': ({ world }, { fileId, base64 }: Input<'file.append'>) => {
    const file = workOf(world).files.get(fileId)
    if (file === undefined) return null
    file.receivedBytes += Buffer.from(base64, 'base64').length
    return { receivedBytes: file.receivedBytes }
  },
  'file.drop': ({ world }, { fileId }: Input<'file.drop'>) => {
    workOf(world).files.delete(fileId)
    return {}
  },
  'templates.list': () => ({ templates: cannedTemplates }),
  'panel.read': ({ world }, { conversationId }: Input<'panel.read'>) => {
    const row = world.rows.find((each) => each.id === conversationId)
    return row === undefined ? null : { panel: cannedPanel(world, row) }
  },
  'panel.addNote': ({ world }, { text }: Input<'panel.addNote'>) => {
    workOf(world).notes.unshift({
      key: `n${String(Date.now())}`,
      text,
      author: 'Ari Lestari',
      at: Date.now(),
    })
    return {}
  },
  'panel.removeNote': ({ world }, { key }: Input<'panel.removeNote'>) => {
    const { notes } = workOf(world)
    notes.splice(
      notes.findIndex((note) => note.key === key),
      1,
    )
    return {}
  },
  'panel.participants': ({ world }, { add, remove }: Input<'panel.participants'>) => {
    const work = workOf(world)
    work.participants = [...work.participants, ...add].filter((key) => !remove.includes(key))
    return {}
  },
  'start.customers': (_, { words }: Input<'start.customers'>) => ({
    customers: customers.filter((each) => JSON.stringify(each).toLowerCase().includes(words.toLowerCase())),
  }),
  'start.inboxes': () => ({ inboxes: startInboxes }),
  'start.begin': () => ({ conversationId: 'acme:8' }),
}

const agent = (key: string, name: string, isMe = false) => ({
  key,
  name,
  email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@example.com`,
  avatar: null,
  availability: 'online' as const,
  isMe,
})
const agents = [
  agent('1', 'Ari Lestari', true),
  agent('2', 'Budi Santoso'),
  agent('3', 'Nadia Larsen-Okonkwo of the Northern Returns Desk'),
  agent('4', 'ليلى حداد'),
]

export const cannedDirectory: DirectoryRow = {
  me: { availability: 'online', autoOffline: true, signature: 'Ari Lestari\nAcme Outdoor', isAdmin: false },
  agents,
  teams: [
    { key: '7', name: 'Billing', isMine: false },
    { key: '8', name: 'Returns', isMine: true },
  ],
  labels: [
    { title: 'returns', color: '#0a7460', description: 'Something comes back' },
    { title: 'tents', color: null, description: '' },
    { title: 'vip', color: '#b0241c', description: 'Handle with care' },
  ],
  macros: [],
  canned: [
    { key: 'c1', code: 'refund', text: 'Your refund is on its way. It takes two or three days.' },
    { key: 'c2', code: 'hours', text: 'We answer from Monday to Friday, 9 to 18.' },
    { key: 'c3', code: 'no-refund', text: 'I am sorry, this is past its thirty days.' },
  ],
  folders: [],
  filterable: [],
  inboxes: [{ key: '1', name: 'Website chat' }],
  attributes: [],
  unreadNotifications: 0,
}

export const cannedTemplates: TemplateRow[] = [
  {
    key: 't1',
    name: 'order_shipped',
    language: 'en',
    category: 'UTILITY',
    header: 'Order {{order}}',
    body: 'Hello {{1}}, your parcel left today and arrives on {{2}}.',
    footer: 'Acme Outdoor',
    blanks: [
      { key: 'order', kind: 'text' },
      { key: '1', kind: 'text' },
      { key: '2', kind: 'text' },
    ],
    unusable: null,
  },
  {
    key: 't2',
    name: 'welcome',
    language: 'id',
    category: 'MARKETING',
    header: null,
    body: 'Selamat datang!',
    footer: null,
    blanks: [],
    unusable: null,
  },
  {
    key: 't3',
    name: 'summer_video_announcement_for_everybody',
    language: 'en',
    category: 'MARKETING',
    header: null,
    body: 'Look at our summer tents.',
    footer: null,
    blanks: [],
    unusable: 'it needs a video in its header',
  },
]

const customers = [
  {
    key: 'k1',
    name: 'Ayu Wulandari',
    email: 'ayu.wulandari@example.com',
    phone: '+15550100142',
    avatar: 'face-1',
  },
  { key: 'k2', name: 'Ayumi 山田', email: null, phone: '+15550100143', avatar: null },
  {
    key: 'k3',
    name: 'Konstantinos Papadopoulos-Theodorakopoulos von Hohenstein',
    email: 'kpt@example.com',
    phone: null,
    avatar: null,
  },
]

const startInboxes = [
  {
    key: 'i1',
    name: 'Support mailbox',
    channel: 'email',
    needs: 'email',
    hasSubject: true,
    templates: [],
    onlyTemplates: false,
  },
  {
    key: 'i2',
    name: 'WhatsApp',
    channel: 'whatsapp',
    needs: 'phone',
    hasSubject: false,
    templates: cannedTemplates,
    onlyTemplates: true,
  },
  {
    key: 'i3',
    name: 'Partner API',
    channel: 'api',
    needs: 'nothing',
    hasSubject: false,
    templates: [],
    onlyTemplates: false,
  },
]

function cannedPanel(world: CannedWorld, row: ConversationRow): PanelRow {
  const work = workOf(world)
  return {
    customer: {
      name: row.who.name,
      email: row.who.email,
      phone: row.who.phone ?? '+15550100142',
      identifier: 'customer-88412',
      avatar: row.who.avatar,
      blocked: row.id === 'acme:7',
      attributes: [
        { key: 'plan', label: 'Plan', value: 'Outdoor Plus' },
        { key: 'member', label: 'Member', value: 'true' },
        { key: 'since', label: 'Customer since', value: '12 March 2019' },
        {
          key: 'site',
          label: 'Website',
          value: 'https://a-rather-long-address.example.com/profile/88412/wulandari',
        },
      ],
    },
    conversation: { attributes: [{ key: 'order', label: 'Order number', value: '88412' }] },
    notes: work.notes,
    participants: agents.filter((each) => work.participants.includes(each.key)),
    previous: world.rows.slice(20, 23),
    missing: row.id === 'acme:8' ? ['notes', 'previous'] : [],
  }
}

/** Three places, two ways in, and a code for whoever signs in with a password. */
export const cannedProviders = [
  {
    id: 'chatwoot',
    label: 'Chatwoot',
    presets: [
      {
        key: 'cloud',
        label: 'Chatwoot Cloud',
        hint: 'app.chatwoot.com',
        fields: { url: 'https://app.chatwoot.com' },
      },
      { key: 'own', label: 'A Chatwoot of your own', hint: 'On a server of your company', fields: {} },
      {
        key: 'other',
        label: 'Another name for it',
        hint: 'A service built on Chatwoot, under its own address',
        fields: {},
      },
    ],
    methods: [
      {
        key: 'password',
        label: 'E-mail and password',
        hint: null,
        fields: [
          {
            name: 'url',
            label: 'signIn.chatwoot.url',
            hint: 'signIn.chatwoot.urlHint',
            kind: 'url',
            placeholder: '',
          },
          { name: 'email', label: 'E-mail address', hint: null, kind: 'email', placeholder: '' },
          { name: 'password', label: 'Password', hint: null, kind: 'secret', placeholder: '' },
        ],
      },
      {
        key: 'token',
        label: 'Access token',
        hint: null,
        fields: [
          {
            name: 'url',
            label: 'signIn.chatwoot.url',
            hint: 'signIn.chatwoot.urlHint',
            kind: 'url',
            placeholder: '',
          },
          {
            name: 'token',
            label: 'signIn.chatwoot.token',
            hint: 'signIn.chatwoot.tokenHint',
            kind: 'secret',
            placeholder: '',
          },
        ],
      },
    ],
  },
]

export function cannedProbe({ method, probeId }: Input<'accounts.probe'>): unknown {
  const host = 'support.example.com'
  if (method === 'password' && probeId === null) {
    const code = {
      name: 'code',
      label: 'Code',
      hint: 'From your authenticator app',
      kind: 'code',
      placeholder: '',
    }
    return { kind: 'asks', probeId: 'p0', host, fields: [code] }
  }
  return {
    kind: 'found',
    probeId: 'p1',
    host,
    server: 'Chatwoot 4.10',
    me: { name: 'Ari Lestari', email: 'ari@example.com' },
    choices: [
      { key: '1', name: 'Acme Outdoor', role: 'agent', isSuspended: false, isAdded: true },
      { key: '2', name: 'Acme Cycling', role: 'administrator', isSuspended: false, isAdded: false },
      { key: '3', name: 'Acme Winter', role: 'agent', isSuspended: true, isAdded: false },
    ],
  }
}
