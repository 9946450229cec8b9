import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

describe('§1.4 a conversation by e-mail', () => {
  test('answers nothing', async () => {
    const { status, text } = await send('guest@example.com')
    expect([status, text]).toEqual([200, ''])
    expect(asking.sim.accepted.actions.map(({ action, value }) => [action, value])).toEqual([
      ['transcript', 'guest@example.com'],
    ])
  })

  test('without an address it is refused', async () => {
    const { status, json } = await send(' ')
    expect([status, json]).toEqual([422, { error: 'email param missing' }])
  })

  test('§8.4 newer trees want a plan, or say that it was too much without a word', async () => {
    asking.sim.scenario.server({ transcripts: 'planTooSmall' })
    expect((await send('guest@example.com')).status).toBe(402)
    asking.sim.scenario.server({ transcripts: 'tooMany' })
    const { status, text } = await send('guest@example.com')
    expect([status, text]).toEqual([429, ''])
    expect(asking.sim.accepted.actions).toEqual([])
  })

  test('§4 thirty an hour for the whole account', async () => {
    asking.sim.scenario.server({ isThrottling: true })
    for (let index = 0; index < 30; index += 1) {
      expect((await send('guest@example.com')).status).toBe(200)
    }
    expect((await send('guest@example.com', 4)).text).toBe('Retry later\n')
    asking.turn(3_600_000)
    expect((await send('guest@example.com')).status).toBe(200)
  })
})

test('§4 sixty uploads an hour for the whole account', async () => {
  asking.sim.scenario.server({ isThrottling: true })
  const upload = () => asking.ask('POST', '/api/v1/accounts/1/upload', { body: {} })
  for (let index = 0; index < 60; index += 1) expect((await upload()).status).toBe(422)
  expect((await upload()).status).toBe(429)
})

test('§4 three thousand requests a minute from one address', async () => {
  asking.sim.scenario.server({ isThrottling: true })
  const statuses = new Set<number>()
  for (let index = 0; index < 30; index += 1) {
    const many = Array.from({ length: 100 }, () => asking.ask('GET', '/api'))
    for (const { status } of await Promise.all(many)) statuses.add(status)
  }
  expect([...statuses]).toEqual([200])
  expect((await asking.ask('GET', '/api')).status).toBe(429)
})

function send(email: string, conversation = 5) {
  return asking.ask('POST', `/api/v1/accounts/1/conversations/${conversation}/transcript`, {
    body: { email },
  })
}
