import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import { numberOfText, seededRandom } from '../../src/simulators/seeded-random.ts'
import type { ChildBrief, Told } from './child-talk.ts'
import { crashOrders, marksOf, type CrashOrder } from './crash-orders.ts'
import type { CrashPlan, CrashPoint, Death } from './crash-points.ts'
import { fastClock } from './fast-clock.ts'
import { isQuiet, judge, nameOf, type OpenOrder, type Verdict } from './judge.ts'
import { openOrdersOf } from './open-orders.ts'
import type { Rig, RigKind } from './rig.ts'

/** What became of one run. */
export interface CrashResult extends Verdict {
  readonly orders: number
  /** How many of the deaths that were planned came about. */
  readonly deaths: number
  readonly planned: number
  /** How many of the deaths left a reply of which a byte may have left, unanswered. */
  readonly underWay: number
  /** What went wrong besides: it never came to rest, or the engine said that something broke. */
  readonly troubles: readonly string[]
}

/** What a run is of. */
export interface Stage {
  readonly kind: RigKind
  /** One of the kind's servers. */
  readonly server: string
  /** The packed process, see build-child.ts. */
  readonly childFile: string
  /** Runs get folders of their own in it. */
  readonly folder: string
}

/**
 * One run: orders for two conversations, the process killed as planned and started again until all is quiet, then judged
 * by what the server accepted and what the disk holds. What asks is then decided as the agent would, and must end well.
 */
export async function crashRun(point: CrashPoint, seed: number, stage: Stage): Promise<CrashResult> {
  const folder = mkdtempSync(join(stage.folder, 'run-'))
  const startedAt = Date.now()
  const rig = await stage.kind.start({ clock: fastClock(startedAt), seed, server: stage.server })
  const plan = point.plan(seededRandom(numberOfText(`${point.name} ${seed}`)), stage.kind.actions)
  const run: Run = {
    ...{ folder, startedAt, rig, plan, stage },
    orders: crashOrders(seed, rig.places),
    kept: new Set(),
    typed: new Set(),
    gone: new Set(),
    twice: new Set(),
    troubles: [],
    deaths: 0,
    underWay: 0,
  }
  try {
    for (const { what, nth, fault } of plan.faults) rig.strike(what, nth, fault)
    for (const [life, death] of plan.deaths.entries()) {
      if (life === 1 && plan.slow !== null) rig.slow(plan.slow, slowMs)
      await live(run, { death, isFirst: life === 0, decided: [] })
    }
    await live(run, { death: null, isFirst: plan.deaths.length === 0, decided: [] })
    const open = openIn(folder)
    const verdict = judge(run.orders, rig.accepted(), open)
    const ending = verdict.asked.length > 0 ? await decided(run, open) : verdict
    const named = (which: ReadonlySet<number>): string[] =>
      run.orders.filter((_, index) => which.has(index)).map(nameOf)
    return {
      ...verdict,
      lost: [...new Set([...verdict.lost, ...ending.lost, ...named(run.gone)])],
      doubled: [...ending.doubled, ...named(run.twice)],
      outOfOrder: ending.outOfOrder,
      orders: run.orders.length,
      deaths: run.deaths,
      planned: plan.deaths.length,
      underWay: run.underWay,
      troubles: run.troubles,
    }
  } finally {
    await rig.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Run {
  readonly folder: string
  readonly stage: Stage
  readonly startedAt: number
  readonly rig: Rig
  readonly plan: CrashPlan
  readonly orders: readonly CrashOrder[]
  /** Orders that were acknowledged, by their index; and those whose words were. */
  readonly kept: Set<number>
  readonly typed: Set<number>
  /** Whose words were found nowhere, or both in their draft and in an order. */
  readonly gone: Set<number>
  readonly twice: Set<number>
  readonly troubles: string[]
  deaths: number
  underWay: number
}

interface Life {
  readonly death: Death | null
  readonly isFirst: boolean
  readonly decided: ChildBrief['decided']
}

const slowMs = 900
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
    signIn: run.rig.signIn,
    orders: run.orders.flatMap((order, index) =>
      run.kept.has(index) ? [] : [{ index, order, isTyped: run.typed.has(index) }],
    ),
    dieAt: death?.by === 'itself' ? { step: death.step, nth: death.nth } : null,
    isArmedFromStart: !isFirst,
    decided,
  }
  const env = { ...process.env, NODE_COMPILE_CACHE: join(run.stage.folder, 'compiled') }
  return fork(run.stage.childFile, [JSON.stringify(brief)], { env, execArgv: [], silent: true })
}

function watch(run: Run, child: ChildProcess) {
  let open: readonly OpenOrder[] | null = null
  let isAllKept = false
  let firstKeptAt: number | null = null
  let isOver = false
  child.on('message', (message) => {
    const told = message as Told
    switch (told.kind) {
      case 'found':
        run.underWay += told.underWay > 0 ? 1 : 0
        return
      case 'typed':
        run.typed.add(told.index)
        return
      case 'kept':
        run.kept.add(told.index)
        firstKeptAt ??= Date.now()
        return
      case 'words':
        run[told.are].add(told.index)
        return
      case 'allKept':
        isAllKept = true
        firstKeptAt ??= Date.now()
        // What was told of before may be older than the last order.
        open = null
        return
      case 'open':
        open = told.orders
        return
      case 'broke':
        run.troubles.push(told.what)
    }
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
  let verdict = judge(run.orders, run.rig.accepted(), open)
  let asking = open.filter(({ isAsked }) => isAsked)
  for (let turn = 0; turn < run.orders.length && asking.length > 0; turn++) {
    const isThere = (mark: string): boolean =>
      run.orders.some((order) => marksOf(order).includes(mark) && verdict.there.includes(nameOf(order)))
    const says = asking.map(({ mark }) => ({
      outboxId: mark,
      say: isThere(mark) ? ('check' as const) : ('sendAgain' as const),
    }))
    await live(run, { death: null, isFirst: false, decided: says })
    const stillOpen = openIn(run.folder)
    verdict = judge(run.orders, run.rig.accepted(), stillOpen)
    asking = stillOpen.filter(({ isAsked }) => isAsked)
  }
  const left = openIn(run.folder).map(({ mark, state }) => `${mark} is still ${state}`)
  return { ...verdict, lost: [...verdict.lost, ...left] }
}
