import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aReply,
  assignOf,
  byHand,
  doneOf,
  never,
  readOf,
  there,
} from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { asList, asObject } from '../../foreign/read.ts'

/** What moves a conversation's state (docs/providers/chatwoot.md §8.2), each row as a pull tells it to us. */
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('an incoming message', () => {
  it('opens what was snoozed', async () => {
    expect((await look('4')).status.kind).toBe('snoozed')
    here.simulator.scenario.customerWrites({ conversation: 4, text: 'Hello?' })
    expect(await pulled('4')).toMatchObject({ status: { kind: 'open' }, preview: { text: 'Hello?' } })
  })

  it('opens what was resolved', async () => {
    here.simulator.scenario.customerWrites({ conversation: 1, text: 'Hello?' })
    expect((await pulled('1')).status.kind).toBe('open')
  })

  it('sets it pending instead where a bot works the inbox', async () => {
    const key = newIn('Night desk')
    here.simulator.scenario.agentSets({ conversation: Number(key), status: 'resolved' })
    here.simulator.scenario.customerWrites({ conversation: Number(key), text: 'Still there?' })
    expect((await pulled(key)).status.kind).toBe('pending')
  })

  it('changes nothing where the customer is blocked', async () => {
    await there(here.session.mute).mute('5', never)
    here.simulator.scenario.customerWrites({ conversation: 5, text: 'Hello?' })
    expect((await pulled('5')).status.kind).toBe('done')
  })

  it('leaves open and pending as they are, lets them wait from then on, and may be answered again', async () => {
    expect((await look('2')).canReply).toBe(false)
    const at = here.serverClock.now()
    here.simulator.scenario.customerWrites({ conversation: 2, text: 'A brass one' })
    const open = await pulled('2')
    expect(open).toMatchObject({ status: { kind: 'open' }, canReply: true })
    expect(open.lastTheirsAt).toBeGreaterThanOrEqual(at)
    expect(open.waitingSince).toBe(at)
    here.simulator.scenario.customerWrites({ conversation: 7, text: 'שלום?' })
    expect((await pulled('7')).status.kind).toBe('pending')
  })
})

describe('a reply by a human', () => {
  it('ends the waiting, and changes neither the status nor what is unread', async () => {
    const before = await look('3')
    await here.session.send(aReply({ conversationKey: '3' }), never)
    const after = await look('3')
    expect(before.waitingSince).not.toBeNull()
    expect(after.waitingSince).toBeNull()
    expect(after.lastReplyAt).toBe(here.serverClock.now())
    expect([after.status, after.unread]).toEqual([before.status, before.unread])
  })
})

describe('a note, or an activity', () => {
  it('moves the last activity, and nothing else', async () => {
    const before = await look('3')
    await here.serverClock.advance(60_000)
    await here.session.send(aReply({ conversationKey: '3', isNote: true }), never)
    const after = await look('3')
    expect(after.lastActivityAt).toBeGreaterThan(before.lastActivityAt)
    const still = ({ status, waitingSince, unread, lastReplyAt, lastTheirsAt }: Conversation) => ({ status, waitingSince, unread, lastReplyAt, lastTheirsAt }) // prettier-ignore
    expect(still(after)).toEqual(still(before))
    await here.serverClock.advance(60_000)
    // What happened to it is written down in its thread, a moment later.
    await there(here.session.priority).set('3', 'high', never)
    await here.serverClock.advance(5_000)
    here.simulator.scenario.tick()
    const told = await here.session.look('3', never)
    expect(told.messages.map((each) => each.kind)).toContain('activity')
    expect(told.conversation.lastActivityAt).toBeGreaterThan(after.lastActivityAt)
    expect(still(told.conversation)).toEqual(still(before))
  })
})

