import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aReply,
  assignOf,
  byHand,
  doneOf,
  failureOf,
  messagesOf,
  never,
  readOf,
  there,
} from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { asList, asObject } from '../../foreign/read.ts'

/**
 * What conversations, messages and orders are wrapped in (docs/providers/chatwoot.md §8.1), as the server truly answers; and that the same wrapped in
 * anything else is a failure and never "nothing there".
 */
const account = '/api/v1/accounts/1'
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('{"data": {"meta", "payload"}}: the list of conversations', () => {
  it('is read from there', async () => {
    const body = asObject(await byHand(here, `${account}/conversations`))
    expect(Object.keys(asObject(body['data']))).toEqual(['meta', 'payload'])
    expect((await here.session.pull(null, never)).conversations).not.toHaveLength(0)
  })

  it.each(['[]', '{"payload":[]}', '{"meta":{},"payload":[]}', '{"data":[]}', '{"data":{"payload":{}}}'])(
    'is not taken for empty as %s',
    async (body) => {
      answers(body)
      expect((await failureOf(here.session.pull(null, never))).kind).toBe('protocol')
    },
  )
})

describe('{"meta"}: the counts', () => {
  it('are read from there, and missed by nobody', async () => {
    expect(Object.keys(asObject(await byHand(here, `${account}/conversations/meta`)))).toEqual(['meta'])
    const counted = await here.session.pull(null, never)
    // Those open, pending and snoozed; resolved ones are not counted beforehand.
    expect(counted.progress?.total).toBe(5)
    answers('{"mine_count":1}', `${account}/conversations/meta`)
    expect((await here.session.pull(null, never)).progress?.total).toBeNull()
  })
})

describe('{"meta", "payload"}: the messages', () => {
  it('are read from there', async () => {
    const body = asObject(await byHand(here, `${account}/conversations/5/messages`))
    expect(Object.keys(body)).toEqual(['meta', 'payload'])
    expect((await here.session.thread('5', null, never)).messages).toHaveLength(
      asList(body['payload']).length,
    )
  })

  it.each(['[]', '{"data":{"payload":[]}}', '{"payload":null}'])(
    'are not taken for none as %s',
    async (body) => {
      answers(body)
      expect((await failureOf(here.session.thread('5', null, never))).kind).toBe('protocol')
    },
  )
})

describe('{"payload"}: inboxes, assignable agents, labels of a conversation, a status', () => {
  it('inboxes are read from there, and conversations come without their names', async () => {
    expect(Object.keys(asObject(await byHand(here, `${account}/inboxes`)))).toEqual(['payload'])
    expect((await here.session.look('5', never)).conversation.inbox.name).toBe('Website')
    answers('[]', `${account}/inboxes`)
    expect((await here.reopened().look('5', never)).conversation.inbox.name).toBe('')
  })

  it('assignable agents are read from there', async () => {
    expect(await assignOf(here.session).candidates('21', never)).toHaveLength(3)
    answers('[]')
    expect((await failureOf(assignOf(here.session).candidates('21', never))).kind).toBe('protocol')
  })

  it('labels are read from there', async () => {
    const path = `${account}/conversations/5/labels`
    expect(await byHand(here, path)).toEqual({ payload: ['delivery'] })
    answers('["delivery"]', path)
    const changing = there(here.session.labels).change('5', { add: ['vip'], remove: [] }, never)
    expect((await failureOf(changing)).kind).toBe('protocol')
  })

  it('the status that came of an order is read from there, not from the top', async () => {
    const body = await byHand(here, `${account}/conversations/5/toggle_status`, { status: 'pending' })
    expect(asObject(asObject(body)['payload'])).toMatchObject({ success: true, current_status: 'pending' })
    const path = `${account}/conversations/5/toggle_status`
    answers('{"current_status":"open","payload":{"current_status":"resolved"}}', path)
    expect((await doneOf(here.session).resolve('5', {}, never)).status.kind).toBe('pending')
  })
})

