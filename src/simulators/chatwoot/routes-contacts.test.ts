import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, keys, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const account = '/api/v1/accounts/1'
const ines = `${account}/contacts/1501`
const bram = `${account}/contacts/1504`

describe('§1.6 a contact', () => {
  test('comes wrapped, with the inboxes it is known in', async () => {
    const { json } = await asking.ask('GET', ines)
    expect(at(json, 'payload.name')).toBe('Ines Duarte')
    expect(at(json, 'payload.contact_inboxes.*.inbox.name')).toEqual(['Website'])
    expect(at(json, 'payload.contact_inboxes.0.source_id')).toEqual(expect.any(String))
  })

  test('comes without them where they are not wanted', async () => {
    const { json } = await asking.ask('GET', `${ines}?include_contact_inboxes=false`)
    expect(keys(at(json, 'payload'))).not.toContain('contact_inboxes')
  })

  test('is not limited to the inboxes of the agent: all of an account are to be seen', async () => {
    const { json, status } = await asking.ask('GET', bram)
    expect([status, at(json, 'payload.contact_inboxes.*.inbox.id')]).toEqual([200, [23, 26]])
  })

  test('a change answers the contact, and both kinds of attributes are merged', async () => {
    await asking.ask('PATCH', ines, { body: { additional_attributes: { city: 'Fernhill' } } })
    const body = {
      name: 'Ines D.',
      additional_attributes: { country: 'Portugal' },
      custom_attributes: { vip: true },
    }
    const { status, json } = await asking.ask('PATCH', ines, { body })
    expect([status, at(json, 'payload.name')]).toEqual([200, 'Ines D.'])
    expect(at(json, 'payload.additional_attributes')).toEqual({ city: 'Fernhill', country: 'Portugal' })
    expect(at(json, 'payload.custom_attributes')).toEqual({ since: '2024-05-04', isbn: 'none', vip: true })
  })

  test.each([
    [{ email: 'tomas@example.net' }, 'Email has already been taken', ['email']],
    [{ email: 'no address' }, 'Email is invalid', ['email']],
    [{ phone_number: '0770090014' }, 'Phone number should be in e164 format', ['phone_number']],
  ])(
    'what is invalid is refused with a message and its attributes: %o',
    async (body, message, attributes) => {
      const { status, json } = await asking.ask('PATCH', ines, { body })
      expect([status, json]).toEqual([422, { message, attributes }])
      expect(at((await asking.ask('GET', ines)).json, 'payload.email')).toBe('ines@example.org')
    },
  )

  test('an attribute can be taken away by its key', async () => {
    const body = { custom_attributes: ['isbn'] }
    const { json } = await asking.ask('POST', `${ines}/destroy_custom_attributes`, { body })
    expect(at(json, 'payload.custom_attributes')).toEqual({ since: '2024-05-04' })
  })

  test('blocking is a field like others, and shows as muted', async () => {
    await asking.ask('PATCH', ines, { body: { blocked: true } })
    expect(at(asking.sim.scenario.look({ conversation: 5 }).conversation, 'muted')).toBe(true)
  })

  test('its conversations are those of inboxes I see, the newest activity first', async () => {
    const theirs = await asking.ask('GET', `${account}/contacts/1502/conversations`)
    expect(at(theirs.json, 'payload.*.id')).toEqual([3, 1])
    const inClosed = await asking.ask('GET', `${bram}/conversations`)
    expect(at(inClosed.json, 'payload.*.id')).toEqual([2])
  })

  test('its labels are replaced as a whole', async () => {
    expect((await asking.ask('GET', `${ines}/labels`)).json).toEqual({ payload: ['delivery'] })
    const { json } = await asking.ask('POST', `${ines}/labels`, { body: { labels: ['vip', 'vip'] } })
    expect(json).toEqual({ payload: ['vip'] })
  })

  test('one that is not there is not found', async () => {
    expect((await asking.ask('GET', `${account}/contacts/1`)).status).toBe(404)
  })

  test('only administrators delete', async () => {
    expect((await asking.ask('DELETE', ines)).status).toBe(401)
  })
})

describe('§1.6 notes on a contact', () => {
  test('come bare, the newest first; the two ids in them say nothing', async () => {
    const { json } = await asking.ask('GET', `${ines}/notes`)
    expect(at(json, '*.content')).toEqual(['Has three of our lamps.', 'Prefers to be called after five.'])
    expect(at(json, '*.user.name')).toEqual(['Nilo Verano', 'Ada Brook'])
    expect([at(json, '0.account_id'), at(json, '0.contact_id')]).toEqual([null, null])
    expect(at(json, '0.created_at')).toEqual(expect.any(Number))
  })

  test('are written bare or wrapped, changed and deleted', async () => {
    const made = await asking.ask('POST', `${ines}/notes`, { body: { note: { content: 'Likes green.' } } })
    const path = `${ines}/notes/${String(at(made.json, 'id'))}`
    const changed = await asking.ask('PATCH', path, { body: { content: 'Likes blue.' } })
    expect([at(made.json, 'content'), at(changed.json, 'content')]).toEqual(['Likes green.', 'Likes blue.'])
    const gone = await asking.ask('DELETE', path)
    expect([gone.status, gone.text]).toEqual([200, ''])
    expect((await asking.ask('GET', path)).status).toBe(404)
  })

  test('a blank one is refused', async () => {
    const { status, json } = await asking.ask('POST', `${ines}/notes`, { body: { note: { content: ' ' } } })
    expect([status, json]).toEqual([422, { message: "Content can't be blank", attributes: ['content'] }])
  })
})

