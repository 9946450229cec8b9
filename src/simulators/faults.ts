import { numberOfText, seededRandom, type SeededRandom } from './seeded-random.ts'
import type { SimulatorAnswer } from './router.ts'

/** What can go wrong between a client and a server, whoever the provider is. */
export type Fault =
  | { readonly kind: 'latency'; readonly delayMs: number; readonly jitterMs: number }
  /** The connection is reset and nothing was done. */
  | { readonly kind: 'resetBeforeAccept' }
  /** It was done, and the connection is reset before a byte of the answer. */
  | { readonly kind: 'dropAfterAccept' }
  /** Nothing was done and nothing is ever answered. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'acceptThenHang' }
  /** The connection is reset now, and it is done all the same `delayMs` later, and up to `jitterMs` more. */
  | { readonly kind: 'acceptLate'; readonly delayMs: number; readonly jitterMs?: number }
  /** Something else answers; nothing was done. */
  | { readonly kind: 'answer'; readonly answer: SimulatorAnswer }
  /** It was done; the answer claims to be JSON and is not. */
  | { readonly kind: 'junkJson' }
  /** It was done; a well-formed HTTP answer holds the first half of the JSON. */
  | { readonly kind: 'halfJson' }
  /** It was done; the connection dies in the middle of the body. */
  | { readonly kind: 'cutOff' }
  | { readonly kind: 'slowDrip'; readonly bytesPerChunk: number; readonly everyMs: number }

export interface FaultTarget {
  /** Absent means any method. */
  readonly method?: string | undefined
  /** A path; `*` stands for one segment, `**` for any rest. Absent means any path. */
  readonly path?: string | undefined
  /** How many requests it hits; absent means until it is lifted. */
  readonly count?: number | undefined
  /** How many matching requests pass unharmed first. */
  readonly skip?: number | undefined
  /** Seeded chance from 0 to 1 that a matching request is hit. */
  readonly chance?: number | undefined
}

export interface FaultBoard {
  add(fault: Fault, target: FaultTarget): number
  lift(id: number): boolean
  clear(): void
  /**
   * The faults this request meets: every latency, and at most one other. Counts are used up, and what is left to chance
   * is drawn: nothing has a `jitterMs` any more.
   */
  take(method: string, path: string): readonly Fault[]
  list(): readonly { id: number; kind: Fault['kind']; target: FaultTarget; left: number | null }[]
}

interface Pending {
  readonly id: number
  readonly fault: Fault
  readonly target: FaultTarget
  readonly pattern: RegExp | null
  /** Of its own, so that the same seed strikes the same requests, whatever else of the world draws meanwhile. */
  readonly random: SeededRandom
  left: number
  toSkip: number
}

export function createFaultBoard(seed: number): FaultBoard {
  const board: Pending[] = []
  let lastId = 0

  function add(fault: Fault, target: FaultTarget): number {
    lastId += 1
    const pattern = target.path === undefined ? null : pathPattern(target.path)
    board.push({
      id: lastId,
      fault,
      target,
      pattern,
      random: seededRandom(numberOfText(`fault ${lastId} of ${seed}`)),
      left: target.count ?? Infinity,
      toSkip: target.skip ?? 0,
    })
    return lastId
  }

  function take(method: string, path: string): readonly Fault[] {
    const met: Fault[] = []
    let struck = false
    for (const pending of [...board]) {
      const isLatency = pending.fault.kind === 'latency'
      if ((struck && !isLatency) || !hits(pending, method, path)) continue
      pending.left -= 1
      if (pending.left <= 0) lift(pending.id)
      met.push(drawn(pending))
      struck ||= !isLatency
    }
    return met
  }

  function lift(id: number): boolean {
    const index = board.findIndex((pending) => pending.id === id)
    if (index === -1) return false
    board.splice(index, 1)
    return true
  }

  function list() {
    return board.map(({ id, fault, target, left }) => ({
      id,
      kind: fault.kind,
      target,
      left: Number.isFinite(left) ? left : null,
    }))
  }

  return { add, lift, clear: () => board.splice(0), take, list }
}

function drawn({ fault, random }: Pending): Fault {
  if (fault.kind !== 'latency' && fault.kind !== 'acceptLate') return fault
  const jitterMs = fault.jitterMs ?? 0
  return { ...fault, delayMs: fault.delayMs + Math.round(random.next() * jitterMs), jitterMs: 0 }
}

function hits(pending: Pending, method: string, path: string): boolean {
  const { target, pattern, random } = pending
  if (target.method !== undefined && target.method.toUpperCase() !== method) return false
  if (pattern !== null && !pattern.test(path)) return false
  if (target.chance !== undefined && !random.chance(target.chance)) return false
  if (pending.toSkip === 0) return true
  pending.toSkip -= 1
  return false
}

function pathPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*'
    if (part === '*') return '[^/]+'
    return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}/?$`)
}
