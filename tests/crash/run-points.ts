import { buildChild } from './build-child.ts'
import type { CrashPoint } from './crash-points.ts'
import { crashRun, type CrashResult } from './crash-run.ts'
import type { RigKind } from './rig.ts'
import { scratchFolder } from './scratch-folder.ts'

export interface PointRuns {
  readonly point: CrashPoint
  readonly results: readonly CrashResult[]
}

export interface Course {
  readonly kind: RigKind
  /** One of the kind's servers. */
  readonly server: string
  readonly points: readonly CrashPoint[]
  /** Of each point, times its weight. */
  readonly runs: number
  readonly firstSeed: number
  readonly atOnce: number
  /** Once it aborts no run begins; what began is brought to its end. */
  readonly signal?: AbortSignal
}

/** Runs every point so many times, in rounds, with seeds of their own, several at once; `onRun` hears of each. */
export async function runPoints(
  { kind, server, points, runs, firstSeed, atOnce, signal }: Course,
  onRun: (point: CrashPoint, seed: number, result: CrashResult) => void = () => {},
): Promise<PointRuns[]> {
  const found = points.map((point) => ({ point, results: new Array<CrashResult>() }))
  const waiting = Array.from({ length: runs }, (_, round) =>
    found.flatMap((each) =>
      Array.from({ length: each.point.weight }, (_each, turn) => ({
        ...each,
        seed: firstSeed + round * each.point.weight + turn,
      })),
    ),
  ).flat()
  const folder = scratchFolder()
  try {
    const childFile = await buildChild(folder.path)
    const stage = { kind, server, childFile, folder: folder.path }
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (signal?.aborted === true) return
        const result = await crashRun(next.point, next.seed, stage)
        next.results.push(result)
        onRun(next.point, next.seed, result)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    folder.remove()
  }
  return found
}
