import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handClock, type HandClock } from '../../../tests/support/hand-clock.ts'
import { accountId } from '../../shared/domain/ids.ts'
import { mergeConversation, mergeMessage } from '../../shared/domain/merge.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import { HttpFault, type Http, type HttpAnswer } from '../ports/http.ts'
import {
  canOf,
  ProviderFailure,
  type OutgoingReply,
  type Page,
  type Probed,
  type Provider,
  type ProviderHost,
  type Session,
  type SignInAsk,
  type SoughtReply,
} from './provider.ts'

/** A provider and a server of its kind to try it on: what the suite needs to know of both. */
export interface Stage {
  readonly provider: Provider
  /** A way to the server; the suite puts itself in between. */
  readonly http: Http
  /** What signs in there, in one step. */
  readonly signIn: Pick<SignInAsk, 'method' | 'fields'>
  /** An open conversation that may be written to. */
  readonly conversationKey: string
  /** The keys of every message the agent may see, by conversation. */
  everyMessage(): ReadonlyMap<string, readonly string[]>
  /** A customer writes in that conversation; answers the message's key. */
  customerWrites(text: string): string
  /** How long it may take until that is told, where the server has to be asked about each conversation. */
  readonly newsAfterMs?: number
  /** A label that may be put on it. */
  readonly label: string
  /** What a session has found out about such a server before; empty where nothing. */
  readonly learned?: Probed['settings']
  /** What can be said of a reply that is not there: `unknowable` where a server may deliver without keeping. */
  readonly notThere?: 'absent' | 'unknowable'
  /** What the server says to a secret it no longer knows; a way to make it forget where no single answer says so. */
  readonly unknownSecret: HttpAnswer | (() => void)
  close(): Promise<void>
}

/**
 * What every provider must do, whoever it talks to: `provesProvider('name', startStage)` in its own test. `lacks` names
 * the calls it has no bundle for.
 */
