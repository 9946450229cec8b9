import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  assignOf,
  byHand,
  doneOf,
  failureOf,
  messagesOf,
  never,
  aReply,
  there,
} from '../../../../tests/support/chatwoot-tries.ts'
import { aConversation } from '../../../../tests/support/builders.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { emptyDirectory } from '../../../shared/domain/directory.ts'
import { asList, asObject } from '../../foreign/read.ts'

const conversationPath = '/api/v1/accounts/*/conversations/*'
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('resolving where answers are asked for', () => {
  it('puts the answers beside the attributes that are there, which the server would replace', async () => {
    await byHand(here, '/api/v1/accounts/1/conversations/5/custom_attributes', {
      custom_attributes: { tier: 'gold', parcel: { boxes: 2 } },
    })
    const conversation = await doneOf(here.session).resolve('5', { reason: 'Lost', note: null }, never)
    expect(told(5)['custom_attributes']).toEqual({ tier: 'gold', parcel: { boxes: 2 }, reason: 'Lost' })
    expect(conversation.attributes).toEqual({ tier: 'gold', parcel: '{"boxes":2}', reason: 'Lost' })
    expect(conversation.status).toEqual({ kind: 'done' })
  })

  it('writes nothing where it could not read what is there', async () => {
    answerOnce(conversationPath, '{"id":5,"custom_attributes":"?"}', 'GET')
    const failure = await failureOf(doneOf(here.session).resolve('5', { reason: 'Lost' }, never))
    expect(failure.kind).toBe('protocol')
    expect(writes()).toEqual([])
  })

  it('does not resolve where an answer was not kept', async () => {
    answerOnce(`${conversationPath}/custom_attributes`, '{"custom_attributes":{}}')
    const failure = await failureOf(doneOf(here.session).resolve('5', { reason: 'Lost' }, never))
    expect(failure).toMatchObject({ kind: 'rejected', facts: { reason: 'reason' } })
    expect(told(5)['status']).toBe('open')
  })

  it('looks for itself where the answer says nothing of what was kept', async () => {
    answerOnce(`${conversationPath}/custom_attributes`, '')
    expect(await failureOf(doneOf(here.session).resolve('5', { reason: 'Lost' }, never))).toMatchObject({
      kind: 'rejected',
      facts: { reason: 'reason' },
    })
    expect(told(5)['status']).toBe('open')
  })

  it('asks for what is required and has no value; a box that is not ticked has one', () => {
    const reason = { key: 'reason', label: 'Reason', of: 'conversation', kind: 'list', choices: ['Lost'], description: '' } as const // prettier-ignore
    const directory = {
      ...emptyDirectory,
      attributes: [{ ...reason, of: 'customer', label: 'Somebody’s' } as const, reason],
      requiredToResolve: ['reason', 'refunded', 'tier', 'order'],
    }
    const conversation = aConversation({ attributes: { refunded: false, tier: 'gold', order: ' ' } })
    expect(doneOf(here.session).asks(conversation, directory)).toEqual([
      { ...reason, value: null, isRequired: true, maxLength: null },
      { key: 'order', label: 'order', of: 'conversation', kind: 'text', choices: [], description: '', value: ' ', isRequired: true, maxLength: null }, // prettier-ignore
    ])
  })
})

