import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { written } from '../../../tests/support/builders.ts'
import { handClock, settle, type HandClock } from '../../../tests/support/hand-clock.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import { startChatwootSimulator } from '../../simulators/chatwoot/chatwoot-simulator.ts'
import type { ChatwootSimulator } from '../../simulators/chatwoot/chatwoot-simulator.ts'
import type { Http } from '../ports/http.ts'
import { chatwoot } from '../providers/chatwoot/chatwoot.ts'
import { nodeHttp } from '../shells/loopback/node-http.ts'
import { restMs, type Outcome } from './schedule.ts'

const hourMs = 3_600_000
/** Half of all jitter, as the house has it. */
const jitter = 0.5

let clock: HandClock
let house: House
let servers: ChatwootSimulator[]
let accounts: string[]
let closeHttp: () => Promise<void>
let underWay: number

/** Two hosts with two accounts each; a window that is seen, threads behind, up to date. */
beforeEach(async () => {
  clock = handClock()
  underWay = 0
  const plain = nodeHttp({ env: {} })
  closeHttp = () => plain.close()
  const http: Http = {
    async request(request, signal) {
      underWay += 1
      try {
        return await plain.request(request, signal)
      } finally {
        underWay -= 1
      }
    },
  }
  servers = [
    await startChatwootSimulator({ data: 'small', clock }),
    await startChatwootSimulator({ data: 'small', clock }),
  ]
  house = await startHouse({ clock, http, providers: { chatwoot } })
  accounts = []
  for (const server of servers) accounts.push(...(await signInAt(server)))
  await house.ask('window.report', { visible: true, focused: true, conversationId: null })
  await turn(70_000)
}, 30_000)
afterEach(async () => {
  await house.stop()
  await closeHttp()
  for (const each of servers) await each.close()
})

async function signInAt(server: ChatwootSimulator): Promise<string[]> {
  const fields = { url: server.url, token: server.token }
  const found = await house.ask('accounts.probe', {
    provider: 'chatwoot',
    method: 'token',
    fields,
    probeId: null,
  })
  if (found.kind !== 'found') throw new Error('a token needs no second step')
  const keys = found.choices.filter((each) => !each.isSuspended).map((each) => each.key)
  const { accountIds } = await house.ask('accounts.add', { probeId: found.probeId, keys, keepIn: 'keychain' })
  return accountIds
}

/** Turns the clock on by seconds, each of which waits for what is under way on real sockets. */
async function turn(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await clock.advance(1_000)
    while (underWay > 0) await settle()
    await settle()
  }
}

/** How often one host, or one row, may be asked in an hour, by the table itself: once, and after each rest. */
function timesInAnHour(outcome: Outcome, retryInMs: number | null = null): number {
  let at = 0
  let times = 0
  for (; at <= hourMs; times++)
    at += restMs({ outcome, failures: times + 1, retryInMs, isSettling: false, jitter })
  return times
}

/** One to each conversation that takes some; answers how many they are. */
async function writeReplies(account: string): Promise<number> {
  const { rows } = await house.ask('inbox.page', page(account))
  const answers = await Promise.all(
    rows.slice(0, 9).map((row, n) => {
      const clientKey = `00000000-0000-4000-8000-00000000000${n}`
      return house.call('reply.send', written({ conversationId: row.id, text: `Answer ${n}`, clientKey }))
    }),
  )
  return answers.filter((each) => each.ok).length
}

const page = (accountId: string) =>
  ({
    view: 'open',
    accountId,
    find: null,
    sort: 'newest',
    folder: null,
    terms: null,
    after: null,
    limit: 50,
  }) as const

type Fault = Parameters<ChatwootSimulator['scenario']['fault']>[0]
const refusals: [string, Fault, Outcome, number | null][] = [
  ['500s', { kind: 'serverError' }, 'busy', null],
  ['pages of 502', { kind: 'badGateway', status: 502 }, 'busy', null],
  // Chatwoot's own throttle counts by the minute (docs/providers/chatwoot.md §4).
  ['429 without a moment', { kind: 'rateLimited', retryAfter: null }, 'rateLimited', 60_000],
  ['429 for thirty seconds', { kind: 'rateLimited', retryAfter: '30' }, 'rateLimited', 30_000],
  ['connections that are reset', { kind: 'resetBeforeAccept' }, 'offline', null],
]

describe('an hour of', () => {
  test.each(refusals)('%s costs each host what the table allows, and holds nothing', async (...given) => {
    const [, fault, outcome, retryInMs] = given
    for (const each of servers) each.scenario.fault(fault)
    const replies = await writeReplies(accounts[0] ?? '')
    await turn(2_000)
    const before = await badges()
    const timers = clock.pending()
    const asked = servers.map((each) => each.requests.length)
    await turn(hourMs)
    const inAnHour = servers.map((each, n) => each.requests.length - (asked[n] ?? 0))
    // Both accounts there may have been on their way when it began; a reset read is tried once more by the host's HTTP.
    const ofHost = timesInAnHour(outcome, retryInMs) + 1
    const perTry = outcome === 'offline' ? 2 : 1
    // A reply that may have left is looked for at a pace of its own, and one that was refused waits with its host.
    const ofRows = outcome === 'rateLimited' ? 0 : replies * timesInAnHour(outcome)
    expect(inAnHour[0]).toBeLessThanOrEqual(perTry * (ofHost + ofRows))
    expect(inAnHour[1]).toBeLessThanOrEqual(perTry * ofHost)
    expect(Math.min(...inAnHour)).toBeGreaterThan(0)
    expect(clock.pending()).toBeLessThanOrEqual(timers)
    expect(await badges()).toBe(before)
  })

  test('a refused token costs each account one request, and no more', async () => {
    const before = await badges()
    for (const each of servers) each.scenario.fault({ kind: 'refused', why: 'invalidToken' })
    const asked = servers.map((each) => each.requests.length)
    await turn(hourMs)
    const inAnHour = servers.map((each, n) => each.requests.length - (asked[n] ?? 0))
    // Of the two accounts there.
    expect(inAnHour).toEqual([2, 2])
    expect(await badges()).toBe(before)
  })
})

const badges = async (): Promise<number> => (await house.ask('app.snapshot', {})).counts.all.needsYou
