import type { Clock } from '../../src/main/ports/clock.ts'
import type { Action, ActionKind } from '../../src/shared/domain/action.ts'
import type { Fault } from '../../src/simulators/faults.ts'
import type { AcceptedOrder } from './judge.ts'

/** A provider's part in a crash run: its simulator, and what an agent orders there. One file each, named in rigs.ts. */
export interface RigKind {
  /** Servers of this provider that differ in what they keep of ours; a run is of the first unless told otherwise. */
  readonly servers: Readonly<Record<string, ServerKind>>
  /** What the agent sets in each conversation, in this order; none where the provider has nothing to set. */
  readonly actions: readonly ActionKind[]
  start(given: { readonly clock: Clock; readonly seed: number; readonly server: string }): Promise<Rig>
}

export interface ServerKind {
  /** Whether it keeps the id a reply goes out under: then it never has to be asked about what is there. */
  readonly keepsOwnIds: boolean
}

/** A server for one crash run: what it accepted, and what is to go wrong there. */
export interface Rig {
  readonly signIn: {
    readonly provider: string
    readonly method: string
    readonly fields: Readonly<Record<string, string>>
    readonly accountKey: string
  }
  readonly places: readonly Place[]
  /** The `nth` request of its kind meets the fault. */
  strike(what: Struck, nth: number, fault: RigFault): void
  /** Every request of that kind takes so long, in our milliseconds. */
  slow(what: 'pulls' | 'lookups', delayMs: number): void
  /** How many requests of a kind came in, accepted or not. */
  begun(what: Struck): number
  did(what: Struck): number
  /** In the order in which it did them. */
  accepted(): readonly AcceptedOrder[]
  /** When a request last came in that is done late, by the run's clock; -Infinity where none did. */
  lateSince(): number
  close(): Promise<void>
}

/** A conversation the agent answers; its actions are of the kinds its provider names. */
export interface Place {
  readonly conversation: string
  readonly actions: readonly Action[]
  readonly takesFiles: boolean
  readonly takesNotes: boolean
}

export type Struck = 'reply' | ActionKind

export type RigFault =
  | Exclude<Fault, { kind: 'answer' }>
  | { readonly kind: 'rateLimited'; readonly retryAfter: string | null }
  /** Nothing was done, which such an answer does not say. */
  | { readonly kind: 'status'; readonly status: 449 | 500 | 502 }
