import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { written } from '../../../../tests/support/builders.ts'
import { makeCertificates, type Certificates } from '../../../../tests/support/certificates.ts'
import { aReply, failureOf, never } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { startHouse, type House } from '../../../../tests/support/start-house.ts'
import type { FailureCode } from '../../../shared/contract/failure.ts'
import { conversationId, type AccountId, type OutboxId } from '../../../shared/domain/ids.ts'
import { isWaitOver, type OutboxState } from '../../../shared/domain/outbox.ts'
import type { ChatwootFault } from '../../../simulators/chatwoot/named-faults.ts'
import { nameNobodyHas, startTlsFront, type TlsFront } from '../../../simulators/tls-front.ts'
import type { ProviderFailureKind } from '../provider.ts'
import { chatwoot } from './chatwoot.ts'

/**
 * Everything a simulator can do to a request, over real sockets: what of it reaches the session, what becomes of the row
 * at once, and in the end. However it goes, the server has the reply at most once.
 */
interface Case {
  readonly name: string
  readonly trouble: Trouble
  /** Null where the answer arrives after all. */
  readonly failure: readonly [ProviderFailureKind, readonly FailureCode[], mayHaveLeft: boolean] | null
  /** Of the row when the request has come to its end. */
  readonly state: OutboxState['kind']
  /** Of the row when it was looked for, and the trouble was over. */
  readonly end: 'sent' | 'asked' | 'failed'
  /** How long the row waits at least, by what the server said, ms. */
  readonly restMs?: number
}

type Trouble = ChatwootFault | 'unknownIssuer' | 'nameNobodyHas' | 'notThere'

const sent = { failure: null, state: 'sent', end: 'sent' } as const
const done = { state: 'unsure', end: 'sent' } as const
const undone = { state: 'unsure', end: 'asked' } as const
const stayed = { state: 'queued', end: 'sent' } as const
const failed = { state: 'failed', end: 'failed' } as const
const limited = { ...stayed, failure: ['rateLimited', ['rateLimited'], false] } as const
const json = 'application/json; charset=utf-8'

const cases: readonly Case[] = [
  { name: 'latency', trouble: { kind: 'latency', delayMs: 20, jitterMs: 0 }, ...sent },
  { name: 'jitter', trouble: { kind: 'latency', delayMs: 0, jitterMs: 30 }, ...sent },
  { name: 'slow drip', trouble: { kind: 'slowDrip', bytesPerChunk: 64, everyMs: 1 }, ...sent },
  {
    name: 'a drip slower than anybody waits',
    trouble: { kind: 'slowDrip', bytesPerChunk: 1, everyMs: 100 },
    failure: ['busy', ['timeout'], true],
    ...done,
  },
  {
    name: 'reset before accept',
    trouble: { kind: 'resetBeforeAccept' },
    failure: ['offline', ['reset'], true],
    ...undone,
  },
  {
    name: 'reset after accept',
    trouble: { kind: 'dropAfterAccept' },
    failure: ['offline', ['reset'], true],
    ...done,
  },
  { name: 'hang', trouble: { kind: 'hang' }, failure: ['busy', ['timeout'], true], ...undone },
  {
    name: 'accept, then hang',
    trouble: { kind: 'acceptThenHang' },
    failure: ['busy', ['timeout'], true],
    ...done,
  },
  {
    name: 'accept late, by five seconds',
    trouble: { kind: 'acceptLate', delayMs: 5_000 },
    failure: ['offline', ['reset'], true],
    ...done,
  },
  {
    name: 'accept late, by a minute and a half',
    trouble: { kind: 'acceptLate', delayMs: 90_000 },
    failure: ['offline', ['reset'], true],
    ...done,
  },
  { name: 'junk', trouble: { kind: 'junkJson' }, failure: ['protocol', ['protocol'], true], ...done },
  {
    name: 'half-written JSON',
    trouble: { kind: 'halfJson' },
    failure: ['protocol', ['protocol'], true],
    ...done,
  },
  { name: 'cut off', trouble: { kind: 'cutOff' }, failure: ['offline', ['reset'], true], ...done },
  {
    name: '429 without Retry-After',
    trouble: { kind: 'rateLimited', retryAfter: null },
    ...limited,
    restMs: 60_000,
  },
  {
    name: '429 with seconds',
    trouble: { kind: 'rateLimited', retryAfter: '30' },
    ...limited,
    restMs: 30_000,
  },
  {
    name: '429 with a date',
    trouble: { kind: 'rateLimited', retryAfter: 'Tue, 03 Mar 2026 09:01:30 GMT' },
    ...limited,
    restMs: 90_000,
  },
  {
    name: '429 for two hours',
    trouble: { kind: 'rateLimited', retryAfter: '7200' },
    ...limited,
    restMs: 3_600_000,
  },
  {
    name: '429 for less than nothing',
    trouble: { kind: 'rateLimited', retryAfter: '-30' },
    ...limited,
    restMs: 60_000,
  },
  {
    name: '429 with nonsense',
    trouble: { kind: 'rateLimited', retryAfter: 'soon, in 5 or so' },
    ...limited,
    restMs: 60_000,
  },
  {
    name: 'HTML 502',
    trouble: { kind: 'badGateway', status: 502 },
    failure: ['busy', ['busy'], true],
    ...undone,
  },
  { name: '449', trouble: { kind: 'retryWith' }, failure: ['busy', ['busy'], true], ...undone },
  {
    name: '500 as JSON',
    trouble: { kind: 'serverError' },
    failure: ['busy', ['busy'], true],
    ...undone,
  },
  {
    name: '500 as a page',
    trouble: { kind: 'serverErrorPage' },
    failure: ['busy', ['busy'], true],
    ...undone,
  },
  {
    name: 'a portal’s page',
    trouble: { kind: 'proxyPage' },
    failure: ['protocol', ['proxyPage'], true],
    ...undone,
  },
  {
    name: 'a way to https',
    trouble: { kind: 'toHttps' },
    failure: ['busy', ['needsHttps'], false],
    ...stayed,
  },
  {
    name: 'a refusal',
    trouble: { kind: 'refused', why: 'denied' },
    failure: ['forbidden', ['forbidden'], false],
    ...failed,
  },
  {
    name: 'a refusal with a reason',
    trouble: { kind: 'status', status: 422, contentType: json, body: '{"error":"Content is too long"}' },
    failure: ['rejected', ['rejected'], false],
    ...failed,
  },
  {
    name: 'a certificate nobody knows',
    trouble: 'unknownIssuer',
    failure: ['offline', ['tls'], false],
    ...stayed,
  },
  {
    name: 'a name nobody has',
    trouble: 'nameNobodyHas',
    // A machine without any resolver cannot even ask.
    failure: ['offline', ['dns', 'offline'], false],
    ...stayed,
  },
  { name: 'nobody there', trouble: 'notThere', failure: ['offline', ['refused'], false], ...stayed },
]

