import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SoughtReply } from '../provider.ts'
import {
  aReply,
  aSought,
  doneOf,
  failureOf,
  never,
  readOf,
} from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'

const messagesPath = '/api/v1/accounts/*/conversations/*/messages'
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('a reply', () => {
  it('arrives as it was written, with our id on it', async () => {
    const { message, keepsOwnId } = await send('Tonight, I promise 🙂\nNilo')
    expect(keepsOwnId).toBe(true)
    expect(message).toMatchObject({
      side: 'me',
      kind: 'text',
      text: 'Tonight, I promise 🙂\nNilo',
      ownId: 'row-1',
    })
    expect(here.simulator.accepted.messages.map((each) => each.content)).toEqual([
      'Tonight, I promise 🙂\nNilo',
    ])
  })

  it('never carries what would stop its delivery', async () => {
    await send('Hello')
    const [sent] = here.simulator.scenario.look({ conversation: 5 }).messages.slice(-1)
    expect(sent).toMatchObject({ source_id: null, message_type: 1 })
  })

  it('with braces is not filled in by the server', async () => {
    expect((await send('Use {{contact.name}} in the template')).message.text).toBe(
      'Use `{{contact.name}}` in the template',
    )
  })

  it('says where a server does not keep our id', async () => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes: false })
    expect(await send('Hello')).toMatchObject({ keepsOwnId: false, message: { ownId: null } })
  })

  it('refused with reasons was not sent', async () => {
    const body = JSON.stringify({ error: 'Validation failed: Content is too long' })
    here.simulator.scenario.fault(
      { kind: 'status', status: 422, contentType: 'application/json', body },
      { count: 1 },
    )
    expect(await failureOf(send('x'))).toMatchObject({
      kind: 'rejected',
      facts: { reason: 'Validation failed: Content is too long' },
      mayHaveLeft: false,
    })
  })

  it.each(['dropAfterAccept', 'junkJson', 'halfJson', 'cutOff'] as const)(
    'answered with %s may have been sent',
    async (kind) => {
      here.simulator.scenario.fault({ kind }, { method: 'POST', count: 1 })
      expect((await failureOf(send('Hello'))).mayHaveLeft).toBe(true)
      expect(here.simulator.accepted.messages).toHaveLength(1)
    },
  )

  it('to a server that is not there has surely not been sent', async () => {
    await here.simulator.close()
    expect(await failureOf(send('Hello'))).toMatchObject({
      kind: 'offline',
      code: 'refused',
      mayHaveLeft: false,
    })
  })
})

