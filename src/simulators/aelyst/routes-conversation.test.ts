import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const set = (contact: number | string, body: object) =>
  asking.ask(
    'POST',
    `/contact/${typeof contact === 'number' ? `id:${contact}` : contact}/conversation/status`,
    { body },
  )
const assign = (assignee: unknown) =>
  asking.ask('POST', '/contact/id:301/conversation/assignee', { body: { assignee } })
const contact = async (id: number) => (await asking.ask('GET', `/contact/id:${id}`)).json
const done = () => asking.sim.accepted.actions.map(({ action, value }) => [action, value])

describe('a status', () => {
  test('is written “close” and read “closed”, and the answer is the contact’s id alone', async () => {
    expect((await set(301, { status: 'close' })).json).toEqual({ contactId: 301 })
    expect(at(await contact(301), 'status')).toBe('closed')
    expect((await set('phone:+15550100', { status: 'open' })).json).toEqual({ contactId: 301 })
    expect(at(await contact(301), 'status')).toBe('open')
    for (const status of ['closed', 'done', undefined]) expect((await set(301, { status })).status).toBe(400)
  })

  test('takes the name of a closing note along, and a summary with it', async () => {
    await set(301, { status: 'close', category: 'Refunded', summary: 'One bulb' })
    await set(302, { status: 'close', summary: 'Without a category nobody keeps it' })
    expect(done()).toEqual([
      ['status', 'close Refunded: One bulb'],
      ['status', 'close'],
    ])
  })

  test.each([
    ['a category that is no closing note', { category: 'Whatever' }, 'Category not found.'],
    ['a category of more than 128 letters', { category: 'x'.repeat(129) }, 'Validation error.'],
    [
      'a summary of more than 512 letters',
      { category: 'Spam', summary: 'x'.repeat(513) },
      'Validation error.',
    ],
  ])('is refused with %s, and nothing moves', async (_what, more, message) => {
    expect((await set(301, { status: 'close', ...more })).json).toEqual({ code: 400, message })
    expect([at(await contact(301), 'status'), done()]).toEqual(['open', []])
  })

  test('takes a summary of 512 letters', async () => {
    expect((await set(301, { status: 'close', category: 'Spam', summary: 'x'.repeat(512) })).status).toBe(200)
  })

  test('needs a category where the workspace wants one, but only to close', async () => {
    asking.sim.scenario.server({ requiresCategory: true })
    expect(await set(301, { status: 'close' })).toMatchObject({ status: 400 })
    expect((await set(304, { status: 'open' })).status).toBe(200)
    expect((await set(301, { status: 'close', category: 'Answered' })).status).toBe(200)
  })

  test('that it has already is a 200, or a 400, and nobody knows before', async () => {
    expect((await set(301, { status: 'open' })).status).toBe(200)
    expect((await set(304, { status: 'close' })).status).toBe(200)
    asking.sim.scenario.server({ sameStatus: 'refused' })
    expect((await set(301, { status: 'open' })).status).toBe(400)
    expect((await set(304, { status: 'close' })).status).toBe(400)
  })

  test('may be answered like always and not set at all', async () => {
    asking.sim.scenario.server({ ignoresWrites: true })
    expect((await set(301, { status: 'close' })).json).toEqual({ contactId: 301 })
    expect([at(await contact(301), 'status'), done()]).toEqual(['open', []])
  })

  test('opens again by itself when the customer writes, unless they are blocked', async () => {
    asking.sim.scenario.customerWrites({ contact: 304, text: 'Not quite' })
    asking.sim.scenario.customerWrites({ contact: 306, text: 'BUY' })
    expect([at(await contact(304), 'status'), at(await contact(306), 'status')]).toEqual(['open', 'blocked'])
  })
})

describe('an assignee', () => {
  test.each([
    ['number', 102, 102],
    ['address', 'otto@example.com', 103],
    ['nobody', null, undefined],
  ])('is set by %s', async (_by, given, id) => {
    expect((await assign(given)).json).toEqual({ contactId: 301 })
    expect(at(await contact(301), 'assignee.id')).toBe(id)
  })

  test.each(['null', 'nobody@example.com', 999])('is refused as %s', async (given) => {
    expect((await assign(given)).status).toBe(400)
    expect(at(await contact(301), 'assignee.id')).toBe(101)
  })
})

describe('a comment', () => {
  const comment = (text: string) => asking.ask('POST', '/contact/id:301/comment', { body: { text } })

  test('is told once, with its variables filled in, and never read again', async () => {
    const { json } = await comment('{{@user.102}} look at {{$contact.firstname}}')
    const text = '{{@user.102}} look at Ines'
    expect(json).toEqual({ contactId: 301, text, created_at: Math.floor(asking.now() / 1000) })
    expect((await asking.ask('GET', '/contact/id:301/message/list')).text).not.toContain('look at')
    expect((await asking.ask('GET', '/contact/id:301/comment')).status).toBe(404)
    expect(asking.sim.scenario.look({ contact: 301 }).comments).toEqual([text])
  })

  test('has a thousand letters at most', async () => {
    expect((await comment('x'.repeat(1000))).status).toBe(200)
    expect((await comment('x'.repeat(1001))).json).toEqual({
      code: 400,
      message: 'Comment length must not be greater than 1000 characters',
    })
  })
})
