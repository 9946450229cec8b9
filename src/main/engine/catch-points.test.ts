import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bombed, bombKinds, canary, type Fuse } from '../../../tests/support/bombs.ts'
import { bare, written } from '../../../tests/support/builders.ts'
import { fakeProvider, secret, type FakeProvider } from '../../../tests/support/fake-provider.ts'
import {
  fakeVault,
  startHouse,
  withToken,
  type House,
  type HouseOptions,
} from '../../../tests/support/start-house.ts'
import type { ActionOrder, CommandName, Input } from '../../shared/contract/contract.ts'
import type { Result } from '../../shared/contract/failure.ts'
import type { Action } from '../../shared/domain/action.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import type { OutboxId } from '../../shared/domain/ids.ts'
import type { Page, Provider, ProviderAccount, Session } from '../providers/provider.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { Store } from '../store/store.ts'

/**
 * Whatever breaks inside the engine ends at one of three points: dispatch, an account's pull loop, the outbox. Here
 * everything they call is broken in every way, one call at a time: of a provider, of the store, of the host.
 */
const noon = Date.UTC(2026, 2, 3, 12)
const minute = 60_000
/** What reached the process, where nobody would be left to catch it. */
const uncaught: unknown[] = []
const note = (error: unknown): void => void uncaught.push(error)
let house: House
/** The account that breaks, and the one at another server that must not notice. */
let shop: string
let hotel: string
let elsewhere: FakeProvider
/** What of the shop's session blows up, of the store, of the keychain. */
let fuse: Fuse
let vaultFuse: Fuse
/** What else is wrong with the shop's pages. */
let pageTrick: (page: Page, cursor: string | null) => Page

beforeEach(() => {
  uncaught.length = 0
  fuse = { call: null, kind: 'throws at once', blown: 0 }
  vaultFuse = { ...fuse }
  pageTrick = (page) => page
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
})
afterEach(async () => {
  fuse.call = null
  vaultFuse.call = null
  const stopped = house.stop()
  // What never settles is waited for no longer than this.
  await house.clock.advance(2_000)
  await stopped
  await house.settle()
  process.off('unhandledRejection', note)
  process.off('uncaughtException', note)
  expect(uncaught).toEqual([])
})

