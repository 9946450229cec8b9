import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf, never } from '../../../../tests/support/chatwoot-tries.ts'
import {
  rosaIdentifier,
  startSimulatedPublic,
  type SimulatedPublic,
} from '../../../../tests/support/simulated-chatwoot-public.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import type { Page, Session } from '../provider.ts'
import { chatwootPublic } from './chatwoot-public.ts'

/** Everything there is, each time, as little of it as may be (docs/providers/chatwoot-public.md §2.2, §5.2, §6). */
let here: SimulatedPublic
let session: Session
beforeEach(async () => {
  here = await startSimulatedPublic()
  session = await here.open({ as: 'both' })
})
afterEach(() => here.close())

describe('a round', () => {
  it('asks once for each of us and puts the newest first, in whatever order they came', async () => {
    const { lamp, cord, bulb } = here.tickets
    for (const publicOrder of ['oldestFirst', 'newestFirst', 'mixed'] as const) {
      here.simulator.scenario.server({ publicOrder })
      expect(keysOf(await session.pull(null, never))).toEqual([bulb, lamp, cord].map(String))
    }
    expect(here.asked().slice(0, 2)).toEqual([
      'GET /contacts/rosa/conversations',
      'GET /contacts/milo/conversations',
    ])
  })

  it('tells tickets with their sides turned round, named after the inbox and their number', async () => {
    const { conversations } = await session.pull(null, never)
    const { lamp, cord } = here.tickets
    expect(conversations.find(({ key }) => key === String(lamp))).toMatchObject({
      status: { kind: 'open' },
      customer: { name: `Shop system #${lamp}` },
      inbox: { name: 'Rosa Lind', channel: 'api' },
      preview: { side: 'them', author: 'Ada Brook', text: 'Since when?' },
      unread: { kind: 'exact', count: 1 },
      readScope: 'own',
      waitingSince: null,
    })
    expect(conversations.find(({ key }) => key === String(cord))?.status).toEqual({ kind: 'done' })
  })

  it.each(['pending', 'snoozed'] as const)('shows as open what they call %s', async (status) => {
    here.simulator.scenario.agentSets({ conversation: here.tickets.lamp, as: 'ada', status })
    expect((await session.look(String(here.tickets.lamp), never)).conversation.status).toEqual({
      kind: 'open',
    })
  })

  it('tells neither notes nor what the system notes', async () => {
    const { lamp } = here.tickets
    here.simulator.scenario.agentWrites({ conversation: lamp, as: 'ada', text: 'Difficult', isPrivate: true })
    const { messages } = await session.look(String(lamp), never)
    expect(messages.map(({ side, text }) => [side, text])).toEqual([
      ['me', 'My lamp flickers.'],
      ['them', 'Since when?'],
    ])
  })

  it('reads nothing of an answer that is the one of before', async () => {
    const { cursor } = await session.pull(null, never)
    const again = await session.pull(cursor, never)
    expect([again.conversations, again.messages, again.cursor]).toEqual([[], [], cursor])
    here.simulator.scenario.agentWrites({ conversation: here.tickets.bulb, as: 'ada', text: 'E27.' })
    expect(keysOf(await session.pull(cursor, never))).toEqual([String(here.tickets.bulb)])
  })

  it('wishes for a pause', async () => {
    expect((await session.pull(null, never)).minDelayMs).toBeGreaterThanOrEqual(10_000)
  })
})

describe('a ticket that is not listed any more', () => {
  it('is gone once its own address says so', async () => {
    const { cursor } = await session.pull(null, never)
    here.simulator.scenario.conversationDeleted({ conversation: here.tickets.cord })
    await here.serverClock.advance(1_000)
    here.simulator.scenario.tick()
    here.asked()
    const page = await session.pull(cursor, never)
    expect(page.gone).toEqual([String(here.tickets.cord)])
    expect(here.asked()).toContain(`GET /contacts/rosa/conversations/${here.tickets.cord}`)
    expect((await session.pull(page.cursor, never)).gone).toEqual([])
  })

  it('is not gone while nobody can say so', async () => {
    const { cursor } = await session.pull(null, never)
    here.simulator.scenario.conversationDeleted({ conversation: here.tickets.cord })
    await here.serverClock.advance(1_000)
    here.simulator.scenario.tick()
    here.simulator.scenario.fault(
      { kind: 'badGateway', status: 502 },
      { path: `/public/**/${here.tickets.cord}` },
    )
    here.simulator.scenario.fault(
      { kind: 'badGateway', status: 502 },
      { path: `/public/api/v1/inboxes/*/contacts/*/conversations/${here.tickets.cord}` },
    )
    const page = await session.pull(cursor, never)
    expect(page.gone).toEqual([])
    here.simulator.scenario.clearFaults()
    expect((await session.pull(page.cursor, never)).gone).toEqual([String(here.tickets.cord)])
  })

  it('of somebody who is none of us any more is gone too', async () => {
    const { cursor } = await session.pull(null, never)
    const alone = await here.open()
    expect((await alone.pull(cursor, never)).gone).toEqual([String(here.tickets.bulb)])
  })
})

