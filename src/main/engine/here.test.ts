import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeProvider, type FakeProvider } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import type { ActionOrder, ConversationRow } from '../../shared/contract/contract.ts'
import { ProviderFailure, type Provider, type Session } from '../providers/provider.ts'

const noon = Date.UTC(2026, 2, 3, 12)
const hourMs = 3_600_000

let provider: FakeProvider
let house: House
let id: string
beforeEach(() => {
  const messages = [{ key: 'm', sentAt: noon - 60_000, text: 'Where is my parcel?' }]
  provider = fakeProvider([{ key: 'a', change: { lastActivityAt: noon, readScope: 'device' }, messages }])
})
afterEach(() => house.stop())

/** An account of a server that can less: its session is what `change` makes of a full one. */
async function signIn(change: (full: Session) => Session): Promise<void> {
  const poor: Provider = { ...provider, open: (...given) => change(provider.open(...given)) }
  house = await startHouse({ provider, providers: { fake: poor } })
  const [account] = await house.signIn()
  id = `${account}:a`
}

function withoutParts({ done: _done, snooze: _snooze, read: _read, ...rest }: Session): Session {
  return rest
}

const act = (action: ActionOrder) => house.call('conversation.act', { conversationId: id, action })
const row = async (): Promise<ConversationRow> =>
  (await house.ask('thread.open', { conversationId: id })).conversation
const acted = (): string[] => provider.acted.filter((each) => each !== 'directory')
const told = async () => (await house.ask('app.snapshot', {})).accounts[0]

describe('where a server has no part for being done, asleep or read', () => {
  beforeEach(() => signIn(withoutParts))

  test('both are offered, and named as of this computer', async () => {
    const account = await told()
    expect(account?.can).toMatchObject({ resolve: true, snooze: true, markRead: true, reopen: false })
    expect(account?.named).toMatchObject({ done: 'resolveHere', snooze: 'snoozeHere', read: 'device' })
  })

  test('a conversation is done here until the customer writes again', async () => {
    await act({ kind: 'resolve', answers: {} })
    await house.settle()
    expect(await row()).toMatchObject({ status: { kind: 'done' }, isLocal: true, needsYou: false })
    expect([acted(), house.store.openOrders()]).toEqual([[], []])
    provider.writes('a', 'It came, thanks.', noon + hourMs)
    await house.ask('inbox.refresh', {})
    await house.settle()
    expect(await row()).toMatchObject({ status: { kind: 'open' }, isLocal: false, needsYou: true })
  })

  test('what was done here is opened again, though the server cannot', async () => {
    await act({ kind: 'resolve', answers: {} })
    await house.settle()
    expect(await act({ kind: 'reopen' })).toMatchObject({ ok: true })
    await house.settle()
    expect(await row()).toMatchObject({ status: { kind: 'open' }, isLocal: false })
    expect(acted()).toEqual([])
  })

  test('what sleeps here wakes by the clock, also across a restart', async () => {
    await act({ kind: 'snooze', until: house.clock.now() + hourMs })
    await house.settle()
    expect(await row()).toMatchObject({ status: { kind: 'snoozed' }, isLocal: true })
    await house.clock.advance(hourMs - 120_000)
    expect((await row()).status.kind).toBe('snoozed')
    await house.clock.advance(180_000)
    expect(await row()).toMatchObject({ status: { kind: 'open' }, isLocal: false, needsYou: true })
  })

  test('until the customer writes is no time to sleep: the server would have to know', async () => {
    expect(await act({ kind: 'snooze', until: null })).toMatchObject({ failure: { code: 'notPossible' } })
  })

  test('what is read here needs nobody, until more comes', async () => {
    await act({ kind: 'markRead' })
    await house.settle()
    expect(await row()).toMatchObject({ needsYou: false, unread: { kind: 'exact', count: 0 } })
    provider.writes('a', 'Hello?', noon + hourMs)
    await house.ask('inbox.refresh', {})
    await house.settle()
    expect((await row()).needsYou).toBe(true)
  })

  test('what the server cannot be asked at all is still refused', async () => {
    expect(await act({ kind: 'pend' })).toMatchObject({ failure: { code: 'notPossible' } })
    expect(await act({ kind: 'reopen' })).toMatchObject({ failure: { code: 'notPossible' } })
  })
})

test('a server that says yes and does nothing leaves it done here, and the agent is told', async () => {
  const refuses = (): never => {
    throw new ProviderFailure({ kind: 'rejected', code: 'notCarriedOut', mayHaveLeft: false })
  }
  await signIn((full) => ({ ...full, done: { verb: 'close', resolve: async () => refuses() } }))
  await act({ kind: 'resolve', answers: {} })
  await house.settle()
  expect(await row()).toMatchObject({ status: { kind: 'done' }, isLocal: true })
  const notices = house.events.filter(({ name }) => name === 'notice.raised')
  expect(notices).toMatchObject([{ payload: { notice: 'doneHere', conversationId: id } }])
  expect((await told())?.named.done).toBe('close')
})

test('what a session learns of its server is kept, and what can be done is told anew', async () => {
  const openings: unknown[] = []
  let learn: (found: Record<string, boolean>) => void = () => {}
  const learning: Provider = {
    ...provider,
    open(account, secret, host, tell) {
      openings.push(account.settings)
      const { done, ...rest } = provider.open(account, secret, host)
      let works = account.settings['updates'] !== false
      learn = (found) => {
        works = false
        tell?.(found)
      }
      return {
        ...rest,
        get done() {
          return works ? done : undefined
        },
      } as Session
    },
  }
  house = await startHouse({ provider, providers: { fake: learning } })
  await house.signIn()
  expect((await told())?.named.done).toBe('resolve')
  learn({ updates: false })
  expect((await told())?.named.done).toBe('resolveHere')
  expect(house.store.accounts()[0]?.settings).toMatchObject({ updates: false })
})
