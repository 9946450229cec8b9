import { describe, expect, it } from 'vitest'
import { settle } from '../../../tests/support/hand-clock.ts'
import { inTurns } from './in-turns.ts'

describe('tasks in turns', () => {
  it('begin in their order, as soon as one is over', async () => {
    const desk = deskOf(4)
    const all = inTurns(2, desk.tasks)
    expect(desk.begun).toEqual([0, 1])
    desk.end(1)
    await settle()
    expect(desk.begun).toEqual([0, 1, 2])
    desk.end(0)
    desk.end(2)
    await settle()
    expect(desk.begun).toEqual([0, 1, 2, 3])
    desk.end(3)
    await all
  })

  it('no longer begin after one failed', async () => {
    const desk = deskOf(4)
    const all = inTurns(2, desk.tasks).catch((error: unknown) => error)
    desk.fail(0)
    await settle()
    desk.end(1)
    expect(await all).toEqual(new Error('0'))
    await settle()
    expect(desk.begun).toEqual([0, 1])
  })

  it('may be none', async () => {
    await expect(inTurns(3, [])).resolves.toBeUndefined()
  })
})

function deskOf(count: number) {
  const begun: number[] = []
  const ends = new Map<number, { end: () => void; fail: (error: Error) => void }>()
  const tasks = Array.from({ length: count }, (_, task) => () => {
    begun.push(task)
    return new Promise<void>((end, fail) => ends.set(task, { end, fail }))
  })
  return {
    begun,
    tasks,
    end: (task: number) => ends.get(task)?.end(),
    fail: (task: number) => ends.get(task)?.fail(new Error(String(task))),
  }
}
