import { describe, expect, it } from 'vitest'
import { aConversation } from '../../../../tests/support/builders.ts'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import {
  aReply,
  aSought,
  assignOf,
  doneOf,
  messagesOf,
  never,
  readOf,
  there,
} from '../../../../tests/support/chatwoot-tries.ts'
import { jsonAnswer, pathOf, scriptedHttp } from '../../../../tests/support/scripted-http.ts'
import { scriptedSession } from '../../../../tests/support/scripted-session.ts'
import { pathsOf, replaced, strangers } from '../../../../tests/support/strange-fields.ts'
import type { SoughtReply } from '../provider.ts'
import { ProviderFailure, type Session } from '../provider.ts'
import { chatwoot } from './chatwoot.ts'
import { isObject, type Loose } from '../../foreign/read.ts'

/**
 * What orders, replies and signing in are answered with, each field of it in turn missing, null, of another type or unknown: what
 * comes of it is what was ordered or a failure of ours, and a reply that was taken is never told as surely not sent.
 */
const ada = { key: '12', name: 'Ada Brook', isMe: false }
const fifth = aConversation({ key: '5', inbox: { key: '21', name: 'Website', channel: 'web' } })
const sentAt = 1_767_700_000
const message: Loose = {
  id: 90,
  content: 'Hello',
  conversation_id: 5,
  message_type: 1,
  content_type: 'text',
  status: 'failed',
  content_attributes: {
    tuntas_id: 'row-1',
    in_reply_to: 9,
    external_error: 'Full',
    cc_emails: ['a@example.com'],
  },
  created_at: sentAt,
  private: false,
  sender: { id: 7, name: 'Nilo', type: 'user' },
  attachments: [{ id: 1, message_id: 90, file_type: 'file', data_url: 'https://files.example.com/a.txt' }],
}
const conversation: Loose = {
  id: 5,
  inbox_id: 21,
  status: 'resolved',
  priority: 'low',
  labels: ['vip'],
  muted: true,
  unread_count: 0,
  updated_at: sentAt,
  custom_attributes: { tier: 'gold' },
  meta: { sender: { id: 1, name: 'Ines', blocked: true }, channel: 'Channel::WebWidget', assignee: ada },
  messages: [message],
}
const status: Loose = {
  payload: { success: true, conversation_id: 5, current_status: 'resolved', snoozed_until: null },
}

/** As a server answers that does as it is told. */
const truth: Readonly<Record<string, unknown>> = {
  'GET /conversations/5': conversation,
  'POST /conversations/5/toggle_status': status,
  'POST /conversations/5/custom_attributes': { custom_attributes: { tier: 'gold', lamp: 'desk' } },
  'POST /conversations/5/update_last_seen': conversation,
  'GET /assignable_agents?inbox_ids%5B%5D=21': {
    payload: [{ id: 12, name: 'Ada Brook', availability_status: 'online' }],
  },
  'POST /conversations/5/assignments': { id: 12, name: 'Ada Brook' },
  'GET /conversations/5/labels': { payload: ['vip', 'old'] },
  'POST /conversations/5/labels': { payload: ['vip'] },
  'POST /conversations/5/toggle_priority': null,
  'POST /conversations/5/mute': null,
  'GET /conversations/5/messages': { meta: {}, payload: [message] },
  'GET /conversations/5/messages?before=91': { meta: {}, payload: [message] },
  'POST /conversations/5/messages': message,
  'POST /conversations/5/messages/90/retry': { ...message, status: 'sent' },
  'DELETE /conversations/5/messages/90': { ...message, content_attributes: { deleted: true } },
}

const orders: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  resolving: (session) => doneOf(session).resolve('5', { lamp: 'desk' }, never),
  reading: (session) => readOf(session).markRead('5', never),
  candidates: (session) => assignOf(session).candidates('21', never),
  assigning: (session) => assignOf(session).assign(fifth, ada, never),
  labelling: (session) => there(session.labels).change('5', { add: [], remove: ['old'] }, never),
  prioritising: (session) => there(session.priority).set('5', 'low', never),
  muting: (session) => there(session.mute).mute('5', never),
  replying: (session) => session.send(aReply(), never),
  'looking for a reply': (session) => session.findSent(sought(), never),
  'sending a failed one again': (session) => messagesOf(session).retry('5', '90', never),
  'deleting a message': (session) => messagesOf(session).remove('5', '90', never),
}