describe.each(bombKinds)('a provider that %s', (kind) => {
  const ofA = (): { conversationId: string } => ({ conversationId: `${shop}:a` })
  const call: House['call'] = (...given) => house.call(...given)
  /** What leads to each call of a session, by the calls' own names. */
  const asks: Record<string, () => Promise<Result<unknown>>> = {
    thread: () => call('thread.open', ofA()),
    look: () => call('conversation.fetch', { accountId: shop, key: 'a' }),
    'directory.read': () => call('directory.read', { accountId: shop }),
    'assign.candidates': () => call('assign.candidates', ofA()),
    'messages.remove': () => call('message.delete', { ...ofA(), messageId: `${shop}:a/a-m` }),
    'messages.retry': () => call('message.retry', { ...ofA(), messageId: `${shop}:a/a-m` }),
    'macros.run': () => call('macro.run', { ...ofA(), macroKey: 'm' }),
    'transcript.send': () => call('transcript.send', { ...ofA(), email: 'ines@example.com' }),
    'typing.tell': () => call('typing.tell', { ...ofA(), isNote: false, isTyping: true }),
    'availability.set': () =>
      call('availability.set', { accountId: shop, availability: 'busy', autoOffline: null }),
    'participants.change': () => call('panel.participants', { ...ofA(), add: ['1'], remove: [] }),
    'notifications.page': () => call('notifications.page', { accountId: shop, page: 1 }),
    'notifications.change': () =>
      call('notifications.change', { accountId: shop, key: null, change: { kind: 'read' } }),
    'search.ask': () => call('search.ask', { accountId: shop, what: 'conversations', words: 'a', page: 1 }),
    'folders.page': () => call('inbox.page', { ...everything, accountId: shop, folder: 'f', terms: null }),
    'folders.save': () => call('folder.save', { accountId: shop, name: 'Mine', terms: [term] }),
    'folders.remove': () => call('folder.remove', { accountId: shop, key: 'f' }),
    'panel.read': () => call('panel.read', ofA()),
    'panel.notes.add': () => call('panel.addNote', { ...ofA(), text: 'likes tea' }),
    'panel.notes.remove': () => call('panel.removeNote', { ...ofA(), key: '1' }),
    'start.customers': () => call('start.customers', { accountId: shop, words: 'ines' }),
    'start.inboxes': () => call('start.inboxes', { accountId: shop, customerKey: null }),
    'start.begin': () =>
      call('start.begin', {
        ...{ accountId: shop, customer: { kind: 'known', key: '1' }, inboxKey: '1', subject: null },
        ...{ text: 'Hello', template: null, clientKey: keyOf(9) },
      }),
  }

  test.each(Object.keys(asks))('in %s fails that one question, and nothing else', async (name) => {
    await begin()
    const before = await shown()
    Object.assign(fuse, { call: name, kind })
    const asked = asks[name]?.()
    await house.clock.advance(7 * minute)
    const answer = await asked
    expect(fuse.blown).toBeGreaterThan(0)
    if (answer?.ok === false) expect(answer.failure.code).toMatch(/^(internal|timeout|mayBeDone|badOutput)$/)
    await othersGoOn()
    expect(await stateOf(shop)).toEqual({ kind: 'upToDate' })
    fuse.call = null
    await house.clock.advance(minute)
    expect(await shown()).toEqual(before)
    logIsClean()
  })

  test('in a pull rests this account, empties and announces nothing, and goes on by itself', async () => {
    await begin()
    const before = await shown()
    Object.assign(fuse, { call: 'pull', kind })
    house.signal('wake')
    await house.clock.advance(7 * minute)
    expect(await stateOf(shop)).toMatchObject({
      kind: 'resting',
      failure: { code: kind === 'never settles' ? 'timeout' : 'internal' },
    })
    await othersGoOn()
    expect(await shown()).toEqual(before)
    expect(house.attention()).toMatchObject({ state: 'trouble', badge: await badge() })
    fuse.call = null
    await house.clock.advance(12 * minute)
    expect(await stateOf(shop)).toEqual({ kind: 'upToDate' })
    expect(await shown()).toEqual(before)
    expect(house.announced.map((each) => each.body)).toEqual(['Are you there?'])
    logIsClean()
  })

  test('in sending leaves the reply in sight, and has it there once', async () => {
    await begin()
    Object.assign(fuse, { call: 'send', kind })
    const row = await reply(shop, 'On our way')
    await house.clock.advance(8 * minute)
    expect(house.store.outboxRow(row)?.state.kind).toMatch(/^(queued|sending|unsure|sent)$/)
    await othersGoOn()
    fuse.call = null
    await house.clock.advance(20 * minute)
    const state = house.store.outboxRow(row)?.state
    const came = house.provider.received.filter((each) => each.text === 'On our way').length
    // Where the bug came after an answer nobody knows whether it left: the agent is asked, and nothing is sent again.
    if (kind.startsWith('answers')) expect([state, came]).toMatchObject([{ kind: 'unsure', asked: true }, 0])
    else expect([state, came]).toMatchObject([{ kind: 'sent' }, 1])
    logIsClean()
  })

  test('in looking for a reply leaves it unsure, and finds it once it can', async () => {
    await begin()
    house.provider.next('send', 'acceptThenDrop')
    Object.assign(fuse, { call: 'findSent', kind })
    const row = await reply(shop, 'On our way')
    await house.clock.advance(8 * minute)
    expect(house.store.outboxRow(row)?.state.kind).toMatch(/^(unsure|sent)$/)
    await othersGoOn()
    fuse.call = null
    await house.clock.advance(12 * minute)
    expect(house.store.outboxRow(row)?.state.kind).toBe('sent')
    expect(house.provider.received.filter((each) => each.text === 'On our way')).toHaveLength(1)
    logIsClean()
  })

  const orders: Record<string, Action> = {
    'done.resolve': bare('resolve'),
    'done.pend': bare('pend'),
    'snooze.snooze': { kind: 'snooze', until: null },
    'assign.assign': { kind: 'assign', to: null },
    'assign.assignTeam': { kind: 'assignTeam', to: null },
    'labels.change': { kind: 'label', add: ['vip'], remove: [] },
    'priority.set': { kind: 'prioritise', priority: 'high' },
    'mute.mute': bare('mute'),
    'mute.unmute': bare('unmute'),
    'read.markRead': bare('markRead'),
    'read.markUnread': bare('markUnread'),
    'done.reopen': bare('reopen'),
  }
  test.each(Object.keys(orders))('in %s keeps the order, and carries it out once it can', async (name) => {
    await begin()
    // As it is after the order, nothing would have to be asked for.
    house.provider.change('a', { assignee: colleague, muted: name === 'mute.unmute', team: 'Night' })
    if (name === 'done.reopen') house.provider.change('a', { status: { kind: 'done' } })
    await house.clock.advance(minute)
    Object.assign(fuse, { call: name, kind })
    const action = orders[name] as ActionOrder
    await house.ask('conversation.act', { conversationId: `${shop}:a`, action })
    await house.clock.advance(7 * minute)
    expect(fuse.blown).toBeGreaterThan(0)
    await othersGoOn()
    fuse.call = null
    await house.clock.advance(12 * minute)
    expect(house.store.openOrders()).toEqual([])
    expect(await stateOf(shop)).toEqual({ kind: 'upToDate' })
    logIsClean()
  })
})

