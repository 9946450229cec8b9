import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking({ dialect: 'newer' })
})
afterEach(() => asking.sim.close())

const user = (from = '192.0.2.7') =>
  asking.ask('GET', '/user', { headers: { 'x-access-token': asking.sim.key, 'x-forwarded-for': from } })

async function use(times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) await user()
}

describe('the limiter', () => {
  test('ends with 429, which says in seconds when to come back and has no header for it', async () => {
    await use(120)
    asking.turn(600_000)
    const { status, json } = await user()
    expect(status).toBe(429)
    const reset = Math.floor(asking.now() / 1000) + 3000
    expect(json).toEqual({ error: 'Rate limit exceeded', remaining: 0, reset })
  })

  test('starts its hour anew with each request that passes, not with those that do not', async () => {
    await use(60)
    asking.turn(3_599_000)
    await use(60)
    asking.turn(3_000_000)
    expect((await user()).status).toBe(429)
    asking.turn(600_000)
    expect((await user()).status).toBe(200)
  })

  test('counts one address and one route by itself, whoever asks, and asks for no key first', async () => {
    await use(120)
    expect((await user('192.0.2.8')).status).toBe(200)
    const others = '/organization?page=1&per_page=5'
    expect((await asking.ask('GET', others)).status).toBe(200)
    const nobody = await asking.ask('GET', '/user', { headers: { 'x-forwarded-for': '192.0.2.7' } })
    expect(nobody.status).toBe(429)
  })

  test('counts reading, setting and deleting a conversation together', async () => {
    const path = `/conversation/${await asking.called('Amara Nwosu')}`
    for (let index = 0; index < 300; index += 1) {
      await asking.ask('POST', path, { body: { status: 'Active' } })
      await asking.ask('DELETE', path)
    }
    expect(at((await asking.ask('GET', path)).json, 'error')).toBe('Rate limit exceeded')
    expect((await asking.ask('GET', '/conversations?page=1&per_page=5')).status).toBe(200)
  })

  test('can fall over instead, and does not exist on main', async () => {
    await use(120)
    asking.sim.scenario.server({ limiterPanics: true })
    await expect(user()).rejects.toThrow('socket hang up')
    asking.sim.scenario.server({ isLimiting: false })
    expect((await user()).status).toBe(200)
  })
})
