import { expect, test } from 'vitest'
import { createAgenda } from './agenda.ts'

function handAgenda() {
  let now = 1000
  const happened: string[] = []
  const agenda = createAgenda({ now: () => now })
  const plan = (delayMs: number, name: string) => agenda.after(delayMs, () => happened.push(name))
  return { agenda, happened, plan, turn: (ms: number) => (now += ms) }
}

test('what is due happens in order, and what is not waits', () => {
  const { agenda, happened, plan, turn } = handAgenda()
  plan(20, 'second')
  plan(10, 'first')
  plan(10, 'also first, but later')
  plan(30, 'not yet')
  turn(20)
  expect(agenda.run()).toBe(3)
  expect(happened).toEqual(['first', 'also first, but later', 'second'])
})

test('what happens may plan more that is due already', () => {
  const { agenda, happened, plan } = handAgenda()
  agenda.after(0, () => plan(0, 'more'))
  agenda.run()
  expect(happened).toEqual(['more'])
})

test('what is called off or cleared does not happen', () => {
  const { agenda, happened, plan, turn } = handAgenda()
  const callOff = plan(1, 'one')
  callOff()
  plan(1, 'two')
  agenda.clear()
  turn(5)
  expect(agenda.run()).toBe(0)
  expect(happened).toEqual([])
})
