import fc from 'fast-check'
import type { ActionOrder } from '../../src/shared/contract/contract.ts'
import type { DraftKind } from '../../src/shared/domain/reply.ts'
import type { FakeCall } from './fake-provider.ts'

/** A working day gone wrong: what agent, customers, colleagues, network and computer do, in any order. */
export function workingDays(): fc.Arbitrary<WorkingDay> {
  return fc.record({
    desk: fc.constantFrom(...serverKinds),
    also: fc.subarray<Seat>(['hotel', 'branch']),
    steps: fc.array(anyStep(), { minLength: 5, maxLength: 40, size: 'max' }),
  })
}

export interface WorkingDay {
  /** How the first server recognises what we sent. */
  readonly desk: ServerKind
  /** Where the agent is signed in besides, when the day begins. */
  readonly also: readonly Seat[]
  readonly steps: readonly ModelStep[]
}

/** Servers that keep our ids, that can only be searched for our words, and of which nothing can be learned. */
export const serverKinds = ['keepsOwnIds', 'byWords', 'unknowable'] as const
export type ServerKind = (typeof serverKinds)[number]

/** Three accounts: two of one sign-in at one server, and one at another server. */
export type Seat = 'home' | 'hotel' | 'branch'
export const seats: readonly Seat[] = ['home', 'hotel', 'branch']

/** The conversations there are. `c` takes one file a message. */
export const places = ['a', 'b', 'c', 'd', 'e'] as const

export function seatOf(place: string): Seat {
  return place === 'd' ? 'hotel' : place === 'e' ? 'branch' : 'home'
}

export type ModelStep =
  /** With all that is attached there, if it `takesFiles`. */
  | { readonly kind: 'write'; readonly to: string; readonly as: DraftKind; readonly text: string; readonly takesFiles: boolean } // prettier-ignore
  | { readonly kind: 'draft'; readonly to: string; readonly as: DraftKind; readonly text: string }
  /** `pieces` of it arrive; the rest once the agent goes on. */
  | { readonly kind: 'attach'; readonly to: string; readonly as: DraftKind; readonly bytes: number; readonly pieces: number } // prettier-ignore
  /** Goes on with the nth unfinished file, or drops the nth of all. */
  | { readonly kind: 'attachOn' | 'drop'; readonly nth: number }
  | { readonly kind: 'act'; readonly to: string; readonly action: ActionOrder }
  /** About the nth order of which the agent has to decide, counted round. */
  | { readonly kind: 'sendAgain' | 'discard' | 'check'; readonly nth: number }
  /** Takes back the nth of what is open, counted round, if that still may be. */
  | { readonly kind: 'undo'; readonly nth: number }
  | { readonly kind: 'open'; readonly to: string }
  | { readonly kind: 'signal'; readonly signal: 'wake' | 'online' | 'shown' | 'hidden' }
  | { readonly kind: 'undoSeconds'; readonly seconds: number }
  | { readonly kind: 'signIn' | 'signOut'; readonly seat: Seat; readonly agrees: boolean }
  | { readonly kind: 'customerWrites'; readonly to: string }
  | { readonly kind: 'elsewhere'; readonly to: string; readonly who: Elsewhere; readonly text: string }
  | { readonly kind: 'fault'; readonly at: 'desk' | 'branch'; readonly call: FakeCall; readonly fault: Fault }
  | { readonly kind: 'network'; readonly isThere: boolean }
  /** What hangs is answered, and what was to be accepted late is accepted. */
  | { readonly kind: 'release' }
  | { readonly kind: 'disk'; readonly isFull: boolean }
  | { readonly kind: 'unlock'; readonly asAnother: boolean }
  | { readonly kind: 'quit' | 'crash' }
  /** The program dies at a write still to come. */
  | { readonly kind: 'crashAt'; readonly write: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'wallClock'; readonly ms: number }

/** What colleagues do, and what we do on another device. */
export type Elsewhere =
  | 'colleagueResolves'
  | 'colleagueReopens'
  | 'colleagueTakes'
  | 'colleagueAnswers'
  | 'colleagueDeletes'
  | 'iResolve'
  | 'iRead'
  | 'iSend'

export type Fault =
  | 'neverLeft'
  | 'dropBefore'
  | 'dropAfter'
  | 'acceptLate'
  | 'hang'
  | 'acceptThenHang'
  | 'prepareLong'
  | 'limited'
  | 'limitedAWhile'
  | 'badGateway'
  | 'halfWritten'
  | 'refused'
  | 'badToken'

const dayMs = 86_400_000
const place = fc.constantFrom<string>('a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', 'e')
const text = fc.constantFrom('Thanks!', 'On its way.', 'Which size?')
const as = fc.constantFrom<DraftKind>('reply', 'reply', 'reply', 'note')
const nth = fc.integer({ min: 0, max: 3 })

export const colleague = { key: '9', name: 'Priya Nair', isMe: false }
const actions = fc.constantFrom<ActionOrder>(
  { kind: 'resolve', answers: {} },
  { kind: 'resolve', answers: {} },
  { kind: 'reopen' },
  { kind: 'pend' },
  { kind: 'snooze', until: null },
  // Far enough for any clock that is set anew.
  { kind: 'snooze', until: Date.UTC(2026, 5, 1) },
  { kind: 'label', add: ['urgent'], remove: [] },
  { kind: 'label', add: ['refund'], remove: ['urgent'] },
  { kind: 'label', add: [], remove: ['refund'] },
  { kind: 'assign', to: null },
  { kind: 'assign', to: colleague },
  // Somebody the server does not know any more.
  { kind: 'assign', to: { key: '404', name: 'Gone Away', isMe: false } },
  { kind: 'assignTeam', to: { key: '1', name: 'Billing' } },
  { kind: 'assignTeam', to: null },
  { kind: 'prioritise', priority: 'high' },
  { kind: 'prioritise', priority: null },
  { kind: 'mute' },
  { kind: 'unmute' },
  { kind: 'markRead' },
  { kind: 'markUnread' },
)