describe('snoozing', () => {
  const later = Date.UTC(2026, 2, 5, 9)

  it('until a time is asked for in unix seconds', async () => {
    const { status } = await snooze('5', later + 400)
    expect(status).toEqual({ kind: 'snoozed', until: later })
    expect(writes()).toEqual([['toggle_status', { status: 'snoozed', snoozed_until: later / 1000 }]])
  })

  it('until they write leaves the old time behind, and never by way of "open"', async () => {
    here.simulator.scenario.agentAssigns({ conversation: 4, to: 'Ada' })
    const { status, assignee } = await snooze('4', null)
    expect(status).toEqual({ kind: 'snoozed', until: null })
    expect(assignee?.name).toBe('Ada Brook')
    expect(writes().map(([, body]) => body)).toEqual([
      { status: 'snoozed' },
      { status: 'pending' },
      { status: 'snoozed' },
    ])
  })

  it('until another time takes the place of the old time', async () => {
    expect((await snooze('4', later)).status).toEqual({ kind: 'snoozed', until: later })
    expect(writes()).toHaveLength(1)
  })

  it('is carried out though they wrote at once, which opens it again', async () => {
    answerOnce(`${conversationPath}/toggle_status`, statusAnswer('snoozed'))
    expect((await snooze('5', later)).status.kind).toBe('open')
  })

  it('goes back to the old time where the new one is refused on the way', async () => {
    const former = (await look('4')).status
    const refusal = { kind: 'status', status: 422, contentType: 'application/json', body: '{"error":"No"}' } as const // prettier-ignore
    const path = `${conversationPath}/toggle_status`
    here.simulator.scenario.fault(refusal, { path, method: 'POST', skip: 2, count: 1 })
    expect(await failureOf(snooze('4', null))).toMatchObject({ kind: 'rejected', facts: { reason: 'No' } })
    expect((await look('4')).status).toEqual(former)
  })

  it('may have set it pending where it was stopped on the way, and goes on from there', async () => {
    const path = `${conversationPath}/toggle_status`
    const throttled = { kind: 'status', status: 429, contentType: 'text/plain', body: 'Retry later' } as const
    here.simulator.scenario.fault(throttled, { path, method: 'POST', skip: 2, count: 1 })
    expect(await failureOf(snooze('4', null))).toMatchObject({ kind: 'rateLimited', mayHaveLeft: true })
    expect((await look('4')).status.kind).toBe('pending')
    expect((await snooze('4', null)).status).toEqual({ kind: 'snoozed', until: null })
  })

  it('is not carried out where the server keeps another time', async () => {
    for (const said of ['snoozed', 'pending', 'snoozed'])
      answerOnce(`${conversationPath}/toggle_status`, statusAnswer(said))
    expect(await failureOf(snooze('4', later))).toMatchObject({ kind: 'rejected', mayHaveLeft: false })
  })
})

