import { beforeAll, describe, expect, test } from 'vitest'
import { crashPoints } from './crash-points.ts'
import { crashTable, isSound, sumsOf } from './crash-table.ts'
import { runPoints, type PointRuns } from './run-points.ts'

/** The short form of `npm run test:crash`: every point once. A seed in a message plays the run again. */
const firstSeed = 7
let found: readonly PointRuns[] = []

beforeAll(async () => {
  found = await runPoints(crashPoints, { runs: 1, firstSeed, atOnce: 6 })
}, 400_000)

describe('the engine killed, or its server struck,', () => {
  test.each(crashPoints.map(({ name }) => name))('%s, loses, doubles and overtakes nothing', (name) => {
    const results = found.find(({ point }) => point.name === name)?.results ?? []
    expect(results).toMatchObject([{ lost: [], doubled: [], outOfOrder: [], troubles: [] }])
  })

  test('dies where it was to die, nearly always', () => {
    const results = found.flatMap((each) => each.results)
    const deaths = results.reduce((all, each) => all + each.deaths, 0)
    const planned = results.reduce((all, each) => all + each.planned, 0)
    expect(deaths).toBeGreaterThan(planned * 0.8)
  })

  test('never asks about what the server keeps under our own id and has', () => {
    expect(found.flatMap(({ results }) => results.flatMap(({ askedInVain }) => askedInVain))).toEqual([])
  })
})

test('the table has a line for each point, the sums, and a verdict', () => {
  const [first] = found
  if (first === undefined) throw new Error('Nothing was run.')
  const sums = sumsOf(first.point.name, first.results)
  expect(isSound({ ...sums, doubled: 1 })).toBe(false)
  const lines = crashTable([sums, { ...sums, point: 'other', doubled: 1 }]).split('\n')
  expect(lines).toHaveLength(6)
  expect(lines[2]).toMatch(/^other +1 /)
  expect(lines.at(-1)).toMatch(/^2 runs, .* 1 doubled, .* NOT SOUND\.$/)
})
