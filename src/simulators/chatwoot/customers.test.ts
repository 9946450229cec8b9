import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const pace = { everyMs: 60_000, answerAfterMs: 10_000 }
const said = () => at(asking.sim.scenario.look({ conversation: 5 }).messages, '*.content')
const pass = (ms: number) => {
  asking.turn(ms)
  asking.sim.scenario.tick()
}

async function reply(): Promise<void> {
  await asking.ask('POST', '/api/v1/accounts/1/conversations/5/messages', { body: { content: 'On its way' } })
}

test('nobody writes by themselves unless they are let', async () => {
  await reply()
  pass(3_600_000)
  expect(said()).not.toContain('Thank you, that helps!')
})

test('a customer answers an agent in character after having read the reply', async () => {
  asking.sim.scenario.live(pace)
  await reply()
  pass(15_000)
  expect(said()).toContain('Thank you, that helps!')
  const { messages } = asking.sim.scenario.look({ conversation: 5 })
  expect(at(messages, '6.status')).toBe('read')
})

test('two replies in a row get one answer, the next reply the next', async () => {
  asking.sim.scenario.live(pace)
  await reply()
  await reply()
  pass(15_000)
  expect(said()).toContain('Thank you, that helps!')
  expect(said()).not.toContain('It is here, and it shines!')
  await reply()
  pass(15_000)
  expect(said()).toContain('It is here, and it shines!')
})

test('who waits adds something, and who was answered meanwhile does not', async () => {
  asking.sim.scenario.live(pace)
  pass(100_000)
  expect(said()).toContain('Is anybody there?')
  const other = await startAsking({ livePace: pace })
  await other.ask('POST', '/api/v1/accounts/1/conversations/5/messages', { body: { content: 'Here I am' } })
  for (let minute = 0; minute < 10; minute += 1) {
    other.turn(60_000)
    other.sim.scenario.tick()
  }
  expect(at(other.sim.scenario.look({ conversation: 5 }).messages, '*.content')).not.toContain(
    'Is anybody there?',
  )
  await other.sim.close()
})

test('what the channel refuses reaches no customer', async () => {
  asking.sim.scenario.live(pace)
  const seenAt = () => at(asking.sim.scenario.look({ conversation: 2 }).conversation, 'contact_last_seen_at')
  const before = seenAt()
  for (let count = 0; count < 6; count += 1) {
    await asking.ask('POST', '/api/v1/accounts/1/conversations/2/messages', { body: { content: 'Hello?' } })
  }
  for (let second = 0; second < 20; second += 1) pass(1000)
  expect(seenAt()).toBe(before)
})

test('a private note is answered by nobody', () => {
  asking.sim.scenario.live(pace)
  asking.sim.scenario.agentWrites({ conversation: 5, text: 'Poor thing', isPrivate: true })
  pass(15_000)
  expect(said()).not.toContain('Thank you, that helps!')
})

test('who was let can be stopped, in the middle of an answer as well', async () => {
  asking.sim.scenario.live(pace)
  await reply()
  asking.sim.scenario.live(null)
  pass(60_000)
  expect(said()).not.toContain('Thank you, that helps!')
})

test('in the demo, people who wait add something and strangers turn up, the same for the same seed', async () => {
  const runs = await Promise.all(
    [1, 2].map(async () => {
      const demo = await startAsking({ data: 'demo', seed: 5, livePace: pace })
      for (let minute = 0; minute < 30; minute += 1) {
        demo.turn(60_000)
        demo.sim.scenario.tick()
      }
      const { rows } = await demo.list('updated_within=1800&sort_by=created_at_asc')
      await demo.sim.close()
      return at(rows, '*.last_non_activity_message.content')
    }),
  )
  expect(runs[0]).toEqual(runs[1])
  expect(runs[0]).toEqual(expect.arrayContaining(['The child is asleep, so now would be a good moment 😄']))
})
