import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aReply, aSought, failureOf, never } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulatedWapikit, type SimulatedWapikit } from '../../../../tests/support/simulated-wapikit.ts'

/** Replies: once, text alone, and what can be said of one whose fate is unknown (docs/providers/wapikit.md §1, §6.6). */
let here: SimulatedWapikit
let key: string

beforeEach(async () => {
  here = await startSimulatedWapikit({ dialect: 'main' })
  key = await here.keyOf('Amara Nwosu')
  here.sent()
})
afterEach(() => here.close())

const messagesPath = '/api/conversation/*/messages'

it('sends the text with its type, and nothing else', async () => {
  const { message, keepsOwnId } = await send('See you there!')
  const [request] = here.sent()
  expect(JSON.parse(String(request?.body))).toEqual({
    messageType: 'Text',
    messageData: { text: 'See you there!' },
  })
  expect(request?.headers['x-access-token']).toBe(here.simulator.key)
  expect([message.side, message.ownId, keepsOwnId]).toEqual(['me', 'row-1', false])
})

it.each([
  ['a note', { isNote: true }],
  ['a file', { files: [{ name: 'map.png', contentType: 'image/png', bytes: new Uint8Array(3) }] }],
  ['a template', { template: { key: 't', name: 't', language: 'en', values: {} } }],
])('lets no %s leave as if it were text', async (_, given) => {
  const reply = aReply({ conversationKey: key, ...given })
  expect(await failureOf(here.session.send(reply, never))).toMatchObject({
    code: 'notPossible',
    mayHaveLeft: false,
  })
  expect(here.sent()).toEqual([])
})

describe.each([
  ['a 500 after delivery', () => here.simulator.scenario.server({ hasExpectedAccount: false }), 'unknowable'],
  ['a dropped answer', () => drop('dropAfterAccept'), 'found'],
  ['a dropped request', () => drop('resetBeforeAccept'), 'unknowable'],
  ['half an answer', () => drop('halfJson'), 'found'],
] as const)('after %s', (_, trouble, finding) => {
  it('may have left, is not sent again, and is looked for', async () => {
    trouble()
    const startedAt = here.clock.now()
    const failure = await failureOf(send('On our way'))
    expect(failure.mayHaveLeft).toBe(true)
    expect(here.sent().filter((each) => each.method === 'POST')).toHaveLength(1)
    const sought = aSought({ conversationKey: key, text: 'On our way', startedAt })
    expect((await here.session.findSent(sought, never)).finding).toBe(finding)
  })
})

describe('looking for a reply', () => {
  it('takes nobody’s words of another time for it', async () => {
    here.simulator.scenario.colleagueWrites({ conversation: key, text: 'Yes' })
    here.serverClock.jump(600_000)
    await here.clock.advance(600_000)
    const sought = aSought({ conversationKey: key, text: 'Yes', startedAt: here.clock.now() })
    expect((await here.session.findSent(sought, never)).finding).toBe('unknowable')
  })

  it('reckons by the server’s clock, however far it is from ours', async () => {
    here.serverClock.jump(7_200_000)
    const startedAt = here.clock.now()
    drop('dropAfterAccept')
    await failureOf(send('Here we are'))
    const sought = aSought({ conversationKey: key, text: 'Here we are', startedAt })
    const { finding, message } = await here.session.findSent(sought, never)
    expect([finding, message?.side, message?.ownId]).toEqual(['found', 'me', 'row-1'])
  })

  it('claims a message once', async () => {
    const startedAt = here.clock.now()
    const { message } = await send('Twice')
    const sought = aSought({ conversationKey: key, text: 'Twice', startedAt, claimed: [message.key] })
    expect((await here.session.findSent(sought, never)).finding).toBe('unknowable')
  })

  it('does not take the customer’s own words for ours', async () => {
    const startedAt = here.clock.now()
    here.simulator.scenario.customerWrites({ conversation: key, text: 'Hello there' })
    const sought = aSought({ conversationKey: key, text: 'Hello there', startedAt })
    expect((await here.session.findSent(sought, never)).finding).toBe('unknowable')
  })
})

function send(text: string) {
  return here.session.send(aReply({ conversationKey: key, text }), never)
}

function drop(kind: 'dropAfterAccept' | 'resetBeforeAccept' | 'halfJson'): void {
  here.simulator.scenario.fault({ kind }, { method: 'POST', path: messagesPath, count: 1 })
}
