import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countedBefore, strictly, sumsOf } from '../../scripts/run-checks.mjs'

const test1 = (status: string, fullName = status) => ({ status, fullName })
const file = (status: string, ...assertionResults: unknown[]) => ({ status, assertionResults })

test('tests are counted by what became of them', () => {
  const report = {
    testResults: [
      file('failed', test1('passed'), test1('failed')),
      file('passed', test1('passed'), test1('skipped', 'a'), test1('todo', 'b')),
    ],
  }
  expect(sumsOf(report, false)).toEqual({ passed: 2, failed: 1, skipped: ['a', 'b'] })
})

test('a file that could not be loaded is a failure', () => {
  expect(sumsOf({ testResults: [file('failed'), file('passed', test1('passed'))] }, false)).toEqual({
    passed: 1,
    failed: 1,
    skipped: [],
  })
})

test('a run that went wrong although every test passed is a failure', () => {
  expect(sumsOf({ testResults: [file('passed', test1('passed'))] }, false).failed).toBe(1)
})

test('a run without a report is a failure', () => {
  expect(sumsOf(null, true)).toEqual({ passed: 0, failed: 1, skipped: [] })
})

test('in CI a skipped test is a failure, elsewhere it is named', () => {
  const sums = { passed: 3, failed: 0, skipped: ['a'] }
  expect([strictly(sums, true).failed, strictly(sums, false).failed]).toEqual([1, 0])
})

test('what was counted before is counted along, and a check that broke off before it could is a failure', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-counted-'))
  const file = join(folder, 'counted')
  const after = (text: string) => {
    writeFileSync(file, text)
    return countedBefore(file)
  }
  const brokeOff = [{ name: 'before', passed: 0, failed: 1 }]
  expect(countedBefore(undefined)).toEqual([])
  expect(after('openapi  41 passed, 2 failed\n')).toEqual([{ name: 'openapi', passed: 41, failed: 2 }])
  expect(after('')).toEqual(brokeOff)
  expect(after('something else\n')).toEqual(brokeOff)
  rmSync(folder, { recursive: true })
  expect(countedBefore(file)).toEqual(brokeOff)
})
