import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { everythingIn, lookAtEnd, lookAtOnce } from '../../../tests/support/model-checks.ts'
import { diskGround, memoryGround, type Ground } from '../../../tests/support/model-ground.ts'
import { play } from '../../../tests/support/model-play.ts'
import { toldDay, workingDays, type WorkingDay } from '../../../tests/support/model-steps.ts'
import { calm, startWorld } from '../../../tests/support/model-world.ts'

/**
 * Another day, or many more of them: MODEL_SEED=7 MODEL_RUNS=5000. A failure tells the shortest day it found, and the seed
 * and path that bring it back: MODEL_SEED=7 MODEL_PATH=52:0:2.
 */
const seed = Number(process.env['MODEL_SEED'] ?? 20_260_303)
const runs = Number(process.env['MODEL_RUNS'] ?? 70)
const path = process.env['MODEL_PATH']
/** A busy computer lives through fewer days rather than failing. */
const timeLimitMs = 30_000 * Math.max(1, runs / 70)

test(
  'on any day nothing kept is lost, nothing is sent twice or out of order, and both stores agree',
  { timeout: timeLimitMs },
  async () => {
    const folder = mkdtempSync(join(quickFolder(), 'tuntas-model-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const day = fc.asyncProperty(workingDays(), async (day) => {
      const inMemory = await lived(memoryGround(), day)
      const onDisk = await lived(diskGround(folder), day)
      expect(onDisk).toEqual(inMemory)
    })
    const limits = { seed, numRuns: runs, interruptAfterTimeLimit: timeLimitMs - 5_000 }
    const found = await fc.check(day, path === undefined ? limits : { ...limits, path })
    if (!found.failed) return
    const [shortest] = found.counterexample ?? []
    const told = shortest === undefined ? 'no day was lived through in time' : toldDay(shortest)
    const how = `Day ${found.numRuns}: MODEL_SEED=${seed} MODEL_PATH=${found.counterexamplePath}`
    throw new Error(`${how}\n${told}`, { cause: found.errorInstance })
  },
)

test.each([
  ['keepsOwnIds', 'dropAfter', 0],
  ['byWords', 'dropAfter', 0],
  ['unknowable', 'dropAfter', 1],
  ['keepsOwnIds', 'dropBefore', 1],
  ['byWords', 'dropBefore', 1],
] as const)('of a server that is %s, after %s, the agent is asked about %i', async (desk, fault, asks) => {
  const day: WorkingDay = {
    desk,
    also: [],
    steps: [
      { kind: 'fault', at: 'desk', call: 'send', fault },
      { kind: 'write', to: 'a', as: 'reply', text: 'Thanks!', takesFiles: false },
      { kind: 'time', ms: 61_000 },
    ],
  }
  const world = await startWorld(memoryGround(), day)
  for (const step of day.steps) await play(world, step)
  const states = world.store.openOrders().map(({ state }) => state)
  expect(states).toMatchObject(Array.from({ length: asks }, () => ({ kind: 'unsure', asked: true })))
  await world.house.stop()
})

/** In memory where the system has such a place: what dies here is the program and not the disk. */
function quickFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}

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
