import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const send = (contact: number, message: object, channelId: number | null = null) =>
  asking.ask('POST', `/contact/id:${contact}/message`, { body: { channelId, message } })
const contents = () => asking.sim.accepted.messages.map(({ content }) => content)
/** What became of the newest message in the end. */
const fate = async (contact: number) => {
  asking.turn(5_000)
  const { json } = await asking.ask('GET', `/contact/id:${contact}/message/list?limit=1`)
  const statuses = at(json, 'items.0.status')
  return Array.isArray(statuses) ? at(statuses.at(-1), 'value') : undefined
}

const template = (parameters: readonly string[], name = 'lamp_ready') => ({
  type: 'whatsapp_template',
  template: {
    name,
    languageCode: 'en',
    components: [{ type: 'body', parameters: parameters.map((text) => ({ type: 'text', text })) }],
  },
})

describe('a template', () => {
  test('passes where free text is too late', async () => {
    expect((await send(302, template(['Bram', 'lamp']))).status).toBe(200)
    expect(await fate(302)).toBe('delivered')
    expect(contents()).toEqual(['Your lamp\nHello Bram, your lamp is ready.\nLantern Lamps'])
  })

  test('with a blank too few arrives as an empty bubble', async () => {
    await send(302, template(['Bram']))
    expect([await fate(302), contents()]).toEqual(['delivered', ['']])
  })

  test('that nobody knows, or that was rejected, fails later', async () => {
    await send(302, template([], 'no_such'))
    expect(await fate(302)).toBe('failed')
    await send(302, template([], 'lamp_sale'))
    expect(await fate(302)).toBe('failed')
  })

  test('reaches a phone that never wrote, by a named channel', async () => {
    expect((await send(307, template(['you', 'lamp']))).status).toBe(404)
    expect((await send(307, template(['you', 'lamp']), 201)).status).toBe(200)
  })

  test('is refused on any other channel', async () => {
    expect((await send(304, template(['Tomas', 'lamp']))).status).toBe(400)
  })
})

describe('an attachment', () => {
  const file = (url: unknown, type = 'image') => ({ type: 'attachment', attachment: { type, url } })

  test('is an address, and a 200 does not mean that anybody could open it', async () => {
    expect((await send(301, file('https://files.example.com/bulb.jpg'))).status).toBe(200)
    expect(await fate(301)).toBe('delivered')
    expect((await send(301, file('http://127.0.0.1/bulb.jpg'))).status).toBe(200)
    expect(await fate(301)).toBe('failed')
  })

  test.each([
    ['no address', file('bulb.jpg')],
    ['another protocol', file('ftp://files.example.com/bulb.jpg')],
    ['an unknown kind', file('https://files.example.com/bulb.jpg', 'hologram')],
    ['no attachment', { type: 'attachment' }],
  ])('is refused with %s', async (_what, message) => {
    expect((await send(301, message)).status).toBe(400)
    expect(contents()).toEqual([])
  })
})

describe('other kinds', () => {
  test('a quick reply has one to ten answers', async () => {
    const ask = (count: number) =>
      send(301, { type: 'quick_reply', title: 'Which?', replies: Array.from({ length: count }, String) })
    expect((await ask(10)).status).toBe(200)
    for (const count of [0, 11]) expect((await ask(count)).status).toBe(400)
    expect(contents()).toEqual(['Which?'])
  })

  test('a letter says its words in text', async () => {
    expect((await send(303, { type: 'email', text: '有的。', subject: 'Re: 台灯' })).status).toBe(200)
    expect((await send(303, { type: 'email', message: '有的。' })).status).toBe(400)
  })

  test('a payload of one’s own needs a named channel that takes it', async () => {
    const payload = { type: 'custom_payload', payload: { dance: true } }
    expect((await send(304, payload, 203)).status).toBe(200)
    expect((await send(304, payload)).status).toBe(400)
    expect((await send(301, payload, 201)).status).toBe(400)
  })

  test.each([{ type: 'hologram' }, { type: 'text', text: '' }, { text: 'no type' }])(
    '%o is refused',
    async (message) => {
      expect((await send(301, message)).status).toBe(400)
    },
  )

  test('a tag lets a late text through on Facebook', async () => {
    asking.turn(2 * 86_400_000)
    await send(305, { type: 'text', text: 'Still there?' })
    expect(await fate(305)).toBe('failed')
    await send(305, { type: 'text', text: 'Your parcel', messageTag: 'POST_PURCHASE_UPDATE' })
    expect(await fate(305)).toBe('delivered')
  })
})

test('a channel the contact cannot be reached on is not found', async () => {
  expect((await send(304, { type: 'text', text: 'Hi' }, 202)).status).toBe(404)
  expect((await send(304, { type: 'text', text: 'Hi' }, 999)).status).toBe(404)
  expect((await send(301, { type: 'email', text: 'Hi' }, 202)).status).toBe(200)
})

test('the window of a day opens again when they write', async () => {
  asking.sim.scenario.customerWrites({ contact: 302, text: 'Yes!' })
  await send(302, { type: 'text', text: 'Good' })
  expect(await fate(302)).toBe('delivered')
})
