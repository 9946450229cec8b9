import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startAsking, type Asking } from './asking.ts'
import { plainRefusals, type PlainRefusal } from './named-faults.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const send = () =>
  asking.ask('POST', '/contact/id:301/message', { body: { message: { type: 'text', text: 'Hi' } } })
const sent = () => asking.sim.accepted.messages.length

const bodies: Readonly<Record<PlainRefusal, readonly [number, unknown]>> = {
  validation: [400, { code: 400, message: 'Validation error.' }],
  unauthorized: [401, { code: 401, message: 'UN_AUTHORIZED' }],
  forbidden: [403, { code: 403, message: 'Forbidden resource' }],
  cdnBlock: [403, null],
  contactNotFound: [404, { code: 404, message: 'Contact not found' }],
  conflict: [409, expect.objectContaining({ code: 409 })],
  queued: [449, { code: 449, message: expect.stringContaining('currently in queue') }],
  serverError: [500, { code: 500, message: 'Unexpected error occurred' }],
  successFalse: [200, expect.objectContaining({ success: false })],
  portal: [200, null],
}

test.each(plainRefusals)(
  '%s answers as its page says, does nothing, and is over when it is lifted',
  async (kind) => {
    const id = asking.sim.scenario.fault({ kind })
    const [status, json] = bodies[kind]
    expect(await send()).toMatchObject({ status, json })
    expect(sent()).toBe(0)
    asking.sim.scenario.liftFault(id)
    expect((await send()).status).toBe(200)
  },
)

test('too many requests name their seconds, or do not', async () => {
  asking.sim.scenario.fault({ kind: 'rateLimited', retryAfter: 30 }, { count: 1 })
  const told = await send()
  expect(told).toMatchObject({ status: 429, json: { code: 429, message: 'Too Many Requests' } })
  expect([told.headers.get('retry-after'), told.headers.get('x-ratelimit-remaining')]).toEqual(['30', '0'])
  asking.sim.scenario.fault({ kind: 'rateLimited', retryAfter: null }, { count: 1 })
  expect((await send()).headers.get('retry-after')).toBeNull()
})

test('a refusal may name the contact it means in an object', async () => {
  asking.sim.scenario.fault({ kind: 'alreadyConnected', contact: 302 })
  expect(await send()).toMatchObject({ status: 400, json: { message: { contactId: 302 } } })
})

test('a gateway answers with a page', async () => {
  asking.sim.scenario.fault({ kind: 'badGateway', status: 502 })
  expect(await send()).toMatchObject({ status: 502, type: 'text/html', json: null })
})

test('any status can be had, with any body', async () => {
  asking.sim.scenario.fault({ kind: 'status', status: 418, contentType: 'text/plain', body: 'teapot' })
  expect(await send()).toMatchObject({ status: 418, text: 'teapot' })
})

describe('a fault on the way', () => {
  test('before it arrives leaves nothing', async () => {
    asking.sim.scenario.fault({ kind: 'resetBeforeAccept' }, { count: 1 })
    await expect(send()).rejects.toThrow()
    expect(sent()).toBe(0)
  })

  test('after it arrived leaves the message', async () => {
    asking.sim.scenario.fault({ kind: 'dropAfterAccept' }, { count: 1 })
    await expect(send()).rejects.toThrow()
    expect(sent()).toBe(1)
  })

  test('may let it arrive late', async () => {
    asking.sim.scenario.fault({ kind: 'acceptLate', delayMs: 9_000 }, { count: 1, method: 'POST' })
    await expect(send()).rejects.toThrow()
    expect(sent()).toBe(0)
    asking.turn(9_000)
    expect(sent()).toBe(1)
  })

  test('strikes where it is aimed, and the log says so', async () => {
    asking.sim.scenario.fault({ kind: 'serverError' }, { path: '/v1/contact/*/comment' })
    expect((await send()).status).toBe(200)
    expect((await asking.ask('POST', '/contact/id:301/comment', { body: { text: 'x' } })).status).toBe(500)
    expect(asking.sim.requests.map(({ fault, status }) => [fault, status])).toEqual([
      [null, 200],
      ['answer', 500],
    ])
  })
})
