import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import { numberOfText, seededRandom } from '../../src/simulators/seeded-random.ts'
import type { ChildBrief, Told } from './child-talk.ts'
import { chatwootRig, type Rig } from './chatwoot-rig.ts'
import { crashOrders, type CrashOrder } from './crash-orders.ts'
import type { CrashPlan, CrashPoint, Death } from './crash-points.ts'
import { fastClock } from './fast-clock.ts'
import { isQuiet, judge, type OpenOrder, type Verdict } from './judge.ts'
import { openOrdersOf } from './open-orders.ts'

/** What became of one run. */
export interface CrashResult extends Verdict {
  readonly orders: number
  /** How many of the deaths that were planned came about. */
  readonly deaths: number
  readonly planned: number
  /** What went wrong besides: it never came to rest, or the engine said that something broke. */
  readonly troubles: readonly string[]
}

/**
 * One run: orders for two conversations, the process killed as planned and started again until all is quiet, then judged
 * by what the server accepted and what the disk holds. What asks is then decided as the agent would, and must end well.
 */
export async function crashRun(point: CrashPoint, seed: number, childFile: string): Promise<CrashResult> {
  const folder = mkdtempSync(join(quickFolder, 'tuntas-crash-'))
  const startedAt = Date.now()
  const clock = fastClock(startedAt)
  const rig = await chatwootRig(clock, seed)
  const plan = point.plan(seededRandom(numberOfText(`${point.name} ${seed}`)))
  const run: Run = {
    ...{ folder, startedAt, rig, plan, childFile },
    orders: crashOrders(seed, rig.places),
    kept: new Set(),
    troubles: [],
    deaths: 0,
  }
  try {
    for (const { what, nth, fault } of plan.faults) rig.strike(what, nth, fault)
    for (const [life, death] of plan.deaths.entries()) {
      if (life === 1 && plan.slowPulls) rig.slowPulls(slowPullMs)
      await live(run, { death, isFirst: life === 0, decided: [] })
    }
    await live(run, { death: null, isFirst: plan.deaths.length === 0, decided: [] })
    const open = openIn(folder)
    const verdict = judge(run.orders, rig.accepted(), open)
    const ending = verdict.asked.length > 0 ? await decided(run, open) : verdict
    return {
      ...verdict,
      lost: [...verdict.lost, ...ending.lost.filter((each) => !verdict.lost.includes(each))],
      doubled: ending.doubled,
      outOfOrder: ending.outOfOrder,
      orders: run.orders.length,
      deaths: run.deaths,
      planned: plan.deaths.length,
      troubles: run.troubles,
    }
  } finally {
    await rig.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Run {
  readonly folder: string
  /** The packed process, see build-child.ts. */
  readonly childFile: string
  readonly startedAt: number
  readonly rig: Rig
  readonly plan: CrashPlan
  readonly orders: readonly CrashOrder[]
  /** Orders that were acknowledged, by their index. */
  readonly kept: Set<number>
  readonly troubles: string[]
  deaths: number
}

interface Life {
  readonly death: Death | null
  readonly isFirst: boolean
  readonly decided: ChildBrief['decided']
}

/** A process that is killed leaves what it wrote to the system, on a disk or in memory: only a power cut would not. */
const quickFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const slowPullMs = 900
/** No run needs so long, were it not stuck. */
const lifeMs = 40_000
/** After the last late request was done: two pulls of a hidden window. */
const afterLateMs = 75_000

/** One process, until it dies or everything has come to rest. */
async function live(run: Run, life: Life): Promise<void> {
  const child = startChild(run, life)
  const seen = watch(run, child)
  const deadline = Date.now() + lifeMs
  let isStopping = false
  while (!seen.isOver() && Date.now() < deadline) {
    if (isDeathDue(run, life.death, seen.firstKeptAt())) child.kill('SIGKILL')
    else if (!isStopping && seen.isQuiet() && isNothingLate(run)) {
      isStopping = true
      child.send('stop', () => {})
    }
    await delay(2)
  }
  if (!seen.isOver()) {
    run.troubles.push(`did not come to rest: ${JSON.stringify(seen.open())}`)
    child.kill('SIGKILL')
  }
  const isKilled = await seen.ended
  if (isKilled && life.death !== null) run.deaths += 1
}

function startChild(run: Run, { death, isFirst, decided }: Life): ChildProcess {
  const brief: ChildBrief = {
    folder: run.folder,
    startedAt: run.startedAt,
    provider: run.rig.provider,
    fields: run.rig.fields,
    accountKey: run.rig.accountKey,
    orders: run.orders.flatMap((order, index) => (run.kept.has(index) ? [] : [{ index, order }])),
    dieAt: death?.by === 'itself' ? { step: death.step, nth: death.nth } : null,
    isArmedFromStart: !isFirst,
    decided,
  }
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'tuntas-crash-compiled') }
  return fork(run.childFile, [JSON.stringify(brief)], { env, execArgv: [], silent: true })
}