describe('assigning', () => {
  it('offers the most available first, then by name', async () => {
    here.simulator.scenario.membership({ as: 'Ada', availability: 'busy' })
    const agents = await assignOf(here.session).candidates((await look('5')).inbox.key, never)
    expect(agents.map((each) => [each.name, each.availability, each.isMe])).toEqual([
      ['Nilo Verano', 'online', true],
      ['Ada Brook', 'busy', false],
      ['Otto Lindqvist', 'offline', false],
    ])
  })

  it('offers everybody where the row does not name its inbox', async () => {
    here.sent()
    expect(await assignOf(here.session).candidates('', never)).toHaveLength(3)
    expect(here.sent().map((each) => each.path)).toEqual(['/agents'])
  })

  it('to a colleague answers with the conversation as it is then', async () => {
    const ada = await candidate('Ada Brook')
    expect((await assignOf(here.session).assign(await look('5'), ada, never)).assignee?.name).toBe(
      'Ada Brook',
    )
  })

  it('to somebody the server would quietly take for nobody is not even asked for', async () => {
    const conversation = await look('5')
    here.sent()
    const nobody = { key: '9999', name: 'Zed', isMe: false }
    expect(await failureOf(assignOf(here.session).assign(conversation, nobody, never))).toMatchObject({
      kind: 'rejected',
      code: 'notAssignable',
      facts: { host: expect.any(String), name: 'Zed' },
      mayHaveLeft: false,
    })
    expect(writes()).toEqual([])
    expect((await look('5')).assignee?.isMe).toBe(true)
  })

  it('that unassigned instead, with a success, is a failure', async () => {
    const ada = await candidate('Ada Brook')
    answerOnce(`${conversationPath}/assignments`, 'null')
    expect(await failureOf(assignOf(here.session).assign(await look('5'), ada, never))).toMatchObject({
      code: 'notAssignable',
    })
  })

  it('that was answered with nothing at all is looked for', async () => {
    const ada = await candidate('Ada Brook')
    const conversation = await look('5')
    answerOnce(`${conversationPath}/assignments`, '')
    expect((await failureOf(assignOf(here.session).assign(conversation, null, never))).kind).toBe('rejected')
    here.simulator.scenario.agentAssigns({ conversation: 5, to: 'Ada' })
    answerOnce(`${conversationPath}/assignments`, '')
    expect((await assignOf(here.session).assign(conversation, ada, never)).assignee?.key).toBe(ada.key)
  })

  it('is done where it took the conversation out of sight', async () => {
    const ada = await candidate('Ada Brook')
    const conversation = await look('5')
    here.simulator.scenario.fault(
      { kind: 'refused', why: 'denied' },
      { path: conversationPath, method: 'GET' },
    )
    const given = await assignOf(here.session).assign(conversation, ada, never)
    expect(given.assignee).toMatchObject({ key: ada.key, name: 'Ada Brook', isMe: false, kind: 'agent' })
    expect((await assignOf(here.session).assign(conversation, null, never)).assignee).toBeNull()
    expect((await assignOf(here.session).assignTeam(conversation, await team(), never)).team).toBe('returns')
  })

  it('to nobody is asked for as such, and a null is its right answer', async () => {
    expect((await assignOf(here.session).assign(await look('5'), null, never)).assignee).toBeNull()
    expect(writes()).toEqual([['assignments', { assignee_id: 0 }]])
  })

  it('goes by the list of everybody where the inbox is not ours but the conversation is', async () => {
    const ada = await candidate('Ada Brook')
    here.simulator.scenario.fault(
      { kind: 'refused', why: 'denied' },
      { path: '/api/v1/accounts/*/assignable_agents' },
    )
    expect((await assignOf(here.session).assign(await look('5'), ada, never)).assignee?.key).toBe(ada.key)
  })
})

describe('giving to a team', () => {
  it('answers with the assignee the team brought or sent away', async () => {
    here.simulator.scenario.agentAssigns({ conversation: 5, to: 'Otto' })
    const conversation = await assignOf(here.session).assignTeam(await look('5'), await team(), never)
    expect([conversation.team, conversation.assignee]).toEqual(['returns', null])
    expect(writes()).toEqual([['assignments', { team_id: Number((await team()).key) }]])
  })

  it('takes it away from the team', async () => {
    await assignOf(here.session).assignTeam(await look('5'), await team(), never)
    expect((await assignOf(here.session).assignTeam(await look('5'), null, never)).team).toBeNull()
  })

  it.each([
    ['no team', undefined],
    ['nothing found', { kind: 'refused', why: 'notFound' } as const],
  ])('that the server does not know is a failure, told as %s', async (_, fault) => {
    if (fault !== undefined) here.simulator.scenario.fault(fault, { path: `${conversationPath}/assignments` })
    const failing = assignOf(here.session).assignTeam(await look('5'), { key: '9999', name: 'night' }, never)
    expect(await failureOf(failing)).toMatchObject({ code: 'notAssignable', facts: { name: 'night' } })
  })

  it('of a conversation that is gone says so', async () => {
    const conversation = { ...(await look('5')), key: '999' }
    expect(
      await failureOf(assignOf(here.session).assignTeam(conversation, await team(), never)),
    ).toMatchObject({ kind: 'gone' })
  })
})

