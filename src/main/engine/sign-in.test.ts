import { afterEach, describe, expect, test } from 'vitest'
import { secret } from '../../../tests/support/fake-provider.ts'
import { fakeVault, startHouse, withToken, type House } from '../../../tests/support/start-house.ts'

let house: House
afterEach(() => house.stop())

const probe = (token = secret): ReturnType<House['call']> => house.call('accounts.probe', withToken(token))

describe('signing in', () => {
  test('shows the accounts the token carries, and adds the ticked ones with one secret in the keychain', async () => {
    house = await startHouse()
    const found = await house.probe()
    expect(found.choices.map((each) => [each.name, each.isSuspended, each.isAdded])).toEqual([
      ['Shop', false, false],
      ['Hotel', false, false],
      ['Closed', true, false],
    ])
    await house.ask('accounts.add', { probeId: found.probeId, keys: ['1', '2'], keepIn: 'keychain' })
    expect([...house.vault.kept]).toEqual([['fake|desk.example.com|7', secret]])
    const again = await house.probe()
    expect(again.choices.map((each) => each.isAdded)).toEqual([true, true, false])
  })

  test('with a token the server does not know says so', async () => {
    house = await startHouse()
    expect(await probe('wrong')).toEqual({
      ok: false,
      failure: { code: 'badToken', facts: { host: 'desk.example.com' }, retryAt: null },
    })
  })

  test('is dropped after ten minutes', async () => {
    house = await startHouse()
    const { probeId } = await house.probe()
    await house.clock.advance(600_001)
    expect(await house.call('accounts.add', { probeId, keys: ['1'], keepIn: 'keychain' })).toMatchObject({
      ok: false,
      failure: { code: 'probeExpired' },
    })
  })

  describe('in two steps', () => {
    const begin = async (): Promise<string> => {
      house = await startHouse()
      const first = await house.ask('accounts.probe', withToken('two-steps'))
      expect(first).toMatchObject({ kind: 'asks', host: 'desk.example.com', fields: [{ name: 'code' }] })
      return first.probeId
    }
    const code = (probeId: string, typed: string): ReturnType<House['call']> =>
      house.call('accounts.probe', { provider: 'fake', method: 'token', fields: { code: typed }, probeId })

    test('goes on with what the first step left in main', async () => {
      expect(await code(await begin(), '123456')).toMatchObject({ ok: true, value: { kind: 'found' } })
      expect(JSON.stringify([house.events, house.logged])).not.toContain(secret)
    })

    test('a wrong code can be typed again, and the step that was passed cannot', async () => {
      const probeId = await begin()
      expect(await code(probeId, '000000')).toMatchObject({ ok: false, failure: { code: 'badToken' } })
      expect(await code(probeId, '123456')).toMatchObject({ ok: true })
      expect(await code(probeId, '123456')).toMatchObject({ ok: false, failure: { code: 'probeExpired' } })
    })

    test('half-way nothing can be added', async () => {
      const probeId = await begin()
      expect(await house.call('accounts.add', { probeId, keys: ['1'], keepIn: 'session' })).toMatchObject({
        ok: false,
        failure: { code: 'probeExpired' },
      })
    })
  })

  test('never adds a suspended account', async () => {
    house = await startHouse()
    const { probeId } = await house.probe()
    expect(await house.call('accounts.add', { probeId, keys: ['3'], keepIn: 'keychain' })).toMatchObject({
      ok: false,
      failure: { code: 'noAccounts' },
    })
  })

  test.each([
    ['missing', 'keychainMissing'],
    ['locked', 'keychainLocked'],
    ['refused', 'keychainRefused'],
  ] as const)('with the keychain %s says so, and can go on for this session only', async (why, code) => {
    house = await startHouse()
    const { probeId } = await house.probe()
    house.vault.break(why)
    expect(await house.call('accounts.add', { probeId, keys: ['1'], keepIn: 'keychain' })).toMatchObject({
      ok: false,
      failure: { code },
    })
    expect(await house.call('accounts.add', { probeId, keys: ['1'], keepIn: 'session' })).toMatchObject({
      ok: true,
    })
    expect((await house.ask('app.snapshot', {})).accounts[0]?.keptIn).toBe('session')
  })

  test('an account kept for one session is locked after a restart, and nothing of it is lost', async () => {
    house = await startHouse({ vault: null })
    await house.signIn()
    const { store, clock, provider } = house
    await house.stop()
    house = await startHouse({ vault: null, store, clock, provider })
    expect((await house.ask('app.snapshot', {})).accounts[0]?.syncing).toMatchObject({
      kind: 'locked',
      failure: { code: 'sessionEnded' },
    })
  })

  test('a keychain locked at the start opens the account when asked again', async () => {
    house = await startHouse()
    await house.signIn()
    const { store, clock, provider, vault } = house
    await house.stop()
    vault.break('locked')
    house = await startHouse({ vault, store, clock, provider })
    const syncing = async (): Promise<unknown> => (await house.ask('app.snapshot', {})).accounts[0]?.syncing
    expect(await syncing()).toMatchObject({ kind: 'locked', failure: { code: 'keychainLocked' } })
    vault.break(null)
    await house.ask('inbox.refresh', {})
    await house.clock.advance(1_000)
    expect(await syncing()).toEqual({ kind: 'upToDate' })
  })

  test('offers the keychain again once its owner has unlocked it', async () => {
    const vault = fakeVault()
    vault.break('locked')
    house = await startHouse({ vault })
    const keychain = async (): Promise<string> => (await house.ask('app.snapshot', {})).host.keychain.kind
    expect(await keychain()).toBe('absent')
    vault.break(null)
    await probe()
    expect(await keychain()).toBe('ready')
    expect(house.events.at(-1)).toMatchObject({
      name: 'settings.changed',
      payload: { host: { keychain: { kind: 'ready' } } },
    })
  })

  test('removing the account whose secret is in the keychain takes it out, whatever others keep for a session', async () => {
    house = await startHouse()
    const [kept = ''] = await house.signIn(['1'])
    const { probeId } = await house.probe()
    await house.ask('accounts.add', { probeId, keys: ['2'], keepIn: 'session' })
    await house.ask('accounts.remove', { accountId: kept, unsent: 0, drafts: 0 })
    expect(house.vault.kept.size).toBe(0)
  })

  test('removing one of two accounts keeps the secret they share', async () => {
    house = await startHouse()
    const [first, second] = await house.signIn(['1', '2'])
    await house.ask('accounts.remove', { accountId: first ?? '', unsent: 0, drafts: 0 })
    expect(house.vault.kept.size).toBe(1)
    await house.ask('accounts.remove', { accountId: second ?? '', unsent: 0, drafts: 0 })
    expect(house.vault.kept.size).toBe(0)
  })
})

test('the secret is in no answer, no event, no log line and no row', async () => {
  house = await startHouse()
  await house.signIn(['1', '2'])
  await house.clock.advance(60_000)
  const seen = JSON.stringify([
    house.events,
    house.logged,
    await house.ask('app.snapshot', {}),
    house.store.accounts(),
  ])
  expect(seen).toContain('Shop')
  expect(seen).not.toContain(secret)
})
