// @ts-check
import { appendFileSync } from 'node:fs'
import { runCheck } from '../tests/openapi/run-check.ts'

/**
 * Holds what we ask of Chatwoot, and what the simulator answers, against the official descriptions in the folder named
 * as argument. The last line is `openapi  N passed, N failed`; it also goes into the file TUNTAS_COUNTED names, from
 * which `npm test` counts it along.
 */
const { summary, exitCode } = await runCheck(process.argv[2], (line) => console.log(line))
console.log(`\n${summary}`)
const counted = process.env['TUNTAS_COUNTED']
if (counted !== undefined && counted !== '') appendFileSync(counted, `${summary}\n`)
process.exitCode = exitCode
