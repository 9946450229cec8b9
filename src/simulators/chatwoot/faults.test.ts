import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAgenda } from '../agenda.ts'
import { createFaultBoard } from '../faults.ts'
import { startSimulatorServer } from '../simulator-server.ts'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const messages = '/api/v1/accounts/1/conversations/3/messages'
const send = () => asking.ask('POST', messages, { body: { content: 'Hello' } })
const sent = () => asking.sim.accepted.messages.length

describe('a connection', () => {
  test('reset before anything was done leaves nothing behind', async () => {
    asking.sim.scenario.fault({ kind: 'resetBeforeAccept' }, { count: 1 })
    await expect(send()).rejects.toThrow()
    expect(sent()).toBe(0)
    expect((await send()).status).toBe(200)
  })

  test('dropped after it was done leaves the message behind', async () => {
    asking.sim.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'POST', count: 1 })
    await expect(send()).rejects.toThrow()
    expect(sent()).toBe(1)
  })

  test('that dies lets the message appear later all the same', async () => {
    asking.sim.scenario.fault({ kind: 'acceptLate', delayMs: 30_000 }, { method: 'POST' })
    await expect(send()).rejects.toThrow()
    asking.turn(29_000)
    asking.sim.scenario.tick()
    expect(sent()).toBe(0)
    asking.turn(1000)
    asking.sim.scenario.tick()
    expect(sent()).toBe(1)
  })

  test('that dies lets it appear 5 to 90 s later, by the seed, where nobody says when', async () => {
    await asking.ask('POST', '/_scenario/fault', { body: { kind: 'acceptLate', method: 'POST', count: 2 } })
    await expect(send()).rejects.toThrow()
    await expect(send()).rejects.toThrow()
    asking.turn(4_999)
    asking.sim.scenario.tick()
    expect(sent()).toBe(0)
    asking.turn(85_001)
    asking.sim.scenario.tick()
    expect(sent()).toBe(2)
  })

  test('hangs after it was done, and is never answered', async () => {
    asking.sim.scenario.fault({ kind: 'acceptThenHang' }, { method: 'POST' })
    const hanging = send()
    await vi.waitFor(() => expect(sent()).toBe(1))
    const closed = asking.sim.close()
    await expect(hanging).rejects.toThrow()
    await closed
    expect(asking.sim.requests.at(-1)).toMatchObject({ status: null, fault: 'acceptThenHang' })
  })

  test('hangs without anything done', async () => {
    asking.sim.scenario.fault({ kind: 'hang' }, { method: 'POST' })
    const hanging = send()
    await vi.waitFor(() => expect(asking.sim.requests).toHaveLength(1))
    const closed = asking.sim.close()
    await expect(hanging).rejects.toThrow()
    await closed
    expect(sent()).toBe(0)
  })

  test('dies in the middle of the answer', async () => {
    asking.sim.scenario.fault({ kind: 'cutOff' }, { count: 1 })
    await expect(send()).rejects.toThrow()
    expect(sent()).toBe(1)
  })
})