describe('labelling', () => {
  const change = (key: string, add: readonly string[], remove: readonly string[]) =>
    there(here.session.labels).change(key, { add, remove }, never)

  it('keeps what colleagues set meanwhile, though the server replaces the whole list', async () => {
    here.simulator.scenario.labels({ conversation: 5, labels: ['delivery', 'vip'] })
    expect((await change('5', ['broken'], ['delivery'])).labels).toEqual(['vip', 'broken'])
    expect(writes()).toEqual([['labels', { labels: ['vip', 'broken'] }]])
  })

  it('writes nothing where nothing would change', async () => {
    expect((await change('5', ['delivery'], ['broken'])).labels).toEqual(['delivery'])
    expect(writes()).toEqual([])
  })

  it('writes nothing where it could not read what is there', async () => {
    answerOnce(`${conversationPath}/labels`, '{"payload":null}', 'GET')
    expect((await failureOf(change('5', ['broken'], []))).kind).toBe('protocol')
    expect(writes()).toEqual([])
  })

  it('does not take an empty answer for done', async () => {
    answerOnce(`${conversationPath}/labels`, '')
    expect(await failureOf(change('5', ['broken'], []))).toMatchObject({ facts: { reason: 'broken' } })
  })

  it('says which label the server did not take away', async () => {
    answerOnce(`${conversationPath}/labels`, '{"payload":["delivery"]}')
    expect(await failureOf(change('5', [], ['delivery']))).toMatchObject({ facts: { reason: 'delivery' } })
  })

  it('says which label the server left out', async () => {
    answerOnce(`${conversationPath}/labels`, '{"payload":["delivery"]}')
    expect(await failureOf(change('5', ['broken'], []))).toMatchObject({ facts: { reason: 'broken' } })
  })
})

describe('prioritising', () => {
  it('clears with an explicit null', async () => {
    expect((await there(here.session.priority).set('5', null, never)).priority).toBeNull()
    expect(writes()).toEqual([['toggle_priority', { priority: null }]])
  })

  it('does not take an empty answer for done', async () => {
    answerOnce(`${conversationPath}/toggle_priority`, '')
    expect(await failureOf(there(here.session.priority).set('5', 'urgent', never))).toMatchObject({
      kind: 'rejected',
    })
  })
})

describe('muting', () => {
  it('does not take an empty answer for done', async () => {
    answerOnce(`${conversationPath}/mute`, '')
    expect(await failureOf(there(here.session.mute).mute('5', never))).toMatchObject({ kind: 'rejected' })
  })
})

describe('an order that was taken and could not be looked at afterwards', () => {
  const orders: Readonly<Record<string, () => Promise<unknown>>> = {
    resolving: () => doneOf(here.session).resolve('5', {}, never),
    pending: () => doneOf(here.session).pend('5', never),
    snoozing: () => snooze('5', null),
    muting: () => there(here.session.mute).mute('5', never),
    unmuting: () => there(here.session.mute).unmute('5', never),
    prioritising: () => there(here.session.priority).set('5', 'low', never),
    labelling: () => there(here.session.labels).change('5', { add: ['broken'], remove: [] }, never),
    unassigning: async () => assignOf(here.session).assign(fifth, null, never),
    'giving to a team': async () => assignOf(here.session).assignTeam(fifth, await team(), never),
  }
  let fifth: Conversation

  beforeEach(async () => {
    fifth = await look('5')
  })

  it.each(Object.entries(orders))('by %s may have been done', async (_, order) => {
    here.simulator.scenario.fault({ kind: 'serverError' }, { path: conversationPath, method: 'GET' })
    expect(await failureOf(order())).toMatchObject({ kind: 'busy', mayHaveLeft: true })
  })

  it('by deleting or repeating a message may have been done', async () => {
    const { message } = await here.session.send(aReply(), never)
    const path = `${conversationPath}/messages`
    here.simulator.scenario.messageMoves({ conversation: 5, status: 'failed', externalError: 'Full' })
    answerOnce(`${path}/*/retry`, '')
    here.simulator.scenario.fault({ kind: 'serverError' }, { path, method: 'GET', skip: 1 })
    expect(await failureOf(messagesOf(here.session).retry('5', message.key, never))).toMatchObject({
      mayHaveLeft: true,
    })
    answerOnce(`${path}/*`, '', 'DELETE')
    expect(await failureOf(messagesOf(here.session).remove('5', message.key, never))).toMatchObject({
      mayHaveLeft: true,
    })
  })
})