export function provesProvider(
  name: string,
  start: () => Promise<Stage>,
  lacks: readonly CallName[] = [],
): void {
  const offered = callNames.filter((each) => !lacks.includes(each))

  describe(`${name} as a provider`, () => {
    let stage: Stage
    let clock: HandClock
    let way: Way
    let session: Session
    const notThere = () => stage.notThere ?? 'absent'

    beforeEach(async () => {
      stage = await start()
      clock = turningClock()
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
      await clock.advance(stage.newsAfterMs ?? 0)
      const page = await session.pull(last?.cursor ?? null, never)
      const told = page.conversations.find((each) => each.key === stage.conversationKey)
      expect(told?.preview).toMatchObject({ side: 'them', text: 'One more thing' })
      expect(told?.lastMessageKey).toBe(key)
    })

    it('sends a reply once, and finds it again', async () => {
      const startedAt = clock.now()
      const reply = aReply(stage, { text: 'On its way – tonight.', ownId: 'row-1' })
      const { message } = await session.send(reply, never)
      expect(message).toMatchObject({ side: 'me', kind: 'text', text: reply.text })
      expect(
        (await threadKeys(session, stage.conversationKey)).filter((key) => key === message.key),
      ).toHaveLength(1)
      const found = await session.findSent(soughtFor(reply, { startedAt }), never)
      expect(found).toMatchObject({ finding: 'found', message: { key: message.key } })
    })

    it('says that a reply leaves before the server can have it, and lets none leave that may not', async () => {
      const startedAt = clock.now()
      const seen: number[] = []
      const there = async (): Promise<number> => (await threadKeys(session, stage.conversationKey)).length
      const before = await there()
      const stays = aReply(stage, {
        text: 'Not yet',
        ownId: 'row-1',
        leaves: () => {
          throw new Error('the disk is full')
        },
      })
      await expect(session.send(stays, never)).rejects.toThrow()
      expect(await there()).toBe(before)
      expect((await session.findSent(soughtFor(stays, { startedAt }), never)).finding).toBe(notThere())
      await session.send({ ...stays, leaves: () => seen.push(before) }, never)
      expect([seen.length > 0, await there()]).toEqual([true, before + 1])
    })

    it('does not take another reply for the one it looks for', async () => {
      const startedAt = clock.now()
      const reply = aReply(stage, { text: 'The first of two', ownId: 'row-1' })
      const { message } = await session.send(reply, never)
      const second = { ...reply, text: 'The second of two', ownId: 'row-2' }
      const other = soughtFor(second, { startedAt, claimed: [message.key] })
      expect((await session.findSent(other, never)).finding).toBe(notThere())
      const twin = { ...other, text: reply.text }
      expect((await session.findSent(twin, never)).finding).toBe(notThere())
    })

    it('tells what it can do by what it has', () => {
      const can = canOf(session)
      expect([can.resolve, can.reopen, can.pend]).toEqual(
        [session.done?.resolve, session.done?.reopen, session.done?.pend].map(isThere),
      )
      expect([can.markRead, can.markUnread]).toEqual([session.read, session.read?.markUnread].map(isThere))
      expect([can.assign, can.assignTeam]).toEqual([session.assign, session.assign?.assignTeam].map(isThere))
    })

    it('lacks what it is said to lack, and nothing else', async () => {
      const told = callNames.filter((each) => !isThere(bundleOf[each](session)))
      expect(told).toEqual(lacks)
    })

    describe.each(orderNames.filter((each) => !lacks.includes(each)))('the order to %s', (order) => {
      it('leads to its state, also given twice', async () => {
        for (const _ of [1, 2]) {
          const conversation = await orders[order].give(session, stage)
          expect(orders[order].isDone(conversation, stage)).toBe(true)
          expect(
            orders[order].isDone((await session.look(stage.conversationKey, never)).conversation, stage),
          ).toBe(true)
        }
      })
    })

    describe.each(offered)('%s', (callName) => {
      const attempt = (signal = never): Promise<unknown> => calls[callName](session, stage, signal)
      const failure = (): Promise<ProviderFailure> => failureOf(attempt())
      const isLookUp = callName === 'findSent'

      it('names an unknown secret', async () => {
        if (typeof stage.unknownSecret === 'function') stage.unknownSecret()
        else way.next({ answer: stage.unknownSecret })
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
          // Another one each time: what proves not to work may leave its session.
          session = await openSession(stage, { http: way, clock, log: () => {} })
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
      const { method, fields } = stage.signIn
      const asked = stage.provider.signIn.methods.find((each) => each.key === method)?.fields ?? []
      const secret = asked.find((field) => field.kind === 'secret')?.name ?? ''
      const ask = { method, fields: { ...fields, [secret]: 'nobody-s-secret' }, carried: null }
      const failure = await failureOf(stage.provider.probe(ask, { http: way, clock, log: () => {} }, never))
      expect(failure.mayHaveLeft).toBe(false)
    })

    it('keeps the secret out of everything but the secret', async () => {
      const { secret, ...rest } = await signedIn(stage, { http: way, clock, log: () => {} })
      expect(JSON.stringify(rest)).not.toContain(secret)
    })
  })
}

const never = new AbortController().signal

const orderNames = [
  'resolve',
  'reopen',
  'pend',
  'snooze',
  'snoozeUntilReply',
  'assign',
  'unassign',
  'leaveTeam',
  'label',
  'prioritise',
  'mute',
  'unmute',
  'markRead',
  'markUnread',
] as const
type OrderName = (typeof orderNames)[number]

const callNames = [
  'pull',
  'thread',
  'send',
  'findSent',
  'look',
  ...orderNames,
  'candidates',
  'removeMessage',
  'retryMessage',
] as const
export type CallName = (typeof callNames)[number]

/** Far ahead, in whole seconds. */
const later = 4_000_000_000_000

interface OrderTried {
  give(session: Session, stage: Stage, signal?: AbortSignal): Promise<Conversation>
  isDone(conversation: Conversation, stage: Stage): boolean
}

const orders: Readonly<Record<OrderName, OrderTried>> = {
  resolve: {
    give: ({ done }, { conversationKey: key }, signal = never) => there(done).resolve(key, {}, signal),
    isDone: ({ status }) => status.kind === 'done',
  },
  reopen: {
    give: async ({ done }, { conversationKey: key }, signal = never) =>
      (await there(there(done).reopen)(key, signal)).conversation,
    isDone: ({ status }) => status.kind === 'open',
  },
  pend: {
    give: ({ done }, { conversationKey: key }, signal = never) => there(there(done).pend)(key, signal),
    isDone: ({ status }) => status.kind === 'pending',
  },
  snooze: {
    give: ({ snooze }, { conversationKey: key }, signal = never) => there(snooze).snooze(key, later, signal),
    isDone: ({ status }) => status.kind === 'snoozed' && status.until === later,
  },
  snoozeUntilReply: {
    give: ({ snooze }, { conversationKey: key }, signal = never) => there(snooze).snooze(key, null, signal),
    isDone: ({ status }) => status.kind === 'snoozed' && status.until === null,
  },
  assign: {
    give: async ({ assign, look }, { conversationKey: key }, signal = never) => {
      const { conversation } = await look(key, signal)
      const candidates = await there(assign).candidates(conversation.inbox.key, signal)
      return there(assign).assign(conversation, there(candidates.find((each) => each.isMe)), signal)
    },
    isDone: ({ assignee }) => assignee?.isMe === true,
  },
  unassign: {
    give: async ({ assign, look }, { conversationKey: key }, signal = never) =>
      there(assign).assign((await look(key, signal)).conversation, null, signal),
    isDone: ({ assignee }) => assignee === null,
  },
  leaveTeam: {
    give: async ({ assign, look }, { conversationKey: key }, signal = never) =>
      there(there(assign).assignTeam)((await look(key, signal)).conversation, null, signal),
    isDone: ({ team }) => team === null,
  },
  label: {
    give: ({ labels }, { conversationKey: key, label }, signal = never) =>
      there(labels).change(key, { add: [label], remove: [] }, signal),
    isDone: ({ labels }, { label }) => labels.includes(label),
  },
  prioritise: {
    give: ({ priority }, { conversationKey: key }, signal = never) => there(priority).set(key, 'low', signal),
    isDone: ({ priority }) => priority === 'low',
  },
  mute: {
    give: ({ mute }, { conversationKey: key }, signal = never) => there(mute).mute(key, signal),
    isDone: ({ muted, status }) => muted && status.kind === 'done',
  },
  unmute: {
    give: ({ mute }, { conversationKey: key }, signal = never) => there(mute).unmute(key, signal),
    isDone: ({ muted }) => !muted,
  },
  markRead: {
    give: ({ read }, { conversationKey: key }, signal = never) => there(read).markRead(key, signal),
    isDone: ({ unread }) => unread.kind === 'exact' && unread.count === 0,
  },
  markUnread: {
    give: ({ read }, { conversationKey: key }, signal = never) => there(there(read).markUnread)(key, signal),
    isDone: ({ unread }) => unread.kind !== 'exact' || unread.count > 0,
  },
}

type Call = (session: Session, stage: Stage, signal: AbortSignal) => Promise<unknown>

const calls: Readonly<Record<CallName, Call>> = {
  ...giving(),
  pull: (session, _, signal) => session.pull(null, signal),
  thread: (session, { conversationKey }, signal) => session.thread(conversationKey, null, signal),
  send: (session, stage, signal) => session.send(aReply(stage, { text: 'Hello', ownId: 'row-8' }), signal),
  findSent: (session, stage, signal) =>
    session.findSent(soughtFor(aReply(stage, { text: 'Sought', ownId: 'row-9' }), { startedAt: 0 }), signal),
  look: (session, { conversationKey }, signal) => session.look(conversationKey, signal),
  candidates: ({ assign }, _, signal) => there(assign).candidates('1', signal),
  removeMessage: ({ messages }, { conversationKey }, signal) =>
    there(messages).remove(conversationKey, '1', signal),
  retryMessage: ({ messages }, { conversationKey }, signal) =>
    there(there(messages).retry)(conversationKey, '1', signal),
}

/** What has to be there for a call to be possible. */
const bundleOf: Readonly<Record<CallName, (session: Session) => unknown>> = {
  pull: (session) => session.pull,
  thread: (session) => session.thread,
  send: (session) => session.send,
  findSent: (session) => session.findSent,
  look: (session) => session.look,
  resolve: ({ done }) => done,
  reopen: ({ done }) => done?.reopen,
  pend: ({ done }) => done?.pend,
  snooze: ({ snooze }) => snooze,
  snoozeUntilReply: ({ snooze }) => (snooze?.untilReply === true ? snooze : undefined),
  assign: ({ assign }) => assign,
  unassign: ({ assign }) => assign,
  leaveTeam: ({ assign }) => assign?.assignTeam,
  label: ({ labels }) => labels,
  prioritise: ({ priority }) => priority,
  mute: ({ mute }) => mute,
  unmute: ({ mute }) => mute,
  markRead: ({ read }) => read,
  markUnread: ({ read }) => read?.markUnread,
  candidates: ({ assign }) => assign,
  removeMessage: ({ messages }) => messages,
  retryMessage: ({ messages }) => messages?.retry,
}

function giving(): Record<OrderName, Call> {
  const call =
    (name: OrderName): Call =>
    (session, stage, signal) =>
      orders[name].give(session, stage, signal)
  return Object.fromEntries(orderNames.map((name) => [name, call(name)])) as Record<OrderName, Call>
}

function aReply(stage: Stage, given: { text: string; ownId: string; leaves?: () => void }): OutgoingReply {
  const { conversationKey } = stage
  const plain = { isNote: false, replyTo: null, mentions: [], files: [], mail: null, template: null }
  return { conversationKey, leaves: () => {}, ...plain, ...given }
}

function soughtFor(
  { conversationKey, ownId, text, isNote, mentions, template, files }: OutgoingReply,
  given: { startedAt: number; claimed?: readonly string[] },
): SoughtReply {
  const { startedAt, claimed = [] } = given
  const fileSizes = files.map((each) => each.bytes.length)
  return { conversationKey, ownId, text, isNote, mentions, template, fileSizes, startedAt, claimed }
}

function isThere(bundle: unknown): boolean {
  return bundle !== undefined
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not offered')
  return value
}

async function signedIn(stage: Stage, host: ProviderHost): Promise<Probed> {
  const found = await stage.provider.probe({ ...stage.signIn, carried: null }, host, never)
  if (found.kind !== 'found') throw new Error('the stage signs in with one step')
  return found
}

async function openSession(stage: Stage, host: ProviderHost): Promise<Session> {
  const probed = await signedIn(stage, host)
  const choice = probed.choices.find((each) => !each.isSuspended)
  if (choice === undefined) throw new Error('the stage offers no account')
  const { baseUrl } = probed
  const settings = { ...probed.settings, ...stage.learned }
  const account = { id: accountId('home'), key: choice.key, baseUrl, settings }
  return stage.provider.open(account, probed.secret, host)
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

/** Turned by hand, and by itself as far as somebody waits: what keeps a pace of its own goes on at once. */
function turningClock(): HandClock {
  const clock = handClock(Date.now())
  return {
    ...clock,
    after(delayMs, run) {
      let isStanding = true
      const over = (): void => {
        isStanding = false
        run()
      }
      const cancel = clock.after(delayMs, over)
      setImmediate(() => void (isStanding && clock.advance(delayMs)))
      return () => {
        isStanding = false
        cancel()
      }
    },
  }
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
