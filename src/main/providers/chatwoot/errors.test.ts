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

/** Every row of the table of failures (docs/providers/chatwoot.md §4), over real HTTP. */
const conversationPath = '/api/v1/accounts/*/conversations/*'
const json = 'application/json; charset=utf-8'
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('401 {"errors": [...]}: no token reached the server', () => {
  it('says that something on the way drops it', async () => {
    here.simulator.scenario.server({ strips: 'all' })
    expect(await sending()).toMatchObject({ kind: 'auth', code: 'headerStripped', mayHaveLeft: false })
  })
})

describe('401 {"error": "Invalid Access Token"}: the token was reset', () => {
  it('asks for a new sign-in', async () => {
    here.simulator.scenario.resetToken()
    expect(await sending()).toMatchObject({ kind: 'auth', code: 'auth', mayHaveLeft: false })
  })
})

describe('401 for bots: the token is one of a bot', () => {
  it('says so', async () => {
    here.simulator.scenario.fault({ kind: 'refused', why: 'bot' })
    expect(await sending()).toMatchObject({ kind: 'auth', code: 'botToken' })
  })
})

describe('401 {"error": "Account is suspended"}', () => {
  it('is told of this account, by its name', async () => {
    here.simulator.scenario.suspend({ isSuspended: true })
    expect(await sending()).toMatchObject({
      kind: 'auth',
      code: 'suspended',
      facts: { account: 'Lantern Lamps' },
    })
  })
})

describe('401 "not authorized to access this account": no member any more', () => {
  it('is a refusal, no sign-out', async () => {
    here.simulator.scenario.fault({ kind: 'refused', why: 'notMember' })
    expect(await looking()).toMatchObject({ kind: 'forbidden', code: 'forbidden' })
  })
})

describe('401 "not authorized to do this action": a conversation outside our inboxes', () => {
  it('is a refusal, no sign-out', async () => {
    expect(await failureOf(here.session.look('6', never))).toMatchObject({ kind: 'forbidden' })
  })
})

describe('401 in the form that the description promises', () => {
  it('is a refusal, no sign-out', async () => {
    answer(401, json, '{"description":"No","errors":[{"field":"id","message":"is closed","code":"x"}]}')
    expect(await looking()).toMatchObject({ kind: 'forbidden', facts: { reason: 'id: is closed' } })
  })
})

describe('403 {"error"}: moving a message outside an API channel', () => {
  it('is a refusal with its reason', async () => {
    answer(403, json, '{"error":"Message status update is only allowed for API inboxes"}')
    expect(await sending()).toMatchObject({
      kind: 'forbidden',
      facts: { reason: 'Message status update is only allowed for API inboxes' },
      mayHaveLeft: false,
    })
  })

  it('without JSON comes from a firewall, and is no word of the server', async () => {
    answer(403, 'text/html', '<html>Blocked')
    expect(await sending()).toMatchObject({ kind: 'rejected', code: 'proxyPage', mayHaveLeft: false })
  })
})

describe('404 {"error": "Resource could not be found"}', () => {
  it('is gone', async () => {
    expect(await failureOf(here.session.look('999', never))).toMatchObject({ kind: 'gone', code: 'gone' })
  })
})

describe('404 {"status": 404} or a page: a path nobody serves', () => {
  it('as JSON is gone, since we accept JSON', async () => {
    answer(404, json, '{"status":404,"error":"Not Found"}')
    expect(await looking()).toMatchObject({ kind: 'gone' })
    expect(here.sent().every((each) => each.headers['Accept'] === 'application/json')).toBe(true)
  })

  it('as a page is none of the server’s words: nothing is taken for deleted', async () => {
    answer(404, 'text/html', '<html>No such page')
    expect(await looking()).toMatchObject({ kind: 'rejected', code: 'proxyPage' })
  })
})

describe('406: the address leads into the dashboard', () => {
  it('is a refusal in the server’s own words', async () => {
    const reason = 'Please use API routes instead of dashboard routes for JSON requests'
    answer(406, json, JSON.stringify({ error: reason }))
    expect(await looking()).toMatchObject({ kind: 'rejected', facts: { reason } })
  })

  it('or 200 with a page, which is no answer', async () => {
    answer(200, 'text/html', '<!doctype html><html>The dashboard')
    expect(await looking()).toMatchObject({ kind: 'protocol', code: 'proxyPage' })
  })
})

describe('422 in its two shapes', () => {
  it('{"error"}: a message that was not taken', async () => {
    for (let i = 0; i < 200; i++) here.simulator.scenario.agentWrites({ conversation: 5, text: `${i}` })
    expect(await sending()).toMatchObject({
      kind: 'rejected',
      code: 'rejected',
      facts: { reason: 'Validation failed: Too many messages' },
      mayHaveLeft: false,
    })
  })

  it('{"message", "attributes"}: a record that was not taken', async () => {
    answer(422, json, '{"message":"Phone number is invalid","attributes":["phone_number"]}')
    expect(await sending()).toMatchObject({
      facts: { reason: 'Phone number is invalid' },
      mayHaveLeft: false,
    })
  })
})

describe('402 {"error"}: the plan does not include it', () => {
  it('is a refusal with its reason', async () => {
    answer(402, json, '{"error":"Account limit exceeded. Please upgrade to a higher plan"}')
    expect(await sending()).toMatchObject({
      kind: 'rejected',
      facts: { reason: 'Account limit exceeded. Please upgrade to a higher plan' },
      mayHaveLeft: false,
    })
  })
})

