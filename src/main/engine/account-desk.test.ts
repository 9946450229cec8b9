import { afterEach, describe, expect, test } from 'vitest'
import { bare, home, written } from '../../../tests/support/builders.ts'
import { fakeProvider } from '../../../tests/support/fake-provider.ts'
import { fakeVault, startHouse, type FakeVault, type House } from '../../../tests/support/start-house.ts'
import { conversationId } from '../../shared/domain/ids.ts'
import { memoryStore } from '../store/memory-store.ts'
import { StoreFault } from '../store/store.ts'

const noon = Date.UTC(2026, 2, 3, 12)
let house: House
afterEach(() => house.stop())

const one = (): ReturnType<typeof fakeProvider> =>
  fakeProvider([{ key: 'a', change: { lastActivityAt: noon }, messages: [{ key: 'a-m', sentAt: noon }] }])

/** A keychain that asks its owner: reading and checking wait until `answer` is called. */
function askingVault(): FakeVault & { ask(): void; answer(): void } {
  const plain = fakeVault()
  let asked: { promise: Promise<void>; resolve: () => void } | null = null
  return {
    ...plain,
    ask: () => void (asked = Promise.withResolvers<void>()),
    answer: () => asked?.resolve(),
    async get(key) {
      await asked?.promise
      return plain.get(key)
    },
    async check() {
      await asked?.promise
      return plain.check()
    },
  }
}

async function restarted(vault: FakeVault): Promise<void> {
  const { provider, store, clock } = house
  await house.stop()
  house = await startHouse({ provider, store, clock, vault })
}

describe('while the keychain asks its owner', () => {
  test('what the host tells of its key is not forgotten', async () => {
    const vault = askingVault()
    vault.ask()
    house = await startHouse({ vault })
    house.engine.globalKeyIs('refused')
    vault.answer()
    await house.settle()
    expect((await house.ask('app.snapshot', {})).host.globalKey).toBe('refused')
  })

  test('a restart shows the accounts and what is held of them', async () => {
    const vault = askingVault()
    house = await startHouse({ provider: one(), vault })
    await house.signIn()
    vault.ask()
    await restarted(vault)
    const { accounts, counts } = await house.ask('app.snapshot', {})
    expect([accounts.map((each) => each.syncing.kind), counts.all.needsYou]).toEqual([['loading'], 1])
    expect(house.attention()).toMatchObject({ badge: 1, state: 'needsYou' })
    vault.answer()
    await house.clock.advance(1_000)
    expect((await house.ask('app.snapshot', {})).accounts.map((each) => each.syncing.kind)).toEqual([
      'upToDate',
    ])
  })

  test('refreshing twice opens one loop, not two', async () => {
    const vault = askingVault()
    house = await startHouse({ provider: one(), vault })
    await house.signIn()
    vault.break('locked')
    await restarted(vault)
    vault.break(null)
    vault.ask()
    const answers = [house.ask('inbox.refresh', {}), house.ask('inbox.refresh', {})]
    await house.settle()
    vault.answer()
    await Promise.all(answers)
    await house.clock.advance(1_000)
    const before = house.provider.pulls.length
    await house.clock.advance(300_000)
    expect(house.provider.pulls.length - before).toBe(10)
  })

  /** Two accounts locked by the keychain, and a refresh that waits for the first one's secret. */
  async function refreshingTwo(vault: ReturnType<typeof askingVault>): Promise<{
    readonly accounts: string[]
    readonly probeId: string
    readonly refreshed: Promise<unknown>
  }> {
    house = await startHouse({ provider: one(), vault })
    const accounts = await house.signIn(['1', '2'])
    vault.break('locked')
    await restarted(vault)
    vault.break(null)
    const { probeId } = await house.probe()
    vault.ask()
    const refreshed = house.ask('inbox.refresh', {})
    await house.settle()
    return { accounts, probeId, refreshed }
  }

  test('nothing is taken in for an account that is being removed: it would be thrown away uncounted', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const vault = { ...fakeVault(), remove: () => promise }
    house = await startHouse({ provider: one(), vault })
    const [accountId = ''] = await house.signIn()
    const removed = house.ask('accounts.remove', { accountId, unsent: 0, drafts: 0 })
    const conversationId = `${accountId}:a`
    const clientKey = '00000000-0000-4000-8000-000000000001'
    const reply = await house.call('reply.send', written({ conversationId, text: 'Hello', clientKey }))
    const order = await house.call('conversation.act', { conversationId, action: bare('resolve') })
    resolve()
    await removed
    expect([reply, order]).toMatchObject([
      { failure: { code: 'notFound' } },
      { failure: { code: 'notFound' } },
    ])
    expect([house.store.openOrders(), (await house.ask('app.snapshot', {})).accounts]).toEqual([[], []])
  })

  test('an account is called what the agent calls it, at once and after its next pull', async () => {
    house = await startHouse({ provider: one() })
    const [accountId = ''] = await house.signIn()
    await house.ask('accounts.rename', { accountId, name: ' Evenings ' })
    house.signal('shown')
    await house.settle()
    const [shown] = (await house.ask('app.snapshot', {})).accounts
    expect([shown?.name, house.store.accounts()[0]?.name]).toEqual(['Evenings', 'Evenings'])
    expect(await house.call('accounts.rename', { accountId, name: '  ' })).toMatchObject({
      failure: { code: 'badInput' },
    })
  })

  test('an account that could not be removed is still there, and still pulled', async () => {
    const store = memoryStore()
    const removeAccount = (): never => {
      throw new StoreFault('full', 'full')
    }
    const provider = one()
    house = await startHouse({ provider, store: { ...store, removeAccount } })
    const [accountId = ''] = await house.signIn()
    expect(await house.call('accounts.remove', { accountId, unsent: 0, drafts: 0 })).toMatchObject({
      failure: { code: 'diskFull' },
    })
    expect((await house.ask('app.snapshot', {})).accounts.map((each) => each.id)).toEqual([accountId])
    provider.change('a', { status: { kind: 'done' } })
    await house.clock.advance(60_000)
    const told = house.store.said(conversationId(house.store.accounts()[0]?.id ?? home, 'a'))
    expect(told?.status).toEqual({ kind: 'done' })
  })

  test('an account that is removed before its turn to be opened again does not come back', async () => {
    const vault = askingVault()
    const {
      accounts: [first, second = ''],
      refreshed,
    } = await refreshingTwo(vault)
    await house.ask('accounts.remove', { accountId: second, unsent: 0, drafts: 0 })
    vault.answer()
    await refreshed
    expect((await house.ask('app.snapshot', {})).accounts.map((each) => each.id)).toEqual([first])
    expect(house.store.accounts().map((each) => each.id)).toEqual([first])
  })

  test('an account that got another secret before its turn is not opened with the old one', async () => {
    const vault = askingVault()
    const {
      accounts: [accountId = ''],
      probeId,
      refreshed,
    } = await refreshingTwo(vault)
    vault.kept.clear()
    await house.ask('accounts.unlock', { accountId, probeId, keepIn: 'session' })
    vault.answer()
    await refreshed
    await house.clock.advance(1_000)
    const { accounts } = await house.ask('app.snapshot', {})
    expect(accounts.map((each) => each.syncing.kind)).toEqual(['upToDate', 'upToDate'])
  })

  test('an account that is removed meanwhile does not come back', async () => {
    const vault = askingVault()
    house = await startHouse({ provider: one(), vault })
    const [accountId = ''] = await house.signIn()
    vault.ask()
    await restarted(vault)
    await house.ask('accounts.remove', { accountId, unsent: 0, drafts: 0 })
    vault.answer()
    await house.settle()
    const before = house.provider.pulls.length
    await house.clock.advance(60_000)
    expect((await house.ask('app.snapshot', {})).accounts).toEqual([])
    expect(house.provider.pulls.length).toBe(before)
  })
})