describe('looking for a reply whose answer was lost', () => {
  it('finds it by our id', async () => {
    const startedAt = await sendAndLose('Hello')
    expect(await find('Hello', { startedAt })).toMatchObject({
      finding: 'found',
      message: { ownId: 'row-1' },
    })
  })

  it('finds it by author, words and time where the server keeps no ids', async () => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes: false })
    const startedAt = await sendAndLose('Hello   there {{x}}')
    expect((await find('Hello there {{x}}', { startedAt })).finding).toBe('found')
  })

  it('finds it though the conversation went on for pages', async () => {
    const startedAt = await sendAndLose('Hello')
    for (let i = 0; i < 45; i++) here.simulator.scenario.customerWrites({ conversation: 5, text: `And ${i}` })
    expect((await find('Hello', { startedAt })).finding).toBe('found')
  })

  it.each([-7_200_000, 7_200_000])('finds it though our own clock is wrong by %i ms', async (wrongBy) => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes: false })
    here.clock.jump(wrongBy)
    const startedAt = await sendAndLose('Hello')
    expect((await find('Hello', { startedAt })).finding).toBe('found')
  })

  it('does not find what came late before it came', async () => {
    const startedAt = here.clock.now()
    here.simulator.scenario.fault({ kind: 'acceptLate', delayMs: 30_000 }, { method: 'POST', count: 1 })
    expect((await failureOf(send('Hello'))).mayHaveLeft).toBe(true)
    expect((await find('Hello', { startedAt })).finding).toBe('absent')
    await here.serverClock.advance(30_000)
    here.simulator.scenario.tick()
    expect((await find('Hello', { startedAt })).finding).toBe('found')
  })

  it.each([
    [
      'a colleague’s',
      () => here.simulator.scenario.agentWrites({ conversation: 5, as: 'Ada', text: 'Hello' }),
    ],
    [
      'a note',
      () =>
        here.simulator.scenario.agentWrites({ conversation: 5, as: 'me', text: 'Hello', isPrivate: true }),
    ],
    ['the customer’s', () => here.simulator.scenario.customerWrites({ conversation: 5, text: 'Hello' })],
  ] as const)('does not take %s words for it', async (_, write) => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes: false })
    const startedAt = here.clock.now()
    write()
    expect((await find('Hello', { startedAt })).finding).toBe('absent')
  })

  it('does not take an older or a claimed message for it', async () => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes: false })
    const written = here.simulator.scenario.agentWrites({ conversation: 5, as: 'me', text: 'Hello' })
    const startedAt = here.clock.now()
    expect((await find('Hello', { startedAt, claimed: [String(written.message)] })).finding).toBe('absent')
    await Promise.all([here.clock.advance(120_000), here.serverClock.advance(120_000)])
    expect((await find('Hello', { startedAt: startedAt + 120_000 })).finding).toBe('absent')
  })

  it('does not take equal words from elsewhere for it where the server keeps our ids', async () => {
    const startedAt = here.clock.now()
    await send('Something else')
    here.simulator.scenario.agentWrites({ conversation: 5, as: 'me', text: 'Hello' })
    expect((await find('Hello', { startedAt, ownId: 'row-2' })).finding).toBe('unknowable')
  })

  it('cannot tell where the conversation is out of reach', async () => {
    here.simulator.scenario.fault({ kind: 'refused', why: 'denied' }, { path: messagesPath })
    expect(await find('Hello', {})).toEqual({ finding: 'unknowable', message: null })
  })

  it('tries again later where it could not even look', async () => {
    here.simulator.scenario.fault({ kind: 'badGateway', status: 502 }, { path: messagesPath })
    expect(await failureOf(find('Hello', {}))).toMatchObject({ kind: 'busy' })
  })

  it('cannot tell where more was written since than can be looked through', async () => {
    for (let i = 0; i < 210; i++) here.simulator.scenario.customerWrites({ conversation: 5, text: `${i}` })
    expect((await find('Never left', {})).finding).toBe('unknowable')
  })

  it.each([200, 403, 404])('tries again later where a page with %i stands in between', async (status) => {
    const page = {
      kind: 'status',
      status,
      contentType: 'text/html',
      body: '<!doctype html><p>Sign in',
    } as const
    here.simulator.scenario.fault(page, { path: messagesPath })
    expect(await failureOf(find('Hello', {}))).toMatchObject({ code: 'proxyPage' })
  })
})

describe('resolving and reopening', () => {
  it('resolves, also twice', async () => {
    expect((await done().resolve('5', {}, never)).status).toEqual({ kind: 'done' })
    expect((await done().resolve('5', {}, never)).status).toEqual({ kind: 'done' })
  })

  it('gives a reopened conversation back to the colleague who had it', async () => {
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    const { conversation, restored } = await done().reopen('2', never)
    expect(restored).toBe(true)
    expect(conversation).toMatchObject({
      status: { kind: 'open' },
      assignee: { name: 'Ada Brook', isMe: false },
    })
  })

  it('gives a reopened conversation back to nobody', async () => {
    here.simulator.scenario.agentAssigns({ conversation: 2, to: null })
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    const { conversation, restored } = await done().reopen('2', never)
    expect([restored, conversation.assignee]).toEqual([true, null])
  })

  it('gives a reopened conversation back to a bot', async () => {
    here.simulator.scenario.agentAssigns({ conversation: 2, to: 'bot' })
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    const { conversation, restored } = await done().reopen('2', never)
    expect([restored, conversation.assignee?.kind]).toEqual([true, 'bot'])
  })

  it('gives it back also where the answer was lost, and the order is repeated', async () => {
    for (const [kind, path] of [
      ['dropAfterAccept', '/api/v1/accounts/*/conversations/*/toggle_status'],
      ['serverError', '/api/v1/accounts/*/conversations/*'],
    ] as const) {
      here.simulator.scenario.agentAssigns({ conversation: 2, to: 'Ada' })
      here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
      const skip = kind === 'serverError' ? 1 : 0
      here.simulator.scenario.fault({ kind }, { path, skip, count: 1 })
      expect(await failureOf(done().reopen('2', never))).toMatchObject({ mayHaveLeft: true })
      expect(await done().reopen('2', never)).toMatchObject({
        restored: true,
        conversation: { status: { kind: 'open' }, assignee: { name: 'Ada Brook' } },
      })
    }
  })

  it('leaves alone what is mine, and what is open already', async () => {
    expect(await done().reopen('1', never)).toMatchObject({
      restored: true,
      conversation: { assignee: { isMe: true } },
    })
    here.asked()
    expect((await done().reopen('2', never)).restored).toBe(true)
    expect(here.asked()).toEqual(['/conversations/2'])
  })

  it('says where the former assignee could not be had back', async () => {
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    here.simulator.scenario.fault(
      { kind: 'refused', why: 'denied' },
      { path: '/api/v1/accounts/*/conversations/*/assignments' },
    )
    const { conversation, restored } = await done().reopen('2', never)
    expect(restored).toBe(false)
    expect(conversation).toMatchObject({ status: { kind: 'open' }, assignee: { isMe: true } })
  })

  it('does not take an answer that unassigned instead for success', async () => {
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    const answer = { kind: 'status', status: 200, contentType: 'application/json', body: 'null' } as const
    here.simulator.scenario.fault(answer, { path: '/api/v1/accounts/*/conversations/*/assignments' })
    expect((await done().reopen('2', never)).restored).toBe(false)
  })

  it('does not take a status that stayed for success', async () => {
    const body = JSON.stringify({ payload: { success: true, conversation_id: 5, current_status: 'open' } })
    here.simulator.scenario.fault(
      { kind: 'status', status: 200, contentType: 'application/json', body },
      { count: 1 },
    )
    expect(await failureOf(done().resolve('5', {}, never))).toMatchObject({ kind: 'rejected' })
  })
})