describe('a provider that', () => {
  test('cannot be opened is shown, keeps no other account from being opened, and is tried again', async () => {
    let isBroken = false
    await begin({}, (account) => {
      if (isBroken && account.key === '1') throw new TypeError(canary)
    })
    const before = await shown()
    isBroken = true
    await restart()
    expect(await stateOf(shop)).toMatchObject({ kind: 'locked', failure: { code: 'internal' } })
    expect(await shown()).toEqual(before)
    await othersGoOn()
    isBroken = false
    await house.clock.advance(6 * minute)
    expect(await stateOf(shop)).toEqual({ kind: 'upToDate' })
    expect(house.announced.map((each) => each.body)).toEqual(['Are you there?'])
    logIsClean()
  })

  test('breaks every call for an hour is asked no more often than the table of pauses says', async () => {
    await begin()
    const before = await shown()
    Object.assign(fuse, { call: 'pull', kind: 'rejects with an error of ours' })
    house.signal('wake')
    await house.clock.advance(minute)
    const timers = house.clock.pending()
    const lines = house.logged.length
    fuse.blown = 0
    await house.clock.advance(60 * minute)
    // 64, 128, 256 and then every 300 seconds, spread by a quarter.
    expect(fuse.blown).toBeLessThanOrEqual(17)
    expect(house.clock.pending()).toBeLessThanOrEqual(timers + 1)
    expect(house.logged.length - lines).toBeLessThanOrEqual(3 * fuse.blown)
    expect(await shown()).toEqual(before)
  })

  test('breaks on one thread keeps pulling as usual, and leaves that thread alone for a while', async () => {
    await begin()
    Object.assign(fuse, { call: 'thread', kind: 'rejects with an error of ours' })
    house.provider.writes('a', 'Hello again?', noon + 2_000)
    await house.clock.advance(minute)
    fuse.blown = 0
    await house.clock.advance(60 * minute)
    expect(fuse.blown).toBeLessThanOrEqual(6)
    expect(await stateOf(shop)).toEqual({ kind: 'upToDate' })
  })

  test('says that there is more and never gets on is not asked without a pause', async () => {
    await begin()
    const { pulls } = house.provider
    const before = pulls.length
    // A loop without a pause would never let the clock go on.
    const stuckAt = before + 1_000
    pageTrick = (page, cursor) =>
      pulls.length < stuckAt && cursor !== null ? { ...page, cursor, more: true } : page
    await house.clock.advance(10 * minute)
    expect(pulls.length - before).toBeLessThanOrEqual(22)
  })

  test.each([
    ['a name that is none', { customer: { key: '1', name: 7 } }],
    ['no labels', { labels: null }],
    ['a time that is none', { lastActivityAt: NaN }],
    ['an unknown kind of unread', { unread: { kind: 'lots' } }],
    ['the id of another account', { accountId: 'hotel', id: 'hotel:a' }],
  ])('tells of a row with %s: the others come, and no list is spoilt', async (_, wrong) => {
    await begin()
    pageTrick = (page) => {
      const spoilt = (row: Conversation): Conversation =>
        row.key === 'a' ? { ...row, ...(wrong as object) } : row
      return { ...page, conversations: page.conversations.map(spoilt) }
    }
    house.provider.writes('a', 'And now?', noon + 5_000)
    house.provider.writes('b', 'Me too', noon + 5_000)
    await house.clock.advance(2 * minute)
    const { rows } = await house.ask('inbox.page', everything)
    expect(rows.map((each) => each.id).sort()).toEqual(
      [`${shop}:a`, `${shop}:b`, `${hotel}:a`, `${hotel}:b`].sort(),
    )
    expect(rows.find((each) => each.id === `${shop}:b`)?.preview?.text).toBe('Me too')
    expect(house.logged).toContainEqual(expect.stringMatching(/^provider\.misfit \{"call":"pull"/))
    logIsClean()
  })
})

const storeCalls = Object.keys(memoryStore()).filter((each) => each !== 'close') as (keyof Store)[]

describe('a store that breaks', () => {
  test.each(storeCalls)(
    'in %s reaches nobody outside, loses nothing, and all goes on once it is mended',
    async (call) => {
      const store = bombed(memoryStore(), fuse)
      await begin({ store })
      const before = await shown()
      fuse.call = call
      const kept: OutboxId[] = []
      for (const [index, account] of [shop, hotel].entries()) {
        const clientKey = keyOf(20 + index)
        const sent = await house.call(
          'reply.send',
          written({ conversationId: `${account}:a`, text: `No. ${index}`, clientKey }),
        )
        if (sent.ok) kept.push(clientKey as OutboxId)
      }
      house.provider.writes('b', 'And I?', noon + 2_000)
      for (const [name, input] of usualCommands()) await house.call(name, input)
      for (const signal of ['sleep', 'wake', 'offline', 'online', 'hidden', 'shown'] as const)
        house.signal(signal)
      await house.clock.advance(6 * minute)
      fuse.call = null
      house.signal('wake')
      await house.clock.advance(20 * minute)
      expect([await stateOf(shop), await stateOf(hotel)]).toEqual([
        { kind: 'upToDate' },
        { kind: 'upToDate' },
      ])
      const everywhere = [...house.provider.received, ...elsewhere.received]
      const came = everywhere.filter((each) => each.text.startsWith('No. '))
      for (const id of kept) {
        const state = store.outboxRow(id)?.state
        const times = came.filter((each) => each.reply.ownId === id).length
        expect([id, state?.kind, times]).toEqual([id, 'sent', 1])
      }
      expect(came.length).toBeLessThanOrEqual(2)
      const after = await shown()
      expect(after.ids).toEqual(before.ids)
      expect(house.attention().badge).toBe(await badge())
      expect(house.announced.filter((each) => each.body === 'And I?').length).toBeLessThanOrEqual(1)
      logIsClean()
    },
  )
})

describe('a host that breaks', () => {
  test('in showing a notification: the window shows it, and the account is well', async () => {
    const broken = (): never => {
      throw new TypeError(canary)
    }
    await begin({ notifier: { show: broken, withdraw: broken } })
    house.provider.writes('a', 'Are you there?', noon + 2_000)
    await house.clock.advance(minute)
    const inWindow = house.events.flatMap((each) =>
      each.name === 'message.announced' && each.payload.inWindow ? [each.payload.body] : [],
    )
    expect(inWindow).toEqual(['Are you there?'])
    expect((await house.call('thread.open', { conversationId: `${shop}:a` })).ok).toBe(true)
    expect([await stateOf(shop), await stateOf(hotel)]).toEqual([{ kind: 'upToDate' }, { kind: 'upToDate' }])
    logIsClean()
  })

  test('over and over, in what nobody else catches: the agent is told once, and where the log lies', async () => {
    await begin()
    for (let turn = 0; turn < 50; turn++) house.engine.broke(turn % 2 === 0 ? new TypeError(canary) : null)
    const notices = (): unknown[] =>
      house.events.flatMap((each) => (each.name === 'notice.raised' ? [each.payload.notice] : []))
    expect(notices()).toEqual(['innerFault'])
    await house.clock.advance(11 * minute)
    house.engine.broke(canary)
    expect(notices()).toEqual(['innerFault', 'innerFault'])
    expect((await house.ask('app.snapshot', {})).host.logFile).toBeNull()
    await othersGoOn()
    logIsClean()
  })

  test('in listening: the other listeners hear, and no account rests', async () => {
    await begin()
    const attended: number[] = []
    const broken = (): never => {
      throw new TypeError(canary)
    }
    house.engine.wire.listen(broken, broken)
    const heard: string[] = []
    house.engine.wire.listen(
      (event) => heard.push((event as { name: string }).name),
      () => {},
    )
    house.engine.onAttention(broken)
    house.engine.onAttention(({ badge }) => attended.push(badge))
    house.provider.writes('a', 'Are you there?', noon + 2_000)
    await house.clock.advance(minute)
    expect(heard).toContain('inbox.changed')
    expect(attended.at(-1)).toBe(house.attention().badge)
    expect([await stateOf(shop), await stateOf(hotel)]).toEqual([{ kind: 'upToDate' }, { kind: 'upToDate' }])
    logIsClean()
  })

  test.each(bombKinds.filter((each) => each !== 'never settles'))(
    'in its keychain, which %s: the accounts are shown, and opened once it is well',
    async (kind) => {
      await begin()
      const before = await shown()
      Object.assign(vaultFuse, { call: 'get', kind })
      await restart()
      const states = [(await stateOf(shop)).kind, (await stateOf(hotel)).kind]
      expect(states.every((each) => each !== 'loading')).toBe(true)
      expect(await shown()).toEqual(before)
      vaultFuse.call = null
      await house.call('inbox.refresh', {})
      await house.clock.advance(6 * minute)
      expect([await stateOf(shop), await stateOf(hotel)]).toEqual([
        { kind: 'upToDate' },
        { kind: 'upToDate' },
      ])
      logIsClean()
    },
  )
})

type Row = NonNullable<Parameters<typeof fakeProvider>[0]>[number]
const row = (key: string): Row => ({
  key,
  change: { lastActivityAt: noon },
  messages: [{ key: `${key}-m`, sentAt: noon, text: `hello ${key}` }],
})
const colleague = { key: '2', name: 'Priya Nair', avatarUrl: null, kind: 'agent', isMe: false } as const
const term = { attribute: 'status', operator: 'is' as const, values: ['open'], join: 'and' as const }
const everything: Input<'inbox.page'> = {
  ...{ view: 'open', accountId: null, find: null, sort: 'newest' },
  ...{ folder: null, terms: null, after: null, limit: 50 },
}

/** Two accounts at two servers, both told of everything; the first one's session is the one that breaks. */
async function begin(
  options: HouseOptions = {},
  onOpen: (account: ProviderAccount) => void = () => {},
): Promise<void> {
  const provider = fakeProvider([row('a'), row('b')])
  const other = fakeProvider([row('a'), row('b')], { id: 'elsewhere' })
  // Accounts at one host rest together where it does not answer.
  const baseUrl = 'https://elsewhere.example.com'
  elsewhere = { ...other, probe: async (...given) => ({ ...(await other.probe(...given)), baseUrl }) }
  const open: Provider['open'] = (account, ...given) => {
    onOpen(account)
    const session = provider.open(account, ...given)
    const pull: Session['pull'] = async (cursor, signal) =>
      pageTrick(await session.pull(cursor, signal), cursor)
    return bombed({ ...session, pull }, fuse)
  }
  const providers = { fake: { ...provider, open }, elsewhere }
  house = await startHouse({ provider, providers, vault: bombedVault(), ...options })
  ;[shop = ''] = await house.signIn()
  const { probeId } = await house.ask('accounts.probe', { ...withToken(secret), provider: 'elsewhere' })
  ;[hotel = ''] = (await house.ask('accounts.add', { probeId, keys: ['1'], keepIn: 'keychain' })).accountIds
  again = (store) =>
    startHouse({ provider, providers, vault: house.vault, clock: house.clock, store, ...options })
  await house.clock.advance(2 * minute)
}

let again: (store: Store) => Promise<House>

/** The memory store forgets nothing on close, so a second engine may take it over as a restart would. */
async function restart(): Promise<void> {
  const { store } = house
  await house.stop()
  house = await again(store)
  await house.clock.advance(minute)
}

function bombedVault(): ReturnType<typeof fakeVault> {
  return bombed(fakeVault(), vaultFuse)
}

/** What the agent sees of the shop. */
async function shown(): Promise<{ needsYou: number | undefined; ids: string[] }> {
  const { counts } = await house.ask('app.snapshot', {})
  const { rows } = await house.ask('inbox.page', { ...everything, accountId: shop })
  return { needsYou: counts.byAccount[shop]?.needsYou, ids: rows.map((each) => each.id).sort() }
}

async function badge(): Promise<number> {
  return (await house.ask('app.snapshot', {})).counts.all.needsYou
}

async function stateOf(account: string) {
  const { accounts } = await house.ask('app.snapshot', {})
  return accounts.find((each) => each.id === account)?.syncing ?? { kind: 'gone' }
}

async function reply(account: string, text: string): Promise<OutboxId> {
  const clientKey = keyOf(text.length)
  await house.ask('reply.send', written({ conversationId: `${account}:a`, text, clientKey }))
  return clientKey as OutboxId
}

/** The other account hears of a customer, says so once, and sends. */
async function othersGoOn(): Promise<void> {
  elsewhere.writes('b', 'Are you there?', noon + 1_000)
  await house.clock.advance(minute)
  expect(house.announced.map((each) => each.body)).toEqual(['Are you there?'])
  const row = await reply(hotel, 'Here we are')
  await house.clock.advance(1_000)
  expect(house.store.outboxRow(row)?.state.kind).toBe('sent')
  expect(await stateOf(hotel)).toEqual({ kind: 'upToDate' })
}

function logIsClean(): void {
  for (const line of house.logged) expect(line).not.toMatch(/canary|Ines|refund|desk \(|\//)
}

function keyOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** What a window asks for in a few minutes. */
function usualCommands(): [CommandName, Input<CommandName>][] {
  const conversationId = `${shop}:b`
  const draft = { text: 'Half a sentence', replyTo: null, mentions: [], cc: '', bcc: '' }
  return [
    ['app.snapshot', {}],
    ['window.report', { visible: true, focused: true, conversationId }],
    ['inbox.page', everything],
    ['thread.open', { conversationId }],
    ['thread.older', { conversationId, before: `${conversationId}/b-m` }],
    ['draft.keep', { conversationId, kind: 'reply', draft, over: draft }],
    ['draft.get', { conversationId, kind: 'reply' }],
    ['conversation.act', { conversationId, action: { kind: 'label', add: ['vip'], remove: [] } }],
    ['conversation.act', { conversationId, action: bare('markUnread') }],
    ['resolve.asks', { conversationId }],
    ['settings.change', { undoSeconds: 0 }],
    ['directory.read', { accountId: shop }],
    ['panel.read', { conversationId }],
    ['conversation.fetch', { accountId: shop, key: 'b' }],
    ['typing.tell', { conversationId, isNote: false, isTyping: true }],
    ['inbox.refresh', {}],
  ]
}