describe('deleting a message', () => {
  it('answers with what is left of it', async () => {
    const { message } = await here.session.send(aReply(), never)
    const left = await messagesOf(here.session).remove('5', message.key, never)
    expect(left).toMatchObject({ key: message.key, isDeleted: true })
  })

  it('is looked up where the answer says nothing', async () => {
    const { message } = await here.session.send(aReply(), never)
    answerOnce(`${conversationPath}/messages/*`, '', 'DELETE')
    expect(await failureOf(messagesOf(here.session).remove('5', message.key, never))).toMatchObject({
      kind: 'rejected',
    })
  })

  it('that is not there says so', async () => {
    expect(await failureOf(messagesOf(here.session).remove('5', '1', never))).toMatchObject({ kind: 'gone' })
  })
})

describe('sending a failed message again', () => {
  it('keeps what the server forgets: what it answers, its addresses and our id', async () => {
    const answers = told(5, 0)
    const { message } = await here.session.send(aReply({ replyTo: answers }), never)
    here.simulator.scenario.messageMoves({ conversation: 5, status: 'failed', externalError: 'Mailbox full' })
    const again = await messagesOf(here.session).retry('5', message.key, never)
    expect(again).toMatchObject({
      key: message.key,
      delivery: { kind: 'sent' },
      ownId: 'row-1',
      replyTo: answers,
    })
  })

  it('never sends what has not failed: the customer would read it twice', async () => {
    const { message } = await here.session.send(aReply(), never)
    here.sent()
    expect(await messagesOf(here.session).retry('5', message.key, never)).toMatchObject({ key: message.key })
    expect(writes()).toEqual([])
  })

  it.each(['1', '~made-up'])('says where %s is no message', async (key) => {
    expect(await failureOf(messagesOf(here.session).retry('5', key, never))).toMatchObject({ kind: 'gone' })
  })
})

async function look(key: string): Promise<Conversation> {
  const { conversation } = await here.session.look(key, never)
  here.sent()
  return conversation
}

function snooze(key: string, until: number | null): Promise<Conversation> {
  return there(here.session.snooze).snooze(key, until, never)
}

async function candidate(name: string) {
  const agents = await assignOf(here.session).candidates((await look('5')).inbox.key, never)
  return there(agents.find((each) => each.name === name))
}

async function team() {
  const [first] = asList(await byHand(here, '/api/v1/accounts/1/teams'))
  return { key: String(asObject(first)['id']), name: 'returns' }
}

/** What the server itself holds: of a conversation, or the id of its nth message. */
function told(conversation: number): Readonly<Record<string, unknown>>
function told(conversation: number, message: number): string
function told(conversation: number, message?: number): unknown {
  const looked = here.simulator.scenario.look({ conversation })
  if (message === undefined) return looked.conversation
  return String(asObject(looked.messages[message])['id'])
}

/** What was written since the last look: the end of the path, and the body. */
function writes(): [string, unknown][] {
  const verb = (path: string): string => path.split('/').slice(3).join('/')
  return here
    .sent()
    .filter((each) => each.method !== 'GET')
    .map((each) => [verb(each.path), each.body])
}

function answerOnce(path: string, body: string, method = 'POST'): void {
  const answer = { kind: 'status', status: 200, contentType: 'application/json', body } as const
  here.simulator.scenario.fault(answer, { path, method, count: 1 })
}

function statusAnswer(status: string): string {
  return JSON.stringify({ payload: { success: true, conversation_id: 5, current_status: status } })
}
