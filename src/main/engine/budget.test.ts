import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetWaitMs, fullPurse, spend, usualBudget, type Budget, type Purse } from './budget.ts'

const shy: Budget = { perMinute: 60, burst: 4 }

/** A purse after so many requests at once, looked at `afterMs` later. */
function after(requests: number, afterMs: number, budget = shy): [number, number] {
  let purse: Purse = fullPurse(budget, 0)
  for (let n = 0; n < requests; n++) purse = spend(purse, budget, 0)
  return [budgetWaitMs(purse, budget, afterMs, 'poll'), budgetWaitMs(purse, budget, afterMs, 'fill')]
}

const table: [string, number, number, [number, number]][] = [
  ['nothing was asked for', 0, 0, [0, 0]],
  ['half of a burst is left', 2, 0, [0, 0]],
  ['the last of a burst is kept for pulls', 3, 0, [0, 1_000]],
  ['a burst is over', 4, 0, [1_000, 2_000]],
  ['a burst is over for half a second', 4, 500, [500, 1_500]],
  ['a burst is over for two seconds', 4, 2_000, [0, 0]],
  ['more was asked for than is there', 6, 0, [3_000, 4_000]],
  ['nobody owes more than a burst', 600, 0, [5_000, 6_000]],
  ['a while of nothing earns no more than a burst', 600, hourly(), [0, 0]],
]
test.each(table)('how long a pull and a fill wait: %s', (_, requests, afterMs, expected) => {
  expect(after(requests, afterMs)).toEqual(expected)
})

function hourly(): number {
  return 3_600_000
}

test('a budget of a single request is spent by pulls and fills alike', () => {
  const single = { perMinute: 1, burst: 1 }
  expect(after(0, 0, single)).toEqual([0, 0])
  expect(after(1, 0, single)).toEqual([60_000, 60_000])
})

test('a clock that stands still gives nothing back', () => {
  expect(after(4, -10_000)).toEqual([1_000, 2_000])
})

describe('what polls and fills may do in any minute', () => {
  const waits = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 300 })
  test.each([shy, usualBudget, { perMinute: 2, burst: 30 }])(
    'stays within a burst and $perMinute',
    (budget) => {
      fc.assert(
        fc.property(waits, (steps) => {
          let purse = fullPurse(budget, 0)
          let now = 0
          const leftAt: number[] = []
          for (const step of steps) {
            now += step
            if (budgetWaitMs(purse, budget, now, 'poll') > 0) continue
            purse = spend(purse, budget, now)
            leftAt.push(now)
          }
          for (const from of leftAt) {
            const within = leftAt.filter((each) => each >= from && each < from + 60_000)
            expect(within.length).toBeLessThanOrEqual(budget.burst + budget.perMinute + 1)
          }
        }),
        { numRuns: 30 },
      )
    },
  )
})
