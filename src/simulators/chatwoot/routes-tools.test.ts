import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const account = '/api/v1/accounts/1'
const tea = '/api/v1/accounts/2'

describe('§1.2 labels', () => {
  const label = { title: 'Rare', description: 'Only one left', color: '#123456' }

  test('are written by administrators alone', async () => {
    for (const [method, path] of [
      ['POST', 'labels'],
      ['PATCH', 'labels/101'],
      ['DELETE', 'labels/101'],
    ] as const) {
      const { status, json } = await asking.ask(method, `${account}/${path}`, { body: { label } })
      expect([status, json]).toEqual([401, { error: 'You are not authorized to do this action' }])
    }
  })

  test('are kept in lower case, once each', async () => {
    const { status, json } = await asking.ask('POST', `${tea}/labels`, { body: { label } })
    expect([status, at(json, 'title'), at(json, 'show_on_sidebar')]).toEqual([200, 'rare', true])
    const again = await asking.ask('POST', `${tea}/labels`, { body: { label } })
    expect([again.status, again.json]).toEqual([
      422,
      { message: 'Title has already been taken', attributes: ['title'] },
    ])
  })

  test('a label renamed is renamed on its conversations, a deleted one stays there', async () => {
    const made = await asking.ask('POST', `${tea}/labels`, { body: { label } })
    const path = `${tea}/labels/${String(at(made.json, 'id'))}`
    await asking.ask('POST', `${tea}/conversations/1/labels`, { body: { labels: ['rare'] } })
    await asking.ask('PATCH', path, { body: { label: { title: 'precious' } } })
    const labels = async () => (await asking.ask('GET', `${tea}/conversations/1/labels`)).json
    expect(await labels()).toEqual({ payload: ['precious'] })
    const gone = await asking.ask('DELETE', path)
    expect([gone.status, gone.text]).toEqual([200, ''])
    expect(at((await asking.ask('GET', `${tea}/labels`)).json, 'payload')).toEqual([])
    expect(await labels()).toEqual({ payload: ['precious'] })
  })
})

describe('§1.2 canned replies', () => {
  test('come bare, with ISO times', async () => {
    const { json } = await asking.ask('GET', `${account}/canned_responses`)
    expect(at(json, '*.short_code')).toEqual(['hello', 'shipping', 'ship_abroad', 'broken'])
    expect(at(json, '0.created_at')).toMatch(/^\d{4}-.*Z$/)
    expect(at(json, '0.account_id')).toBe(1)
  })

  test('a search ranks codes that begin so, then codes that hold it, then texts', async () => {
    for (const short_code of ['airship', 'ships']) {
      const body = { canned_response: { short_code, content: 'We fly.' } }
      await asking.ask('POST', `${account}/canned_responses`, { body })
    }
    const { json } = await asking.ask('GET', `${account}/canned_responses?search=SHIP`)
    expect(at(json, '*.short_code')).toEqual(['shipping', 'ship_abroad', 'ships', 'airship', 'broken'])
  })

  test('any agent may write, change and delete them', async () => {
    const body = { canned_response: { short_code: 'bulb', content: 'Any E27 bulb fits.' } }
    const made = await asking.ask('POST', `${account}/canned_responses`, { body })
    const path = `${account}/canned_responses/${String(at(made.json, 'id'))}`
    const changed = await asking.ask('PATCH', path, { body: { canned_response: { content: 'E27.' } } })
    expect([at(changed.json, 'short_code'), at(changed.json, 'content')]).toEqual(['bulb', 'E27.'])
    expect((await asking.ask('DELETE', path)).status).toBe(200)
    expect((await asking.ask('PATCH', path, { body })).status).toBe(404)
  })

  test('are taken bare as well as wrapped, and nothing at all is a missing parameter', async () => {
    const bare = { short_code: 'bare', content: 'Also good.' }
    expect((await asking.ask('POST', `${account}/canned_responses`, { body: bare })).status).toBe(200)
    const { status, json } = await asking.ask('POST', `${account}/canned_responses`, { body: {} })
    expect(status).toBe(422)
    expect(at(json, 'error')).toContain('canned_response')
  })

  test('a code that exists is refused in the shape of invalid records', async () => {
    const body = { canned_response: { short_code: 'hello', content: 'Again.' } }
    const { status, json } = await asking.ask('POST', `${account}/canned_responses`, { body })
    expect([status, at(json, 'attributes')]).toEqual([422, ['short_code']])
  })
})

describe('§1.2 folders (custom filters)', () => {
  test('are my own alone, of one kind, and bare', async () => {
    const { json } = await asking.ask('GET', `${account}/custom_filters?filter_type=conversation`)
    expect(at(json, '*.name')).toEqual(['Open and high'])
    expect(at(json, '0.query.payload.0.attribute_key')).toBe('status')
    const ofContacts = await asking.ask('GET', `${account}/custom_filters?filter_type=contact`)
    expect(ofContacts.json).toEqual([])
  })

  test('are written, changed, and deleted with 204', async () => {
    const query = { payload: [{ attribute_key: 'status', filter_operator: 'equal_to', values: ['open'] }] }
    const body = { custom_filter: { name: 'All open', filter_type: 'conversation', query } }
    const made = await asking.ask('POST', `${account}/custom_filters`, { body })
    expect([made.status, at(made.json, 'filter_type')]).toEqual([200, 'conversation'])
    const path = `${account}/custom_filters/${String(at(made.json, 'id'))}`
    const changed = await asking.ask('PATCH', path, { body: { custom_filter: { name: 'Open ones' } } })
    expect([at(changed.json, 'name'), at(changed.json, 'query')]).toEqual(['Open ones', query])
    const gone = await asking.ask('DELETE', path)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await asking.ask('GET', path)).status).toBe(404)
  })

  test('somebody else’s is not there for me', async () => {
    const mine = await asking.ask('GET', `${account}/custom_filters`)
    const others = Number(at(mine.json, '0.id')) + 1
    expect((await asking.ask('DELETE', `${account}/custom_filters/${others}`)).status).toBe(404)
  })
})

describe('§1.2 attribute definitions', () => {
  test('come bare, of both kinds or of the one asked for', async () => {
    const all = await asking.ask('GET', `${account}/custom_attribute_definitions`)
    expect(at(all.json, '*.attribute_key')).toEqual(['lamp', 'order', 'since'])
    const path = `${account}/custom_attribute_definitions?attribute_model=contact_attribute`
    const { json } = await asking.ask('GET', path)
    expect(at(json, '*.attribute_display_type')).toEqual(['date'])
  })
})
