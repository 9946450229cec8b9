import { HttpFault } from '../../ports/http.ts'
import type { Clock } from '../../ports/clock.ts'

/**
 * When a request may leave: one bucket for a whole workspace, a rest between calls of one path, writes before reads
 * (docs/providers/aelyst.md §6). It runs on the clock handed in and leaves no timer where nobody waits.
 */
export interface Pace {
  /** Settles once this one may leave, and answers how to say that it is over. Throws where it is given up before. */
  enter(ask: { readonly path: string; readonly isWrite: boolean }, signal: AbortSignal): Promise<() => void>
  /** The server was asked too much: half as fast from now on, and slowly back. */
  slowDown(): void
  /** All paths turned out to have one bucket. */
  share(): void
}

const perSecond = 2
const perSecondShared = 0.5
const slowest = 0.1
/** Of the usual rate, each minute after it was slowed down. */
const recovery = 0.1
const burst = 4
const mostInFlight = 3
const samePathMs = 250

interface Waiting {
  readonly path: string
  readonly isWrite: boolean
  readonly leave: () => void
}

interface Held {
  readonly clock: Clock
  readonly waiting: Waiting[]
  /** When each path was asked last, elapsed ms. */
  readonly lastOf: Map<string, number>
  /** Requests a second, at best and right now. */
  top: number
  rate: number
  left: number
  filledAt: number
  inFlight: number
  cancel: () => void
}

export function createPace(clock: Clock, isShared: boolean): Pace {
  const top = isShared ? perSecondShared : perSecond
  const held: Held = {
    ...{ clock, waiting: [], lastOf: new Map() },
    ...{ top, rate: top, left: burst, filledAt: clock.elapsed() },
    ...{ inFlight: 0, cancel: () => {} },
  }
  return {
    enter: (ask, signal) => enter(held, ask, signal),
    slowDown() {
      fill(held)
      held.rate = Math.max(slowest, held.rate / 2)
      held.left = Math.min(held.left, 1)
    },
    share() {
      fill(held)
      held.top = perSecondShared
      held.rate = Math.min(held.rate, held.top)
    },
  }
}

function enter(
  held: Held,
  { path, isWrite }: { readonly path: string; readonly isWrite: boolean },
  signal: AbortSignal,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      held.waiting.splice(held.waiting.indexOf(one), 1)
      reject(new HttpFault('aborted', false, {}))
      pump(held)
    }
    const leave = (): void => {
      signal.removeEventListener('abort', giveUp)
      resolve(leaving(held))
    }
    const one: Waiting = { path, isWrite, leave }
    if (signal.aborted) return reject(new HttpFault('aborted', false, {}))
    signal.addEventListener('abort', giveUp, { once: true })
    held.waiting.push(one)
    pump(held)
  })
}

function leaving(held: Held): () => void {
  let isOver = false
  return () => {
    if (isOver) return
    isOver = true
    held.inFlight -= 1
    pump(held)
  }
}

function pump(held: Held): void {
  const { clock, waiting, lastOf } = held
  held.cancel()
  held.cancel = () => {}
  fill(held)
  for (let one = next(held); one !== undefined; one = next(held)) {
    waiting.splice(waiting.indexOf(one), 1)
    held.left -= 1
    held.inFlight += 1
    lastOf.set(one.path, clock.elapsed())
    one.leave()
  }
  if (waiting.length === 0 || held.inFlight >= mostInFlight) return
  const bucketMs = Math.max(0, ((1 - held.left) * 1000) / held.rate)
  const pathMs = Math.min(...waiting.map((each) => restMs(held, each)))
  held.cancel = clock.after(Math.max(1, Math.ceil(bucketMs), Math.ceil(pathMs)), () => pump(held))
}

/** The first of those who may, writes before reads. */
function next(held: Held): Waiting | undefined {
  if (held.inFlight >= mostInFlight || held.left < almostOne) return undefined
  const free = held.waiting.filter((each) => restMs(held, each) === 0)
  return free.find((each) => each.isWrite) ?? free[0]
}

function fill(held: Held): void {
  const now = held.clock.elapsed()
  const passedMs = Math.max(0, now - held.filledAt)
  held.left = Math.min(burst, held.left + (passedMs * held.rate) / 1000)
  held.rate = Math.min(held.top, held.rate + (held.top * recovery * passedMs) / 60_000)
  held.filledAt = now
  for (const [path, at] of held.lastOf) if (now - at >= samePathMs) held.lastOf.delete(path)
}

function restMs({ clock, lastOf }: Held, { path }: Waiting): number {
  const at = lastOf.get(path)
  return at === undefined ? 0 : Math.max(0, at + samePathMs - clock.elapsed())
}

/** What is filled in fractions of a second rarely adds up to exactly one. */
const almostOne = 1 - 1e-6
