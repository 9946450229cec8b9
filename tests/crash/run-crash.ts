import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { pointsFor, type CrashPoint } from './crash-points.ts'
import { crashTable, isSound, sumsOf } from './crash-table.ts'
import type { CrashResult } from './crash-run.ts'
import { rigs } from './rigs.ts'
import { runPoints, type Course } from './run-points.ts'

/**
 * `npm run test:crash -- --runs 50`: kills the engine at every step of the send path, and prints what came of it.
 * `--point` runs those whose name holds a word, `--seed` plays a run again, `--server` takes another kind of server.
 */
async function main(): Promise<void> {
  const wanted = wishes()
  if (typeof wanted === 'string') {
    process.stderr.write(`${wanted}\n`)
    process.exitCode = 1
    return
  }
  const startedAt = Date.now()
  const signal = interruption()
  const found = await runPoints({ ...wanted, signal }, sayWhatIsWrong)
  const keeps = wanted.kind.servers[wanted.server]?.keepsOwnIds ?? false
  const sums = found.map(({ point, results }) => sumsOf(point, results))
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  process.stdout.write(`${crashTable(sums, keeps)} ${seconds} s on a server of the kind ${wanted.server}.\n`)
  process.exitCode = isSound(sums, keeps) ? (signal.aborted ? 130 : 0) : 1
}

/** The first Ctrl-C asks for the table of what has been run, the second for nothing. */
function interruption(): AbortSignal {
  const ending = new AbortController()
  const onSignal = (): void => {
    if (ending.signal.aborted) process.exit(130)
    process.stderr.write('No new run is begun.\n')
    ending.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return ending.signal
}

/** What the command line asks for, or a sentence that says what is wrong with it. */
function wishes(): Course | string {
  const text = (standard: string) => ({ type: 'string', default: standard }) as const
  const { values } = parseArgs({
    options: {
      runs: text('5'),
      seed: text('1'),
      provider: text('chatwoot'),
      server: text(''),
      point: text(''),
      atOnce: text(String(2 * availableParallelism())),
    },
  })
  const numbers = [values.runs, values.seed, values.atOnce].map(Number)
  const [runs = 0, firstSeed = 0, atOnce = 0] = numbers
  if (numbers.some((each) => !Number.isInteger(each) || each < 1))
    return '--runs, --seed and --atOnce must be whole numbers from 1 on.'
  const kind = rigs[values.provider]
  if (kind === undefined)
    return `There is no simulator of “${values.provider}”: --provider must be ${Object.keys(rigs).join(' or ')}.`
  const servers = Object.keys(kind.servers)
  const server = values.server === '' ? (servers[0] ?? '') : values.server
  if (!servers.includes(server))
    return `There is no server of the kind “${server}”: --server must be ${servers.join(' or ')}.`
  const points = pointsFor(kind).filter(({ name }) => name.includes(values.point))
  if (points.length === 0) return `No point is called “${values.point}”.`
  return { kind, server, points, runs, firstSeed, atOnce }
}

function sayWhatIsWrong({ name }: CrashPoint, seed: number, result: CrashResult): void {
  const { lost, doubled, outOfOrder, troubles, askedInVain } = result
  const wrong = { lost, doubled, outOfOrder, troubles, askedInVain }
  if (Object.values(wrong).some((each) => each.length > 0))
    process.stderr.write(`${name}, seed ${seed}: ${JSON.stringify(wrong)}\n`)
}

await main()
