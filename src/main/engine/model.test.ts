import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { onTestFinished, test } from 'vitest'
import { everythingIn, lookAtEnd, lookAtOnce } from '../../../tests/support/model-checks.ts'
import { diskGround, memoryGround, type Ground } from '../../../tests/support/model-ground.ts'
import { play } from '../../../tests/support/model-play.ts'
import { toldDay, workingDays, type WorkingDay } from '../../../tests/support/model-steps.ts'
import { calm, startWorld } from '../../../tests/support/model-world.ts'
import { expect } from 'vitest'

/** Another day, or many more of them: MODEL_SEED=7 MODEL_RUNS=5000. A failure names its seed and the shortest day. */
const seed = Number(process.env['MODEL_SEED'] ?? 20_260_303)
const runs = Number(process.env['MODEL_RUNS'] ?? 70)
/** A busy computer lives through fewer days rather than failing. */
const timeLimitMs = 30_000 * Math.max(1, runs / 70)

test(
  'on any day nothing kept is lost, nothing is sent twice or out of order, and both stores agree',
  { timeout: timeLimitMs },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuntas-model-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const day = fc.asyncProperty(workingDays(), async (day) => {
      const inMemory = await lived(memoryGround(), day)
      const onDisk = await lived(diskGround(folder), day)
      expect(onDisk).toEqual(inMemory)
    })
    const limits = { interruptAfterTimeLimit: timeLimitMs - 5_000 }
    const found = await fc.check(day, { seed, numRuns: runs, ...limits })
    if (!found.failed) return
    const [shortest] = found.counterexample ?? []
    const told = shortest === undefined ? 'no day was lived through in time' : toldDay(shortest)
    const how = `MODEL_SEED=${seed}, day ${found.numRuns}, path ${found.counterexamplePath}`
    throw new Error(`${how}\n${told}`, { cause: found.errorInstance })
  },
)

/** Lives through the day, looking after each step; gives all there is at its end. */
async function lived(ground: Ground, day: WorkingDay): Promise<unknown> {
  const world = await startWorld(ground, day)
  for (const step of day.steps) {
    await play(world, step)
    lookAtOnce(world)
  }
  await calm(world)
  lookAtOnce(world)
  await lookAtEnd(world)
  const all = everythingIn(world)
  await world.house.stop()
  return all
}
