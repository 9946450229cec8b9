import { Refusal, type FailureCode } from '../../shared/contract/failure.ts'
import { isDoneAlready, isOfWhatWasSeen, type Action } from '../../shared/domain/action.ts'
import { conflictOf, mayConflict, type Seen } from '../../shared/domain/conflict.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import { keyOf } from '../../shared/domain/ids.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import { ProviderFailure, type Session } from '../providers/provider.ts'
import { doHere, isDoneHere, reopenHere } from './here.ts'
import { fallBack, move, type OutboxDesk } from './outbox-desk.ts'
import { perform } from './outbox-perform.ts'

/** Carries an action out where it is still wanted, as it may leave now: `leave` is the request itself. */
export async function carryOutAction(
  desk: OutboxDesk,
  row: OutboxRow,
  ordered: Action,
  leave: (action: Action) => Promise<void>,
): Promise<void> {
  const { store, resolving } = desk.parts
  // What was done here alone is open again at once; the server has it open already, or is asked as well.
  if (ordered.kind === 'reopen') reopenHere(store, row.conversationId)
  if (isTakenBack(row) || isNeedless(desk, row, ordered)) return dropAction(desk, row)
  const learning = resolving.learn(row.conversationId, ordered)
  if (learning !== null) {
    await learning
    // The agent may have taken it back meanwhile.
    if (desk.signal.aborted || store.outboxRow(row.id)?.state.kind !== row.state.kind) return
  }
  let action: Action
  try {
    action = resolving.answered(row.conversationId, ordered)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, facts } = error.failure
    return move(desk, row, { kind: 'failed', code, reason: JSON.stringify(facts) })
  }
  await leave(action)
}

/** The request of an action, and what its answer brings. Throws ProviderFailure. */
export async function act(desk: OutboxDesk, row: OutboxRow, action: Action, session: Session): Promise<void> {
  const { store, tell } = desk.parts
  if (isDoneHere(session, action)) return actHere(desk, row, action)
  if (await isOvertaken(desk, row, action, session)) return
  const former = store.said(row.conversationId)
  const on = { key: keyOf(row.conversationId), said: former }
  const done = await performed(desk, row, action, () => perform(session, action, on, desk.signal))
  if (done === null) return
  const { conversation, restored } = done
  const change = store.applyRows({ conversations: [conversation], messages: [] })
  store.removeOrder(row.id)
  desk.doubted.delete(row.conversationId)
  tell.moved(row.conversationId, change)
  if (!restored) tell.reopenedToUs(row, former?.assignee?.name ?? '')
}

/** Null where the server said yes and did nothing: then it is done here, and the agent is told so. */
async function performed<T>(
  desk: OutboxDesk,
  row: OutboxRow,
  action: Action,
  request: () => Promise<T>,
): Promise<T | null> {
  try {
    return await request()
  } catch (error) {
    const isNotDone = error instanceof ProviderFailure && error.code === 'notCarriedOut'
    if (!isNotDone || !['resolve', 'snooze'].includes(action.kind)) throw error
    actHere(desk, row, action)
    desk.parts.tell.doneHere(row)
    return null
  }
}

function actHere(desk: OutboxDesk, row: OutboxRow, action: Action): void {
  doHere(desk.parts.store, row, action)
  desk.doubted.delete(row.conversationId)
  dropAction(desk, row)
}

/**
 * Whether it is not to be carried out, for what others did since it was given: it is refused then, or dropped where there is
 * nothing left to do. One that waited long looks first.
 */
async function isOvertaken(
  desk: OutboxDesk,
  row: OutboxRow,
  action: Action,
  session: Session,
): Promise<boolean> {
  const { store, clock, tell } = desk.parts
  const { conversationId: id } = row
  if (!isOfWhatWasSeen(action.kind) && (sawOf(row) === null || !mayConflict(action))) return false
  // Where the clock was turned back, nobody knows how long it waited; after a try that failed our copy is from before it.
  const isLate = Math.abs(clock.now() - row.createdAt) > lateMs || row.attempts > 1
  const now = isLate ? await session.look(keyOf(id), desk.signal) : null
  const change =
    now === null ? null : store.applyRows({ conversations: [now.conversation], messages: now.messages })
  const said = store.said(id)
  const verdict = said === null ? 'carryOut' : verdictOn(row, action, said, { isLate, at: clock.now() })
  if (verdict === 'drop') dropAction(desk, row)
  else if (verdict !== 'carryOut') {
    const { code, facts } = verdict
    fallBack(desk, row, { kind: 'failed', code, reason: JSON.stringify(facts) })
  }
  if (change !== null) tell.moved(id, change)
  return verdict !== 'carryOut'
}

/** `isLate`: `said` was told just now. */
function verdictOn(
  row: OutboxRow,
  action: Action,
  said: Conversation,
  { isLate, at }: { readonly isLate: boolean; readonly at: number },
): 'carryOut' | 'drop' | { readonly code: FailureCode; readonly facts: object } {
  const saw = sawOf(row)
  if (isLate && saw !== null && isDoneAlready(said, action)) return 'drop'
  // Resolved by other hands, with their answers; ours were only asked for to get there.
  if (action.kind === 'resolve' && said.status.kind === 'done' && saw !== null && saw.status.kind !== 'done')
    return 'drop'
  const wroteSince = (said.lastTheirsAt ?? -Infinity) > (row.order.seenAt ?? -Infinity)
  if (isOfWhatWasSeen(action.kind) && wroteSince)
    return action.kind === 'markRead' ? 'drop' : { code: 'wroteSince', facts: {} }
  return (saw === null ? null : conflictOf(action, saw, said, at)) ?? 'carryOut'
}

function sawOf({ order }: OutboxRow): Seen | null {
  return (order.kind === 'action' ? order.saw : null) ?? null
}

function isTakenBack({ order }: OutboxRow): boolean {
  return order.kind === 'action' && order.isBack === true
}

/** After so long a customer may well have written, and the pull that would tell is no further than we are. */
const lateMs = 60_000

/**
 * Whether the server has it so by itself. Our copy shows that where it was told after the order was given; one from before
 * says nothing of what colleagues changed since. It is enough only where a second time could do harm: to reopen what a
 * colleague resolved, to resolve what the customer wrote since, to mark it read.
 */
function isNeedless(desk: OutboxDesk, row: OutboxRow, action: Action): boolean {
  const said = desk.parts.store.said(row.conversationId)
  if (said === null || desk.doubted.has(row.conversationId) || !isDoneAlready(said, action)) return false
  const isToldSince = (desk.parts.toldAt(row.accountId) ?? -Infinity) >= row.createdAt
  return isToldSince || ['resolve', 'reopen', 'markRead'].includes(action.kind)
}

function dropAction(desk: OutboxDesk, row: OutboxRow): void {
  desk.parts.store.removeOrder(row.id)
  desk.parts.tell.moved(row.conversationId, null)
}