const messagesPath = '/api/v1/accounts/*/conversations/*/messages'
let certificates: Certificates
let here: Simulated
let front: TlsFront
let house: House | null = null

beforeAll(() => {
  certificates = makeCertificates()
})

beforeEach(async () => {
  here = await startSimulated()
  front = await startTlsFront({ before: here.simulator.url, ...certificates.good })
})

afterEach(async () => {
  await house?.stop()
  house = null
  await front.close()
  await here.close()
})

describe('a reply that meets', () => {
  it.each(cases)('$name', async ({ trouble, failure, end }) => {
    strike(trouble)
    const outcome = here.session.send(aReply(), never)
    if (failure === null) {
      expect((await outcome).message.text).toBe('Hello')
    } else {
      const [kind, codes, mayHaveLeft] = failure
      const met = await failureOf(outcome)
      expect(met).toMatchObject({ kind, mayHaveLeft })
      expect(codes).toContain(met.code)
    }
    if (end === 'failed' || failure?.[2] === false) expect(here.simulator.accepted.messages).toEqual([])
  })

  it('a certificate nobody knows names its issuer, and nothing has left', async () => {
    strike('unknownIssuer')
    const { facts } = await failureOf(here.session.send(aReply(), never))
    expect(facts).toMatchObject({ reason: 'unknown issuer', issuer: 'Example Authority' })
    expect(front.opened()).toBe(0)
  })
})

describe('the row of a reply that meets', () => {
  it.each(cases)('$name is $state, and in the end $end', async ({ trouble, state, end, restMs }) => {
    const row = await replyMeeting(trouble)
    await vi.waitFor(() => expect(row()?.kind).toBe(state), waiting)
    if (restMs !== undefined) {
      const { notBefore } = row() as Extract<OutboxState, { kind: 'queued' }>
      expect(isWaitOver(notBefore ?? 0, here.clock.now())).toBe(false)
      await pass(restMs - 1)
      expect([row()?.kind, here.simulator.requests.filter(isReply)]).toEqual(['queued', [expect.anything()]])
    }
    here.way({})
    await vi.waitFor(async () => {
      await pass(1_000)
      expect(endOf(row())).toBe(end)
    }, waiting)
    expect(here.simulator.accepted.messages).toHaveLength(end === 'sent' ? 1 : 0)
  })
})

const waiting = { timeout: 15_000, interval: 2 }

function strike(trouble: Trouble): void {
  if (trouble === 'unknownIssuer') here.way({ to: front.url })
  else if (trouble === 'nameNobodyHas') here.way({ to: nameNobodyHas })
  else if (trouble === 'notThere') here.way({ to: 'http://127.0.0.1:1' })
  else {
    const isEndless = /hang/i.test(trouble.kind) || (trouble.kind === 'slowDrip' && trouble.everyMs > 1)
    if (isEndless) here.way({ patienceMs: 700 })
    here.simulator.scenario.fault(trouble, { method: 'POST', path: messagesPath, count: 1 })
  }
}

/** An engine of its own that has heard of the conversation sends into the trouble; answers how to look at the row. */
async function replyMeeting(trouble: Trouble): Promise<() => OutboxState | undefined> {
  const { simulator, http, clock } = here
  const engine = await startHouse({ providers: { chatwoot }, http, clock })
  house = engine
  const fields = { url: simulator.url, token: simulator.token }
  const ask = { provider: 'chatwoot', method: 'token', fields, probeId: null }
  const found = await engine.ask('accounts.probe', ask)
  if (found.kind !== 'found') throw new Error('a token needs no second step')
  const { accountIds } = await engine.ask('accounts.add', {
    probeId: found.probeId,
    keys: ['1'],
    keepIn: 'keychain',
  })
  const id = conversationId(accountIds[0] as AccountId, '5')
  await vi.waitFor(async () => {
    await pass(200)
    expect(engine.store.said(id)).not.toBeNull()
  }, waiting)
  strike(trouble)
  const clientKey = '00000000-0000-4000-8000-000000000001'
  await engine.ask('reply.send', written({ conversationId: id, text: 'Hello', clientKey }))
  return () => engine.store.outboxRow(clientKey as OutboxId)?.state
}

function isReply({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'POST' && path.endsWith('/messages')
}

function endOf(state: OutboxState | undefined): string | undefined {
  return state?.kind === 'unsure' && state.asked ? 'asked' : state?.kind
}

/** Both clocks go on, and what was due happens. */
async function pass(ms: number): Promise<void> {
  await Promise.all([here.clock.advance(ms), here.serverClock.advance(ms)])
  here.simulator.scenario.tick()
}
