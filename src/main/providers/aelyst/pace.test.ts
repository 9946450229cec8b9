import { describe, expect, it } from 'vitest'
import { handClock, settle, type HandClock } from '../../../../tests/support/hand-clock.ts'
import { createPace, type Pace } from './pace.ts'

describe('the pace of a workspace', () => {
  it('lets four leave at once, as long as three are not under way, then two a second', async () => {
    const { clock, left, ask } = start()
    for (const path of ['a', 'b', 'c', 'd', 'e', 'f']) void ask(path)
    await settle()
    expect(left()).toEqual(['a', 'b', 'c', 'd'])
    await clock.advance(499)
    expect(left()).toEqual([])
    await clock.advance(1)
    expect(left()).toEqual(['e'])
    await clock.advance(500)
    expect(left()).toEqual(['f'])
    expect(clock.pending()).toBe(0)
  })

  it('has no more than three under way', async () => {
    const { clock, left, ask } = start({ answers: false })
    for (const path of ['a', 'b', 'c', 'd']) void ask(path)
    await clock.advance(60_000)
    expect(left()).toEqual(['a', 'b', 'c'])
    expect(clock.pending()).toBe(0)
  })

  it('lets a path rest for a quarter of a second, and others pass it', async () => {
    const { clock, left, ask } = start()
    for (const path of ['a', 'a', 'b']) void ask(path)
    await settle()
    expect(left()).toEqual(['a', 'b'])
    await clock.advance(249)
    expect(left()).toEqual([])
    await clock.advance(1)
    expect(left()).toEqual(['a'])
  })

  it('lets writes go before reads that waited longer', async () => {
    const { clock, left, ask } = start()
    for (const path of ['1', '2', '3', 'early']) void ask(path)
    void ask('write', { isWrite: true })
    await settle()
    expect(left()).toEqual(['1', '2', '3', 'write'])
    void ask('late')
    void ask('another write', { isWrite: true })
    await clock.advance(1_500)
    expect(left()).toEqual(['another write', 'early', 'late'])
  })

  it('goes half as fast after a refusal, and comes back by a tenth each minute', async () => {
    const { clock, left, ask, pace } = start()
    pace.slowDown()
    for (const path of ['a', 'b', 'c']) void ask(path)
    await settle()
    expect(left()).toEqual(['a'])
    await clock.advance(990)
    expect(left()).toEqual([])
    await clock.advance(10)
    expect(left()).toEqual(['b'])
    await clock.advance(300_000)
    left()
    for (const path of ['d', 'e', 'f', 'g', 'h']) void ask(path)
    await settle()
    left()
    await clock.advance(500)
    expect(left()).toEqual(['h'])
  })

  it('takes one in two seconds where all paths share one bucket', async () => {
    const { clock, left, ask, pace } = start()
    pace.share()
    for (const path of ['a', 'b', 'c', 'd', 'e']) void ask(path)
    await settle()
    left()
    await clock.advance(1_999)
    expect(left()).toEqual([])
    await clock.advance(1)
    expect(left()).toEqual(['e'])
  })

  it('forgets who gave up, and leaves no timer for nobody', async () => {
    const { clock, left, ask } = start()
    const aborter = new AbortController()
    for (const path of ['a', 'b', 'c', 'd']) void ask(path)
    const given = ask('e', { signal: aborter.signal })
    await settle()
    expect(clock.pending()).toBe(1)
    aborter.abort()
    await expect(given).rejects.toMatchObject({ kind: 'aborted', mayHaveLeft: false })
    expect(clock.pending()).toBe(0)
    left()
    await clock.advance(10_000)
    expect(left()).toEqual([])
    await expect(ask('f', { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'aborted' })
  })
})

const never = new AbortController().signal

interface Started {
  readonly clock: HandClock
  readonly pace: Pace
  /** Who left since the last look. */
  left(): string[]
  ask(path: string, given?: { isWrite?: boolean; signal?: AbortSignal }): Promise<void>
}

function start({ answers = true } = {}): Started {
  const clock = handClock()
  const pace = createPace(clock, false)
  const gone: string[] = []
  return {
    clock,
    pace,
    left: () => gone.splice(0),
    async ask(path, { isWrite = false, signal = never } = {}) {
      const over = await pace.enter({ path, isWrite }, signal)
      gone.push(path)
      if (answers) over()
    },
  }
}
