import fc from 'fast-check'
import type { ActionOrder } from '../../src/shared/contract/contract.ts'
import type { FakeCall } from './fake-provider.ts'

/** A working day gone wrong: what agent, customers, colleagues, network and computer do, in any order. */
export function workingDays(): fc.Arbitrary<readonly ModelStep[]> {
  return fc.array(anyStep(), { minLength: 5, maxLength: 40, size: 'max' })
}

export type ModelStep =
  | { readonly kind: 'reply' | 'note'; readonly to: string; readonly text: string }
  | { readonly kind: 'draft'; readonly to: string; readonly text: string }
  | { readonly kind: 'act'; readonly to: string; readonly action: ActionOrder }
  /** About the nth reply of which the agent has to decide, counted round. */
  | { readonly kind: 'sendAgain' | 'discard' | 'check'; readonly nth: number }
  /** Takes back the nth of what is open, counted round, if that still may be. */
  | { readonly kind: 'undo'; readonly nth: number }
  | { readonly kind: 'open'; readonly to: string }
  | { readonly kind: 'signal'; readonly signal: 'wake' | 'online' | 'shown' | 'hidden' }
  | { readonly kind: 'customerWrites'; readonly to: string; readonly text: string }
  | { readonly kind: 'colleague'; readonly to: string; readonly does: 'resolves' | 'reopens' | 'takes' }
  | { readonly kind: 'fault'; readonly call: FakeCall; readonly fault: Fault }
  | { readonly kind: 'network'; readonly isThere: boolean }
  /** What hangs is answered, and what was to be accepted late is accepted. */
  | { readonly kind: 'release' }
  | { readonly kind: 'disk'; readonly isFull: boolean }
  | { readonly kind: 'unlock' | 'quit' | 'crash' }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'wallClock'; readonly ms: number }

export type Fault =
  | 'neverLeft'
  | 'dropBefore'
  | 'dropAfter'
  | 'acceptLate'
  | 'hang'
  | 'acceptThenHang'
  | 'limited'
  | 'limitedAWhile'
  | 'badGateway'
  | 'halfWritten'
  | 'refused'
  | 'badToken'

export const places = ['a', 'b', 'c'] as const

const dayMs = 86_400_000
const place = fc.constantFrom(...places)
const text = fc.constantFrom('Thanks!', 'On its way.', 'Which size?')

const actions = fc.constantFrom<ActionOrder>(
  { kind: 'resolve', answers: {} },
  { kind: 'resolve', answers: {} },
  { kind: 'reopen' },
  { kind: 'pend' },
  { kind: 'snooze', until: null },
  { kind: 'label', add: ['urgent'], remove: [] },
  { kind: 'label', add: [], remove: ['urgent'] },
  { kind: 'assign', to: null },
  { kind: 'markRead' },
  { kind: 'markUnread' },
)

/** Sending is where the harm is; a request without a signal of its own must not hang for ever. */
const sendFaults = fc.constantFrom<Fault>(
  ...(['neverLeft', 'dropBefore', 'dropAfter', 'acceptLate', 'hang', 'acceptThenHang'] as const),
  ...(['limited', 'limitedAWhile', 'badGateway', 'halfWritten', 'refused', 'badToken'] as const),
)
const otherFaults = fc.constantFrom<Fault>(
  ...(['neverLeft', 'dropBefore', 'dropAfter', 'limited', 'badGateway', 'halfWritten', 'badToken'] as const),
)

function anyStep(): fc.Arbitrary<ModelStep> {
  const one = <K extends ModelStep['kind']>(...kinds: K[]): fc.Arbitrary<K> => fc.constantFrom(...kinds)
  return fc.oneof(
    { weight: 7, arbitrary: fc.record({ kind: one('reply', 'reply', 'note'), to: place, text }) },
    { weight: 1, arbitrary: fc.record({ kind: one('draft'), to: place, text }) },
    { weight: 3, arbitrary: fc.record({ kind: one('act'), to: place, action: actions }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: one('sendAgain', 'discard', 'check'),
        nth: fc.integer({ min: 0, max: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: one('undo'), nth: fc.integer({ min: 0, max: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: one('open'), to: place }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: one('signal'),
        signal: fc.constantFrom('wake' as const, 'online' as const, 'shown' as const, 'hidden' as const),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: one('customerWrites'), to: place, text }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: one('colleague'),
        to: place,
        does: fc.constantFrom('resolves' as const, 'reopens' as const, 'takes' as const),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ kind: one('fault'), call: fc.constant('send' as const), fault: sendFaults }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: one('fault'),
        call: fc.constantFrom<FakeCall>('pull', 'act', 'find', 'thread', 'look'),
        fault: otherFaults,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: one('network'), isThere: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: one('release') }) },
    { weight: 1, arbitrary: fc.record({ kind: one('disk'), isFull: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ kind: one('unlock', 'quit', 'crash', 'crash') }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: one('time'),
        ms: fc.constantFrom(400, 2_000, 6_000, 11_000, 61_000, 400_000),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: one('wallClock'), ms: fc.constantFrom(-dayMs, dayMs) }) },
  )
}
