import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { crashPoints } from './crash-points.ts'
import { crashTable, isSound, sumsOf } from './crash-table.ts'
import { runPoints } from './run-points.ts'

/** `npm run test:crash -- --runs 50`: kills the engine at every step of the send path, and prints what came of it. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      provider: { type: 'string', default: 'chatwoot' },
      point: { type: 'string', default: '' },
      atOnce: { type: 'string', default: String(2 * availableParallelism()) },
    },
  })
  const numbers = [values.runs, values.seed, values.atOnce].map(Number)
  const [runs = 0, firstSeed = 0, atOnce = 0] = numbers
  const points = crashPoints.filter(({ name }) => name.includes(values.point))
  const wrong = numbers.some((each) => !Number.isInteger(each) || each < 1)
    ? '--runs, --seed and --atOnce must be whole numbers from 1 on.'
    : values.provider !== 'chatwoot'
      ? `There is no simulator of “${values.provider}”: --provider must be chatwoot.`
      : points.length === 0
        ? `No point is called “${values.point}”.`
        : null
  if (wrong !== null) {
    process.stderr.write(`${wrong}\n`)
    process.exitCode = 1
    return
  }
  const startedAt = Date.now()
  const found = await runPoints(points, { runs, firstSeed, atOnce }, ({ name }, seed, result) => {
    const { lost, doubled, outOfOrder, troubles } = result
    if (lost.length + doubled.length + outOfOrder.length + troubles.length > 0)
      process.stderr.write(
        `${name}, seed ${seed}: ${JSON.stringify({ lost, doubled, outOfOrder, troubles })}\n`,
      )
  })
  const sums = found.map(({ point, results }) => sumsOf(point.name, results))
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  process.stdout.write(`${crashTable(sums)} ${seconds} s.\n`)
  process.exitCode = sums.every(isSound) ? 0 : 1
}

await main()
