import { beforeAll, describe, expect, it } from 'vitest'
import { recordChatwoot, type Recorded } from '../../../../tests/support/recorded-chatwoot.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { emptyDirectory, type Directory } from '../../../shared/domain/directory.ts'
import type { FilterTerm } from '../../../shared/domain/filter.ts'
import { ProviderFailure, type Panel, type Session } from '../provider.ts'

const never = new AbortController().signal
const isOpen: FilterTerm = { attribute: 'status', operator: 'is', values: ['open'], join: 'and' }
let recorded: Recorded
let conversation: Conversation
let customerKey = ''
let mailKey = ''
let folderKey = ''

type Wrapping =
  | 'a bare list'
  | '{payload}'
  | '{data: {meta, payload}}'
  | '{meta, payload}'
  | 'a bare object'
  | 'a bare number'

interface Reading {
  /** Begins the request's name. */
  readonly request: string
  readonly wrapping: Wrapping
  /** How much of the answer arrives. */
  readonly count: (session: Session) => Promise<number | undefined>
}

/** Every answer the parts beside the list and the thread go by. */
const readings: Readonly<Record<string, Reading>> = {
  agents: listed('GET /agents', 'a bare list', (known) => known.agents.length),
  teams: listed('GET /teams', 'a bare list', (known) => known.teams.length),
  'ready-made replies': listed('GET /canned_responses', 'a bare list', (known) => known.canned.length),
  folders: listed('GET /custom_filters?', 'a bare list', (known) => known.folders.length - 3),
  'definitions of attributes': listed(
    'GET /custom_attribute_definitions',
    'a bare list',
    (known) => known.attributes.length,
  ),
  inboxes: listed('GET /inboxes', '{payload}', (known) => known.inboxes.length),
  labels: listed('GET /labels', '{payload}', (known) => known.labels.length),
  macros: listed('GET /macros', '{payload}', (known) => known.macros.length),
  'unread notifications': listed(
    'GET /notifications/unread_count',
    'a bare number',
    (known) => known.unreadNotifications,
  ),
  'the profile': listed('GET /api/v1/profile', 'a bare object', (known) => (known.me.availability ? 1 : 0)),
  participants: beside(
    'GET /conversations/*/participants',
    'a bare list',
    (panel) => panel.participants.length,
  ),
  'notes of a contact': beside('GET /contacts/*/notes', 'a bare list', (panel) => panel.notes.length),
  'a contact': beside(
    'GET /contacts/*?include_contact_inboxes',
    '{payload}',
    (panel) => panel.customer.attributes.length,
  ),
  'conversations of a contact': beside('GET /contacts/*/conversations', '{payload}', (panel) =>
    panel.missing.includes('previous') ? 0 : 1,
  ),
  'where one may write': {
    request: 'GET /contacts/*/contactable_inboxes',
    wrapping: '{payload}',
    count: async (session) => (await session.start?.inboxes(customerKey, never))?.length,
  },
  'found conversations': searched('conversations', 'conversations'),
  'found messages': searched('messages', 'messages'),
  'found contacts': searched('contacts', 'customers'),
  notifications: {
    request: 'GET /notifications?',
    wrapping: '{data: {meta, payload}}',
    count: async (session) => (await session.notifications?.page(1, never))?.notifications.length,
  },
  'the list of conversations': {
    request: 'GET /conversations?',
    wrapping: '{data: {meta, payload}}',
    count: async (session) => (await session.folders?.page({ folder: 'unattended' }, 1, never))?.told.length,
  },
  'filtered conversations': {
    request: 'POST /conversations/filter',
    wrapping: '{meta, payload}',
    count: async (session) => (await session.folders?.page({ terms: [isOpen] }, 1, never))?.told.length,
  },
  'the search for contacts': {
    request: 'GET /contacts/search',
    wrapping: '{meta, payload}',
    count: async (session) => (await session.start?.customers('ines', never))?.length,
  },
  'one folder': {
    request: 'GET /custom_filters/*',
    wrapping: 'a bare object',
    count: async (session) => (await session.folders?.page({ folder: folderKey }, 1, never))?.told.length,
  },
  'a saved folder': {
    request: 'POST /custom_filters',
    wrapping: 'a bare object',
    count: async (session) => (await session.folders?.save('Open', [isOpen], never))?.length,
  },
  'a conversation begun': {
    request: 'POST /conversations',
    wrapping: 'a bare object',
    count: async (session) =>
      (await session.start?.begin(
        { customer: { kind: 'known', key: customerKey }, inboxKey: mailKey, subject: null },
        never,
      )) === undefined
        ? 0
        : 1,
  },
}

/** What is answered with nothing. */
const acts: Readonly<
  Record<string, readonly [request: string, (session: Session) => Promise<unknown> | undefined]>