function watch(run: Run, child: ChildProcess) {
  let open: readonly OpenOrder[] | null = null
  let isAllKept = false
  let firstKeptAt: number | null = null
  let isOver = false
  child.on('message', (message) => {
    const told = message as Told
    if (told.kind === 'kept') {
      run.kept.add(told.index)
      firstKeptAt ??= Date.now()
    } else if (told.kind === 'allKept') {
      isAllKept = true
      firstKeptAt ??= Date.now()
      // What was told of before may be older than the last order.
      open = null
    } else if (told.kind === 'open') open = told.orders
    else run.troubles.push(told.what)
  })
  child.stderr?.on('data', (chunk: Buffer) => run.troubles.push(chunk.toString('utf8')))
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', (code, signal) => {
      isOver = true
      // Windows knows no signals: there it ends with 1.
      const isKilled = signal !== null || (process.platform === 'win32' && code === 1)
      if (code !== 0 && !isKilled) run.troubles.push(`ended by itself with ${code}`)
      resolve(isKilled)
    })
  })
  return {
    ended,
    isOver: () => isOver,
    open: () => open,
    isQuiet: () => isAllKept && open !== null && isQuiet(open),
    firstKeptAt: () => firstKeptAt,
  }
}

function isDeathDue(run: Run, death: Death | null, firstKeptAt: number | null): boolean {
  if (death === null || death.by === 'itself') return false
  if (death.by === 'chance') return firstKeptAt !== null && Date.now() >= firstKeptAt + death.afterMs
  return (death.when === 'written' ? run.rig.begun(death.what) : run.rig.did(death.what)) >= death.nth
}

/** Whether the latest that a request may still be done is over, and a pull has had the time to tell of it. */
function isNothingLate({ plan, rig, startedAt }: Run): boolean {
  const late = plan.faults.flatMap(({ fault }) => (fault.kind === 'acceptLate' ? [fault.delayMs] : []))
  if (late.length === 0) return true
  return fastClock(startedAt).now() > rig.lateSince() + Math.max(...late) + afterLateMs
}

function openIn(folder: string): OpenOrder[] {
  const store = openSqliteStore(folder)
  try {
    return openOrdersOf(store)
  } finally {
    store.close()
  }
}

/** The agent looks at what asks: what is there is seen to be there, what is not is sent again. Then all must be done. */
async function decided(run: Run, open: readonly OpenOrder[]): Promise<Verdict> {
  const there = new Set(run.rig.accepted().map(({ mark }) => mark))
  let asking = open.filter(({ isAsked }) => isAsked)
  for (let turn = 0; turn < run.orders.length && asking.length > 0; turn++) {
    const says = asking.map(({ mark }) => ({
      outboxId: mark,
      say: there.has(mark) ? ('check' as const) : ('sendAgain' as const),
    }))
    await live(run, { death: null, isFirst: false, decided: says })
    asking = openIn(run.folder).filter(({ isAsked }) => isAsked)
  }
  const ending = judge(run.orders, run.rig.accepted(), openIn(run.folder))
  const left = openIn(run.folder).map(({ mark, state }) => `${mark} is still ${state}`)
  return { ...ending, lost: [...ending.lost, ...left] }
}
