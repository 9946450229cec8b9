import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { never } from '../../../../tests/support/chatwoot-tries.ts'
import { missing, pathsOf, replaced, strangers } from '../../../../tests/support/strange-fields.ts'
import { jsonAnswer, pathOf, scriptedHttp } from '../../../../tests/support/scripted-http.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import type { Session } from '../provider.ts'
import { chatwoot } from './chatwoot.ts'
import { asList, asObject, isObject, type Loose } from '../../foreign/read.ts'
import { messageFrom, messagesFrom, type Frame } from './transform-message.ts'
import { conversationFrom } from './transform.ts'

/**
 * Whatever any field of any payload is, missing or null or of another type or something unknown: nothing throws, and as
 * many conversations and messages come out as went in, under their keys. First every field by itself, then several at
 * once, chosen by a generator of our own from a fixed seed, through the whole way of a session.
 */
const frame: Frame = { accountId: accountId('home'), userId: '7', baseUrl: 'https://desk.example.com' }
const conversations = asList(asObject(asObject(fixture('conversations'))['data'])['payload']).map(asObject)
const rest = asList(asObject(fixture('messages'))['payload']).map(asObject)
const cable = rest.map(asCable)
const inboxes = asList(asObject(fixture('inboxes'))['payload'])

describe('every field by itself', () => {
  it.each(conversations.map((row) => [String(row['id']), row] as const))('of conversation %s', (key, row) => {
    for (const path of pathsOf(row)) {
      for (const value of strangers) {
        const told = conversationFrom(replaced(row, path, value), frame, new Map())
        if (path.join() !== 'id') expect(told?.conversation.key).toBe(key)
        expectSound(told)
      }
    }
  })

  const beside = { ...rest[0], id: 1 }
  // Where the words come from, or whether they are spelled out: everything else leaves them as they are.
  const wordsOf = ['content', 'content_attributes', 'content_type', 'message_type', 'private']

  it.each([
    ['REST', rest],
    ['realtime', cable],
  ])('of a message as %s tells it, or of its neighbour', (_, thread) => {
    for (const message of thread) {
      const { text } = messageFrom(message, '42', frame)
      for (const path of pathsOf(message)) {
        for (const value of strangers) {
          const [first, told, ...more] = messagesFrom([beside, replaced(message, path, value)], '42', frame)
          expect([first?.key, more.length]).toEqual(['1', 0])
          if (path.join() !== 'id') expect(told?.key).toBe(String(message['id']))
          if (!wordsOf.includes(path[0] ?? '')) expect(told?.text).toBe(text)
          expectSound(told)
        }
      }
    }
  })

  it('of a list of attachments keeps each that is one', () => {
    const attached = rest.find((each) => asList(each['attachments']).length > 0) ?? {}
    const count = messageFrom(attached, '42', frame).attachments.length
    for (const path of pathsOf(attached).filter(([name, at]) => name === 'attachments' && at !== undefined)) {
      for (const value of strangers) {
        const told = messageFrom(replaced(attached, path, value), '42', frame)
        // An element that is no object any more is no file any more.
        const isGone = path.length === 2 && !isObject(value)
        const wasOne = isObject(asList(attached['attachments'])[Number(path[1])])
        const expected = isGone ? count - (wasOne ? 1 : 0) : count + (path.length === 2 && !wasOne ? 1 : 0)
        expect(told.attachments).toHaveLength(expected)
      }
    }
  })

  it('of the inboxes costs no conversation', async () => {
    for (const [index, inbox] of inboxes.entries()) {
      const spoiltOnes = [...pathsOf(inbox)].flatMap((path) =>
        strangers.map((value) => replaced(asObject(inbox), path, value)),
      )
      for (const each of [...spoiltOnes, ...strangers.filter((value) => value !== missing)]) {
        const page = await sessionOver({ inboxes: inboxes.with(index, each) }).pull(null, never)
        expect(page.conversations.map(({ key }) => key)).toEqual(['41', '42', '43', '44'])
      }
    }
  })
})

