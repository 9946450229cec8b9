import { expect, test } from 'vitest'
import { createFaultBoard } from './faults.ts'

const board = () => createFaultBoard(1)
const kinds = (faults: readonly { kind: string }[]) => faults.map(({ kind }) => kind)

test('a fault strikes as often as it is counted, after as many as it lets pass', () => {
  const faults = board()
  faults.add({ kind: 'hang' }, { count: 2, skip: 1 })
  const met = Array.from({ length: 4 }, () => faults.take('GET', '/a').length)
  expect(met).toEqual([0, 1, 1, 0])
})

test('a fault strikes where it is aimed: one segment for a star, any rest for two', () => {
  const faults = board()
  faults.add({ kind: 'hang' }, { path: '/api/*/messages', method: 'post' })
  faults.add({ kind: 'cutOff' }, { path: '/files/**' })
  expect(kinds(faults.take('POST', '/api/7/messages'))).toEqual(['hang'])
  expect(kinds(faults.take('GET', '/api/7/messages'))).toEqual([])
  expect(kinds(faults.take('POST', '/api/7/8/messages'))).toEqual([])
  expect(kinds(faults.take('GET', '/files/a/b.png'))).toEqual(['cutOff'])
})

test('every latency adds up, but only the first other fault strikes', () => {
  const faults = board()
  faults.add({ kind: 'latency', delayMs: 1, jitterMs: 0 }, {})
  faults.add({ kind: 'hang' }, {})
  faults.add({ kind: 'cutOff' }, { count: 1 })
  faults.add({ kind: 'latency', delayMs: 2, jitterMs: 0 }, {})
  expect(kinds(faults.take('GET', '/'))).toEqual(['latency', 'hang', 'latency'])
  expect(faults.list().find(({ kind }) => kind === 'cutOff')?.left).toBe(1)
})

test('chance is the same for the same seed', () => {
  const [first, second] = [board(), board()].map((faults) => {
    faults.add({ kind: 'hang' }, { chance: 0.5 })
    return Array.from({ length: 20 }, () => faults.take('GET', '/').length)
  })
  expect(first).toEqual(second)
  expect(new Set(first)).toEqual(new Set([0, 1]))
})

test('jitter and lateness are drawn anew for each request, within bounds, and the same for the same seed', () => {
  const drawn = (seed: number, others: number) => {
    const faults = createFaultBoard(seed)
    faults.add({ kind: 'latency', delayMs: 10, jitterMs: 100 }, { path: '/slow' })
    faults.add({ kind: 'acceptLate', delayMs: 5_000, jitterMs: 85_000 }, { path: '/late' })
    faults.add({ kind: 'hang' }, { path: '/other', chance: 0.5 })
    const take = (path: string) => {
      for (let other = 0; other < others; other++) faults.take('GET', '/other')
      return faults.take('GET', path).map((fault) => ('delayMs' in fault ? fault.delayMs : 0))
    }
    return ['/slow', '/late'].map((path) => Array.from({ length: 20 }, () => take(path)).flat())
  }
  const [slow = [], late = []] = drawn(1, 0)
  expect([new Set(slow).size > 5, new Set(late).size > 5]).toEqual([true, true])
  expect([Math.min(...slow) >= 10, Math.max(...slow) <= 110]).toEqual([true, true])
  expect([Math.min(...late) >= 5_000, Math.max(...late) <= 90_000]).toEqual([true, true])
  expect(drawn(1, 3)).toEqual([slow, late])
  expect(drawn(2, 0)).not.toEqual([slow, late])
})

test('a fault that is lifted or cleared strikes no more', () => {
  const faults = board()
  const id = faults.add({ kind: 'hang' }, {})
  expect([faults.lift(id), faults.lift(id)]).toEqual([true, false])
  faults.add({ kind: 'hang' }, {})
  faults.clear()
  expect(faults.take('GET', '/')).toEqual([])
})
