import { availableParallelism } from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { pointsFor, randomPoint } from './crash-points.ts'
import { crashTable, isSound, sumsOf } from './crash-table.ts'
import { rigs } from './rigs.ts'
import { runPoints, type PointRuns } from './run-points.ts'

/**
 * The short form of `npm run test:crash`: the first kind of server meets every point once, the others share them among
 * themselves. A seed in a message plays the run again.
 */
const firstSeed = 7

const courses = Object.entries(rigs).flatMap(([provider, kind]) =>
  Object.keys(kind.servers).map((server) => ({ provider, kind, server })),
)

describe.each(courses)('on a server of $provider that $server, the engine', ({ kind, server }) => {
  const place = courses.findIndex((each) => each.kind === kind && each.server === server)
  const points = pointsFor(kind)
    .filter((_, index) => place === 0 || index % (courses.length - 1) === place - 1)
    .map((point) => ({ ...point, weight: 1 }))
  const keeps = kind.servers[server]?.keepsOwnIds ?? false
  let found: readonly PointRuns[] = []

  beforeAll(async () => {
    const atOnce = 3 * availableParallelism()
    found = await runPoints({ kind, server, points, runs: 1, firstSeed, atOnce })
  }, 400_000)

  test.each(points)('struck $name loses, doubles and overtakes nothing', ({ name, asking }) => {
    const results = found.find(({ point }) => point.name === name)?.results ?? []
    const fine = { lost: [], doubled: [], outOfOrder: [], troubles: [] }
    expect(results).toMatchObject([{ ...fine, ...(asking === 'needless' ? { asked: [] } : {}) }])
  })

  test('dies where it was to die, nearly always', () => {
    const results = found.flatMap((each) => each.results)
    const deaths = results.reduce((all, each) => all + each.deaths, 0)
    const planned = results.reduce((all, each) => all + each.planned, 0)
    expect(deaths).toBeGreaterThan(planned * 0.7)
  })

  if (keeps)
    test('never asks about what the server keeps under our own id and has', () => {
      expect(found.flatMap(({ results }) => results.flatMap(({ askedInVain }) => askedInVain))).toEqual([])
    })
})

describe('the table', () => {
  const [point] = pointsFor({ actions: [] }).filter(({ name }) => name === randomPoint)
  if (point === undefined) throw new Error('There is no such point.')
  const bare = sumsOf(point, [])
  const sums = { ...bare, counts: { ...bare.counts, runs: 500, deaths: 1500, orders: 5000, there: 4990 } }
  const withCounts = (counts: Partial<typeof sums.counts>) => ({
    ...sums,
    counts: { ...sums.counts, ...counts },
  })

  test('has a line for each point, the sums, the shares that asked, and a verdict', () => {
    const lines = crashTable([sums, { ...withCounts({ doubled: 1 }), point: 'other' }], true).split('\n')
    expect(lines[2]).toMatch(/^other +500 /)
    expect(lines.slice(-6)).toEqual([
      '1000 runs, 3000 kills, 10000 orders: 0 lost, 1 doubled, 0 out of order, 0 troubles.',
      'Asked, over everything: 0 of 10000 (0.00 %) orders.',
      'Asked though the server had it: 0 of 9980 (0.00 %) orders it had.',
      'Asked though surely not a byte had left: 0 of 0 (0.00 %) orders.',
      'Asked when killed at any moment: 0 of 5000 (0.00 %) orders, by 1500 kills, 0 of them with a reply under way.',
      'NOT SOUND.',
    ])
  })

  test('calls it sound while little is asked, and nothing in vain where ids are kept', () => {
    expect(isSound([withCounts({ asked: 50 })], true)).toBe(true)
    expect(isSound([withCounts({ asked: 51 })], true)).toBe(false)
    expect(isSound([withCounts({ asked: 51, askedInVain: 1 })], false)).toBe(true)
    expect(isSound([withCounts({ askedInVain: 1 })], true)).toBe(false)
    expect(isSound([{ ...withCounts({ asked: 1 }), isAskingNeedless: true }], false)).toBe(false)
    expect(isSound([withCounts({ troubles: 1 })], false)).toBe(false)
  })
})