describe('many fields at once, the whole way through a session', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('by seed %i', async (seed) => {
    const random = randomFrom(seed)
    const given = {
      conversations: conversations.map((row) => spoilt(row, random)),
      messages: (random() < 0.5 ? rest : cable).map((row) => spoilt(row, random)),
      inboxes: inboxes.map((row) => spoilt(asObject(row), random)),
    }
    const session = sessionOver(given)
    const page = await session.pull(null, never)
    expect(page.conversations.map((each) => each.key)).toEqual(['41', '42', '43', '44'])
    expectSound(page)
    const thread = await session.thread('41', null, never)
    expect(thread.messages.map((each) => each.key).sort((a, b) => Number(a) - Number(b))).toEqual(
      given.messages.map((each) => String(each['id'])).sort((a, b) => Number(a) - Number(b)),
    )
    expectSound(thread)
    for (const [index, row] of given.conversations.entries()) {
      const told = await session.look(String(row['id']), never)
      expect(told.conversation.key).toBe(String(41 + index))
    }
  })
})

describe('a full page of a thread', () => {
  const page: unknown[] = Array.from({ length: 20 }, (_, at) => ({
    ...rest[0],
    id: 100 + at,
    created_at: 1_767_000_000 + at,
  }))
  const paged = (messages: readonly unknown[]) => sessionOver({ messages }).thread('41', null, never)

  it.each([[null], [7], ['x'], [[]]])(
    'with %j in the place of a message still has older ones',
    async (row) => {
      const thread = await paged(page.with(3, row))
      expect([thread.messages.length, thread.hasOlder]).toEqual([19, true])
    },
  )

  it.each([0, 7])('goes on from a key the server knows where message %i has none', async (at) => {
    const nameless = { ...asObject(page[at]), id: null, created_at: 1 }
    const thread = await paged(page.with(at, nameless))
    expect([thread.messages.length, thread.hasOlder]).toEqual([20, true])
    expect(thread.messages[0]?.key).toBe(at === 0 ? '101' : '100')
  })
})

/** What every row must be for store and window: JSON with real numbers. */
function expectSound(row: unknown): void {
  expect(JSON.parse(JSON.stringify(row))).toEqual(row)
}

/** A session at a server that answers with exactly these rows. */
function sessionOver(rows: {
  conversations?: Loose[]
  messages?: readonly unknown[]
  inboxes?: readonly unknown[]
}): Session {
  const told = { conversations, messages: rest, inboxes, ...rows }
  const http = scriptedHttp((request) => {
    const path = pathOf(request)
    if (path.includes('/inboxes')) return jsonAnswer({ payload: told.inboxes })
    if (path.includes('/messages')) return jsonAnswer({ meta: {}, payload: told.messages })
    if (path.includes('/meta')) return jsonAnswer({ meta: { all_count: 4 } })
    const [, key] = /\/conversations\/(\d+)/.exec(path) ?? []
    if (key !== undefined) return jsonAnswer(told.conversations[Number(key) - 41])
    return jsonAnswer({ data: { meta: { all_count: 4 }, payload: told.conversations } })
  })
  const account = { id: accountId('home'), key: '1', baseUrl: frame.baseUrl, settings: { userId: '7' } }
  return chatwoot.open(account, 'a-token', { http, clock: handClock(), log: () => {} })
}

/** Up to eight fields of it are something else; never its id, by which it is found again. */
function spoilt(row: Loose, random: () => number): Loose {
  let changed = row
  for (let left = Math.ceil(random() * 8); left > 0; left--) {
    const path = pick(pathsOf(changed), random)
    if (path.join() !== 'id') changed = replaced(changed, path, pick(strangers, random))
  }
  return changed
}

function pick<T>(list: readonly T[], random: () => number): T {
  const each = list[Math.floor(random() * list.length)]
  if (each === undefined) throw new Error('nothing to pick from')
  return each
}

/** Mulberry32: the same numbers from the same seed, everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000
  }
}

function asCable(message: Loose): Loose {
  const sender = asObject(message['sender'])
  return {
    ...message,
    account_id: 1,
    sender_type: 'Contact',
    sender_id: sender['id'] ?? null,
    updated_at: '2026-01-05T10:01:30.480Z',
    processed_message_content: message['content'],
    additional_attributes: { campaign_id: null },
    external_source_ids: {},
    conversation: { assignee_id: 7, unread_count: 2, last_activity_at: 1, contact_inbox: { source_id: 'a' } },
    previous_changes: {},
  }
}

function fixture(name: string): unknown {
  const file = new URL(`../../../../tests/fixtures/chatwoot/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}