describe('§1.6 searching contacts', () => {
  test('finds by name, address and number; current_page is a number until one is asked for', async () => {
    const named = await asking.ask('GET', `${account}/contacts/search?q=DUARTE`)
    expect(at(named.json, 'payload.*.name')).toEqual(['Ines Duarte'])
    expect(at(named.json, 'meta')).toEqual({ count: 1, current_page: 1 })
    const paged = await asking.ask('GET', `${account}/contacts/search?q=%2B4477&page=1`)
    expect(at(paged.json, 'meta')).toEqual({ count: 3, current_page: '1' })
  })

  test('pages by fifteen, sorted as asked', async () => {
    for (let index = 10; index < 30; index += 1) {
      const body = { name: `Guest ${index}`, email: `guest${index}@example.com` }
      await asking.ask('POST', `${account}/contacts`, { body })
    }
    const first = await asking.ask('GET', `${account}/contacts/search?q=guest&sort=-name`)
    const second = await asking.ask('GET', `${account}/contacts/search?q=guest&sort=-name&page=2`)
    expect(at(first.json, 'payload.0.name')).toBe('Guest 29')
    expect(at(second.json, 'payload.*.name')).toEqual([
      'Guest 14',
      'Guest 13',
      'Guest 12',
      'Guest 11',
      'Guest 10',
    ])
    expect(at(second.json, 'meta')).toEqual({ count: 20, current_page: '2' })
  })

  test('leaves out who left neither address nor number nor identifier', async () => {
    asking.sim.scenario.customerWrites({ inbox: 21, name: 'Shy Visitor', text: 'hi' })
    const { json } = await asking.ask('GET', `${account}/contacts/search?q=shy`)
    expect(at(json, 'payload')).toEqual([])
  })

  test('needs something to search for', async () => {
    const { status, json } = await asking.ask('GET', `${account}/contacts/search?q=`)
    expect([status, keys(json)]).toEqual([422, ['error']])
  })

  test('§4 is throttled at a hundred a minute for the whole account', async () => {
    asking.sim.scenario.server({ isThrottling: true })
    const search = () => asking.ask('GET', `${account}/contacts/search?q=ines`)
    for (let index = 0; index < 100; index += 1) expect((await search()).status).toBe(200)
    expect((await search()).text).toBe('Retry later\n')
    const elsewhere = await asking.ask('GET', '/api/v1/accounts/2/contacts/search?q=mo')
    expect(elsewhere.status).toBe(200)
    asking.turn(60_000)
    expect((await search()).status).toBe(200)
  })
})

describe('§1.6 a new contact', () => {
  test('answers contact and contact inbox, both wrapped', async () => {
    const body = { name: 'Nora Lind', phone_number: '+447700900155', inbox_id: 23 }
    const { status, json } = await asking.ask('POST', `${account}/contacts`, { body })
    expect(status).toBe(200)
    expect(keys(at(json, 'payload'))).toEqual(['contact', 'contact_inbox'])
    expect(at(json, 'payload.contact.name')).toBe('Nora Lind')
    expect(at(json, 'payload.contact_inbox.source_id')).toBe('447700900155')
    expect(at(json, 'payload.contact_inbox.inbox.id')).toBe(23)
  })

  test('what is invalid leaves no contact behind', async () => {
    const body = { name: 'Nora Lind', email: 'ines@example.org' }
    expect((await asking.ask('POST', `${account}/contacts`, { body })).status).toBe(422)
    const next = await asking.ask('POST', `${account}/contacts`, { body: { name: 'Nora Lind' } })
    const refused = Number(at(next.json, 'payload.contact.id')) - 1
    expect((await asking.ask('GET', `${account}/contacts/${refused}`)).status).toBe(404)
  })
})

describe('§1.6 where one can write first', () => {
  test('a number is for telephones, an address for letters, an API takes anybody', async () => {
    const { json } = await asking.ask('GET', `${ines}/contactable_inboxes`)
    expect(at(json, 'payload.*.inbox.name')).toEqual(['Post', 'WhatsApp', 'Shop system'])
    expect(at(json, 'payload.0.source_id')).toBe('ines@example.org')
    expect(at(json, 'payload.1.source_id')).toBe('447700900141')
  })

  test('inboxes of others are left out, and so is a widget that has a conversation already', async () => {
    const { json } = await asking.ask('GET', `${account}/contacts/1503/contactable_inboxes`)
    expect(at(json, 'payload.*.inbox.name')).toEqual(['Post', 'Shop system'])
  })
})
