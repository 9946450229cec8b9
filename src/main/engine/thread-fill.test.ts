import { afterEach, expect, test } from 'vitest'
import { written } from '../../../tests/support/builders.ts'
import { fakeProvider, type Outcome } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import { ProviderFailure } from '../providers/provider.ts'

const noon = Date.UTC(2026, 2, 3, 12)
let house: House
afterEach(() => house.stop())

type Row = NonNullable<Parameters<typeof fakeProvider>[0]>[number]
const one = (key: string, count = 1): Row => ({
  key,
  change: { lastActivityAt: noon },
  messages: Array.from({ length: count }, (_, n) => ({
    key: `${key}-${n}`,
    sentAt: noon + n,
    sequence: n,
    text: `${key} ${n}`,
  })),
})
const offline: Outcome = { fails: { kind: 'offline', code: 'offline', mayHaveLeft: false } }
const broken: Outcome = {
  fails: { kind: 'busy', code: 'busy', facts: { status: '500' }, mayHaveLeft: false },
}

const states = (): string[] =>
  house.events.flatMap((each) => (each.name === 'account.changed' ? [each.payload.account.syncing.kind] : []))

test('a thread the server cannot give does not trouble its account, nor the threads behind it', async () => {
  house = await startHouse({ provider: fakeProvider([one('a', 3), one('b', 3)]) })
  house.provider.next('thread', broken)
  const [account] = await house.signIn()
  await house.clock.advance(60_000)
  expect(states()).not.toContain('resting')
  expect(house.store.threadsBehind(account as never, 5)).toHaveLength(1)
  await house.clock.advance(700_000)
  expect(house.store.threadsBehind(account as never, 5)).toEqual([])
})

test('a thread opened during the first load comes before the rest of it', async () => {
  const rows = Array.from({ length: 60 }, (_, n) => one(`c${n}`, 3))
  house = await startHouse({ provider: fakeProvider(rows) })
  const { promise: second, resolve: release } = Promise.withResolvers<void>()
  const { promise: third, resolve: releaseThird } = Promise.withResolvers<void>()
  house.provider.next('pull', 'ok', { waits: second }, { waits: third })
  const [account] = await house.signIn()
  const open = async (): Promise<number> =>
    (await house.ask('thread.open', { conversationId: `${account}:c7` })).messages.length
  expect(await open()).toBe(1)
  release()
  await house.settle()
  expect(await open()).toBe(3)
  releaseThird()
})

test('opening threads while the server is away does not put off the next attempt', async () => {
  house = await startHouse({ provider: fakeProvider([one('a')]) })
  const [account] = await house.signIn()
  house.provider.next('pull', offline)
  house.provider.next('thread', ...Array.from({ length: 8 }, () => offline))
  house.signal('shown')
  await house.settle()
  expect(states().at(-1)).toBe('resting')
  for (let n = 0; n < 8; n++) {
    await house.ask('thread.open', { conversationId: `${account}:a` })
    await house.settle()
  }
  await house.clock.advance(3_000)
  expect(states().at(-1)).toBe('upToDate')
})

test('a conversation that was deleted at the server leaves the list and the badge when it is opened', async () => {
  house = await startHouse({ provider: fakeProvider([one('a'), one('b')]) })
  const [account] = await house.signIn()
  expect(house.attention().badge).toBe(2)
  house.provider.next('thread', { fails: { kind: 'gone', code: 'gone', mayHaveLeft: false } })
  await house.ask('thread.open', { conversationId: `${account}:a` })
  await house.settle()
  expect(house.attention().badge).toBe(1)
  const query = {
    accountId: null,
    find: null,
    sort: 'newest',
    folder: null,
    terms: null,
    after: null,
    limit: 50,
  } as const
  const { rows } = await house.ask('inbox.page', { view: 'open', ...query })
  expect(rows.map((each) => each.id)).toEqual([`${account}:b`])
})

test('a thread filled late has no hole behind the messages that came along before', async () => {
  house = await startHouse({ provider: fakeProvider([one('a')]) })
  house.provider.next('thread', broken)
  const [account] = await house.signIn()
  for (let n = 0; n < 45; n++) house.provider.writes('a', `n${n}`, noon + 1_000 + n)
  await house.clock.advance(700_000)
  const conversationId = `${account}:a`
  const newest = await house.ask('thread.open', { conversationId })
  const before = newest.messages[0]?.id ?? ''
  const older = await house.ask('thread.older', { conversationId, before })
  const texts = [...older.messages, ...newest.messages].map((each) => each.text)
  expect(texts).toEqual(['a 0', ...Array.from({ length: 45 }, (_, n) => `n${n}`)])
})

test('a thread of which only our own words are here still shows what came before them', async () => {
  const silent = { key: 'a', change: { lastActivityAt: noon }, messages: [] }
  house = await startHouse({ provider: fakeProvider([silent]) })
  const [account] = await house.signIn()
  house.provider.online(false)
  const conversationId = `${account}:a`
  const clientKey = '00000000-0000-4000-8000-000000000001'
  await house.ask('reply.send', written({ conversationId, text: 'Hello', clientKey }))
  const { messages } = await house.ask('thread.open', { conversationId })
  house.provider.online(true)
  house.provider.writes('a', 'Hi', noon)
  const older = await house.ask('thread.older', { conversationId, before: messages[0]?.id ?? '' })
  expect(older.messages.map((each) => each.text)).toEqual(['Hi'])
})

test('asking for older messages ends by itself, and a token refused there locks the account', async () => {
  const provider = fakeProvider([{ key: 'a', change: { lastActivityAt: noon } }])
  const open: typeof provider.open = (...given) => {
    const session = provider.open(...given)
    const thread: typeof session.thread = (key, before, signal) =>
      isStuck ? failsOnceAborted(signal) : session.thread(key, before, signal)
    return { ...session, thread }
  }
  let isStuck = false
  house = await startHouse({ provider, providers: { fake: { ...provider, open } } })
  const [account] = await house.signIn()
  const conversationId = `${account}:a`
  const older = () => house.call('thread.older', { conversationId, before: `${conversationId}/own-1` })
  isStuck = true
  const stuck = older()
  await house.clock.advance(61_000)
  expect(await stuck).toMatchObject({ failure: { code: 'reset' } })
  isStuck = false
  provider.next('thread', { fails: { kind: 'auth', code: 'auth', mayHaveLeft: true } })
  expect(await older()).toMatchObject({ failure: { code: 'auth' } })
  expect((await house.ask('app.snapshot', {})).accounts[0]?.syncing.kind).toBe('locked')
})

function failsOnceAborted(signal: AbortSignal): Promise<never> {
  const lost = new ProviderFailure({ kind: 'offline', code: 'reset', mayHaveLeft: true })
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(lost)))
}
