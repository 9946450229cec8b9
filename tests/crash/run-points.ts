import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildChild } from './build-child.ts'
import type { CrashPoint } from './crash-points.ts'
import { crashRun, type CrashResult } from './crash-run.ts'

export interface PointRuns {
  readonly point: CrashPoint
  readonly results: readonly CrashResult[]
}

/** Runs every point so many times, with seeds of their own, several at once; `onRun` hears of each as it ends. */
export async function runPoints(
  points: readonly CrashPoint[],
  { runs, firstSeed, atOnce }: { readonly runs: number; readonly firstSeed: number; readonly atOnce: number },
  onRun: (point: CrashPoint, seed: number, result: CrashResult) => void = () => {},
): Promise<PointRuns[]> {
  const found = points.map((point) => ({ point, results: new Array<CrashResult>() }))
  const waiting = found.flatMap((each) =>
    Array.from({ length: runs }, (_, run) => ({ ...each, seed: firstSeed + run })),
  )
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-crash-child-'))
  const childFile = await buildChild(folder)
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = await crashRun(next.point, next.seed, childFile)
      next.results.push(result)
      onRun(next.point, next.seed, result)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return found
}
