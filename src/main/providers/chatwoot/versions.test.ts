import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aReply,
  byHand,
  doneOf,
  failureOf,
  messagesOf,
  never,
  readOf,
  there,
} from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { asObject } from '../../foreign/read.ts'

/** What differs between the 4.2 tree, 4.10 and newer ones (docs/providers/chatwoot.md §8.4): each is taken as it comes. */
const account = '/api/v1/accounts/1'
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('a bot as the assignee', () => {
  it.each([
    [
      '4.10, with its type beside it',
      { assignee: { id: 3, name: 'Glimmer' }, assignee_type: 'AgentBot' },
      'bot',
    ],
    ['a type of its own', { assignee: { id: 3, name: 'Glimmer', type: 'agent_bot' } }, 'bot'],
    ['4.2, which knows none', { assignee: { id: 12, name: 'Ada Brook' } }, 'agent'],
    ['newer, in a place of its own', { ai_assignee: { id: 3, name: 'Glimmer' } }, undefined],
  ])('%s', async (_, meta, kind) => {
    const raw = asObject(await byHand(here, `${account}/conversations/3`))
    answers({ ...raw, meta: { ...asObject(raw['meta']), ...meta } })
    expect((await here.session.look('3', never)).conversation.assignee?.kind).toBe(kind)
  })
})

describe('who may open a conversation', () => {
  it('differs by version and role: what is refused is refused, not lost', async () => {
    expect(await failureOf(here.session.look('6', never))).toMatchObject({ kind: 'forbidden' })
  })
})

describe('unknown statuses and priorities', () => {
  it('break 4.10 and are refused by newer servers: none is sent, and "none" is always an explicit null', async () => {
    here.simulator.scenario.server({ refusesUnknownEnums: true })
    expect((await there(here.session.priority).set('5', null, never)).priority).toBeNull()
    expect((await doneOf(here.session).pend('5', never)).status.kind).toBe('pending')
  })
})

describe('update_last_seen', () => {
  it.each([false, true])(
    'may answer with an old mark (%s): that is no failure',
    async (skipsIdleLastSeen) => {
      here.simulator.scenario.server({ skipsIdleLastSeen })
      const first = await readOf(here.session).markRead('5', never)
      await here.serverClock.advance(600_000)
      const second = await readOf(here.session).markRead('5', never)
      expect(second.unread).toEqual({ kind: 'exact', count: 0 })
      expect((second.readAt ?? 0) > (first.readAt ?? 0)).toBe(!skipsIdleLastSeen)
    },
  )
})

describe('retry', () => {
  it.each([
    ['4.10, which wipes what a message carries', false],
    ['newer, which keeps it', true],
  ])('%s: ours stays with it', async (_, retriesOnlyFailed) => {
    here.simulator.scenario.server({ retriesOnlyFailed })
    const [first] = (await here.session.thread('5', null, never)).messages
    const { message } = await here.session.send(aReply({ replyTo: there(first).key }), never)
    here.simulator.scenario.messageMoves({ conversation: 5, status: 'failed', externalError: 'Full' })
    const again = await messagesOf(here.session).retry('5', message.key, never)
    expect(again).toMatchObject({ ownId: 'row-1', replyTo: first?.key, delivery: { kind: 'sent' } })
    expect(await messagesOf(here.session).retry('5', message.key, never)).toMatchObject({ key: message.key })
    expect(here.simulator.accepted.actions.filter((each) => each.action === 'retry')).toHaveLength(1)
  })
})

describe('our own id', () => {
  it.each([
    ['is kept by 4.10', true],
    ['is dropped by the 4.2 tree', false],
  ])('%s, and the answer tells', async (_, keepsUnknownContentAttributes) => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes })
    expect((await here.session.send(aReply(), never)).keepsOwnId).toBe(keepsUnknownContentAttributes)
  })
})

describe('totals of what is unread', () => {
  it.each(['absent', 'off', 'on'] as const)(
    '%s: they are never asked for, conversations are counted',
    async (unreadCounts) => {
      here.simulator.scenario.server({ unreadCounts })
      const page = await here.session.pull(null, never)
      expect(page.conversations.find((each) => each.key === '5')?.unread).toEqual({ kind: 'exact', count: 2 })
      expect(here.asked().filter((path) => path.includes('unread_counts'))).toEqual([])
    },
  )
})

describe('presence', () => {
  it('is told over a channel whose rhythm differs: it is not in use', () => {
    expect(here.asked().filter((path) => path.includes('cable'))).toEqual([])
  })
})

describe('new kinds of messages and attachments', () => {
  it('are there, as something else', async () => {
    const voice = {
      id: 9,
      message_type: 0,
      content: 'A call',
      content_type: 'voice_call',
      created_at: 1_767_600_000,
    }
    const files = ['embed', 'ig_post', 'ig_story'].map((file_type, id) => ({ id, file_type }))
    answers({ meta: {}, payload: [{ ...voice, attachments: files }] })
    const { messages } = await here.session.thread('5', null, never)
    expect(messages).toMatchObject([{ kind: 'other', text: 'A call' }])
    expect(messages[0]?.attachments.map((each) => each.kind)).toEqual(['other', 'other', 'other'])
  })
})

describe('assistants', () => {
  it('are asked for nothing, in whichever version they are', async () => {
    await here.session.pull(null, never)
    await here.session.look('5', never)
    expect(here.asked().filter((path) => /captain|copilot/.test(path))).toEqual([])
  })
})

describe('the shape of a status answer', () => {
  it('is nested; a server that says nothing in it is looked at again', async () => {
    answers({ payload: {} })
    expect(await failureOf(doneOf(here.session).resolve('5', {}, never))).toMatchObject({ kind: 'rejected' })
    expect((await doneOf(here.session).resolve('5', {}, never)).status.kind).toBe('done')
  })
})

function answers(body: object): void {
  const answer = { kind: 'status', status: 200, contentType: 'application/json' } as const
  here.simulator.scenario.fault({ ...answer, body: JSON.stringify(body) }, { count: 1 })
}
