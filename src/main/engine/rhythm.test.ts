import { expect, test } from 'vitest'
import { bare } from '../../../tests/support/builders.ts'
import { fakeProvider } from '../../../tests/support/fake-provider.ts'
import { handClock } from '../../../tests/support/hand-clock.ts'
import { startHouse } from '../../../tests/support/start-house.ts'
import { memoryStore } from '../store/memory-store.ts'
import { StoreFault } from '../store/store.ts'
import { createRhythm } from './rhythm.ts'

test('tidying waits for a quiet moment', async () => {
  const clock = handClock()
  const rhythm = createRhythm(clock, () => {})
  let runs = 0
  rhythm.whenQuiet(() => (runs += 1))
  await clock.advance(15_000)
  rhythm.whenQuiet(() => (runs += 1))
  await clock.advance(15_000)
  expect(runs).toBe(0)
  await clock.advance(10_000)
  expect(runs).toBe(1)
})

test('tidying comes at last where it is never quiet', async () => {
  const clock = handClock()
  const rhythm = createRhythm(clock, () => {})
  let runs = 0
  for (let second = 0; second < 620; second += 10) {
    rhythm.whenQuiet(() => (runs += 1))
    await clock.advance(10_000)
  }
  expect(runs).toBe(2)
})

test('a store that cannot be tidied now ends nothing', async () => {
  const store = memoryStore()
  const tidy = (): void => {
    throw new StoreFault('full', 'The disk is full.')
  }
  const house = await startHouse({ store: { ...store, tidy } })
  await house.signIn()
  await expect(house.clock.advance(120_000)).resolves.toBeUndefined()
  expect(house.logged).toContainEqual(expect.stringMatching(/^engine\.broke \{"code":"diskFull"/))
  await house.stop()
})

test('waking up on a full disk ends nothing', async () => {
  const store = memoryStore()
  let isFull = false
  const moveOrder: typeof store.moveOrder = (...row) => {
    if (isFull) throw new StoreFault('full', 'The disk is full.')
    store.moveOrder(...row)
  }
  const provider = fakeProvider([{ key: 'a', messages: [{ key: 'm' }] }])
  const house = await startHouse({ provider, store: { ...store, moveOrder } })
  const [account] = await house.signIn()
  provider.next('act', { fails: { kind: 'offline', code: 'dns', mayHaveLeft: false } })
  await house.ask('conversation.act', { conversationId: `${account}:a`, action: bare('resolve') })
  await house.settle()
  isFull = true
  expect(() => house.signal('online')).not.toThrow()
  isFull = false
  await house.clock.advance(60_000)
  expect(provider.acted.filter((each) => each !== 'directory')).toEqual(['resolve a'])
  await house.stop()
})

test('an outbox that cannot be read now is read again later', async () => {
  const store = memoryStore()
  let isBroken = false
  const nextDue: typeof store.nextDue = (now) => {
    if (isBroken) throw new StoreFault('other', 'The disk does not answer.')
    return store.nextDue(now)
  }
  const provider = fakeProvider([{ key: 'a', messages: [{ key: 'm' }] }])
  const house = await startHouse({ provider, store: { ...store, nextDue } })
  const [account] = await house.signIn()
  provider.next('act', { fails: { kind: 'offline', code: 'dns', mayHaveLeft: false } })
  await house.ask('conversation.act', { conversationId: `${account}:a`, action: bare('resolve') })
  await house.settle()
  isBroken = true
  await expect(house.clock.advance(10_000)).resolves.toBeUndefined()
  isBroken = false
  await house.clock.advance(30_000)
  expect(provider.acted.filter((each) => each !== 'directory')).toEqual(['resolve a'])
  await house.stop()
})
