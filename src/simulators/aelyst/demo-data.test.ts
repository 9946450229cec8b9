import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'
import { demoSpace } from './demo-data.ts'

const everything = JSON.stringify(demoSpace)
const everybody = [...demoSpace.contacts, ...(demoSpace.newcomers ?? [])]

describe('the demo', () => {
  test.each(['Arabic', 'Hebrew', 'Han', 'Hiragana', 'Hangul', 'Devanagari', 'Cyrillic', 'Greek', 'Thai'])(
    'has somebody who writes %s',
    (script) => {
      expect(new RegExp(`\\p{Script=${script}}`, 'u').test(everything)).toBe(true)
    },
  )

  test('reaches nobody real', () => {
    for (const { phone = '+1555' } of everybody) expect(phone).toMatch(/^\+1555/)
    for (const [address] of everything.matchAll(/[\w.]+@[\w.]+/g))
      expect(address).toMatch(/@example\.(com|org|net)$/)
  })
})

describe('the demo’s workspace', () => {
  let asking: Asking
  beforeEach(async () => {
    asking = await startAsking({ data: 'demo' })
  })
  afterEach(() => asking.sim.close())
  const open = () =>
    asking.list(
      { $and: [{ category: 'contactField', field: 'status', operator: 'isEqualTo', value: 'open' }] },
      '?limit=99',
    )

  test('has fourteen open conversations: mine, others’ and nobody’s', async () => {
    const { json } = await open()
    expect(at(json, 'items.length')).toBe(14)
    const assignees = at(json, 'items.*.assignee.id')
    expect(assignees).toEqual(expect.arrayContaining([101, 102, 103, undefined]))
  })

  test('shows pictures, recordings and papers that open without a token', async () => {
    const { json } = await open()
    const ids = at(json, 'items.*.id')
    const looked = Array.isArray(ids)
      ? ids.map((id) => asking.sim.scenario.look({ contact: Number(id) }))
      : []
    const urls = looked.flatMap(({ contact, messages }) =>
      [at(contact, 'profilePic'), ...messages.map((each) => at(each, 'message.attachment.url'))].filter(
        (url) => typeof url === 'string',
      ),
    )
    const types = await Promise.all(urls.map(async (url) => (await fetch(url)).headers.get('content-type')))
    expect(new Set(types)).toEqual(new Set(['application/pdf', 'audio/wav', 'image/png']))
  })
})

test('as many people as wanted can be had, the same for the same seed', async () => {
  const [one, same] = [
    await startAsking({ data: { contacts: 250 } }),
    await startAsking({ data: { contacts: 250 } }),
  ]
  const page = async ({ list }: Asking) => (await list({ $and: [] }, '?limit=99&cursorId=400')).json
  expect(at(await page(one), 'items.length')).toBe(99)
  expect(at(await page(one), 'items')).toEqual(at(await page(same), 'items'))
  await Promise.all([one.sim.close(), same.sim.close()])
})
