import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aReply, aSought, failureOf, never } from '../../../../tests/support/chatwoot-tries.ts'
import {
  startSimulatedPublic,
  type SimulatedPublic,
} from '../../../../tests/support/simulated-chatwoot-public.ts'
import type { Session } from '../provider.ts'

/** Writing as the customer, and finding again what nobody keeps an id of (docs/providers/chatwoot-public.md §2.3). */
let here: SimulatedPublic
let session: Session
let key = ''
beforeEach(async () => {
  here = await startSimulatedPublic()
  session = await here.open()
  key = String(here.tickets.lamp)
})
afterEach(() => here.close())

const post = { method: 'POST', path: '/public/**', count: 1 }

describe('a message', () => {
  it('is incoming to them, ours to us, and keeps no id', async () => {
    const sent = await session.send(reply('Since Monday.'), never)
    expect([sent.message.side, sent.message.delivery, sent.keepsOwnId]).toEqual([
      'me',
      { kind: 'sent' },
      false,
    ])
    const { messages } = here.simulator.scenario.look({ conversation: here.tickets.lamp })
    expect(messages.at(-1)).toMatchObject({
      message_type: 0,
      content: 'Since Monday.',
      content_attributes: {},
    })
  })

  it('takes files along, whole', async () => {
    const files = [
      { name: 'a.txt', contentType: 'text/plain', bytes: Uint8Array.of(1, 2, 3) },
      { name: 'b.bin', contentType: 'application/octet-stream', bytes: new Uint8Array(5000) },
    ]
    const { message } = await session.send({ ...reply('See here'), files }, never)
    expect(message.attachments.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['a.txt', 3],
      ['b.bin', 5000],
    ])
    const sought = aSought({ conversationKey: key, text: 'See here', startedAt: here.clock.now() })
    expect((await session.findSent({ ...sought, fileSizes: [3, 5000] }, never)).finding).toBe('found')
    expect((await session.findSent({ ...sought, fileSizes: [3, 4999] }, never)).finding).toBe('absent')
    expect((await session.findSent(sought, never)).finding).toBe('absent')
  })

  it('that is a note goes nowhere', async () => {
    expect(await failureOf(session.send({ ...reply('secret'), isNote: true }, never))).toMatchObject({
      code: 'notPossible',
      mayHaveLeft: false,
    })
    expect(here.asked()).toEqual([])
  })

  it('to a ticket that is gone breaks the server, and is not there afterwards', async () => {
    const startedAt = here.clock.now()
    const lost = { ...reply('Anybody?'), conversationKey: '999' }
    expect(await failureOf(session.send(lost, never))).toMatchObject({ kind: 'busy', mayHaveLeft: true })
    const sought = aSought({ conversationKey: '999', text: 'Anybody?', startedAt })
    expect((await session.findSent(sought, never)).finding).toBe('absent')
  })
})

describe('a message whose answer was lost', () => {
  it('is found by its words and its time, and only once', async () => {
    const startedAt = here.clock.now()
    here.simulator.scenario.fault({ kind: 'dropAfterAccept' }, post)
    expect(await failureOf(session.send(reply('Hello?'), never))).toMatchObject({ mayHaveLeft: true })
    const sought = aSought({ conversationKey: key, text: ' Hello? ', startedAt })
    const { finding, message } = await session.findSent(sought, never)
    expect(finding).toBe('found')
    const claimed = [message?.key ?? '']
    expect((await session.findSent({ ...sought, claimed }, never)).finding).toBe('absent')
  })

  it('is not one of theirs, nor one of before', async () => {
    await session.send(reply('Hello?'), never)
    await here.clock.advance(600_000)
    await here.serverClock.advance(600_000)
    const startedAt = here.clock.now()
    here.simulator.scenario.agentWrites({ conversation: here.tickets.lamp, as: 'ada', text: 'Hello?' })
    const sought = aSought({ conversationKey: key, text: 'Hello?', startedAt })
    expect((await session.findSent(sought, never)).finding).toBe('absent')
  })

  it.each([-3_600_000, 7_200_000])('is found by a server whose clock is %i ms off', async (ms) => {
    here.serverClock.jump(ms)
    const startedAt = here.clock.now()
    await session.send(reply('By which clock?'), never)
    const sought = aSought({ conversationKey: key, text: 'By which clock?', startedAt })
    expect((await session.findSent(sought, never)).finding).toBe('found')
  })

  it('cannot be told from an equal one where the server does not say what time it is', async () => {
    here.simulator.scenario.server({ date: 'absent' })
    await session.send(reply('Hello?'), never)
    const sought = aSought({ conversationKey: key, text: 'Hello?', startedAt: here.clock.now() })
    expect((await session.findSent(sought, never)).finding).toBe('unknowable')
    expect((await session.findSent({ ...sought, text: 'Never said' }, never)).finding).toBe('absent')
  })

  it('is looked for on as many pages as were written since', async () => {
    const startedAt = here.clock.now()
    await session.send(reply('The first of many'), never)
    for (let each = 0; each < 45; each++)
      here.simulator.scenario.agentWrites({ conversation: here.tickets.lamp, as: 'ada', text: `${each}` })
    const sought = aSought({ conversationKey: key, text: 'The first of many', startedAt })
    expect((await session.findSent(sought, never)).finding).toBe('found')
  })
})

describe('a thread', () => {
  it('is read in pages to its beginning', async () => {
    for (let each = 0; each < 45; each++)
      here.simulator.scenario.agentWrites({ conversation: here.tickets.lamp, as: 'ada', text: `${each}` })
    let keys: string[] = []
    const lengths: number[] = []
    for (let before: string | null = null, isMore = true; isMore; before = keys[0] ?? null) {
      const page = await session.thread(key, before, never)
      lengths.push(page.messages.length)
      keys = [...page.messages.map((each) => each.key), ...keys]
      isMore = page.hasOlder
    }
    expect([lengths, new Set(keys).size]).toEqual([[20, 20, 7], 47])
  })
})

function reply(text: string) {
  return aReply({ conversationKey: key, text })
}
