import type { ChatwootFault } from '../../src/simulators/chatwoot/named-faults.ts'
import type { SeededRandom } from '../../src/simulators/seeded-random.ts'
import type { Struck } from './chatwoot-rig.ts'
import { repliesEach } from './crash-orders.ts'

/** Where a run is struck: how its processes die, one after the other, and what goes wrong on the way to the server. */
export interface CrashPoint {
  readonly name: string
  readonly plan: (random: SeededRandom) => CrashPlan
}

export interface CrashPlan {
  readonly deaths: readonly Death[]
  readonly faults: readonly { readonly what: Struck; readonly nth: number; readonly fault: ChatwootFault }[]
  /** Pulls are held up, so that looking for a reply comes before they tell of it. */
  readonly slowPulls: boolean
}

export type Death =
  /** By its own hand, at the nth of a step of boundaries.ts. */
  | { readonly by: 'itself'; readonly step: string; readonly nth: number }
  /** By ours, once the server has read the nth request, or has done what it asked. */
  | { readonly by: 'us'; readonly when: 'written' | 'accepted'; readonly what: Struck; readonly nth: number }
  /** By ours, so long after the first order was kept, whatever it is doing. */
  | { readonly by: 'chance'; readonly afterMs: number }

const replies = 2 * repliesEach
const actions = 4
const orders = replies + actions

/** Longer than a parent needs to see a request and to kill who sent it. */
const heldMs = 400

export const crashPoints: readonly CrashPoint[] = [
  atStep('before an order is kept', 'before keep', orders),
  atStep('after an order is kept', 'after keep', orders),
  atStep('before it is taken up', 'before reply preparing', replies),
  atStep('after it was taken up', 'after reply preparing', replies),
  atStep('before a connection is there', 'reply request leaves', replies),
  atStep('before “sending” is kept', 'before reply sending', replies),
  atStep('before the first byte leaves', 'after reply sending', replies),
  point('after the request was written', (random) => written(random, 'reply', replies)),
  point('after the server accepted', (random) => accepted(random, 'reply', replies)),
  atStep('after the answer arrived', 'reply answer arrived', replies),
  atStep('before “sent” is kept', 'before reply sent', replies),
  atStep('after “sent” is kept', 'after reply sent', replies),
  point('at any moment', (random) => [
    dyingBy(...[0, 1, 2].map(() => ({ by: 'chance', afterMs: random.between(0, 120) }) as const)),
  ]),
  doubting('before doubt is kept', 'before recover', 'accepted'),
  doubting('after doubt is kept', 'after recover', 'accepted'),
  doubting('before it is looked for', 'lookup request leaves', 'accepted'),
  doubting('after it was found', 'lookup answer arrived', 'accepted'),
  doubting('before “found” is kept', 'before reply sent', 'accepted'),
  doubting('after it was missed', 'lookup answer arrived', 'not accepted'),
  doubting('before asking is kept', 'before reply asking', 'not accepted'),
  doubting('after asking is kept', 'after reply asking', 'not accepted'),
  atStep('before an action is “sending”', 'before action sending', actions),
  atStep('before an action leaves', 'action request leaves', actions),
  point('after an action was written', (random) => written(random, random.pick(['label', 'resolve']), 2)),
  point('after the server did an action', (random) => accepted(random, random.pick(['label', 'resolve']), 2)),
  atStep('after an action’s answer arrived', 'action answer arrived', actions),
  atStep('before an action is dropped', 'before action removed', actions),
  atStep('after an action is dropped', 'after action removed', actions),
  faulty('reset before it was accepted', () => ({ kind: 'resetBeforeAccept' })),
  faulty('reset after it was accepted', () => ({ kind: 'dropAfterAccept' })),
  faulty('never answered, not accepted', () => ({ kind: 'hang' })),
  faulty('never answered, accepted', () => ({ kind: 'acceptThenHang' })),
  faulty('accepted 5 to 90 s late', (random) => ({
    kind: 'acceptLate',
    delayMs: random.between(5_000, 90_000),
  })),
  faulty('no JSON', () => ({ kind: 'junkJson' })),
  faulty('half of the JSON', () => ({ kind: 'halfJson' })),
  faulty('cut off in the answer', () => ({ kind: 'cutOff' })),
  faulty('drop by drop', () => ({ kind: 'slowDrip', bytesPerChunk: 64, everyMs: 2 })),
  faulty('slow, now more, now less', () => ({ kind: 'latency', delayMs: 10, jitterMs: 60 })),
  faulty('429 that says how long', () => ({ kind: 'rateLimited', retryAfter: '5' })),
  faulty('429 that does not', () => ({ kind: 'rateLimited', retryAfter: null })),
  faulty('449', () => ({ kind: 'retryWith' })),
  faulty('500', () => ({ kind: 'serverError' })),
  faulty('502 with a page', () => ({ kind: 'badGateway', status: 502 })),
]

function point(name: string, parts: (random: SeededRandom) => readonly Partial<CrashPlan>[]): CrashPoint {
  const nothing: CrashPlan = { deaths: [], faults: [], slowPulls: false }
  return {
    name,
    plan: (random) => parts(random).reduce<CrashPlan>((plan, each) => ({ ...plan, ...each }), nothing),
  }
}

function dyingBy(...deaths: Death[]): Partial<CrashPlan> {
  return { deaths }
}

function atStep(name: string, step: string, mostTimes: number): CrashPoint {
  return point(name, (random) => [dyingBy({ by: 'itself', step, nth: random.between(1, mostTimes) })])
}

function written(random: SeededRandom, what: Struck, mostTimes: number): Partial<CrashPlan>[] {
  const nth = random.between(1, mostTimes)
  const fault = { kind: 'latency', delayMs: heldMs, jitterMs: 0 } as const
  return [{ faults: [{ what, nth, fault }] }, dyingBy({ by: 'us', when: 'written', what, nth })]
}

function accepted(random: SeededRandom, what: Struck, mostTimes: number): Partial<CrashPlan>[] {
  const nth = random.between(1, mostTimes)
  const fault = { kind: 'acceptThenHang' } as const
  return [{ faults: [{ what, nth, fault }] }, dyingBy({ by: 'us', when: 'accepted', what, nth })]
}

/** A first death leaves a reply whose fate is unknown; the second strikes while it is being looked into. */
function doubting(name: string, step: string, what: 'accepted' | 'not accepted'): CrashPoint {
  return point(name, (random) => {
    const second: Death = { by: 'itself', step, nth: 1 }
    if (what === 'not accepted') {
      const nth = random.between(1, replies)
      return [dyingBy({ by: 'itself', step: 'after reply sending', nth }, second), { slowPulls: true }]
    }
    const first = accepted(random, 'reply', replies)
    const deaths = first.flatMap((each) => each.deaths ?? [])
    return [...first, dyingBy(...deaths, second), { slowPulls: true }]
  })
}

/** The fault strikes one reply and, every other time, an action as well; every third run dies at some moment besides. */
function faulty(name: string, fault: (random: SeededRandom) => ChatwootFault): CrashPoint {
  return point(name, (random) => {
    const faults = [{ what: 'reply', nth: random.between(1, replies), fault: fault(random) }] as const
    const besides = { what: random.pick(['label', 'resolve'] as const), nth: 1, fault: fault(random) }
    const death: Death = { by: 'chance', afterMs: random.between(0, 200) }
    return [
      { faults: random.chance(0.5) ? [...faults, besides] : faults },
      dyingBy(...(random.chance(1 / 3) ? [death] : [])),
    ]
  })
}
