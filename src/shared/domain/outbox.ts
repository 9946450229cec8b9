import type { Action } from './action.ts'
import type { Seen } from './conflict.ts'
import type { AccountId, ConversationId, OutboxId } from './ids.ts'
import type { Reply } from './reply.ts'

/**
 * A reply or an action is a row before it is a request.
 *
 *   held --taken back--> (row deleted; words go back to their draft)
 *   held --its time is over, first of its conversation--> sending
 *   queued --due, first of its conversation--> sending (preparing), and once a byte of it may leave, sending
 *   sending --acknowledged--> sent            sending --never left, or 429--> queued (notBefore)
 *   sending --refused--> failed (reason)      sending --no clear answer, or found at start--> unsure
 *   sending (preparing) --found at start--> queued
 *   unsure --found--> sent                    unsure --absent or unknowable--> unsure, asking the agent
 *   failed | unsure --send again--> queued    failed | unsure --discard--> (row deleted)
 */
export interface OutboxRow {
  readonly id: OutboxId
  readonly accountId: AccountId
  readonly conversationId: ConversationId
  readonly order: OutboxOrder
  readonly state: OutboxState
  readonly createdAt: number
  readonly attempts: number
}

/**
 * `seenAt` is the newest message of theirs the agent could see when the order was given (the server's clock, epoch ms):
 * what came after it was neither read nor answered by this order, however our own clock is set.
 */
export type OutboxOrder =
  | ({ readonly kind: 'reply'; readonly seenAt: number | null } & Reply)
  | {
      readonly kind: 'action'
      readonly action: Action
      readonly seenAt: number | null
      /** What the agent saw of what it sets. Orders from before that was kept lack it, and are carried out unseen. */
      readonly saw?: Seen
      /** It only takes back orders that never left: nothing has to leave at all. */
      readonly isBack?: boolean
    }

export type OutboxState =
  /** Kept, and nothing leaves before `until` (epoch ms): so long it can be taken back. */
  | { readonly kind: 'held'; readonly until: number }
  /** `why` is what kept it here the last time; rows that were never tried lack it. */
  | { readonly kind: 'queued'; readonly notBefore: number | null; readonly why?: WaitReason }
  /**
   * `startedAt` is when it was taken up; kept so the answer can be looked for later. While `isPreparing` surely not one
   * byte of it has left; rows from before that was kept lack it.
   */
  | { readonly kind: 'sending'; readonly startedAt: number; readonly isPreparing?: boolean }
  | { readonly kind: 'sent'; readonly at: number; readonly remoteKey: string | null }
  | { readonly kind: 'failed'; readonly reason: string; readonly code: string }
  /** The request left and no clear answer came. `asked` once looking it up could not settle it. */
  | {
      readonly kind: 'unsure'
      readonly startedAt: number
      readonly asked: boolean
      readonly finding: Finding | null
    }

/** What passes by itself: no way to the server, a server in trouble, a server that asks for a pause. */
export type WaitReason = 'network' | 'busy' | 'limited'

/** What looking up an unsure reply at the server said. */
export type Finding = 'found' | 'absent' | 'unknowable'

/**
 * A reply (or a note) that failed or whose fate is unknown holds back all that was ordered after it in its conversation;
 * an action in that state holds back nothing. `open` is one conversation's, oldest first.
 */
export function blockOf(open: readonly OutboxRow[]): Block | null {
  const at = open.findIndex(({ order, state }) => order.kind === 'reply' || !isStopped(state))
  const head = open[at]
  if (head === undefined || !isStopped(head.state)) return null
  return { head, waiting: open.slice(at + 1).filter(({ state }) => !isStopped(state)) }
}

export interface Block {
  readonly head: OutboxRow
  readonly waiting: readonly OutboxRow[]
}

function isStopped({ kind }: OutboxState): boolean {
  return kind === 'failed' || kind === 'unsure'
}

/** No order waits longer than this by itself. */
export const longestWaitMs = 3_600_000

/** Nor is any held longer, so that it can be taken back. */
export const longestHoldMs = 60_000

/** Whether a wait is over. A moment further ahead than any wait is from before the clock was turned back. */
export function isWaitOver(until: number, now: number, longestMs = longestWaitMs): boolean {
  return until <= now || until > now + longestMs
}
