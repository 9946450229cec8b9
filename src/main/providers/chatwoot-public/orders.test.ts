import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aReply, failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import {
  startSimulatedPublic,
  type SimulatedPublic,
} from '../../../../tests/support/simulated-chatwoot-public.ts'
import type { Session } from '../provider.ts'

/** What a customer can set: resolved, read, typing, and a ticket of their own (docs/providers/chatwoot-public.md §2.4). */
let here: SimulatedPublic
let session: Session
let key = ''
beforeEach(async () => {
  here = await startSimulatedPublic()
  session = await here.open()
  key = String(here.tickets.lamp)
})
afterEach(() => here.close())

describe('resolving', () => {
  it('only ever resolves: a second time is a quiet yes, and the other side reads who did it', async () => {
    for (const _ of [1, 2])
      expect((await there(session.done).resolve(key, {}, never)).status).toEqual({ kind: 'done' })
    expect(here.asked()).toEqual(Array(2).fill(`POST /contacts/rosa/conversations/${key}/toggle_status`))
    const { messages } = here.simulator.scenario.look({ conversation: here.tickets.lamp })
    const notes = messages.filter((each) => (each as { message_type: number }).message_type === 2)
    expect(notes).toHaveLength(1)
  })

  it('has no way back but a new message', async () => {
    expect(session.done).toMatchObject({ verb: 'resolveSeen' })
    expect([session.done?.reopen, session.done?.pend, session.done?.asks]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    await there(session.done).resolve(key, {}, never)
    await session.send(aReply({ conversationKey: key, text: 'It flickers again.' }), never)
    expect((await session.look(key, never)).conversation.status).toEqual({ kind: 'open' })
  })

  it('that was answered with yes and not done is told as that', async () => {
    here.simulator.scenario.server({ ignoresResolveByCustomer: true })
    expect(await failureOf(there(session.done).resolve(key, {}, never))).toMatchObject({
      kind: 'rejected',
      code: 'notCarriedOut',
      mayHaveLeft: false,
    })
  })

  it('that was answered with nothing is looked up', async () => {
    const path = '/public/**'
    here.simulator.scenario.fault(
      { kind: 'status', status: 200, contentType: 'text/html', body: '' },
      { method: 'POST', path, count: 1 },
    )
    expect(await failureOf(there(session.done).resolve(key, {}, never))).toMatchObject({
      code: 'notCarriedOut',
    })
    here.simulator.scenario.agentSets({ conversation: here.tickets.lamp, as: 'ada', status: 'resolved' })
    here.simulator.scenario.fault(
      { kind: 'status', status: 200, contentType: 'text/html', body: '' },
      { method: 'POST', path, count: 1 },
    )
    expect((await there(session.done).resolve(key, {}, never)).status).toEqual({ kind: 'done' })
  })

  it('of a ticket that is gone says so, and of a contact that is gone locks the account', async () => {
    expect(await failureOf(there(session.done).resolve('999', {}, never))).toMatchObject({ kind: 'gone' })
    here.simulator.scenario.publicContactGone({ contact: here.tickets.rosa })
    expect(await failureOf(there(session.done).resolve(key, {}, never))).toMatchObject({ kind: 'auth' })
  })
})

describe('the read mark', () => {
  it('is ours alone, and is read back', async () => {
    const read = there(session.read)
    expect([read.scope, read.markUnread]).toEqual(['own', undefined])
    const seen = await read.markRead(key, never)
    expect([seen.unread, seen.readAt]).toEqual([{ kind: 'exact', count: 0 }, here.serverClock.now()])
  })

  it('leaves what they write later unread, from the next second on', async () => {
    await there(session.read).markRead(key, never)
    const wrote = () =>
      here.simulator.scenario.agentWrites({ conversation: here.tickets.lamp, as: 'ada', text: 'And now?' })
    wrote()
    expect((await session.look(key, never)).conversation.unread).toEqual({ kind: 'exact', count: 0 })
    await here.serverClock.advance(1_000)
    wrote()
    expect((await session.look(key, never)).conversation.unread).toEqual({ kind: 'exact', count: 1 })
  })
})

describe('typing', () => {
  it('is told and taken back', async () => {
    for (const isTyping of [true, false])
      await there(session.typing).tell(key, { isTyping, isNote: false }, never)
    expect(here.simulator.accepted.actions.map(({ value }) => value)).toEqual(['on', 'off'])
  })
})

describe('a new ticket', () => {
  const own = { kind: 'own' } as const

  it('is opened as the only one of us, without words', async () => {
    const start = there(session.start)
    expect(await start.customers('anybody', never)).toEqual([])
    const [inbox] = await start.inboxes(null, never)
    expect(inbox).toMatchObject({ name: 'Shop system', needs: 'nothing', hasSubject: false })
    const begun = await start.begin({ customer: own, inboxKey: there(inbox).key, subject: null }, never)
    expect([begun.messages, begun.conversation.status]).toEqual([[], { kind: 'open' }])
    expect(begun.conversation.lastActivityAt).toBe(here.clock.now())
    const { message } = await session.send(
      aReply({ conversationKey: begun.conversation.key, text: 'A new one' }),
      never,
    )
    expect(message.side).toBe('me')
  })

  it('is opened as whom of us is chosen', async () => {
    const start = there((await here.open({ as: 'both' })).start)
    const inboxes = await start.inboxes(null, never)
    expect(inboxes.map(({ name }) => name)).toEqual(['Rosa Lind', 'Milo Arce'])
    await start.begin({ customer: own, inboxKey: there(inboxes[1]).key, subject: null }, never)
    expect(here.asked()).toEqual(['POST /contacts/milo/conversations'])
  })

  it('may be an old one, resolved, where the inbox keeps one for each customer', async () => {
    here.simulator.scenario.inboxSettings({ inbox: 24, isLockedToOne: true })
    await there(session.done).resolve(key, {}, never)
    const begun = await there(session.start).begin({ customer: own, inboxKey: '', subject: null }, never)
    expect([begun.conversation.key, begun.conversation.status]).toEqual([key, { kind: 'done' }])
    expect(begun.messages).toHaveLength(2)
  })

  it('is for nobody else', async () => {
    const customer = { kind: 'known', key: '1' } as const
    const begun = there(session.start).begin({ customer, inboxKey: '', subject: null }, never)
    expect(await failureOf(begun)).toMatchObject({ code: 'notPossible' })
  })
})