describe('a bare object: a conversation, and a message made, deleted or sent again', () => {
  it('a conversation is one by itself, asked for or marked', async () => {
    expect(asObject(await byHand(here, `${account}/conversations/5`))['id']).toBe(5)
    expect((await here.session.look('5', never)).conversation.key).toBe('5')
    expect((await readOf(here.session).markUnread('5', never)).key).toBe('5')
    answers('{"payload":{"id":5}}')
    expect((await failureOf(here.session.look('5', never))).kind).toBe('protocol')
  })

  it('a message is one by itself', async () => {
    const { message } = await here.session.send(aReply(), never)
    here.simulator.scenario.messageMoves({ conversation: 5, status: 'failed' })
    expect((await messagesOf(here.session).retry('5', message.key, never)).key).toBe(message.key)
    expect((await messagesOf(here.session).remove('5', message.key, never)).key).toBe(message.key)
    answers('{"payload":{"id":9}}')
    expect((await failureOf(here.session.send(aReply(), never))).kind).toBe('protocol')
  })
})

describe('a bare object: an assignee, a team just assigned', () => {
  it('are told by themselves, and the same wrapped is not taken for them', async () => {
    const path = `${account}/conversations/5/assignments`
    expect(asObject(await byHand(here, path, { assignee_id: 12 }))['id']).toBe(12)
    const [team] = asList(await byHand(here, `${account}/teams`)).map(asObject)
    expect(asObject(await byHand(here, path, { team_id: team?.['id'] }))['id']).toBe(team?.['id'])
    const { conversation } = await here.session.look('5', never)
    answers('{"payload":{"id":11}}', path)
    const failing = assignOf(here.session).assign(
      conversation,
      { key: '11', name: 'Nilo', isMe: true },
      never,
    )
    expect(await failureOf(failing)).toMatchObject({ code: 'notAssignable' })
  })
})

describe('a bare object: the account', () => {
  it('is one by itself, and the same wrapped says nothing of what resolving asks for', async () => {
    expect(asObject(await byHand(here, account))['id']).toBe(1)
    const body = { id: 1, settings: { conversation_required_attributes: ['lamp'] } }
    const asked = async (told: object) => {
      answers(JSON.stringify(told), account)
      return (await there(here.session.directory).read(null, never)).requiredToResolve
    }
    expect(await asked(body)).toEqual(['lamp'])
    expect(await asked({ payload: body })).toEqual([])
  })
})

describe('null: nobody is assigned', () => {
  it('is what it says', async () => {
    const path = `${account}/conversations/5/assignments`
    expect(await byHand(here, path, { assignee_id: null })).toBeNull()
    const { conversation } = await here.session.look('3', never)
    expect((await assignOf(here.session).assign(conversation, null, never)).assignee).toBeNull()
  })
})

describe('an empty 200: mute, unmute, priority, a macro', () => {
  it('is what a macro is ordered with, so that only looking again tells', async () => {
    const [macro] = asList(asObject(await byHand(here, `${account}/macros`))['payload']).map(asObject)
    const path = `${account}/macros/${String(there(macro)['id'])}/execute`
    expect(await byHand(here, path, { conversation_ids: [5] })).toBeNull()
  })

  it('is read back', async () => {
    expect(await byHand(here, `${account}/conversations/5/toggle_priority`, { priority: 'low' })).toBeNull()
    expect(await byHand(here, `${account}/conversations/5/mute`, {})).toBeNull()
    expect(await byHand(here, `${account}/conversations/5/unmute`, {})).toBeNull()
    expect((await there(here.session.priority).set('5', 'urgent', never)).priority).toBe('urgent')
    expect((await there(here.session.mute).mute('5', never)).muted).toBe(true)
    expect((await there(here.session.mute).unmute('5', never)).muted).toBe(false)
  })
})

describe('a bare array: all the agents', () => {
  it('stands in where the inbox is not ours', async () => {
    expect(Array.isArray(await byHand(here, `${account}/agents`))).toBe(true)
    here.simulator.scenario.inboxMembership({ inbox: 21, isMember: false })
    expect(await assignOf(here.session).candidates('21', never)).toHaveLength(3)
    answers('{"payload":[]}', `${account}/agents`)
    expect((await failureOf(assignOf(here.session).candidates('21', never))).kind).toBe('protocol')
  })
})

function answers(body: string, path?: string): void {
  const answer = { kind: 'status', status: 200, contentType: 'application/json', body } as const
  here.simulator.scenario.fault(answer, { path, count: 1 })
}
