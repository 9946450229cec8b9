import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handClock, type HandClock } from '../../../tests/support/hand-clock.ts'
import { accountId } from '../../shared/domain/ids.ts'
import { mergeConversation, mergeMessage } from '../../shared/domain/merge.ts'
import { HttpFault, type Http, type HttpAnswer } from '../ports/http.ts'
import {
  canOf,
  ProviderFailure,
  type Page,
  type Provider,
  type ProviderHost,
  type Session,
} from './provider.ts'

/** A provider and a server of its kind to try it on: what the suite needs to know of both. */
export interface Stage {
  readonly provider: Provider
  /** A way to the server; the suite puts itself in between. */
  readonly http: Http
  /** What signs in there. */
  readonly fields: Readonly<Record<string, string>>
  /** An open conversation that may be written to. */
  readonly conversationKey: string
  /** The keys of every message the agent may see, by conversation. */
  everyMessage(): ReadonlyMap<string, readonly string[]>
  /** A customer writes in that conversation; answers the message's key. */
  customerWrites(text: string): string
  /** What the server says to a secret it no longer knows. */
  readonly unknownSecret: HttpAnswer
  close(): Promise<void>
}

/** What every provider must do, whoever it talks to: `provesProvider('name', startStage)` in its own test. */
export function provesProvider(name: string, start: () => Promise<Stage>): void {
  describe(`${name} as a provider`, () => {
    let stage: Stage
    let clock: HandClock
    let way: Way
    let session: Session

    beforeEach(async () => {
      stage = await start()
      clock = handClock(Date.now())
      way = wayTo(stage.http)
      session = await openSession(stage, { http: way, clock, log: () => {} })
    })

    afterEach(async () => {
      await stage.close()
      expect(clock.pending()).toBe(0)
    })

    it('brings every message exactly once', async () => {
      const pages = await pullAll(session)
      const keys = new Set(pages.flatMap((page) => page.conversations.map((each) => each.key)))
      expect([...keys].sort()).toEqual([...stage.everyMessage().keys()].sort())
      for (const [key, messages] of stage.everyMessage())
        expect(await threadKeys(session, key)).toEqual(messages)
    })

    it('changes nothing when a cursor is replayed', async () => {
      let cursor: string | null = null
      for (let page = await session.pull(null, never); ; page = await session.pull(cursor, never)) {
        expectSame(page, await session.pull(cursor, never))
        cursor = page.cursor
        if (!page.more) break
      }
    })

    it('takes a cursor it cannot read for none', async () => {
      const page = await session.pull('{"from":"another age"}', never)
      expectSame(page, await session.pull(null, never))
    })

    it('tells a new message on the next pull', async () => {
      const last = (await pullAll(session)).at(-1)
      const key = stage.customerWrites('One more thing')
      const page = await session.pull(last?.cursor ?? null, never)
      const told = page.conversations.find((each) => each.key === stage.conversationKey)
      expect(told?.preview).toMatchObject({ side: 'them', text: 'One more thing' })
      expect(told?.lastMessageKey).toBe(key)
    })

    it('sends a reply once, and finds it again', async () => {
      const startedAt = clock.now()
      const reply = { conversationKey: stage.conversationKey, text: 'On its way – tonight.', ownId: 'row-1' }
      const { message } = await session.send(reply, never)
      expect(message).toMatchObject({ side: 'me', kind: 'text', text: reply.text })
      expect(
        (await threadKeys(session, stage.conversationKey)).filter((key) => key === message.key),
      ).toHaveLength(1)
      const found = await session.findSent({ ...reply, startedAt, claimed: [] }, never)
      expect(found).toMatchObject({ finding: 'found', message: { key: message.key } })
    })

    it('does not take another reply for the one it looks for', async () => {
      const startedAt = clock.now()
      const reply = { conversationKey: stage.conversationKey, text: 'The first of two', ownId: 'row-1' }
      const { message } = await session.send(reply, never)
      const other = { ...reply, text: 'The second of two', ownId: 'row-2', startedAt, claimed: [message.key] }
      expect((await session.findSent(other, never)).finding).toBe('absent')
      const twin = { ...other, text: reply.text }
      expect((await session.findSent(twin, never)).finding).toBe('absent')
    })

    it('tells what it can do by what it has', () => {
      expect(canOf(session)).toEqual({
        resolve: typeof session.done?.resolve === 'function',
        reopen: typeof session.done?.reopen === 'function',
        markRead: typeof session.read?.markRead === 'function',
        markUnread: typeof session.read?.markUnread === 'function',
      })
    })

    describe.each(callNames)('%s', (callName) => {
      const attempt = (signal = never): Promise<unknown> => calls[callName](session, stage, signal)
      const failure = (): Promise<ProviderFailure> => failureOf(attempt())
      const isLookUp = callName === 'findSent'

      it('names an unknown secret', async () => {
        way.next({ answer: stage.unknownSecret })
        expect(await failure()).toMatchObject({ kind: 'auth', mayHaveLeft: false })
      })

      it('waits as long as it is told to', async () => {
        way.next({ answer: { status: 429, headers: { 'retry-after': '7' }, bytes: new Uint8Array() } })
        expect(await failure()).toMatchObject({
          kind: 'rateLimited',
          retryAt: clock.now() + 7_000,
          mayHaveLeft: false,
        })
      })

      it('knows that nothing left where no connection was made', async () => {
        way.next({ fault: new HttpFault('refused', false, { host: 'desk.example.com' }) })
        expect(await failure()).toMatchObject({ kind: 'offline', mayHaveLeft: false })
      })

      it('does not know what became of a request whose connection broke', async () => {
        way.next({ fault: new HttpFault('reset', true, { host: 'desk.example.com' }) })
        const { kind, mayHaveLeft } = await failure()
        expect(['offline', 'busy']).toContain(kind)
        if (callName === 'send') expect(mayHaveLeft).toBe(true)
      })

      it('does not know what became of a request the server failed at', async () => {
        way.next({
          answer: {
            status: 502,
            headers: { 'content-type': 'text/html' },
            bytes: bytesOf('<html>Bad Gateway'),
          },
        })
        const { kind, mayHaveLeft } = await failure()
        expect(kind).toBe('busy')
        if (callName === 'send') expect(mayHaveLeft).toBe(true)
      })

      it('calls garbage what it is', async () => {
        way.next({
          answer: {
            status: 200,
            headers: { 'content-type': 'application/json' },
            bytes: bytesOf('{"half":'),
          },
        })
        if (isLookUp) return expect(await attempt()).toMatchObject({ finding: 'unknowable' })
        const { kind, mayHaveLeft } = await failure()
        expect(kind).toBe('protocol')
        if (callName === 'send') expect(mayHaveLeft).toBe(true)
      })

      it('survives JSON of any other shape', async () => {
        for (const body of ['null', '[]', '7', '{}', '{"data":{"payload":"none"}}', '{"payload":[null]}']) {
          way.next({
            answer: { status: 200, headers: { 'content-type': 'application/json' }, bytes: bytesOf(body) },
          })
          await attempt().catch((error: unknown) => expect(error).toBeInstanceOf(ProviderFailure))
        }
      })

      it('settles promptly when it is given up', async () => {
        way.next('hang')
        const aborter = new AbortController()
        const failing = failureOf(attempt(aborter.signal))
        await way.hung
        aborter.abort()
        await failing
      })

      it('does not even begin when it was given up before', async () => {
        const before = way.count()
        await failureOf(attempt(AbortSignal.abort()))
        expect(way.count()).toBe(before)
      })
    })

    it('refuses a secret the server does not know at sign-in', async () => {
      const secret = stage.provider.signIn.find((field) => field.kind === 'secret')?.name ?? ''
      const fields = { ...stage.fields, [secret]: 'nobody-s-secret' }
      const failure = await failureOf(
        stage.provider.probe(fields, { http: way, clock, log: () => {} }, never),
      )
      expect(failure.mayHaveLeft).toBe(false)
    })

    it('keeps the secret out of everything but the secret', async () => {
      const { secret, ...rest } = await stage.provider.probe(
        stage.fields,
        { http: way, clock, log: () => {} },
        never,
      )
      expect(JSON.stringify(rest)).not.toContain(secret)
    })
  })
}