describe('resolving', () => {
  it('ends the waiting', async () => {
    expect((await doneOf(here.session).resolve('3', {}, never)).waitingSince).toBeNull()
  })

  it('may ask the customer how it was, a moment later', async () => {
    here.simulator.scenario.inboxSettings({ inbox: 21, asksForRating: true })
    await doneOf(here.session).resolve('5', {}, never)
    await here.serverClock.advance(1000)
    here.simulator.scenario.tick()
    const { messages } = await here.session.thread('5', null, never)
    expect(messages.at(-1)).toMatchObject({ side: 'bot', rating: { stars: null, words: null } })
  })
})

describe('an agent setting "open"', () => {
  it('would take the conversation over; whose it was gets it back', async () => {
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    await byHand(here, '/api/v1/accounts/1/conversations/2/toggle_status', { status: 'open' })
    expect((await look('2')).assignee?.isMe).toBe(true)
    here.simulator.scenario.agentAssigns({ conversation: 2, to: 'Ada' })
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    expect(await doneOf(here.session).reopen('2', never)).toMatchObject({
      restored: true,
      conversation: { status: { kind: 'open' }, assignee: { name: 'Ada Brook' } },
    })
  })

  it('does not take it over for an administrator, and there is nothing to give back', async () => {
    here.simulator.scenario.membership({ role: 'administrator' })
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    here.sent()
    expect((await doneOf(here.session).reopen('2', never)).conversation.assignee?.name).toBe('Ada Brook')
    expect(here.sent().filter((each) => each.path.endsWith('assignments'))).toEqual([])
  })
})

describe('a team', () => {
  it('keeps an assignee who is in it, and drops one who is not', async () => {
    const [first] = asList(await byHand(here, '/api/v1/accounts/1/teams')).map(asObject)
    const returns = { key: String(first?.['id']), name: 'returns' }
    const kept = await assignOf(here.session).assignTeam(await look('5'), returns, never)
    expect([kept.team, kept.assignee?.isMe]).toEqual(['returns', true])
    here.simulator.scenario.agentAssigns({ conversation: 3, to: 'Otto' })
    const dropped = await assignOf(here.session).assignTeam(await look('3'), returns, never)
    expect([dropped.team, dropped.assignee]).toEqual(['returns', null])
  })
})

describe('a team that gives work out by itself', () => {
  it('brings its assignee along, who is told at once', async () => {
    here.simulator.scenario.teamSettings({ team: 'returns', allowAutoAssign: true })
    here.simulator.scenario.agentAssigns({ conversation: 3, to: null })
    const [first] = asList(await byHand(here, '/api/v1/accounts/1/teams')).map(asObject)
    const returns = { key: String(first?.['id']), name: 'returns' }
    const { conversation } = await here.session.look('3', never)
    const given = await assignOf(here.session).assignTeam(conversation, returns, never)
    expect(given.team).toBe('returns')
    expect(given.assignee).not.toBeNull()
  })
})

describe('an inbox that gives work out by itself', () => {
  it('tells on the answer who got what was opened with nobody on it', async () => {
    here.simulator.scenario.membership({ role: 'administrator' })
    here.simulator.scenario.inboxSettings({ inbox: 21, autoAssignment: true })
    here.simulator.scenario.agentAssigns({ conversation: 5, to: null })
    here.simulator.scenario.agentSets({ conversation: 5, status: 'resolved' })
    const { conversation } = await doneOf(here.session).reopen('5', never)
    expect(conversation.status.kind).toBe('open')
    expect(conversation.assignee).toEqual((await look('5')).assignee)
  })

  it('is not undone: who got it on opening keeps it', async () => {
    here.simulator.scenario.agentAssigns({ conversation: 2, to: null })
    here.simulator.scenario.agentSets({ conversation: 2, status: 'resolved' })
    const path = '/api/v1/accounts/1/conversations/2'
    const raw = asObject(await byHand(here, path))
    const given = {
      ...raw,
      status: 'open',
      meta: { ...asObject(raw['meta']), assignee: { id: 12, name: 'Ada' } },
    }
    // Between the order and the look the round of the inbox came to Ada.
    const answer = { kind: 'status', status: 200, contentType: 'application/json', body: JSON.stringify(given) } as const // prettier-ignore
    here.simulator.scenario.fault(answer, { path, method: 'GET', skip: 1, count: 1 })
    here.sent()
    const { conversation, restored } = await doneOf(here.session).reopen('2', never)
    expect([restored, conversation.assignee?.name]).toEqual([true, 'Ada'])
    expect(here.sent().filter((each) => each.path.endsWith('assignments'))).toEqual([])
  })
})

