import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const send = (id: number, body: unknown) => asking.ask('POST', `${list}/${id}/messages`, { body })
const read = async (query = '') => {
  const { json } = await asking.ask('GET', `${list}/3/messages${query}`)
  return at(json, 'payload.*.content')
}

/** Messages "1" to the given number in conversation 3; answers the id of each. */
function fill(count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    asking.turn(1000)
    return asking.sim.scenario.customerWrites({ conversation: 3, text: String(index + 1) }).message
  })
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index))
}

describe('reading', () => {
  test('shows the newest twenty, oldest first', async () => {
    fill(30)
    expect(await read()).toEqual(numbers(11, 30))
  })

  test('before one shows the twenty older ones, without it', async () => {
    const ids = fill(45)
    expect(await read(`?before=${ids[25]}`)).toEqual(numbers(6, 25))
  })

  test('after one shows up to a hundred newer ones, without it', async () => {
    const ids = fill(130)
    expect(await read(`?after=${ids[4]}`)).toEqual(numbers(6, 105))
  })

  test('between two shows the first of them as well, and not the last', async () => {
    const ids = fill(150)
    expect(await read(`?after=${ids[9]}&before=${ids[139]}`)).toEqual(numbers(10, 139))
  })

  test('says nothing of how many there are, so that an end shows by coming short', async () => {
    fill(3)
    const { json } = await asking.ask('GET', `${list}/3/messages`)
    expect(at(json, 'meta.count')).toBeUndefined()
    expect(at(json, 'payload')).toHaveLength(4)
  })

  test('can leave out notes and activities', async () => {
    asking.sim.scenario.agentWrites({ conversation: 3, text: 'Note', isPrivate: true })
    expect(await read('?filter_internal_messages=true')).toEqual([
      'The shade of my lamp came in two pieces. What now?',
    ])
  })
})

describe('writing', () => {
  test('answers the message, with the echo that is given and kept nowhere', async () => {
    const { json, status } = await send(3, { content: 'We send a new one.', echo_id: 'e-1' })
    expect([status, at(json, 'echo_id'), at(json, 'status'), at(json, 'message_type')]).toEqual([
      200,
      'e-1',
      'sent',
      1,
    ])
    const listed = await asking.ask('GET', `${list}/3/messages`)
    expect(listed.text).not.toContain('e-1')
  })

  test('keeps an own id among the content attributes, as 4.10 does', async () => {
    await send(5, { content: 'Hello', content_attributes: { tuntas_id: 'row-7' } })
    const { json } = await asking.ask('GET', `${list}/5/messages`)
    expect(at(json, 'payload.6.content_attributes')).toEqual({ tuntas_id: 'row-7' })
  })

  test('drops unknown content attributes where the installation is an older one', async () => {
    asking.sim.scenario.server({ keepsUnknownContentAttributes: false })
    const { json } = await send(5, { content: 'Hello', content_attributes: { tuntas_id: 'row-7' } })
    expect(at(json, 'content_attributes')).toEqual({})
  })

  test('the same twice makes two messages', async () => {
    await send(3, { content: 'Hello', echo_id: 'same' })
    await send(3, { content: 'Hello', echo_id: 'same' })
    expect(asking.sim.accepted.messages).toHaveLength(2)
  })

  test('ends the waiting and tells the first reply, and leaves the status alone', async () => {
    await send(3, { content: 'Hello' })
    const { json } = await asking.ask('GET', `${list}/3`)
    expect([at(json, 'waiting_since'), at(json, 'status')]).toEqual([0, 'open'])
    expect(at(json, 'first_reply_created_at')).toBe(Math.floor(asking.now() / 1000))
  })

  test('a note moves the list and nothing else', async () => {
    await send(3, { content: 'Broken twice this month', private: true })
    const { json } = await asking.ask('GET', `${list}/3`)
    expect(at(json, 'waiting_since')).not.toBe(0)
    expect(at(json, 'first_reply_created_at')).toBe(0)
    expect(at(json, 'last_activity_at')).toBe(Math.floor(asking.now() / 1000))
  })

  test('fills in what stands in double braces, but not within backticks', async () => {
    const { json } = await send(3, { content: 'Dear {{contact.name}}, {{ nobody }}use `{{contact.name}}`' })
    expect(at(json, 'content')).toBe('Dear Tomas Okoro, use `{{contact.name}}`')
  })

  test('leaves text alone that is no valid template', async () => {
    const { json } = await send(3, { content: '{{contact.name}} if (a) {{ b' })
    expect(at(json, 'content')).toBe('{{contact.name}} if (a) {{ b')
  })

  test('nothing at all is taken as a message', async () => {
    expect(await send(3, { content: '' })).toMatchObject({ status: 200, json: { content: '' } })
    expect(await send(3, {})).toMatchObject({ status: 200, json: { content: null } })
  })

  test('turns an unknown message to answer into none', async () => {
    const { json } = await send(5, { content: 'Yes', content_attributes: { in_reply_to: 4 } })
    expect(at(json, 'content_attributes')).toEqual({ in_reply_to: null })
  })
})