describe('429 "Retry later", text/plain, without Retry-After', () => {
  it('rests for the period of the throttle', async () => {
    here.simulator.scenario.fault({ kind: 'rateLimited', retryAfter: null })
    expect(await sending()).toMatchObject({
      kind: 'rateLimited',
      retryAt: here.clock.now() + 60_000,
      mayHaveLeft: false,
    })
  })

  it('with no body at all is the same', async () => {
    answer(429, 'text/plain', '')
    expect(await sending()).toMatchObject({ kind: 'rateLimited', retryAt: here.clock.now() + 60_000 })
  })
})

describe('500 as JSON or as a page: it broke on the way', () => {
  it.each(['serverError', 'serverErrorPage'] as const)('%s may have been done', async (kind) => {
    here.simulator.scenario.fault({ kind })
    expect(await sending()).toMatchObject({ kind: 'busy', mayHaveLeft: true })
  })

  it('changes nothing for a question', async () => {
    here.simulator.scenario.fault({ kind: 'serverError' })
    expect(await looking()).toMatchObject({ kind: 'busy', mayHaveLeft: false })
  })
})

describe('301 and 302: encryption is wanted, or somebody else’s page', () => {
  it('is not followed, since a write would become a read', async () => {
    here.simulator.scenario.fault({ kind: 'toHttps' })
    expect(await sending()).toMatchObject({ code: 'needsHttps', mayHaveLeft: false })
    expect(here.sent()).toHaveLength(1)
  })
})

describe('413, 502, 503, 504 and a proxy’s own: pages of what stands before the server', () => {
  it('413 was not even seen by the server', async () => {
    answer(413, 'text/html', '<html>Too Large')
    expect(await sending()).toMatchObject({ kind: 'rejected', mayHaveLeft: false })
  })

  it.each([502, 503, 504] as const)('%i may have been done', async (status) => {
    here.simulator.scenario.fault({ kind: 'badGateway', status })
    expect(await sending()).toMatchObject({ kind: 'busy', mayHaveLeft: true })
  })

  it.each([520, 522, 524])('%i may have been done', async (status) => {
    answer(status, 'text/html', '<html>Web server is down')
    expect(await sending()).toMatchObject({ kind: 'busy', mayHaveLeft: true })
  })

  it('a challenge with 200 may have been done: what it is, only its words tell', async () => {
    answer(200, 'text/html', '<!DOCTYPE html><title>Just a moment...</title>')
    expect(await sending()).toMatchObject({ kind: 'protocol', code: 'proxyPage', mayHaveLeft: true })
  })
})

describe('5xx of the time limit for requests', () => {
  it('in plain text may have been done', async () => {
    answer(500, 'text/plain', 'Request ran for longer than 15000ms')
    expect(await sending()).toMatchObject({ kind: 'busy', mayHaveLeft: true })
  })

  it('of an upload may have been done, and is not sent another way', async () => {
    answer(503, 'text/plain', 'Request ran for longer than 15000ms')
    const files = [{ name: 'a.txt', contentType: 'text/plain', bytes: new Uint8Array([65]) }]
    expect(await failureOf(here.session.send(aReply({ files }), never))).toMatchObject({
      kind: 'busy',
      mayHaveLeft: true,
    })
    expect(here.sent()).toHaveLength(1)
  })

  it('without any answer may have been done', async () => {
    here.simulator.scenario.fault({ kind: 'dropAfterAccept' })
    expect(await sending()).toMatchObject({ kind: 'offline', mayHaveLeft: true })
  })
})

describe('successes with an empty body', () => {
  it('are successes where the route answers so', async () => {
    expect((await there(here.session.priority).set('5', 'low', never)).priority).toBe('low')
    expect((await there(here.session.mute).mute('5', never)).muted).toBe(true)
  })

  it('are looked up where the route should have said more', async () => {
    answer(200, json, '', 'POST')
    expect((await readOf(here.session).markRead('5', never)).key).toBe('5')
    answer(200, json, '', 'POST')
    expect(await failureOf(doneOf(here.session).resolve('5', {}, never))).toMatchObject({ kind: 'rejected' })
  })

  it('are none for a message, which may be there now', async () => {
    answer(200, json, '', 'POST')
    expect(await sending()).toMatchObject({ kind: 'protocol', mayHaveLeft: true })
  })
})

describe('successes with a literal null', () => {
  it('are right for unassigning', async () => {
    const path = '/api/v1/accounts/1/conversations/5/assignments'
    expect(await byHand(here, path, { assignee_id: 0 })).toBeNull()
    const { conversation } = await here.session.look('5', never)
    expect((await there(here.session.assign).assign(conversation, null, never)).assignee).toBeNull()
  })

  it('are no conversation, no list and no message', async () => {
    answer(200, json, 'null', 'GET')
    expect(await looking()).toMatchObject({ kind: 'protocol' })
    answer(200, json, 'null', 'GET')
    expect(await failureOf(here.session.thread('5', null, never))).toMatchObject({ kind: 'protocol' })
    answer(200, json, 'null', 'POST')
    expect(await sending()).toMatchObject({ kind: 'protocol', mayHaveLeft: true })
  })

  it('are looked up for what becomes of a message', async () => {
    const { message } = await here.session.send(aReply(), never)
    here.simulator.scenario.fault(
      { kind: 'status', status: 200, contentType: json, body: 'null' },
      { method: 'DELETE', path: `${conversationPath}/messages/*`, count: 1 },
    )
    expect(await failureOf(messagesOf(here.session).remove('5', message.key, never))).toMatchObject({
      kind: 'rejected',
    })
  })
})

function sending() {
  return failureOf(here.session.send(aReply(), never))
}

function looking() {
  return failureOf(here.session.look('5', never))
}

function answer(status: number, contentType: string, body: string, method?: string): void {
  here.simulator.scenario.fault({ kind: 'status', status, contentType, body }, { method, count: 1 })
}
