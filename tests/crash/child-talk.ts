import type { CrashOrder } from './crash-orders.ts'
import type { OpenOrder } from './judge.ts'
import type { Rig } from './rig.ts'

/** What the process to be killed is told at its start. */
export interface ChildBrief {
  readonly folder: string
  /** Of the run's clock, epoch ms. */
  readonly startedAt: number
  readonly signIn: Rig['signIn']
  /** What was not acknowledged yet. */
  readonly orders: readonly GivenOrder[]
  /** The step, by the name it has in boundaries.ts, and the how many-eth of its kind. */
  readonly dieAt: { readonly step: string; readonly nth: number } | null
  /** Steps count from the first line on, or else only once the conversations are there. */
  readonly isArmedFromStart: boolean
  /** What the agent says of replies that ask: look once more, or send again. */
  readonly decided: readonly { readonly outboxId: string; readonly say: 'check' | 'sendAgain' }[]
}

export interface GivenOrder {
  readonly index: number
  readonly order: CrashOrder
  /** A process before this one said that its words, and its file, are kept. */
  readonly isTyped: boolean
}

/** What it tells. */
export type Told =
  /** How many replies it found under way when it started. */
  | { readonly kind: 'found'; readonly underWay: number }
  /** Its words are kept in their draft: from here on they are promised. */
  | { readonly kind: 'typed'; readonly index: number }
  /** The order was answered: from here on it is promised. */
  | { readonly kind: 'kept'; readonly index: number }
  /** Its words are neither in the draft nor in an order; or in both, from where an agent would send them twice. */
  | { readonly kind: 'words'; readonly index: number; readonly are: 'gone' | 'twice' }
  | { readonly kind: 'allKept' }
  | { readonly kind: 'open'; readonly orders: readonly OpenOrder[] }
  | { readonly kind: 'broke'; readonly what: string }
