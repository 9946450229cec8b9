import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { badge } from '../media/pictures.ts'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const send = (id: number, body: unknown) => asking.ask('POST', `${list}/${id}/messages`, { body })
const read = async (id: number, message: unknown) => {
  const { json } = await asking.ask('GET', `${list}/${id}/messages`)
  const payload: unknown = at(json, 'payload')
  const messages: unknown[] = Array.isArray(payload) ? payload : []
  return messages.find((one) => at(one, 'id') === message)
}
const later = () => {
  asking.turn(2000)
  asking.sim.scenario.tick()
}

function form(fields: Record<string, string>, files: readonly File[] = []): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  for (const file of files) data.append('attachments[]', file)
  return data
}

describe('a multipart message', () => {
  test('carries files whose kind follows from what they say they are', async () => {
    const picture = new File([Uint8Array.from(badge().bytes())], 'lamp.png', { type: 'image/png' })
    const files = [
      picture,
      new File(['hum'], 'hum.ogg', { type: 'audio/ogg' }),
      new File(['clip'], 'clip.mp4', { type: 'video/mp4' }),
      new File(['%PDF'], 'bill.pdf', { type: 'application/pdf' }),
    ]
    const { json } = await send(5, form({ content: 'Here', echo_id: 'e-1' }, files))
    expect(at(json, 'attachments.*.file_type')).toEqual(['image', 'audio', 'video', 'file'])
    expect(at(json, 'attachments.0')).toMatchObject({ width: 160, height: 160 })
    expect([at(json, 'content'), at(json, 'echo_id')]).toEqual(['Here', 'e-1'])
    const path = new URL(String(at(json, 'attachments.0.data_url'))).pathname
    const hop = await asking.ask('GET', path, { headers: {} })
    const file = await fetch(hop.headers.get('location') ?? '')
    expect(await file.bytes()).toEqual(Uint8Array.from(badge().bytes()))
  })

  test('takes its attributes as JSON or spelled out in names, and `private` as text', async () => {
    const json = await send(
      5,
      form({ content: 'a', content_attributes: '{"tuntas_id":"row-7"}', private: 'true' }),
    )
    expect(json.json).toMatchObject({ private: true, content_attributes: { tuntas_id: 'row-7' } })
    const spelled = await send(
      5,
      form({ content: 'a', 'content_attributes[tuntas_id]': 'row-8', private: 'false' }),
    )
    expect(spelled.json).toMatchObject({ private: false, content_attributes: { tuntas_id: 'row-8' } })
  })

  test('that is cut off is a bad request', async () => {
    const headers = {
      'api-access-token': asking.sim.token,
      'content-type': 'multipart/form-data; boundary=x',
    }
    const body = new TextEncoder().encode('--x\r\ncontent-disposition: form-data; name="content"\r\n\r\nHel')
    expect((await asking.ask('POST', `${list}/5/messages`, { headers, body })).status).toBe(400)
  })

  test('that names a file nobody signed is refused', async () => {
    const { status } = await send(5, form({ content: 'a', 'attachments[]': 'made-up' }))
    expect(status).toBe(422)
  })
})

describe('an e-mail', () => {
  test('keeps its addresses as lists and the letter made of it', async () => {
    const { json } = await send(3, {
      content: 'Dear Tomas,\n\na <new> one',
      cc_emails: 'a@example.com, b@example.org',
      bcc_emails: 'c@example.net',
    })
    expect(at(json, 'content_attributes')).toEqual({
      cc_emails: ['a@example.com', 'b@example.org'],
      bcc_emails: ['c@example.net'],
      to_emails: [],
      email: {
        html_content: {
          full: '<p>Dear Tomas,</p>\n<p>a &lt;new&gt; one</p>',
          reply: '<p>Dear Tomas,</p>\n<p>a &lt;new&gt; one</p>',
        },
        text_content: { full: 'Dear Tomas,\n\na <new> one', reply: 'Dear Tomas,\n\na <new> one' },
      },
    })
  })

  test('with an address that is none is refused whole', async () => {
    const answer = await send(3, { content: 'a', cc_emails: 'a@example.com, nobody' })
    expect(answer).toMatchObject({ status: 422, json: { error: 'Invalid email address' } })
    expect(asking.sim.accepted.messages).toHaveLength(0)
  })

  test('has no letter where `private` came as the text "false", which is true to Ruby', async () => {
    const { json } = await send(3, form({ content: 'a', private: 'false' }))
    expect(at(json, 'content_attributes.email')).toBeUndefined()
  })

  test('addresses mean nothing in any other inbox', async () => {
    const { json } = await send(5, { content: 'a', cc_emails: 'a@example.com' })
    expect(at(json, 'content_attributes')).toEqual({})
  })
})

