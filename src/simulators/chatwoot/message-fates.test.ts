import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const send = async (id: number, body: unknown) => {
  const { json } = await asking.ask('POST', `${list}/${id}/messages`, { body })
  return Number(at(json, 'id'))
}
const call = (method: string, path: string, body?: unknown) =>
  asking.ask(method, `${list}/${path}`, body === undefined ? {} : { body })

describe('deleting a message', () => {
  test('empties it, drops its files and answers it', async () => {
    const { message } = asking.sim.scenario.customerWrites({
      conversation: 5,
      text: 'Oops',
      hasPicture: true,
    })
    const { json } = await call('DELETE', `5/messages/${message}`)
    expect(json).toMatchObject({
      id: message,
      content: 'This message was deleted',
      content_type: 'text',
      content_attributes: { deleted: true },
    })
    expect(at(json, 'attachments')).toBeUndefined()
  })

  test('nobody has is a 404', async () => {
    expect((await call('DELETE', '5/messages/1')).status).toBe(404)
  })
})

describe('retrying a message', () => {
  const failed = async () => {
    const first = at((await call('GET', '5/messages')).json, 'payload.0.id')
    const message = await send(5, {
      content: 'On its way',
      content_attributes: { in_reply_to: first, tuntas_id: 'r' },
    })
    asking.sim.scenario.messageMoves({ conversation: 5, status: 'failed', externalError: 'No such number' })
    return { message, first }
  }

  test('sets it sent and forgets every attribute, whatever its status was', async () => {
    const { message } = await failed()
    const { json } = await call('POST', `5/messages/${message}/retry`)
    expect([at(json, 'status'), at(json, 'content_attributes')]).toEqual(['sent', {}])
    asking.sim.scenario.customerReads({ conversation: 5 })
    const again = await call('POST', `5/messages/${message}/retry`)
    expect(at(again.json, 'status')).toBe('sent')
  })

  test('of newer trees acts on failed ones alone and keeps the rest of the attributes', async () => {
    asking.sim.scenario.server({ retriesOnlyFailed: true })
    const { message, first } = await failed()
    const { json } = await call('POST', `5/messages/${message}/retry`)
    expect([at(json, 'status'), at(json, 'content_attributes')]).toEqual([
      'sent',
      { in_reply_to: first, tuntas_id: 'r' },
    ])
    asking.sim.scenario.customerReads({ conversation: 5 })
    expect(at((await call('POST', `5/messages/${message}/retry`)).json, 'status')).toBe('read')
  })

  test('outside the window fails again', async () => {
    const message = await send(2, { content: 'Any news?' })
    for (const round of [1, 2]) {
      asking.turn(2000)
      asking.sim.scenario.tick()
      expect(at((await call('GET', '2')).json, 'last_non_activity_message.status'), String(round)).toBe(
        'failed',
      )
      await call('POST', `2/messages/${message}/retry`)
    }
  })
})

describe('telling what became of a message', () => {
  test('is for API inboxes alone: the only real 403', async () => {
    const message = await send(5, { content: 'a' })
    expect(await call('PATCH', `5/messages/${message}`, { status: 'read' })).toMatchObject({
      status: 403,
      json: { error: 'Message status update is only allowed for API inboxes' },
    })
  })

  test('moves it there, with why it failed, and never back from read', async () => {
    const { conversation } = asking.sim.scenario.customerWrites({ inbox: 24, text: 'Order 7' })
    const message = await send(conversation, { content: 'a' })
    const move = async (body: unknown) =>
      (await call('PATCH', `${conversation}/messages/${message}`, body)).json
    expect(await move({ status: 'failed', external_error: 'Full' })).toMatchObject({
      status: 'failed',
      content_attributes: { external_error: 'Full' },
    })
    expect(at(await move({ status: 'read' }), 'status')).toBe('read')
    expect(at(await move({ status: 'delivered' }), 'status')).toBe('read')
    expect(at(await move({ status: 'lost' }), 'status')).toBe('read')
  })
})
