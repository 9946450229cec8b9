import type { ActionKind } from '../../src/shared/domain/action.ts'
import type { SeededRandom } from '../../src/simulators/seeded-random.ts'
import { placesEach, repliesEach } from './crash-orders.ts'
import type { RigFault, RigKind, Struck } from './rig.ts'

/** Where a run is struck: how its processes die, one after the other, and what goes wrong on the way to the server. */
export interface CrashPoint {
  readonly name: string
  /** `needless`: surely not a byte had left, so that nothing has to be asked. */
  readonly asking: 'needless' | 'possible'
  /** How many runs it gets where others get one. */
  readonly weight: number
  readonly plan: (random: SeededRandom, actions: readonly ActionKind[]) => CrashPlan
}

export interface CrashPlan {
  readonly deaths: readonly Death[]
  readonly faults: readonly { readonly what: Struck; readonly nth: number; readonly fault: RigFault }[]
  /** Held up from the second life on, so that the other is the first to tell of a reply. */
  readonly slow: 'pulls' | 'lookups' | null
}

export type Death =
  /** By its own hand, at the nth of a step of boundaries.ts. */
  | { readonly by: 'itself'; readonly step: string; readonly nth: number }
  /** By ours, once the server has read the nth request, or has done what it asked. */
  | { readonly by: 'us'; readonly when: 'written' | 'accepted'; readonly what: Struck; readonly nth: number }
  /** By ours, so long after the first order was kept, whatever it is doing. */
  | { readonly by: 'chance'; readonly afterMs: number }

/** Kills at any moment, whatever is being done: what they come to is the figure to quote. */
export const randomPoint = 'at any moment'

/** The points there are for a provider: where nothing can be set, none strikes an action. */
export function pointsFor({ actions }: Pick<RigKind, 'actions'>): readonly CrashPoint[] {
  return actions.length > 0 ? [...sending, ...setting, ...faults] : [...sending, ...faults]
}

const replies = placesEach * repliesEach
/** More than can be set in one conversation come about only on a provider that has more. */
const settings = placesEach * 2
const orders = replies + settings

/** Longer than a parent needs to see a request and to kill who sent it. */
const heldMs = 400
/** By then an undisturbed run is over. */
const wholeRunMs = 450

const sending: readonly CrashPoint[] = [
  before(atStep('before a draft is kept', 'before draft', replies)),
  before(atStep('after a draft is kept', 'after draft', replies)),
  before(atStep('before a file is announced', 'before file', 1)),
  before(atStep('between the pieces of a file', 'after piece', 1)),
  before(atStep('after a file is kept', 'after piece', 2)),
  before(atStep('before an order is kept', 'before keep', orders)),
  before(atStep('after an order is kept', 'after keep', orders)),
  before(atStep('before it is taken back', 'before taking back', 1)),
  before(atStep('after it was taken back', 'after taking back', 1)),
  before(atStep('before it is taken up', 'before reply preparing', replies)),
  before(atStep('after it was taken up', 'after reply preparing', replies)),
  before(atStep('before a connection is there', 'reply request leaves', replies)),
  before(atStep('before “sending” is kept', 'before reply sending', replies)),
  atStep('before the first byte leaves', 'after reply sending', replies),
  point('after the request was written', (random) => written(random, 'reply', replies)),
  point('after the server accepted', (random) => accepted(random, 'reply', replies)),
  atStep('after the answer arrived', 'reply answer arrived', replies),
  atStep('before “sent” is kept', 'before reply sent', replies),
  atStep('after “sent” is kept', 'after reply sent', replies),
  before(atStep('with a file: before it is taken up', 'before reply with a file preparing', 1)),
  before(atStep('with a file: before “sending” is kept', 'before reply with a file sending', 1)),
  atStep('with a file: before the first byte', 'after reply with a file sending', 1),
  atStep('with a file: after the answer', 'reply with a file answer arrived', 1),
  atStep('with a file: before “sent” is kept', 'before reply with a file sent', 1),
  atStep('with a file: after “sent” is kept', 'after reply with a file sent', 1),
  {
    ...point(randomPoint, (random) => [
      dyingBy(...[0, 1, 2].map(() => ({ by: 'chance', afterMs: random.between(0, wholeRunMs) }) as const)),
    ]),
    weight: 5,
  },
  doubting('before doubt is kept', 'before recover', { what: 'accepted' }),
  doubting('after doubt is kept', 'after recover', { what: 'accepted' }),
  doubting('before it is looked for', 'lookup request leaves', { what: 'accepted' }),
  doubting('after it was found', 'lookup answer arrived', { what: 'accepted' }),
  doubting('before “found” is kept', 'before reply sent', { what: 'accepted' }),
  doubting('after it was missed', 'lookup answer arrived', { what: 'not accepted' }),
  doubting('before asking is kept', 'before reply asking', { what: 'not accepted' }),
  doubting('after asking is kept', 'after reply asking', { what: 'not accepted' }),
  doubting('before a pull’s page is kept', 'before page with our own', { what: 'accepted', slow: 'lookups' }),
  doubting('after a pull’s page is kept', 'after page with our own', { what: 'accepted', slow: 'lookups' }),
  doubting('before what a pull told is kept', 'before reply noticed', { what: 'accepted', slow: 'lookups' }),
  doubting('after what a pull told is kept', 'after reply noticed', { what: 'accepted', slow: 'lookups' }),
]

