import { afterEach, describe, expect, test } from 'vitest'
import { bare, written } from '../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider } from '../../../tests/support/fake-provider.ts'
import { handClock } from '../../../tests/support/hand-clock.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import { createRhythm } from './rhythm.ts'

const noon = Date.UTC(2026, 2, 3, 12)
const dayMs = 86_400_000
const busy = { kind: 'busy', code: 'busy', facts: { status: '503' }, mayHaveLeft: true } as const

let house: House
let provider: FakeProvider
afterEach(() => house.stop())

/** A house with one conversation, up to date. */
async function anInbox(): Promise<string> {
  const change = { lastActivityAt: noon, readAt: noon }
  provider = fakeProvider([{ key: 'a', change, messages: [{ key: 'a-m', sentAt: noon }] }])
  house = await startHouse({ provider })
  const [account = ''] = await house.signIn()
  await house.clock.advance(1_000)
  return `${account}:a`
}

const asked = (what: string): number => provider.acted.filter((each) => each.startsWith(what)).length

describe.each([
  ['turned back a day', -dayMs],
  ['put forward a day', dayMs],
  ['turned back an hour, by hand at the end of summer time', -3_600_000],
])('with a clock %s', (_, jumpMs) => {
  test('pulls go on at their pace', async () => {
    await anInbox()
    house.clock.jump(jumpMs)
    const before = provider.pulls.length
    await house.clock.advance(300_000)
    expect(provider.pulls.length - before).toBe(10)
  })

  test('a pause after a failure is as long as it was', async () => {
    await anInbox()
    provider.next('pull', { fails: busy })
    await house.clock.advance(27_500)
    const before = provider.pulls.length
    house.clock.jump(jumpMs)
    await house.clock.advance(1_000)
    expect(provider.pulls.length).toBe(before)
    await house.clock.advance(1_500)
    expect(provider.pulls.length).toBe(before + 1)
  })
})

describe('with a clock turned back a day', () => {
  test('the secret of a form that was left alone is forgotten in time', async () => {
    await anInbox()
    const { probeId } = await house.probe()
    house.clock.jump(-dayMs)
    await house.clock.advance(600_001)
    const answer = await house.call('accounts.add', { probeId, keys: ['1'], keepIn: 'keychain' })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'probeExpired' } })
  })

  test('what pickers offer is asked for again', async () => {
    const id = await anInbox()
    const before = asked('directory')
    house.clock.jump(-dayMs)
    await house.ask('directory.read', { accountId: id.slice(0, -2) })
    await house.settle()
    expect(asked('directory')).toBe(before + 1)
  })

  test('somebody who goes on typing is told of again', async () => {
    const id = await anInbox()
    const type = () => house.ask('typing.tell', { conversationId: id, isTyping: true, isNote: false })
    await type()
    house.clock.jump(-dayMs)
    await house.clock.advance(10_000)
    await type()
    await house.settle()
    expect(asked('typing')).toBe(2)
  })

  test('an order from before looks first whether they wrote since', async () => {
    const id = await anInbox()
    provider.online(false)
    await house.ask('conversation.act', { conversationId: id, action: bare('resolve') })
    await house.settle()
    house.clock.jump(-dayMs)
    provider.writes('a', 'Wait, it is broken!', noon + 1_000)
    provider.online(true)
    provider.next('pull', { fails: busy })
    house.signal('online')
    await house.clock.advance(1_000)
    expect(asked('resolve')).toBe(0)
    expect(house.store.openOrders()).toMatchObject([{ state: { kind: 'failed', code: 'wroteSince' } }])
  })

  test('a thread that could not be read is asked for again within its pause', async () => {
    await anInbox()
    provider.writes('a', 'Hello?', noon + 1_000)
    provider.next('thread', { fails: busy })
    await house.clock.advance(40_000)
    house.clock.jump(-dayMs)
    await house.clock.advance(660_000)
    expect(house.store.threadsBehind(house.store.accounts()[0]?.id ?? expect.fail(), 9)).toEqual([])
  })

  test('tidying comes at last where it is never quiet', async () => {
    await anInbox()
    const clock = handClock()
    const rhythm = createRhythm(clock, () => {})
    let runs = 0
    for (let second = 0; second < 620; second += 10) {
      rhythm.whenQuiet(() => (runs += 1))
      if (second === 0) clock.jump(-dayMs)
      await clock.advance(10_000)
    }
    expect(runs).toBe(2)
  })
})

describe('a pause that was asked for', () => {
  test('holds up a reply no longer because the clock was set back by half an hour meanwhile', async () => {
    const id = await anInbox()
    const retryAt = house.clock.now() + 60_000
    const limited = { kind: 'rateLimited', code: 'rateLimited', retryAt, mayHaveLeft: true } as const
    provider.next('send', { fails: limited })
    const clientKey = '00000000-0000-4000-8000-000000000001'
    await house.ask('reply.send', written({ conversationId: id, text: 'Hello', clientKey }))
    await house.settle()
    house.clock.jump(-1_800_000)
    await house.clock.advance(59_000)
    expect(provider.received).toEqual([])
    await house.clock.advance(3_000)
    expect(provider.received.map((each) => each.text)).toEqual(['Hello'])
  })

  test('is no shorter because the clock was put forward by half an hour meanwhile', async () => {
    await anInbox()
    const retryAt = house.clock.now() + 600_000
    const limited = { kind: 'rateLimited', code: 'rateLimited', retryAt, mayHaveLeft: true } as const
    provider.next('pull', { fails: limited })
    await house.clock.advance(30_000)
    const before = provider.pulls.length
    house.clock.jump(1_800_000)
    house.signal('wake')
    await house.clock.advance(500_000)
    expect(provider.pulls.length).toBe(before)
  })
})

describe.each([
  ['what a timer of 31 bits takes', 2 ** 31],
  ['what 32 bits hold, 49.7 days', 2 ** 32],
])('a process that has run for %s', (_, upMs) => {
  test('pulls, rests and sends as ever', async () => {
    const change = { lastActivityAt: noon, readAt: noon }
    provider = fakeProvider([{ key: 'a', change, messages: [{ key: 'a-m', sentAt: noon }] }])
    house = await startHouse({ provider, clock: handClock(noon, upMs - 60_000) })
    const [account = ''] = await house.signIn()
    await house.clock.advance(8_000)
    const before = provider.pulls.length
    provider.next('pull', { fails: busy })
    await house.clock.advance(112_000)
    expect(house.clock.elapsed()).toBeGreaterThan(upMs)
    // One of them failed, and was made up for after two seconds.
    expect(provider.pulls.length - before).toBe(5)
    const clientKey = '00000000-0000-4000-8000-000000000001'
    await house.ask('reply.send', written({ conversationId: `${account}:a`, text: 'Hello', clientKey }))
    await house.settle()
    expect(provider.received.map((each) => each.text)).toEqual(['Hello'])
  })
})
