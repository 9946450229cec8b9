import type { CrashOrder } from './crash-orders.ts'
import type { OpenOrder } from './judge.ts'

/** What the process to be killed is told at its start. */
export interface ChildBrief {
  readonly folder: string
  /** Of the run's clock, epoch ms. */
  readonly startedAt: number
  readonly provider: string
  readonly fields: Readonly<Record<string, string>>
  readonly accountKey: string
  /** What was not acknowledged yet. */
  readonly orders: readonly { readonly index: number; readonly order: CrashOrder }[]
  /** The step, by the name it has in boundaries.ts, and the how many-eth of its kind. */
  readonly dieAt: { readonly step: string; readonly nth: number } | null
  /** Steps count from the first line on, or else only once the conversations are there. */
  readonly isArmedFromStart: boolean
  /** What the agent says of replies that ask: look once more, or send again. */
  readonly decided: readonly { readonly outboxId: string; readonly say: 'check' | 'sendAgain' }[]
}

/** What it tells. */
export type Told =
  /** The order was answered: from here on it is promised. */
  | { readonly kind: 'kept'; readonly index: number }
  | { readonly kind: 'allKept' }
  | { readonly kind: 'open'; readonly orders: readonly OpenOrder[] }
  | { readonly kind: 'broke'; readonly what: string }