describe('a private note', () => {
  const note = (text: string) => send(5, { content: text, private: true })

  test('makes those it names take part, agents and whole teams', async () => {
    await note(
      '[@Otto](mention://user/13/Otto%20Lindqvist) please, and [@returns](mention://team/11/returns)',
    )
    const { json } = await asking.ask('GET', `${list}/5/participants`)
    expect(at(json, '*.id')).toEqual([11, 13, 12])
    expect((await asking.list('conversation_type=mention')).ids).toEqual([5])
  })

  test('passes over whoever is neither in the inbox nor an administrator', async () => {
    asking.sim.scenario.inboxMembership({ inbox: 21, as: 'Ada', isMember: false })
    await note('[@Ada](mention://user/12/Ada) and [@nobody](mention://user/99/nobody)')
    const { json } = await asking.ask('GET', `${list}/5/participants`)
    expect(at(json, '*.id')).toEqual([11])
  })

  test('alone mentions: a reply with the same words names nobody', async () => {
    await send(5, { content: '[@Ada](mention://user/12/Ada)' })
    const { json } = await asking.ask('GET', `${list}/5/participants`)
    expect(at(json, '*.id')).toEqual([11])
  })
})

describe('what the channel will not carry', () => {
  test('is accepted as sent and flips to failed a moment later', async () => {
    const { json, status } = await send(2, { content: 'Any news?' })
    expect([status, at(json, 'status')]).toEqual([200, 'sent'])
    later()
    expect(await read(2, at(json, 'id'))).toMatchObject({
      status: 'failed',
      content_attributes: { external_error: 'Template not found or invalid template name' },
    })
  })

  test('a WhatsApp template leaves at any time, if the channel knows it by name and language', async () => {
    const template = (name: string, language: string) =>
      send(2, {
        content: 'Hello',
        template_params: { name, language, category: 'UTILITY', processed_params: {} },
      })
    const known = await template(knownTemplate.name, knownTemplate.language)
    const unknown = await template('made_up', knownTemplate.language)
    const foreign = await template(knownTemplate.name, 'xx')
    later()
    const states = [known, unknown, foreign].map(async ({ json }) =>
      at(await read(2, at(json, 'id')), 'status'),
    )
    expect(await Promise.all(states)).toEqual(['sent', 'failed', 'failed'])
  })

  test('free text within the window simply leaves', async () => {
    const { json } = await send(4, { content: 'Any news?' })
    later()
    expect(at(await read(4, at(json, 'id')), 'status')).toBe('sent')
  })
})

const knownTemplate = { name: 'lamp_ready', language: 'en' }

test('the name of a bot can be borrowed, and when it was written elsewhere is kept', async () => {
  const { json } = await send(5, {
    content: 'Beep',
    sender_type: 'AgentBot',
    sender_id: 1,
    external_created_at: 1_700_000_000,
  })
  expect(at(json, 'sender.type')).toBe('agent_bot')
  expect(at(json, 'content_attributes')).toEqual({ external_created_at: '1700000000' })
})

test('an incoming message is taken in an API inbox, as the customer’s', async () => {
  const { conversation } = asking.sim.scenario.customerWrites({ inbox: 24, text: 'Order 7' })
  const { json } = await send(conversation, { content: 'Still order 7', message_type: 'incoming' })
  expect([at(json, 'message_type'), at(json, 'sender.type')]).toEqual([0, 'contact'])
})