describe('a message is refused', () => {
  const tooLong = 'x'.repeat(150_001)
  test.each([
    [
      'too long',
      { content: tooLong },
      'Validation failed: Content is too long (maximum is 150000 characters)',
    ],
    ['of a kind nobody knows', { content: 'a', content_type: 'poem' }, "'poem' is not a valid content_type"],
    [
      'incoming outside an API inbox',
      { content: 'a', message_type: 'incoming' },
      'Incoming messages are only allowed in Api inboxes',
    ],
  ])('when it is %s', async (_why, body, error) => {
    expect(await send(3, body)).toMatchObject({ status: 422, json: { error } })
    expect(asking.sim.accepted.messages).toHaveLength(0)
  })

  test('when two hundred came within a minute', async () => {
    for (let count = 0; count < 200; count += 1)
      asking.sim.scenario.customerWrites({ conversation: 3, text: 'a' })
    expect((await send(3, { content: 'a' })).json).toEqual({ error: 'Validation failed: Too many messages' })
    asking.turn(61_000)
    expect((await send(3, { content: 'a' })).status).toBe(200)
  })

  test('when its JSON is none', async () => {
    const broken = await asking.ask('POST', `${list}/3/messages`, { body: '{"content": ' })
    expect(broken).toMatchObject({ status: 400, json: { status: 400, error: 'Bad Request' } })
  })
})

describe('delivery', () => {
  test('moves as the scenario says, and never back from read', async () => {
    await send(5, { content: 'On the van' })
    asking.sim.scenario.messageMoves({ conversation: 5, status: 'delivered' })
    asking.sim.scenario.customerReads({ conversation: 5 })
    expect(() => asking.sim.scenario.messageMoves({ conversation: 5, status: 'delivered' })).toThrow(
      /was read/,
    )
    const { json } = await asking.ask('GET', `${list}/5/messages`)
    expect(at(json, 'payload.6.status')).toBe('read')
  })

  test('fails with the channel’s words', async () => {
    await send(5, { content: 'On the van' })
    asking.sim.scenario.messageMoves({
      conversation: 5,
      status: 'failed',
      externalError: 'Number not on WhatsApp',
    })
    const { json } = await asking.ask('GET', `${list}/5/messages`)
    expect(at(json, 'payload.6')).toMatchObject({
      status: 'failed',
      content_attributes: { external_error: 'Number not on WhatsApp' },
    })
  })

  test('on WhatsApp after its window is taken with 200 and fails a moment later', async () => {
    expect(await send(2, { content: 'Any news?' })).toMatchObject({ status: 200, json: { status: 'sent' } })
    asking.turn(2000)
    asking.sim.scenario.tick()
    const { json } = await asking.ask('GET', `${list}/2`)
    expect(at(json, 'last_non_activity_message.status')).toBe('failed')
  })

  test('does not happen at all where a source id is given', async () => {
    await send(2, { content: 'Any news?', source_id: 'already-there' })
    asking.turn(2000)
    asking.sim.scenario.tick()
    const { json } = await asking.ask('GET', `${list}/2`)
    expect(at(json, 'last_non_activity_message.status')).toBe('sent')
  })
})