describe('read marks', () => {
  it('are for the whole team', () => {
    expect(read().scope).toBe('everyone')
  })

  it('can be set and taken back', async () => {
    expect((await read().markRead('5', never)).unread).toEqual({ kind: 'exact', count: 0 })
    const marked = await read().markUnread('5', never)
    expect(marked.unread).toEqual({ kind: 'exact', count: 1 })
    expect(marked.lastTheirsAt ?? 0).toBeGreaterThan(marked.readAt ?? 0)
  })

  it('are read again where the answer does not tell them', async () => {
    const answer = { kind: 'status', status: 200, contentType: 'application/json', body: '{}' } as const
    here.simulator.scenario.fault(answer, { method: 'POST', count: 1 })
    expect((await read().markRead('5', never)).key).toBe('5')
  })
})

describe('a thread', () => {
  it('comes in pages, oldest first, until its beginning', async () => {
    for (let i = 0; i < 30; i++)
      here.simulator.scenario.customerWrites({ conversation: 5, text: `Line ${i}` })
    const newest = await here.session.thread('5', null, never)
    const older = await here.session.thread('5', newest.messages[0]?.key ?? null, never)
    expect([newest.messages.length, newest.hasOlder, older.hasOlder]).toEqual([20, true, false])
    expect(older.messages[0]?.text).toBe('Hello! My lamp was to come yesterday.')
    expect(newest.messages.at(-1)?.text).toBe('Line 29')
  })

  it('that is gone is gone', async () => {
    expect(await failureOf(here.session.thread('999', null, never))).toMatchObject({
      kind: 'gone',
      code: 'gone',
    })
  })
})

describe('the time to reply in', () => {
  it('goes by the server’s clock, however wrong ours is', async () => {
    here.simulator.scenario.customerWrites({ conversation: 2, text: 'A brass one' })
    here.clock.jump(3 * 86_400_000)
    const { conversation } = await here.session.look('2', never)
    expect(conversation).toMatchObject({ canReply: true, replyWindowMs: 86_400_000 })
  })

  it('is the workspace’s own for an Api channel', async () => {
    const { conversation: key } = here.simulator.scenario.customerWrites({ inbox: 24, text: 'Order 7?' })
    const { conversation } = await here.session.look(String(key), never)
    expect(conversation).toMatchObject({ inbox: { channel: 'api' }, replyWindowMs: 48 * 3_600_000 })
  })
})

it('names the account that is suspended', async () => {
  here.simulator.scenario.suspend({ isSuspended: true })
  expect(await failureOf(here.session.pull(null, never))).toMatchObject({
    kind: 'auth',
    code: 'suspended',
    facts: { account: 'Lantern Lamps' },
  })
})

function send(text: string) {
  return here.session.send(aReply({ text }), never)
}

async function sendAndLose(text: string): Promise<number> {
  const startedAt = here.clock.now()
  here.simulator.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'POST', count: 1 })
  await failureOf(send(text))
  return startedAt
}

function find(text: string, given: Partial<SoughtReply>) {
  return here.session.findSent(aSought({ text, startedAt: here.clock.now(), ...given }), never)
}

function done() {
  return doneOf(here.session)
}

function read() {
  return readOf(here.session)
}