describe.each(Object.entries(orders))('the answers to %s', (name, order) => {
  it('are read as they were told', async () => {
    expect(await order(sessionHearing(truth))).toBeDefined()
  })

  it('with any one field of them strange are read or refused, never broken, and never told as undone', async () => {
    for (const each of bent(await heard(order))) {
      const outcome = await attempt(order(sessionHearing({ ...truth, ...each })))
      if (outcome instanceof ProviderFailure) {
        if (name === 'replying') expect(outcome.mayHaveLeft).toBe(true)
        continue
      }
      expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome)
      if (name === 'looking for a reply') expect(outcome).toMatchObject({ finding: expect.any(String) })
    }
  })
})

describe('a reply that the server has', () => {
  it('is found by our id, whatever else of it is strange', async () => {
    const answers = pathsOf(message).filter((path) => path[0] !== 'content_attributes')
    for (const path of answers) {
      for (const value of strangers) {
        const payload = [replaced(message, path, value)]
        const session = sessionHearing({ ...truth, 'GET /conversations/5/messages': { meta: {}, payload } })
        expect((await session.findSent(sought(), never)).finding).toBe('found')
      }
    }
  })
})

describe('signing in', () => {
  const profile: Loose = {
    id: 7,
    name: 'Nilo Verano',
    available_name: 'Nilo',
    email: 'nilo@example.com',
    avatar_url: '',
    access_token: 'the-token',
    pubsub_token: 'a-socket',
    accounts: [{ id: 1, name: 'Lantern Lamps', status: 'active', role: 'agent' }],
  }
  const told: Readonly<Record<string, Loose>> = {
    '/api': { version: '4.10.0', timestamp: 'now', queue_services: 'ok', data_services: 'ok' },
    '/auth/sign_in': { data: profile },
    '/api/v1/profile': profile,
  }

  it.each(Object.keys(told))(
    'with any one field of %s strange is understood or refused, never broken',
    async (at) => {
      for (const path of pathsOf(told[at]))
        for (const value of strangers)
          expectSound(await attempt(probe({ ...told, [at]: replaced(there(told[at]), path, value) })))
    },
  )

  it('with any one field of the second factor strange is understood or refused, never broken', async () => {
    const asks = { mfa_required: true, mfa_token: 'x' }
    for (const path of pathsOf(asks))
      for (const value of strangers)
        expectSound(await attempt(probe({ ...told, '/auth/sign_in': replaced(asks, path, value) })))
  })

  it('is found only with a token and an account', async () => {
    expect(await probe(told)).toMatchObject({ kind: 'found', secret: 'the-token', choices: [{ key: '1' }] })
  })

  function expectSound(outcome: unknown): void {
    if (outcome instanceof ProviderFailure) {
      expect(JSON.stringify([outcome.message, outcome.facts])).not.toMatch(/the-token|a-socket|s3cret/)
      return
    }
    if (!isObject(outcome)) throw new Error('neither signed in nor refused')
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome)
    if (outcome['kind'] === 'asks') return
    expect(outcome['secret']).toMatch(/\S/)
    expect(outcome['choices']).not.toEqual([])
  }

  function probe(answers: Readonly<Record<string, Loose>>): Promise<unknown> {
    const http = scriptedHttp((request) => jsonAnswer(answers[pathOf(request)]))
    const fields = { url: 'https://desk.example.com', email: 'nilo@example.com', password: 's3cret' }
    const ask = { method: 'password', fields, carried: null }
    return chatwoot.probe(ask, { http, clock: handClock(), log: () => {} }, never)
  }
})

/** Each of these answers with one field of it strange, and each as something else altogether. */
function* bent(names: readonly string[]): Generator<Readonly<Record<string, unknown>>> {
  for (const name of names) {
    const body = truth[name]
    for (const value of strangers) {
      if (typeof value !== 'symbol') yield { [name]: value }
      if (isObject(body)) for (const path of pathsOf(body)) yield { [name]: replaced(body, path, value) }
    }
  }
}

/** Which answers it goes by. */
async function heard(order: (session: Session) => Promise<unknown>): Promise<string[]> {
  const names = new Set<string>()
  await order(sessionHearing(truth, (name) => names.add(name)))
  return [...names].filter((name) => name in truth)
}

function sessionHearing(
  answers: Readonly<Record<string, unknown>>,
  hear = (_name: string): unknown => null,
): Session {
  const { session } = scriptedSession((request) => {
    const name = `${request.method} ${pathOf(request).replace('/api/v1/accounts/1', '')}`
    hear(name)
    return name in answers ? jsonAnswer(answers[name]) : jsonAnswer({ error: 'Not Found' }, 404)
  })
  return session
}

function sought(): SoughtReply {
  return aSought({ startedAt: sentAt * 1000 })
}

async function attempt(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ProviderFailure) return error
    throw error
  }
}