const setting: readonly CrashPoint[] = [
  atStep('before an action is “sending”', 'before action sending', settings),
  atStep('before an action leaves', 'action request leaves', settings),
  point('after an action was written', (random, actions) =>
    written(random, random.pick(actions), placesEach),
  ),
  point('after the server did an action', (random, actions) =>
    accepted(random, random.pick(actions), placesEach),
  ),
  atStep('after an action’s answer arrived', 'action answer arrived', settings),
  atStep('before an action is dropped', 'before action removed', settings),
  atStep('after an action is dropped', 'after action removed', settings),
]

const faults: readonly CrashPoint[] = [
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
  faulty('449', () => ({ kind: 'status', status: 449 })),
  faulty('500', () => ({ kind: 'status', status: 500 })),
  faulty('502 with a page', () => ({ kind: 'status', status: 502 })),
]

function point(
  name: string,
  parts: (random: SeededRandom, actions: readonly ActionKind[]) => readonly Partial<CrashPlan>[],
): CrashPoint {
  const nothing: CrashPlan = { deaths: [], faults: [], slow: null }
  return {
    name,
    asking: 'possible',
    weight: 1,
    plan: (random, actions) =>
      parts(random, actions).reduce<CrashPlan>((plan, each) => ({ ...plan, ...each }), nothing),
  }
}

/** What is struck before a byte can have left. */
function before(struck: CrashPoint): CrashPoint {
  return { ...struck, asking: 'needless' }
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
function doubting(
  name: string,
  step: string,
  { what, slow = 'pulls' }: { readonly what: 'accepted' | 'not accepted'; readonly slow?: CrashPlan['slow'] },
): CrashPoint {
  return point(name, (random) => {
    const second: Death = { by: 'itself', step, nth: 1 }
    if (what === 'not accepted') {
      const nth = random.between(1, replies)
      return [dyingBy({ by: 'itself', step: 'after reply sending', nth }, second), { slow }]
    }
    const first = accepted(random, 'reply', replies)
    const deaths = first.flatMap((each) => each.deaths ?? [])
    return [...first, dyingBy(...deaths, second), { slow }]
  })
}

/** The fault strikes one reply and, every other time, an action as well; every third run dies at some moment besides. */
function faulty(name: string, fault: (random: SeededRandom) => RigFault): CrashPoint {
  return point(name, (random, actions) => {
    const onReply = { what: 'reply', nth: random.between(1, replies), fault: fault(random) } as const
    const onAction =
      actions.length > 0 && random.chance(0.5)
        ? [{ what: random.pick(actions), nth: 1, fault: fault(random) }]
        : []
    const death: Death = { by: 'chance', afterMs: random.between(0, wholeRunMs) }
    return [{ faults: [onReply, ...onAction] }, dyingBy(...(random.chance(1 / 3) ? [death] : []))]
  })
}