test('a cache that was dropped is loaded again without announcing what it held', async () => {
  house = await startHouse({ provider: one() })
  await house.signIn()
  house.provider.writes('a', 'Are you there?', noon + 60_000)
  await house.clock.advance(60_000)
  const { provider, clock, vault, store: before } = house
  await house.stop()
  const store = memoryStore()
  for (const record of before.accounts()) store.putAccount(record)
  house = await startHouse({ provider, clock, vault, store })
  await house.clock.advance(60_000)
  expect(house.announced).toEqual([])
  house.provider.writes('a', 'Hello?', noon + 120_000)
  await house.clock.advance(60_000)
  expect(house.announced.map((each) => each.body)).toEqual(['Hello?'])
})

test('a suspended account is tried again when the agent refreshes', async () => {
  house = await startHouse({ provider: one() })
  await house.signIn()
  house.provider.next('pull', {
    fails: { kind: 'auth', code: 'suspended', facts: { account: 'Shop' }, mayHaveLeft: false },
  })
  await house.clock.advance(40_000)
  const state = async (): Promise<string | undefined> =>
    (await house.ask('app.snapshot', {})).accounts[0]?.syncing.kind
  expect(await state()).toBe('locked')
  await house.ask('inbox.refresh', {})
  await house.settle()
  expect(await state()).toBe('upToDate')
})

describe('an account that was locked for long', () => {
  const locked = async (): Promise<string> => {
    const rows = Array.from({ length: 6 }, (_, n) => ({
      key: `c${n}`,
      change: { lastActivityAt: noon, readAt: noon },
      messages: [{ key: `c${n}-m`, sentAt: noon }],
    }))
    house = await startHouse({ provider: fakeProvider(rows) })
    const [accountId = ''] = await house.signIn()
    const refused = { kind: 'auth', code: 'auth', facts: {}, mayHaveLeft: false } as const
    house.provider.next('pull', { fails: refused }, { fails: refused })
    await house.clock.advance(40_000)
    return accountId
  }

  test('tells what came meanwhile as one', async () => {
    const accountId = await locked()
    for (let n = 0; n < 6; n++) house.provider.writes(`c${n}`, 'Hello?', noon + 60_000 + n)
    await house.ask('inbox.refresh', {})
    await house.settle()
    await house.unlock(accountId)
    await house.clock.advance(60_000)
    expect(house.announced.map((each) => each.title)).toEqual(['6 new messages while you were away'])
  })

  test('still knows how old it is when trying again fails', async () => {
    await locked()
    const asOf = async (): Promise<number | null | undefined> =>
      (await house.ask('app.snapshot', {})).accounts[0]?.asOf
    const before = await asOf()
    await house.ask('inbox.refresh', {})
    await house.settle()
    expect([typeof before, await asOf()]).toEqual(['number', before])
  })
})
