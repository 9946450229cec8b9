import { afterEach, describe, expect, test } from 'vitest'
import { bare, written } from '../../../tests/support/builders.ts'
import { fakeProvider, type FakeCall } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import type { OutboxId } from '../../shared/domain/ids.ts'
import type { ProviderFailureKind } from '../providers/provider.ts'

/** What becomes of each kind of failure in each call: of the account, of the row, and of what is on screen. */
const noon = Date.UTC(2026, 2, 3, 12)
let house: House
let account: string
afterEach(() => house.stop())

const kinds = ['auth', 'forbidden', 'offline', 'rateLimited', 'busy', 'rejected', 'gone', 'protocol'] as const
type Syncing = 'upToDate' | 'resting' | 'locked'
/** After a pull that failed so, and after anything else that did. */
const ofPull = (kind: ProviderFailureKind): Syncing => (kind === 'auth' ? 'locked' : 'resting')
const ofOther = (kind: ProviderFailureKind): Syncing => (kind === 'auth' ? 'locked' : 'upToDate')

async function begin(): Promise<void> {
  const message = { key: 'a-m', sentAt: noon, text: 'hello' }
  const provider = fakeProvider([{ key: 'a', change: { lastActivityAt: noon }, messages: [message] }])
  house = await startHouse({ provider })
  ;[account = ''] = await house.signIn()
  await house.clock.advance(60_000)
}

function failing(call: FakeCall, kind: ProviderFailureKind): void {
  const facts = { host: 'desk.example.com' }
  house.provider.next(call, { fails: { kind, code: kind, facts, mayHaveLeft: true } })
}

async function syncing(): Promise<string | undefined> {
  return (await house.ask('app.snapshot', {})).accounts[0]?.syncing.kind
}

const clientKey = '00000000-0000-4000-8000-000000000001'
async function reply(): Promise<void> {
  await house.ask('reply.send', written({ conversationId: `${account}:a`, text: 'Hello', clientKey }))
  await house.settle()
}

async function nothingIsEmptied(): Promise<void> {
  const { counts } = await house.ask('app.snapshot', {})
  expect([counts.all.open, house.attention().badge, house.announced]).toEqual([1, counts.all.needsYou, []])
}

describe.each(kinds)('a failure of kind %s', (kind) => {
  test('in a pull flags the account, and ends with the next one that goes well, or with a new sign-in', async () => {
    await begin()
    failing('pull', kind)
    const before = house.events.length
    await house.clock.advance(40_000)
    const states = house.events
      .slice(before)
      .flatMap((each) => (each.name === 'account.changed' ? [each.payload.account.syncing.kind] : []))
    expect(states).toContain(ofPull(kind))
    await nothingIsEmptied()
    if (kind === 'auth') await house.unlock(account)
    await house.clock.advance(120_000)
    expect(await syncing()).toBe('upToDate')
    await nothingIsEmptied()
  })

  test('in sending', async () => {
    await begin()
    failing('send', kind)
    await reply()
    const expected = {
      ...{ auth: 'queued', rateLimited: 'queued' },
      ...{ forbidden: 'failed', rejected: 'failed', gone: 'failed' },
      ...{ offline: 'unsure', busy: 'unsure', protocol: 'unsure' },
    }
    expect(house.store.outboxRow(clientKey as OutboxId)?.state.kind).toBe(expected[kind])
    expect(await syncing()).toBe(ofOther(kind))
    expect(house.provider.received).toEqual([])
  })

  test('in an action', async () => {
    await begin()
    failing('act', kind)
    const { outboxId } = await house.ask('conversation.act', {
      ...{ conversationId: `${account}:a`, action: bare('resolve') },
    })
    await house.settle()
    const isFinal = ['forbidden', 'rejected', 'gone'].includes(kind)
    expect(house.store.outboxRow(outboxId as OutboxId)?.state.kind).toBe(isFinal ? 'failed' : 'queued')
    expect(await syncing()).toBe(ofOther(kind))
    if (kind === 'auth') await house.unlock(account)
    await house.clock.advance(120_000)
    expect(house.provider.acted.filter((each) => each === 'resolve a')).toHaveLength(isFinal ? 0 : 1)
  })

  test('in looking for a reply leaves it unsure, looks again, and sends nothing twice', async () => {
    await begin()
    house.provider.next('send', 'acceptThenDrop')
    failing('find', kind)
    await reply()
    await house.clock.advance(2_000)
    expect(house.store.outboxRow(clientKey as OutboxId)?.state.kind).toMatch(/^(unsure|sent)$/)
    await house.clock.advance(120_000)
    expect(house.store.outboxRow(clientKey as OutboxId)?.state.kind).toBe('sent')
    expect(house.provider.received).toHaveLength(1)
  })

  test('in reading a thread empties nothing that is here, and the account is well soon', async () => {
    await begin()
    failing('thread', kind)
    const opened = await house.ask('thread.open', { conversationId: `${account}:a` })
    await house.settle()
    expect(opened.messages).toHaveLength(1)
    if (kind === 'auth') {
      expect(await syncing()).toBe('locked')
      await house.unlock(account)
    }
    await house.clock.advance(120_000)
    expect(await syncing()).toBe('upToDate')
    expect((await house.ask('thread.open', { conversationId: `${account}:a` })).messages).toHaveLength(1)
  })

  test.each(['look', 'ask'] as const)(
    'in a question (%s) is its answer, and locks only where the sign-in is over',
    async (call) => {
      await begin()
      failing(call, kind)
      const answer =
        call === 'look'
          ? await house.call('conversation.fetch', { accountId: account, key: 'a' })
          : await house.call('panel.read', { conversationId: `${account}:a` })
      expect(answer).toMatchObject({ ok: false, failure: { code: kind } })
      expect(await syncing()).toBe(ofOther(kind))
      await nothingIsEmptied()
    },
  )

  test('in reading what pickers offer leaves them as they were', async () => {
    await begin()
    house.provider.offers({ labels: [{ title: 'vip', color: null, description: '' }] })
    failing('ask', kind)
    const before = await house.ask('directory.read', { accountId: account })
    await house.settle()
    expect(await house.ask('directory.read', { accountId: account })).toEqual(before)
    expect(await syncing()).toBe(ofOther(kind))
    if (kind === 'auth') await house.unlock(account)
    await house.clock.advance(120_000)
    await house.ask('directory.read', { accountId: account })
    await house.settle()
    const { directory } = await house.ask('directory.read', { accountId: account })
    expect(directory.labels.map((each) => each.title)).toEqual(['vip'])
  })
})