const never = new AbortController().signal

const callNames = [
  'pull',
  'thread',
  'send',
  'findSent',
  'resolve',
  'reopen',
  'markRead',
  'markUnread',
] as const
type CallName = (typeof callNames)[number]

const sought = { text: 'Sought', ownId: 'row-9', startedAt: 0, claimed: [] }

/** Where a bundle is absent there is nothing to try, and the call fails as it does when it is offered all the same. */
const calls: Record<CallName, (session: Session, stage: Stage, signal: AbortSignal) => Promise<unknown>> = {
  pull: (session, _, signal) => session.pull(null, signal),
  thread: (session, { conversationKey }, signal) => session.thread(conversationKey, null, signal),
  send: (session, { conversationKey }, signal) =>
    session.send({ conversationKey, text: 'Hello', ownId: 'row-8' }, signal),
  findSent: (session, { conversationKey }, signal) =>
    session.findSent({ ...sought, conversationKey }, signal),
  resolve: async (session, { conversationKey }, signal) => session.done?.resolve(conversationKey, signal),
  reopen: async (session, { conversationKey }, signal) => session.done?.reopen?.(conversationKey, signal),
  markRead: async (session, { conversationKey }, signal) => session.read?.markRead(conversationKey, signal),
  markUnread: async (session, { conversationKey }, signal) =>
    session.read?.markUnread?.(conversationKey, signal),
}