describe('an answer', () => {
  test('claims to be JSON and is none, though it was done', async () => {
    asking.sim.scenario.fault({ kind: 'junkJson' }, { count: 1 })
    expect(await send()).toMatchObject({ status: 200, json: null, type: 'application/json; charset=utf-8' })
    expect(sent()).toBe(1)
  })

  test('stops half way and says it is whole', async () => {
    asking.sim.scenario.fault({ kind: 'halfJson' }, { count: 1 })
    const { status, text, json } = await send()
    expect([status, json]).toEqual([200, null])
    expect(text).toMatch(/^\{"id":/)
  })

  test('comes drop by drop and is whole in the end', async () => {
    asking.sim.scenario.fault({ kind: 'slowDrip', bytesPerChunk: 64, everyMs: 1 }, { count: 1 })
    expect(at((await send()).json, 'content')).toBe('Hello')
  })

  test('takes its time', async () => {
    asking.sim.scenario.fault({ kind: 'latency', delayMs: 5, jitterMs: 5 })
    expect((await send()).status).toBe(200)
  })
})

describe('instead of an answer', () => {
  test('the throttle says neither how long nor how much', async () => {
    asking.sim.scenario.fault({ kind: 'rateLimited', retryAfter: null }, { count: 1 })
    const { status, text, type, headers } = await send()
    expect([status, text, type, headers.get('retry-after')]).toEqual([
      429,
      'Retry later\n',
      'text/plain',
      null,
    ])
    expect(sent()).toBe(0)
  })

  test.each(['30', 'Sat, 14 Mar 2026 12:00:30 GMT'])(
    'a throttle set up otherwise says how long: %s',
    async (retryAfter) => {
      asking.sim.scenario.fault({ kind: 'rateLimited', retryAfter }, { count: 1 })
      expect((await send()).headers.get('retry-after')).toBe(retryAfter)
      expect(sent()).toBe(0)
    },
  )

  test.each([502, 503, 504] as const)('a proxy shows a page with %i', async (status) => {
    asking.sim.scenario.fault({ kind: 'badGateway', status }, { count: 1 })
    expect(await send()).toMatchObject({ status, type: 'text/html; charset=utf-8' })
  })

  test('a server of another kind wants it once more, and has done nothing', async () => {
    asking.sim.scenario.fault({ kind: 'retryWith' }, { count: 1 })
    expect(await send()).toMatchObject({ status: 449, json: null, type: 'text/html; charset=utf-8' })
    expect(sent()).toBe(0)
  })

  test('Rails breaks with JSON, or with a page', async () => {
    asking.sim.scenario.fault({ kind: 'serverError' }, { count: 1 })
    expect((await send()).json).toEqual({ status: 500, error: 'Internal Server Error' })
    asking.sim.scenario.fault({ kind: 'serverErrorPage' }, { count: 1 })
    expect(await send()).toMatchObject({ status: 500, type: 'text/html; charset=utf-8' })
  })

  test('a portal, an insisting server, a refusal or anything at all answers', async () => {
    asking.sim.scenario.fault({ kind: 'proxyPage' }, { count: 1 })
    expect(await send()).toMatchObject({ status: 200, json: null })
    asking.sim.scenario.fault({ kind: 'toHttps' }, { count: 1 })
    expect((await send()).status).toBe(301)
    asking.sim.scenario.fault({ kind: 'refused', why: 'denied' }, { count: 1 })
    expect((await send()).json).toEqual({ error: 'You are not authorized to do this action' })
    asking.sim.scenario.fault(
      { kind: 'status', status: 413, contentType: 'text/html', body: 'Too big' },
      { count: 1 },
    )
    expect(await send()).toMatchObject({ status: 413, text: 'Too big' })
    expect(sent()).toBe(0)
  })
})

describe('the log', () => {
  test('says what was asked, answered and struck, with the query and by the clock of the world', async () => {
    asking.sim.scenario.fault({ kind: 'badGateway', status: 502 }, { path: '/api' })
    await asking.ask('GET', '/api?probe=1', { headers: { 'X-Mine': 'yes' } })
    expect(asking.sim.requests).toMatchObject([
      { method: 'GET', path: '/api?probe=1', status: 502, fault: 'answer', at: asking.now() },
    ])
    expect(asking.sim.requests[0]?.headerNames).toContain('x-mine')
  })

  test('leaves the scenario’s own calls out, and no fault strikes them', async () => {
    asking.sim.scenario.fault({ kind: 'resetBeforeAccept' })
    expect((await asking.ask('GET', '/_scenario/faults')).json).toMatchObject([
      { kind: 'resetBeforeAccept', left: null },
    ])
    expect(asking.sim.requests).toEqual([])
  })
})

test('the time of an answer is the world’s, unless it is dropped or spoilt on the way', async () => {
  const date = async () => (await asking.ask('GET', '/api')).headers.get('date')
  expect(await date()).toBe('Sat, 14 Mar 2026 12:00:00 GMT')
  await asking.ask('POST', '/_scenario/server', { body: { date: 'absent' } })
  expect(await date()).toBeNull()
  asking.sim.scenario.server({ date: 'junk' })
  expect(await date()).toBe('half past -5')
})

test('a mistake of the simulator is named in a header and never passes for the provider’s', async () => {
  const clock = { now: () => 0 }
  const answer = () => {
    throw new Error('Nobody thought of this')
  }
  const faults = createFaultBoard(1)
  const server = await startSimulatorServer({
    port: 0,
    clock,
    agenda: createAgenda(clock),
    faults,
    answer,
  })
  const met = await fetch(`${server.url}/api`)
  const bug = decodeURIComponent(met.headers.get('x-simulator-bug') ?? '')
  expect([met.status, bug]).toEqual([500, 'Nobody thought of this'])
  await server.close()
})

describe('the same seed', () => {
  /** A row of replies into a server where much goes wrong by chance, and what became of each, and when. */
  const play = async (seed: number, others: number) => {
    const { sim, ask, turn, now } = await startAsking({ seed })
    const { scenario } = sim
    const target = { method: 'POST', path: messages }
    scenario.fault({ kind: 'latency', delayMs: 0, jitterMs: 3 }, target)
    scenario.fault({ kind: 'rateLimited', retryAfter: null }, { ...target, chance: 0.2 })
    scenario.fault({ kind: 'dropAfterAccept' }, { ...target, chance: 0.2 })
    scenario.fault({ kind: 'acceptLate', delayMs: 5_000, jitterMs: 85_000 }, { ...target, chance: 0.6 })
    const outcomes: (string | number)[] = []
    for (let i = 0; i < 24; i++) {
      for (let other = 0; other < others; other++) await ask('GET', '/api')
      const met = ask('POST', messages, { body: { content: `Reply ${i}` } })
      outcomes.push(
        await met.then(
          ({ status }) => status,
          () => 'reset',
        ),
      )
    }
    const startedAt = now()
    for (let second = 0; second < 95; second++) {
      turn(1_000)
      scenario.tick()
    }
    const accepted = sim.accepted.messages.map(({ content, at: then }) => [content, then - startedAt])
    const struck = sim.requests.filter(({ path }) => path === messages).map(({ fault }) => fault)
    await sim.close()
    return { outcomes, struck, accepted }
  }

  test('strikes the same requests in the same way, and takes the late ones in at the same times, in the same order', async () => {
    const first = await play(7, 0)
    const late = first.accepted.filter(([, after]) => Number(after) > 0).map(([content]) => content)
    expect(late.length).toBeGreaterThan(5)
    // What comes late does not come in the order in which it was sent.
    expect(late).not.toEqual(late.toSorted((a, b) => Number(numberIn(a)) - Number(numberIn(b))))
    expect(new Set(first.struck).size).toBeGreaterThan(3)
    expect(await play(7, 2)).toEqual(first)
  })

  test('is what it takes: another one strikes otherwise', async () => {
    const [one, other] = [await play(7, 0), await play(8, 0)]
    expect(other.struck).not.toEqual(one.struck)
    expect(other.accepted).not.toEqual(one.accepted)
  })
})

function numberIn(content: unknown): string {
  return /\d+/.exec(String(content))?.[0] ?? ''
}
