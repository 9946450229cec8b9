import { describe, expect, it } from 'vitest'
import { watchBucket } from './shared-bucket.ts'

describe('what the answers say is left', () => {
  it('shows three times that calls of other paths count, before that is believed', () => {
    const heard = listen([
      ['/contact/id%3A1', 0, 4],
      ['/contact/id%3A2', 100, 3],
      ['/contact/id%3A3', 200, 2],
      ['/contact/id%3A4', 300, 1],
    ])
    expect(heard).toEqual([false, false, false, true])
  })

  it('says nothing where each path has a bucket of its own', () => {
    const paths = Array.from({ length: 20 }, (_, n) => [`/contact/id%3A${n}`, n * 100, 4] as const)
    expect(listen(paths)).not.toContain(true)
  })

  it('is begun anew by one path that stands for itself', () => {
    const heard = listen([
      ['/contact/id%3A1', 0, 4],
      ['/contact/id%3A2', 100, 3],
      ['/contact/id%3A3', 200, 2],
      ['/contact/id%3A4', 300, 4],
      ['/contact/id%3A5', 400, 3],
    ])
    expect(heard).not.toContain(true)
  })

  it('takes no lists for a sign, which colleagues ask for as well, nor a path asked a moment ago', () => {
    const heard = listen([
      ['/contact/id%3A1', 0, 4],
      ['/contact/list', 100, 1],
      ['/contact/list', 3_000, 1],
      ['/contact/id%3A1', 3_100, 4],
      ['/contact/id%3A1', 3_400, 3],
      ['/contact/id%3A1', 3_700, 2],
      ['/contact/id%3A1', 4_000, 1],
    ])
    expect(heard).not.toContain(true)
  })

  it('says nothing where the server does not', () => {
    const watch = watchBucket()
    const nothing = { method: 'GET', limit: null, remaining: null }
    const heard = [1, 2, 3, 4, 5].map((n) => watch.heard({ ...nothing, path: `/contact/id%3A${n}`, at: n }))
    expect(heard).not.toContain(true)
  })
})

function listen(answers: readonly (readonly [path: string, at: number, remaining: number])[]): boolean[] {
  const watch = watchBucket()
  return answers.map(([path, at, remaining]) => watch.heard({ method: 'GET', path, at, limit: 5, remaining }))
}