async function openSession(stage: Stage, host: ProviderHost): Promise<Session> {
  const probed = await stage.provider.probe(stage.fields, host, never)
  const choice = probed.choices.find((each) => !each.isSuspended)
  if (choice === undefined) throw new Error('the stage offers no account')
  const { baseUrl, settings } = probed
  return stage.provider.open(
    { id: accountId('home'), key: choice.key, baseUrl, settings },
    probed.secret,
    host,
  )
}

async function pullAll(session: Session): Promise<Page[]> {
  const pages = [await session.pull(null, never)]
  while (pages.at(-1)?.more === true) pages.push(await session.pull(pages.at(-1)?.cursor ?? null, never))
  return pages
}

async function threadKeys(session: Session, key: string): Promise<string[]> {
  let keys: string[] = []
  for (let before: string | null = null; ; before = keys[0] ?? null) {
    const page = await session.thread(key, before, never)
    keys = [...page.messages.map((each) => each.key), ...keys]
    if (!page.hasOlder) return keys
  }
}

/** The second telling changes nothing of what the first has brought. */
function expectSame(first: Page, second: Page): void {
  expect(second.conversations.map((each) => each.key)).toEqual(first.conversations.map((each) => each.key))
  for (const [index, said] of second.conversations.entries()) {
    expect(mergeConversation(first.conversations[index] ?? null, said).kind).toBe('unchanged')
  }
  for (const [index, said] of second.messages.entries()) {
    expect(mergeMessage(first.messages[index] ?? null, said).kind).toBe('unchanged')
  }
}

async function failureOf(outcome: Promise<unknown>): Promise<ProviderFailure> {
  const failure = await outcome.then(
    () => new Error('it went well'),
    (error: unknown) => error,
  )
  if (failure instanceof ProviderFailure) return failure
  throw new Error('not a ProviderFailure', { cause: failure })
}

interface Way extends Http {
  /** What becomes of the next request. */
  next(outcome: Outcome): void
  count(): number
  /** Settles once a request hangs. */
  readonly hung: Promise<void>
}

type Outcome = { readonly answer: HttpAnswer } | { readonly fault: HttpFault } | 'hang'

function wayTo(http: Http): Way {
  const outcomes: Outcome[] = []
  const hanging = Promise.withResolvers<void>()
  let count = 0
  return {
    hung: hanging.promise,
    count: () => count,
    next: (outcome) => void outcomes.splice(0, outcomes.length, outcome),
    async request(request, signal) {
      if (signal.aborted) throw new HttpFault('aborted', false, {})
      count += 1
      const outcome = outcomes.shift()
      if (outcome === undefined) return http.request(request, signal)
      if (outcome !== 'hang' && 'answer' in outcome) return outcome.answer
      if (outcome !== 'hang') throw outcome.fault
      hanging.resolve()
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new HttpFault('aborted', true, {})))
      })
    },
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