describe('one of several contacts that cannot be read', () => {
  const ofMilo = () => `/public/api/v1/inboxes/*/contacts/${here.tickets.milo}/**`

  it('keeps what it had, and the others go on', async () => {
    const { cursor } = await session.pull(null, never)
    here.simulator.scenario.fault({ kind: 'serverError' }, { path: ofMilo() })
    here.simulator.scenario.agentWrites({ conversation: here.tickets.lamp, as: 'ada', text: 'Hello?' })
    const page = await session.pull(cursor, never)
    expect([keysOf(page), page.gone]).toEqual([[here.tickets.lamp, here.tickets.cord].map(String), []])
    here.simulator.scenario.clearFaults()
    expect((await session.pull(page.cursor, never)).gone).toEqual([])
    expect(here.log.join()).toContain('provider.contactUnread')
  })

  it('that is deleted locks nobody out', async () => {
    const { cursor } = await session.pull(null, never)
    here.simulator.scenario.publicContactGone({ contact: here.tickets.milo })
    expect((await session.pull(cursor, never)).gone).toEqual([])
    here.simulator.scenario.publicContactGone({ contact: here.tickets.rosa })
    expect(await failureOf(session.pull(cursor, never))).toMatchObject({ kind: 'auth', code: 'auth' })
  })

  it('is no reason to go on where the server asks for rest', async () => {
    here.simulator.scenario.fault({ kind: 'rateLimited', retryAfter: null }, { path: ofMilo() })
    expect(await failureOf(session.pull(null, never))).toMatchObject({
      kind: 'rateLimited',
      retryAt: here.clock.now() + 60_000,
    })
  })
})

describe('whose a ticket is', () => {
  it('is asked for once after a start', async () => {
    const key = String(here.tickets.bulb)
    await session.look(key, never)
    expect(here.asked()).toEqual([
      `GET /contacts/rosa/conversations/${key}`,
      `GET /contacts/milo/conversations/${key}`,
      `GET /contacts/milo/conversations/${key}`,
    ])
    await session.look(key, never)
    expect(here.asked()).toHaveLength(1)
  })

  it('is nobody’s where none of us has it', async () => {
    expect(await failureOf(session.look('999', never))).toMatchObject({ kind: 'gone' })
  })
})

describe('an old version that breaks over the list of who proved their identity', () => {
  it('is named, since only an update helps', async () => {
    here.simulator.scenario.server({ breaksListOfVerified: true })
    const proven = await here.open({ fields: { identifier: rosaIdentifier, hash: here.tickets.rosaHash } })
    expect(await failureOf(proven.pull(null, never))).toMatchObject({ kind: 'busy', code: 'listBroken' })
  })

  it('is not taken for any other 500', async () => {
    here.simulator.scenario.fault({ kind: 'serverError' }, { path: '/public/**' })
    expect(await failureOf(session.pull(null, never))).toMatchObject({ kind: 'busy', code: 'busy' })
  })
})

describe('a secret that is none', () => {
  it.each([
    '',
    '{}',
    '{"inbox":"x","contacts":[]}',
    '{"inbox":"","contacts":[{"identifier":"a","key":"1"}]}',
  ])('%j locks the account without asking anybody', async (secret) => {
    const http = { request: () => Promise.reject(new Error('asked')) }
    const account = { id: accountId('home'), key: '1', baseUrl: 'https://desk.example.com', settings: {} }
    const opened = chatwootPublic.open(account, secret, { http, clock: here.clock, log: () => {} })
    expect(await failureOf(opened.pull(null, never))).toMatchObject({ kind: 'auth' })
    expect(await failureOf(opened.look('1', never))).toMatchObject({ kind: 'auth' })
  })
})

function keysOf(page: Page): string[] {
  return page.conversations.map(({ key }) => key)
}
