import type { ActionOrder, ConversationRow } from '../../shared/contract/contract.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import { orderName, type DoneName, type Named } from '../../shared/domain/order-name.ts'
import { say } from '../../shared/words/words.ts'
import { showDialog, tellFailure, toast } from './acts.ts'
import type { Desk } from './desk.ts'
import { failureText } from './failure-text.ts'
import { accountOfRow, accountsOfRows, canReopen, rowOf, rowsOf } from './selectors.ts'
import { offerUndo } from './undo.ts'
import type { Undoable } from './undoable.ts'

/** Resolves, or reopens what is resolved already. */
export function toggleResolved(desk: Desk, conversationId: string): void {
  const row = rowOf(desk, conversationId)
  if (row === null) return
  void (row.status.kind === 'done' ? reopen(desk, conversationId) : resolve(desk, conversationId))
}

export async function resolve(desk: Desk, conversationId: string): Promise<void> {
  await order(desk, [conversationId], { kind: 'resolve', answers: {} })
}

export async function reopen(desk: Desk, conversationId: string): Promise<void> {
  await order(desk, [conversationId], { kind: 'reopen' })
}

/**
 * Gives one order for one conversation or for many. Durable in the engine once it answers true; what asks for answers
 * opens the sheet for them, what is refused is told with its reason, and what went away is told with the way back.
 */
export async function order(
  desk: Desk,
  conversationIds: readonly string[],
  action: ActionOrder,
): Promise<boolean> {
  const [conversationId] = conversationIds
  if (conversationId === undefined) return false
  return conversationIds.length === 1
    ? await orderOne(desk, conversationId, action)
    : await orderMany(desk, conversationIds, action)
}

async function orderOne(desk: Desk, conversationId: string, action: ActionOrder): Promise<boolean> {
  const row = rowOf(desk, conversationId)
  if (leaves(action)) stepPast(desk, conversationId)
  const answer = await desk.bridge.call('conversation.act', { conversationId, action })
  if (answer.ok) {
    if (row !== null) tellDone(desk, row, action, held(answer.value))
    return true
  }
  if (answer.failure.code === 'needsAnswers' && action.kind === 'resolve') {
    askForAnswers(desk, [conversationId])
  } else tellFailure(desk, answer.failure)
  return false
}

async function orderMany(
  desk: Desk,
  conversationIds: readonly string[],
  action: ActionOrder,
): Promise<boolean> {
  const accounts = accountsOfRows(desk.mirror.getState(), rowsOf(desk, conversationIds))
  const named = accounts.map((each) => each.named)
  const answer = await desk.bridge.call('inbox.act', { conversationIds: [...conversationIds], action })
  if (!answer.ok) {
    tellFailure(desk, answer.failure)
    return false
  }
  const { kept, asks, refused, outboxIds, undoUntil } = answer.value
  if (leaves(action)) uncheckAll(desk)
  if (asks.length > 0) askForAnswers(desk, asks)
  const title = say(`did.${orderName(action.kind, named)}`, { count: kept })
  if (kept > 0 && undoUntil !== null) offerUndo(desk, title, { outboxIds, until: undoUntil, reply: null })
  else if (kept > 0) toast(desk, { title, body: askBody(asks.length) })
  for (const [why, count] of reasonsOf(refused.map((each) => each.failure)))
    toast(desk, { tone: 'trouble', title: say('did.refused', { count }), body: why })
  return refused.length === 0
}

/** Opens the sheet that asks, in turn, for what these need before they can be resolved. */
export function askForAnswers(
  desk: Desk,
  conversationIds: readonly string[],
  why: 'needed' | 'free' = 'needed',
): void {
  showDialog(desk, { kind: 'resolve', conversationIds, why })
}

export function uncheckAll(desk: Desk): void {
  desk.view.setState({ checked: new Set(), checkedFrom: null })
}

/** What can be taken back is told with the way back; else only where the row may go away: what stays shows it itself. */
export function tellDone(
  desk: Desk,
  row: ConversationRow,
  action: ActionOrder,
  undoable: Undoable | null,
): void {
  const account = accountOfRow(desk.mirror.getState(), row)
  const named = account === null ? [] : [account.named]
  if (!leaves(action)) {
    const title = say(`did.${orderName(action.kind, named)}`, { count: 1 })
    return undoable === null ? undefined : offerUndo(desk, title, undoable)
  }
  const title = say(`toast.${leavingName(action.kind, named)}`, { name: row.who.name })
  if (undoable !== null) return offerUndo(desk, title, undoable)
  const isHere = isOnlyHere(action.kind, named)
  const isWayBack = canReopen(account, { isLocal: isHere }) && action.kind !== 'mute'
  toast(desk, {
    title,
    body: action.kind === 'resolve' && !isWayBack ? say('toast.onlyTheyReopen') : null,
    action: isWayBack ? { label: say('act.reopen'), run: () => void reopen(desk, row.id) } : null,
  })
}

/** What was just done, where the conversation goes out of sight with it. */
function leavingName(
  kind: Leaving['kind'],
  named: readonly Named[],
): DoneName | Named['snooze'] | 'pend' | 'mute' {
  switch (kind) {
    case 'resolve':
      return orderName(kind, named)
    case 'snooze':
      return orderName(kind, named)
    case 'pend':
    case 'mute':
      return kind
  }
}

function isOnlyHere(kind: Leaving['kind'], named: readonly Named[]): boolean {
  const name = leavingName(kind, named)
  return name === 'resolveHere' || name === 'snoozeHere'
}

/** What an order that was kept leaves to take back. */
export function held({
  outboxId,
  undoUntil,
}: {
  outboxId: string
  undoUntil: number | null
}): Undoable | null {
  return undoUntil === null ? null : { outboxIds: [outboxId], until: undoUntil, reply: null }
}

type Leaving = Extract<ActionOrder, { kind: 'resolve' | 'snooze' | 'pend' | 'mute' }>

/** Orders after which a conversation is out of the open lists. */
function leaves(action: ActionOrder): action is Leaving {
  switch (action.kind) {
    case 'resolve':
    case 'snooze':
    case 'pend':
    case 'mute':
      return true
    case 'reopen':
    case 'assign':
    case 'assignTeam':
    case 'label':
    case 'prioritise':
    case 'unmute':
    case 'markRead':
    case 'markUnread':
      return false
  }
}

/** Moves on at once, so that the next key already means the next row; only where the row is about to leave. */
function stepPast(desk: Desk, conversationId: string): void {
  const { query, selectedId } = desk.view.getState()
  const isLeaving = query.find === null && query.folder === null && query.terms === null
  const isOpenList = query.view !== 'done' && query.view !== 'snoozed' && query.view !== 'pending'
  if (selectedId !== conversationId || !isLeaving || !isOpenList) return
  const { entries } = desk.mirror.getState().list
  const index = entries.findIndex((entry) => entry.row.id === conversationId)
  const heir = entries[index + 1] ?? entries[index - 1]
  if (index >= 0 && heir !== undefined) desk.view.setState({ selectedId: heir.row.id })
}

function askBody(count: number): string | null {
  return count === 0 ? null : say('did.asks', { count })
}

/** Each sentence once, with how many it holds for. */
function reasonsOf(failures: readonly Failure[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const failure of failures) {
    const why = failureText(failure)
    counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  return counts
}