/** Sending is where the harm is; a request without a signal of its own must not hang for ever. */
const sendFaults = fc.constantFrom<Fault>(
  ...([
    'neverLeft',
    'dropBefore',
    'dropAfter',
    'acceptLate',
    'hang',
    'acceptThenHang',
    'prepareLong',
  ] as const),
  ...(['limited', 'limitedAWhile', 'badGateway', 'halfWritten', 'refused', 'badToken'] as const),
)
const pullFaults = fc.constantFrom<Fault>(
  'acceptThenHang',
  'acceptThenHang',
  'neverLeft',
  'badToken',
  'badGateway',
)
const otherFaults = fc.constantFrom<Fault>(
  ...(['neverLeft', 'dropBefore', 'dropAfter', 'limited', 'badGateway', 'halfWritten', 'badToken'] as const),
)
const server = fc.constantFrom<'desk' | 'branch'>('desk', 'desk', 'desk', 'branch')

function anyStep(): fc.Arbitrary<ModelStep> {
  return fc.oneof(...agentSteps(), ...othersSteps(), ...worldSteps())
}

interface Weighted {
  readonly weight: number
  readonly arbitrary: fc.Arbitrary<ModelStep>
}

function one<K extends ModelStep['kind']>(...kinds: K[]): fc.Arbitrary<K> {
  return fc.constantFrom(...kinds)
}

function agentSteps(): Weighted[] {
  const takesFiles = fc.boolean()
  const file = { bytes: fc.constantFrom(0, 5, 20), pieces: fc.constantFrom(3, 3, 1) }
  const signal = fc.constantFrom<'wake' | 'online' | 'shown' | 'hidden'>('wake', 'online', 'shown', 'hidden')
  const seat = fc.constantFrom<Seat>('home', 'hotel', 'branch', 'branch')
  return [
    { weight: 8, arbitrary: fc.record({ kind: one('write'), to: place, as, text, takesFiles }) },
    { weight: 1, arbitrary: fc.record({ kind: one('draft'), to: place, as, text }) },
    { weight: 2, arbitrary: fc.record({ kind: one('attach'), to: place, as, ...file }) },
    { weight: 1, arbitrary: fc.record({ kind: one('attachOn', 'attachOn', 'drop'), nth }) },
    { weight: 6, arbitrary: fc.record({ kind: one('act'), to: place, action: actions }) },
    { weight: 3, arbitrary: fc.record({ kind: one('sendAgain', 'discard', 'check'), nth }) },
    { weight: 2, arbitrary: fc.record({ kind: one('undo'), nth }) },
    { weight: 1, arbitrary: fc.record({ kind: one('open'), to: place }) },
    { weight: 1, arbitrary: fc.record({ kind: one('signal'), signal }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: one('undoSeconds'), seconds: fc.constantFrom(0, 0, 5, 60) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: one('signIn', 'signOut'), seat, agrees: fc.boolean() }) },
  ]
}

function othersSteps(): Weighted[] {
  const who = fc.constantFrom<Elsewhere>(
    ...(['colleagueResolves', 'colleagueReopens', 'colleagueTakes', 'colleagueAnswers'] as const),
    ...(['colleagueDeletes', 'iResolve', 'iRead', 'iSend', 'iSend'] as const),
  )
  const fault = { kind: one('fault'), at: server }
  const call = fc.constantFrom<FakeCall>('act', 'act', 'find', 'thread', 'look', 'probe')
  return [
    { weight: 2, arbitrary: fc.record({ kind: one('customerWrites'), to: place }) },
    { weight: 2, arbitrary: fc.record({ kind: one('elsewhere'), to: place, who, text }) },
    { weight: 6, arbitrary: fc.record({ ...fault, call: fc.constant('send' as const), fault: sendFaults }) },
    { weight: 2, arbitrary: fc.record({ ...fault, call: fc.constant('pull' as const), fault: pullFaults }) },
    { weight: 2, arbitrary: fc.record({ ...fault, call, fault: otherFaults }) },
    { weight: 1, arbitrary: fc.record({ kind: one('network'), isThere: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: one('release') }) },
  ]
}

function worldSteps(): Weighted[] {
  const asAnother = fc.constantFrom(false, false, true)
  const write = fc.integer({ min: 1, max: 12 })
  const when = fc.constantFrom<'before' | 'after'>('before', 'after')
  return [
    { weight: 1, arbitrary: fc.record({ kind: one('disk'), isFull: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: one('unlock'), asAnother }) },
    { weight: 2, arbitrary: fc.record({ kind: one('quit', 'crash', 'crash') }) },
    { weight: 3, arbitrary: fc.record({ kind: one('crashAt'), write, when }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: one('time'),
        ms: fc.constantFrom(400, 2_000, 6_000, 11_000, 61_000, 400_000),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: one('wallClock'), ms: fc.constantFrom(-dayMs, dayMs) }) },
  ]
}

/** A day as a person would tell it, one line a step. */
export function toldDay({ desk, also, steps }: WorkingDay): string {
  const lines = steps.map(({ kind, ...rest }, index) => {
    const about = Object.entries(rest).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    return `${String(index + 1).padStart(4)}. ${[kind, ...about].join(', ')}`
  })
  return [`The desk's server is ${desk}; signed in at ${['home', ...also].join(', ')}.`, ...lines].join('\n')
}