> = {
  typing: [
    'POST /conversations/*/toggle_typing_status',
    (session) => session.typing?.tell('1', { isTyping: true, isNote: false }, never),
  ],
  'a transcript': [
    'POST /conversations/*/transcript',
    (session) => session.transcript?.send('1', 'ines@example.org', never),
  ],
  'reading all notifications': [
    'POST /notifications/read_all',
    (session) => session.notifications?.change(null, { kind: 'read' }, never),
  ],
  'throwing a notification away': [
    'DELETE /notifications/*',
    async (session) => {
      const page = await session.notifications?.page(1, never)
      await session.notifications?.change(page?.notifications[0]?.key ?? '', { kind: 'remove' }, never)
    },
  ],
  'throwing a note away': [
    'DELETE /contacts/*/notes/*',
    async (session) => {
      const [note] = (await panelOf(session))?.notes ?? []
      await session.panel?.notes?.remove(customerKey, note?.key ?? '', never)
    },
  ],
  'leaving a conversation': [
    'DELETE /conversations/*/participants',
    async (session) => {
      const key = (await directoryOf(session)).agents.find((each) => each.isMe)?.key ?? ''
      await session.participants?.change('1', { add: [], remove: [key] }, never)
    },
  ],
  'throwing a folder away': [
    'DELETE /custom_filters/*',
    (session) => session.folders?.remove(folderKey, never),
  ],
}

beforeAll(async () => {
  recorded = await recordChatwoot(async (session) => {
    const directory = await directoryOf(session)
    customerKey = (await session.start?.customers('ines', never))?.[0]?.key ?? ''
    mailKey = directory.inboxes.find((each) => each.name === 'Post')?.key ?? ''
    folderKey = directory.folders.at(-1)?.key ?? ''
    const hits = await session.search?.ask({ what: 'conversations', words: 'ines', page: 1 }, never)
    conversation = (await session.look(hits?.hits[0]?.conversationKey ?? '', never)).conversation
    for (const reading of Object.values(readings)) await reading.count(session)
    for (const [, act] of Object.values(acts)) await act(session)
  })
})

describe.each(Object.entries(readings))('§8.1 %s', (_, { request, wrapping, count }) => {
  it(`come as ${wrapping}`, async () => {
    expect(wrappingOf(answerTo(request))).toBe(wrapping)
    expect(await count(recorded.replay((body) => body).session)).toBeGreaterThan(0)
  })

  it('in any other wrapping are not taken for it', async () => {
    const truth = answerTo(request)
    for (const other of rewrapped(truth).filter((each) => !isAsGood(wrappingOf(each), wrapping))) {
      const { session } = recorded.replay((body, name) => (isCalled(name, request) ? other : body))
      const outcome = await count(session).catch((error: unknown) => error)
      expect(outcome instanceof ProviderFailure ? 0 : (outcome ?? 0)).toBe(0)
    }
  })
})

describe.each(Object.entries(acts))('§8.1 %s', (_, [request]) => {
  it('is answered with nothing', () => {
    const answer = [...recorded.answers].find(([name]) => isCalled(name, request))?.[1]
    expect(answer?.bytes).toHaveLength(0)
    expect(answer?.status).toBe(request.startsWith('DELETE /custom_filters') ? 204 : 200)
  })
})

function listed(
  request: string,
  wrapping: Wrapping,
  sizeOf: (directory: Directory) => number | null,
): Reading {
  return { request, wrapping, count: async (session) => sizeOf(await directoryOf(session)) ?? 0 }
}

function beside(request: string, wrapping: Wrapping, sizeOf: (panel: Panel) => number): Reading {
  return {
    request,
    wrapping,
    async count(session) {
      const panel = await panelOf(session)
      return panel === undefined ? 0 : sizeOf(panel)
    },
  }
}

function searched(route: string, what: 'conversations' | 'messages' | 'customers'): Reading {
  return {
    request: `GET /search/${route}`,
    wrapping: '{payload}',
    count: async (session) =>
      (await session.search?.ask({ what, words: 'ines', page: 1 }, never))?.hits.length,
  }
}

async function directoryOf(session: Session): Promise<Directory> {
  return (await session.directory?.read(null, never)) ?? emptyDirectory
}

async function panelOf(session: Session): Promise<Panel | undefined> {
  return session.panel?.read(conversation, emptyDirectory, never)
}

/** `*` stands for one part of the path; the query counts as far as it is named. */
function isCalled(name: string, request: string): boolean {
  const parts = request.split('*').map((part) => part.replace(/[/?]/g, '\\$&'))
  const query = request.includes('?') ? '.*' : '(\\?.*)?'
  return new RegExp(`^${parts.join('[^/?]+')}${query}$`).test(name)
}

function answerTo(request: string): unknown {
  const answer = [...recorded.answers].find(([name]) => isCalled(name, request))?.[1]
  return answer === undefined ? undefined : JSON.parse(new TextDecoder().decode(answer.bytes))
}

function wrappingOf(body: unknown): Wrapping | null {
  if (Array.isArray(body)) return 'a bare list'
  if (typeof body === 'number') return 'a bare number'
  if (typeof body !== 'object' || body === null) return null
  if ('data' in body) return '{data: {meta, payload}}'
  if ('payload' in body) return 'meta' in body ? '{meta, payload}' : '{payload}'
  return 'a bare object'
}

/** What stands beside the payload is not needed to read it. */
function isAsGood(other: Wrapping | null, wrapping: Wrapping): boolean {
  return other === wrapping || (other === '{payload}' && wrapping === '{meta, payload}')
}

/** The same in every other wrapping. */
function rewrapped(body: unknown): unknown[] {
  const inside = insideOf(body)
  return [[inside].flat(), { payload: inside }, { data: { meta: {}, payload: inside } }, { items: inside }]
}

function insideOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  if ('data' in body) return insideOf(body.data)
  return 'payload' in body ? body.payload : body
}
