// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from './prepare.mjs'

/**
 * Runs the named npm scripts one after the other, all of them even if one fails, and ends with the line
 * `N passed, N failed`. A vitest step counts its tests; every other step counts as one check.
 */

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Sums */

const steps = {
  types: { script: 'types', isTests: false },
  lint: { script: 'lint', isTests: false },
  format: { script: 'format:check', isTests: false },
  unit: { script: 'test:unit', isTests: true },
  e2e: { script: 'test:e2e', isTests: true },
}

/**
 * The sums of one vitest JSON report. A file that could not even be loaded is one failure, and so is a run that went
 * wrong although every test passed (an error nobody awaited).
 * @param {any} report vitest's JSON, or null where there is none @param {boolean} isGreen whether vitest exited with 0
 * @returns {Sums}
 */
export function sumsOf(report, isGreen) {
  if (report === null) return { passed: 0, failed: 1, skipped: [] }
  const files = /** @type {any[]} */ (report.testResults)
  const tests = files.flatMap((file) => /** @type {any[]} */ (file.assertionResults))
  const passed = tests.filter((each) => each.status === 'passed').length
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  ).length
  const failed = tests.filter(isFailed).length + broken
  const skipped = tests
    .filter((each) => !isFailed(each) && each.status !== 'passed')
    .map((each) => String(each.fullName))
  return { passed, failed: failed === 0 && !isGreen ? 1 : failed, skipped }
}

/** In CI nothing may be skipped: each skipped test is a failure there. @param {Sums} sums @param {boolean} isCi @returns {Sums} */
export function strictly(sums, isCi) {
  return isCi ? { ...sums, failed: sums.failed + sums.skipped.length } : sums
}

/**
 * What was counted before this run: lines like `openapi  N passed, N failed` in the file that TUNTAS_COUNTED names. A
 * file without such a line is one failure: what should have been counted broke off.
 * @param {string | undefined} file @returns {{ name: string, passed: number, failed: number }[]}
 */
export function countedBefore(file) {
  if (file === undefined || file === '') return []
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const counted = [...text.matchAll(/^(\S+) +(\d+) passed, (\d+) failed$/gm)].map(
    ([, name = '', passed, failed]) => ({ name, passed: Number(passed), failed: Number(failed) }),
  )
  return counted.length > 0 ? counted : [{ name: 'before', passed: 0, failed: 1 }]
}

/** @param {any} test */
function isFailed(test) {
  return test.status === 'failed'
}

/** @param {string} name @param {string} folder for reports @returns {Sums} */
function runStep(name, folder) {
  const step = steps[/** @type {keyof typeof steps} */ (name)]
  const file = join(folder, `${name}.json`)
  const extra = step.isTests
    ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    : []
  const isGreen = npmRun([step.script, ...extra])
  if (!step.isTests) return { passed: isGreen ? 1 : 0, failed: isGreen ? 0 : 1, skipped: [] }
  return strictly(sumsOf(readReport(file), isGreen), process.env['CI'] === 'true')
}

/** @param {string[]} args */
function npmRun(args) {
  const npm = process.env['npm_execpath']
  const [command, isShell] =
    npm === undefined ? ['npm', process.platform === 'win32'] : [process.execPath, false]
  const all = [...(npm === undefined ? [] : [npm]), 'run', '--silent', ...args]
  return spawnSync(command, all, { stdio: 'inherit', shell: isShell }).status === 0
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** @param {string[]} names */
function main(names) {
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-checks-'))
  /** @type {string[]} */
  const summary = []
  const before = countedBefore(process.env['TUNTAS_COUNTED'])
  const total = { passed: 0, failed: 0 }
  for (const { name, passed, failed } of before) {
    total.passed += passed
    total.failed += failed
    summary.push(`${name.padEnd(8)}${passed} passed, ${failed} failed, before`)
  }
  for (const name of names) {
    console.log(`\n── ${name}`)
    const startedAt = Date.now()
    const { passed, failed, skipped } = runStep(name, folder)
    total.passed += passed
    total.failed += failed
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    summary.push(
      `${name.padEnd(8)}${passed} passed, ${failed} failed, ${skipped.length} skipped in ${seconds} s`,
    )
    for (const test of skipped) summary.push(`        skipped: ${test}`)
  }
  rmSync(folder, { recursive: true, force: true })
  console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
}

if (import.meta.main) {
  const [first, ...rest] = process.argv.slice(2)
  const sentence = first === 'prepare' ? prepare() : null
  if (sentence === null) main(first === 'prepare' ? rest : process.argv.slice(2))
  else {
    console.log(`${sentence}\n\n0 passed, 1 failed`)
    process.exitCode = 1
  }
}
