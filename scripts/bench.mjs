// @ts-check
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

/** Runs every measurement in a process of its own, one after the other; a name as argument chooses among them. */
const root = join(import.meta.dirname, '..')
const [wanted = ''] = process.argv.slice(2)
const files = globSync('tests/bench/*.bench.ts', { cwd: root }).filter((file) => file.includes(wanted))
if (files.length === 0) console.error(`No measurement is called “${wanted}”.`)
const codes = files.map((file) => {
  console.log(`\n── ${file}`)
  const run = spawnSync(process.execPath, ['--expose-gc', file], { cwd: root, stdio: 'inherit' })
  return run.status
})
process.exitCode = files.length > 0 && codes.every((code) => code === 0) ? 0 : 1
