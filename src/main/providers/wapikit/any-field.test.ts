import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { failureOf, never } from '../../../../tests/support/chatwoot-tries.ts'
import { missing, pathsOf, replaced, strangers } from '../../../../tests/support/strange-fields.ts'
import { jsonAnswer, pathOf, scriptedHttp } from '../../../../tests/support/scripted-http.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import { asList, asObject, isObject, type Loose } from '../../foreign/read.ts'
import { ProviderFailure, type Session } from '../provider.ts'
import { conversationFrom, mergedEntries } from './transform.ts'
import { messagesFrom, type Frame } from './transform-message.ts'
import { wapikit } from './wapikit.ts'

/**
 * Whatever any field of any payload is, missing or null or of another type or something unknown: nothing throws, and as
 * many conversations and messages come out as went in, under their keys (docs/providers/wapikit.md §13).
 */
const frame: Frame = {
  accountId: accountId('home'),
  organizationId: 'o1',
  memberId: 'm1',
  baseUrl: 'https://desk.example.com/api',
}
const assignees = { isTold: true, known: () => null }

const hosted: Loose = {
  uniqueId: 'c1',
  contactId: 'p1',
  organizationId: 'o1',
  campaignId: '',
  initiatedBy: 'Contact',
  createdAt: '2026-03-02T08:00:00.5+02:00',
  status: 'Active',
  numberOfUnreadMessages: 2,
  totalMessages: 3,
  contact: { uniqueId: 'p1', name: '', phone: '15550100101', attributes: {}, status: 'Active' },
  tags: [{ uniqueId: 't1', label: 'booking' }],
  assignedTo: { uniqueId: 'm2', name: 'Teo Varga', email: 'teo@example.com', roles: null },
  messages: [
    message('a', 'InBound', '2026-03-02T06:00:00Z', { whatsAppMessageId: 'w1', messageType: 'Text' }),
    message('b', 'OutBound', '2026-03-02T06:00:01.123456789Z', {
      whatsAppMessageId: 'w2',
      messageType: 'Text',
    }),
    message('c', 'InBound', '2026-03-02T06:00:02Z', { whatsAppMessageId: 'w3', messageType: 'Image' }),
  ],
}
const main: Loose = {
  ...hosted,
  tags: [{ uniqueId: 't1', name: 'booking' }],
  messages: asList(hosted['messages']).map((each) => {
    const { whatsAppMessageId: _, messageType, ...rest } = asObject(each)
    return { ...rest, message_type: messageType }
  }),
}

describe.each([
  ['main', main],
  ['hosted', hosted],
])('every field by itself, as %s tells it', (_, raw) => {
  it('of a conversation', () => {
    for (const path of pathsOf(raw)) {
      for (const value of strangers) {
        const told = conversationFrom(replaced(raw, path, value), frame, assignees)
        // Another organization's is not ours to show.
        const said = path.join() === 'organizationId' ? replaced(raw, path, value)['organizationId'] : 'o1'
        const isForeign =
          (typeof said === 'string' && said.trim() !== '' && said !== 'o1') || typeof said === 'number'
        if (isForeign) continue
        expect(told, path.join('.')).not.toBeNull()
        if (path.join() !== 'uniqueId') expect(told?.conversation.key).toBe('c1')
        expectSound(told)
      }
    }
  })

  it('of a message, and of its neighbour', () => {
    const messages = asList(raw['messages']).map(asObject)
    for (const [index, each] of messages.entries()) {
      for (const path of pathsOf(each)) {
        for (const value of strangers) {
          const rows = messages.with(index, replaced(each, path, value))
          const told = messagesFrom(rows, 'c1', frame)
          expect(told).toHaveLength(3)
          if (path.join() !== 'uniqueId') expect(told[index]?.key).toBe(each['uniqueId'])
          for (const one of told) expectFinite(one)
        }
      }
    }
  })

  it('of a list costs no other conversation', async () => {
    for (const path of pathsOf(raw)) {
      for (const value of strangers) {
        const strange = replaced(raw, path, value)
        const other = { ...raw, uniqueId: 'c2', messages: [] }
        const { conversations } = await sessionOver([strange, other]).pull(null, never)
        expect(conversations.map((each) => each.key)).toContain('c2')
      }
    }
  })
})

it('any JSON at all in place of an answer is a page or a failure, never anything else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (body) => {
      const http = scriptedHttp(() => jsonAnswer(body))
      for (const ask of [
        (session: Session) => session.pull(null, never),
        (session: Session) => session.look('c1', never),
        (session: Session) => session.thread('c1', null, never),
      ]) {
        const outcome = await ask(open(http)).catch((error: unknown) => error)
        expect(outcome instanceof Error ? outcome instanceof ProviderFailure : isObject(outcome)).toBe(true)
      }
    }),
    { seed: 20260303, numRuns: 300 },
  )
})

it('several fields at once, in entries that are parts of one conversation', () => {
  const paths = pathsOf(hosted)
  const change = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...strangers))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const safe = changes.filter(
        ([path]) => !['uniqueId', 'organizationId', 'messages'].includes(path[0] ?? ''),
      )
      const strange = safe.reduce(
        (row, [path, value]) => (has(row, path) ? replaced(row, path, value) : row),
        hosted,
      )
      const merged = mergedEntries([strange, hosted])
      expect(merged).toHaveLength(1)
      const told = conversationFrom(merged[0], frame, assignees)
      expect(told?.messages.map((each) => each.key)).toEqual(['a', 'b', 'c'])
      expectSound(told)
    }),
    { seed: 20260303, numRuns: 500 },
  )
})

it('a list that is none, or a conversation without an id, says so', async () => {
  expect(
    await failureOf(open(scriptedHttp(() => jsonAnswer({ conversations: 7 }))).pull(null, never)),
  ).toMatchObject({
    kind: 'protocol',
  })
  expect(conversationFrom({ messages: [] }, frame, assignees)).toBeNull()
})

function message(uniqueId: string, direction: string, createdAt: string, more: object): Loose {
  return {
    uniqueId,
    conversationId: 'c1',
    direction,
    status: 'Sent',
    createdAt,
    messageData: { text: uniqueId },
    ...more,
  }
}

function has(row: Loose, [name = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return true
  const value = row[name]
  if (Array.isArray(value))
    return isObject(value[Number(rest[0])]) && has(asObject(value[Number(rest[0])]), rest.slice(1))
  return isObject(value) && has(value, rest)
}

function sessionOver(rows: readonly unknown[]): Session {
  return open(
    scriptedHttp((request) =>
      pathOf(request).startsWith('/api/conversations')
        ? jsonAnswer({ conversations: rows })
        : jsonAnswer({ conversation: hosted }),
    ),
  )
}

function open(http: ReturnType<typeof scriptedHttp>): Session {
  const account = {
    id: accountId('home'),
    key: 'o1',
    baseUrl: frame.baseUrl,
    settings: { dialect: 'hosted' },
  }
  return wapikit.open(account, 'a.b.c', { http, clock: handClock(), log: () => {} })
}

function expectSound(told: ReturnType<typeof conversationFrom>): void {
  expectFinite(told?.conversation)
  for (const each of told?.messages ?? []) expectFinite(each)
}

/** No number that is none, and no text that says so. */
function expectFinite(value: unknown): void {
  for (const each of Object.values(asObject(value))) {
    if (typeof each === 'number') expect(Number.isFinite(each)).toBe(true)
    expect(each === undefined || each === missing).toBe(false)
    if (isObject(each)) expectFinite(each)
  }
}
