import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const text = (words: unknown) => ({ messageType: 'Text', messageData: { text: words } })
const send = async (body: unknown, to = 'Amara Nwosu') =>
  asking.ask('POST', `/conversation/${await asking.called(to)}/messages`, { body })
const delivered = () =>
  asking.sim.accepted.messages.map(({ text: words, message }) => [words, message !== null])
const kept = async (of = 'Amara Nwosu') => {
  const { json } = await asking.ask('GET', `/conversation/${await asking.called(of)}`)
  return at(json, 'conversation.messages.*.messageData')
}

describe('a reply', () => {
  test('goes out and is answered as it is stored, without any id of ours', async () => {
    const { status, json } = await send({ ...text('Five it is!'), clientId: 'mine' })
    expect(status).toBe(200)
    expect(at(json, 'message')).toMatchObject({
      direction: 'OutBound',
      status: 'Sent',
      message_type: 'Text',
      messageData: { text: 'Five it is!' },
    })
    expect(JSON.stringify(json)).not.toContain('mine')
    expect(delivered()).toEqual([['Five it is!', true]])
    expect(await kept()).toHaveLength(5)
  })

  test('is there twice when it is sent twice', async () => {
    await send(text('Five it is!'))
    await send(text('Five it is!'))
    expect(asking.sim.accepted.messages).toHaveLength(2)
    expect(await kept()).toHaveLength(6)
  })

  test('reaches the customer and is a 500 all the same where the expected account is not there', async () => {
    asking.sim.scenario.server({ hasExpectedAccount: false })
    const { status, json } = await send(text('Five it is!'))
    expect(status).toBe(500)
    expect(at(json, 'message')).toContain('violates foreign key constraint')
    expect(delivered()).toEqual([['Five it is!', false]])
    expect(await kept()).toHaveLength(4)
  })

  test('that is no text is stored as one and never leaves', async () => {
    const { json } = await send({ messageType: 'Image', messageData: { link: 'https://example.com/a.png' } })
    expect(at(json, 'message')).toMatchObject({ message_type: 'Text', status: 'Sent' })
    expect(asking.sim.accepted.messages).toMatchObject([{ isDelivered: false, text: null }])
    expect(await kept()).toContainEqual({ link: 'https://example.com/a.png' })
  })

  test('lets the server fall where it has no type, no text, no WhatsApp, or WhatsApp refuses', async () => {
    await expect(send({ messageData: { text: 'x' } })).rejects.toThrow('socket hang up')
    await expect(send(text(7))).rejects.toThrow('socket hang up')
    await expect(send({ messageType: 'Text' })).rejects.toThrow('socket hang up')
    for (const whatsApp of ['absent', 'refuses'] as const) {
      asking.sim.scenario.server({ whatsApp })
      await expect(send(text('x'))).rejects.toThrow('socket hang up')
    }
    expect(asking.sim.accepted.messages).toEqual([])
    expect(asking.sim.requests.at(-1)).toMatchObject({ method: 'POST', status: null })
  })

  test('is refused by WhatsApp a day after the customer’s last word, where that is kept', async () => {
    asking.sim.scenario.server({ keepsReplyWindow: true })
    expect((await send(text('x'))).status).toBe(200)
    asking.turn(24 * 3_600_000)
    await expect(send(text('y'))).rejects.toThrow('socket hang up')
  })

  test('goes into anybody’s conversation, and needs a body that says that it is JSON', async () => {
    expect((await send(text('Hello, neighbour'), 'Piet Holm')).status).toBe(200)
    const path = `/conversation/${await asking.called('Amara Nwosu')}/messages`
    const headers = { 'x-access-token': asking.sim.key, 'content-type': 'text/plain' }
    const answer = await asking.ask('POST', path, { body: text('x'), headers })
    expect([answer.status, answer.text.includes('Unsupported Media Type')]).toEqual([400, true])
  })
})