describe('muting', () => {
  it('blocks the customer everywhere and resolves this conversation alone', async () => {
    const muted = await there(here.session.mute).mute('3', never)
    expect(muted).toMatchObject({ muted: true, status: { kind: 'done' }, customer: { blocked: true } })
    // The same customer in another inbox.
    here.simulator.scenario.agentSets({ conversation: 1, status: 'open' })
    expect(await look('1')).toMatchObject({ customer: { blocked: true }, status: { kind: 'open' } })
  })

  it('taken back only unblocks: it stays resolved', async () => {
    await there(here.session.mute).mute('3', never)
    const unmuted = await there(here.session.mute).unmute('3', never)
    expect(unmuted).toMatchObject({ muted: false, status: { kind: 'done' }, customer: { blocked: false } })
  })
})

describe('a new conversation', () => {
  it('is open, or pending where a bot works the inbox', async () => {
    expect((await pulled(newIn('Website'))).status.kind).toBe('open')
    expect((await pulled(newIn('Night desk'))).status.kind).toBe('pending')
  })

  it('is resolved at birth where the customer is blocked', async () => {
    const { customer } = await there(here.session.mute).mute('3', never)
    const start = there(here.session.start)
    const [inbox] = await start.inboxes(customer.key, never)
    const known = { kind: 'known', key: customer.key } as const
    const given = { customer: known, inboxKey: there(inbox).key, subject: null }
    expect((await start.begin(given, never)).conversation.status.kind).toBe('done')
  })
})

describe('the end of a snooze', () => {
  it('comes up to five minutes late, and is told like any change', async () => {
    const { status } = await look('4')
    const until = status.kind === 'snoozed' ? there(status.until) : 0
    await here.serverClock.advance(until - here.serverClock.now() + 300_000)
    here.simulator.scenario.tick()
    expect((await pulled('4')).status.kind).toBe('open')
  })
})

describe('resolving by the account’s own rule', () => {
  it('is told like any change', async () => {
    await pulled('5')
    here.simulator.scenario.agentSets({ conversation: 5, status: 'resolved', as: 'bot' })
    expect((await pulled('5')).status.kind).toBe('done')
  })
})

describe('reading', () => {
  it('moves the mark alone', async () => {
    const before = await look('5')
    await readOf(here.session).markRead('5', never)
    const after = await look('5')
    expect(after).toMatchObject({ unread: { kind: 'exact', count: 0 } })
    expect([after.updatedAt, after.lastActivityAt]).toEqual([before.updatedAt, before.lastActivityAt])
  })
})

async function look(key: string): Promise<Conversation> {
  return (await here.session.look(key, never)).conversation
}

/** The conversation as pulling brings it, from the beginning. */
async function pulled(key: string): Promise<Conversation> {
  let cursor: string | null = null
  for (;;) {
    const page = await here.session.pull(cursor, never)
    const found = page.conversations.find((each) => each.key === key)
    if (found !== undefined) return found
    if (!page.more) throw new Error(`no conversation ${key}`)
    cursor = page.cursor
  }
}

/** Somebody new writes there; answers the conversation's key. */
function newIn(name: string): string {
  const inbox = { Website: 21, 'Night desk': 25 }[name]
  return String(here.simulator.scenario.customerWrites({ inbox, text: 'Good evening' }).conversation)
}
