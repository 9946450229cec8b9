import { replaces, type Action } from '../../shared/domain/action.ts'
import { messageId, type AccountId, type ConversationId, type OutboxId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import {
  longestWaitMs,
  type OutboxRow,
  type OutboxState,
  type WaitReason,
} from '../../shared/domain/outbox.ts'
import type { Clock } from '../ports/clock.ts'
import type { ProviderFailure, Session } from '../providers/provider.ts'
import type { Gate } from './gate.ts'
import type { ChangeSet, Store } from '../store/store.ts'

/** What the outbox keeps in mind while it runs; everything that must survive is a row. */
export interface OutboxDesk {
  readonly parts: OutboxParts
  readonly signal: AbortSignal
  /** Rows being sent right now, with their conversation, by account. */
  readonly busy: Map<AccountId, Set<ConversationId>>
  readonly lookups: Map<OutboxId, () => void>
  readonly running: Set<Promise<void>>
  /** When rows that wait are due, elapsed ms: their own moment is of the wall clock, which may be turned back. */
  readonly due: Map<OutboxId, number>
  /** Where an action may have been done without our having heard of it: what we hold of them is not their state. */
  readonly doubted: Set<ConversationId>
  readonly pump: () => void
}

export interface OutboxParts {
  readonly store: Store
  readonly clock: Clock
  readonly random: () => number
  readonly gate: Gate
  /** The open session of an account, or null while it is locked. */
  readonly session: (id: AccountId) => Session | null
  /** When an account was last heard out, our clock, epoch ms; null before the first time. */
  readonly toldAt: (id: AccountId) => number | null
  /** Resolving may want to know more first. */
  readonly resolving: {
    /** Until it is known what is wanted, or cannot be; null where it is. */
    learn(id: ConversationId, action: Action): Promise<void> | null
    /** The order as it may leave. Throws Refusal where something is not answered. */
    answered(id: ConversationId, action: Action): Action
  }
  readonly tell: OutboxListener
}

export interface OutboxListener {
  /** The rows shown of this conversation changed; `change` is what the server's answer brought. */
  moved(id: ConversationId, change: ChangeSet | null): void
  locked(id: AccountId, failure: ProviderFailure): void
  reopenedToUs(row: OutboxRow, formerAssignee: string): void
  sentAfterAll(row: OutboxRow): void
  /** The server has no part for it, or only said so: it is done on this computer. */
  doneHere(row: OutboxRow): void
  broke(error: unknown): void
}

/** The cache first, then the desk: a crash between leaves `sending`, which is looked for and found. */
export function markSent(desk: OutboxDesk, row: OutboxRow, message: Message): void {
  const { store, clock } = desk.parts
  const own = { ...message, ownId: row.id, id: messageId(row.conversationId, message.key) }
  const change = store.applyRows({ conversations: [], messages: [own] })
  store.moveOrder(row.id, { kind: 'sent', at: clock.now(), remoteKey: message.key }, row.attempts)
  desk.parts.tell.moved(row.conversationId, change)
  desk.pump()
}

export function move(desk: OutboxDesk, row: OutboxRow, state: OutboxState): void {
  desk.parts.store.moveOrder(row.id, state, row.attempts)
  desk.parts.tell.moved(row.conversationId, null)
}

/** Back in the queue, or refused: an action which a later order replaces by now is not wanted any more. */
export function fallBack(desk: OutboxDesk, row: OutboxRow, state: OutboxState): void {
  if (!isOvertaken(desk, row)) return move(desk, row, state)
  desk.parts.store.removeOrder(row.id)
  desk.parts.tell.moved(row.conversationId, null)
}

/** Back in the queue for a while, however the wall clock is set meanwhile. */
export function putOff(desk: OutboxDesk, row: OutboxRow, delayMs: number, why?: WaitReason): void {
  const { clock } = desk.parts
  desk.due.set(row.id, clock.elapsed() + delayMs)
  // A moment further ahead than any wait counts as over already, once a restart has forgotten the rest.
  const notBefore = clock.now() + Math.min(delayMs, longestWaitMs)
  fallBack(desk, row, { kind: 'queued', notBefore, ...(why === undefined ? {} : { why }) })
}

/** Rows whose time has passed though the wall clock says otherwise. Returns until the next one's, ms. */
export function ripen(desk: OutboxDesk): number {
  const { store, clock } = desk.parts
  const now = clock.elapsed()
  for (const [id, at] of desk.due) {
    if (at > now) continue
    desk.due.delete(id)
    const row = store.outboxRow(id)
    if (row?.state.kind !== 'queued' || row.state.notBefore === null) continue
    if (row.state.notBefore > clock.now())
      store.moveOrder(id, { kind: 'queued', notBefore: null }, row.attempts)
  }
  return Math.min(Infinity, ...desk.due.values()) - now
}

function isOvertaken(desk: OutboxDesk, { id, conversationId, order }: OutboxRow): boolean {
  if (order.kind !== 'action') return false
  const open = desk.parts.store.openOrders(conversationId)
  const behind = open.slice(open.findIndex((each) => each.id === id) + 1)
  return behind.some((each) => each.order.kind === 'action' && replaces(each.order.action, order.action))
}
