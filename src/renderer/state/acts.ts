import type { Input, Query } from '../../shared/contract/contract.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import { say } from '../../shared/words/words.ts'
import type { Desk } from './desk.ts'
import { failureText } from './failure-text.ts'
import { accountOfRow, isUnread, rowOf } from './selectors.ts'
import type { Dialog, FocusAsk, Toast } from './view.ts'

/** What the agent can do, as plain functions of the desk: buttons, keys and menus all end here. */
export function changeQuery(desk: Desk, patch: Partial<Query>): void {
  const query = { ...desk.view.getState().query, ...patch }
  desk.view.setState({ query, selectedId: null, isDrawerOpen: false })
  void desk.feed.show(query)
}

export function moveSelection(desk: Desk, step: 1 | -1): void {
  const { entries } = desk.mirror.getState().list
  const { selectedId } = desk.view.getState()
  const index = entries.findIndex((entry) => entry.row.id === selectedId)
  const target = index < 0 ? (step === 1 ? 0 : entries.length - 1) : index + step
  const row = entries[Math.max(0, Math.min(entries.length - 1, target))]?.row
  if (row !== undefined) desk.view.setState({ selectedId: row.id })
  askFocus(desk, 'list')
}

export function openConversation(desk: Desk, conversationId: string): void {
  const isOther = desk.view.getState().openId !== conversationId
  const shown = { openId: conversationId, selectedId: conversationId, isDrawerOpen: false, dialog: null }
  desk.view.setState({ ...shown, focusAsk: null })
  if (!isOther) return
  desk.view.setState({ keptUnreadId: null })
  void desk.feed.openThread(conversationId)
}

export function closeConversation(desk: Desk): void {
  desk.view.setState({ openId: null, keptUnreadId: null })
  desk.feed.closeThread()
  askFocus(desk, 'list')
}

export function replyTo(desk: Desk, conversationId: string): void {
  openConversation(desk, conversationId)
  askFocus(desk, 'composer')
}

/** The other way round from how it stands: unread until it is opened again, or read without opening. */
export function toggleUnread(desk: Desk, conversationId: string): void {
  const row = rowOf(desk, conversationId)
  if (row === null) return
  if (isUnread(row)) markRead(desk, conversationId)
  else markUnread(desk, conversationId)
}

/** Resolves, or reopens what is resolved already. */
export function toggleResolved(desk: Desk, conversationId: string): void {
  const row = rowOf(desk, conversationId)
  if (row === null) return
  void (row.status.kind === 'done' ? reopen(desk, conversationId) : resolve(desk, conversationId))
}

export async function resolve(desk: Desk, conversationId: string): Promise<void> {
  const row = rowOf(desk, conversationId)
  const account = row === null ? null : accountOfRow(desk.mirror.getState(), row)
  stepPast(desk, conversationId)
  const isKept = await act(desk, conversationId, 'resolve')
  if (!isKept || row === null) return
  const canReopen = account?.can.reopen ?? false
  toast(desk, {
    title: say('toast.resolved', { name: row.who.name }),
    action: canReopen ? { label: say('act.reopen'), run: () => void reopen(desk, conversationId) } : null,
  })
}

export async function reopen(desk: Desk, conversationId: string): Promise<void> {
  await act(desk, conversationId, 'reopen')
}

export function markUnread(desk: Desk, conversationId: string): void {
  if (desk.view.getState().openId === conversationId) desk.view.setState({ keptUnreadId: conversationId })
  void act(desk, conversationId, 'markUnread')
}

export function markRead(desk: Desk, conversationId: string): void {
  if (desk.view.getState().keptUnreadId === conversationId) desk.view.setState({ keptUnreadId: null })
  void act(desk, conversationId, 'markRead')
}

/** Durable in the engine once it answers true. A refusal is told in a toast. */
export async function act(
  desk: Desk,
  conversationId: string,
  action: Input<'conversation.act'>['action'],
): Promise<boolean> {
  const answer = await desk.bridge.call('conversation.act', { conversationId, action })
  if (!answer.ok) tellFailure(desk, answer.failure)
  return answer.ok
}

export function refresh(desk: Desk): void {
  void desk.bridge.call('inbox.refresh', {}).then((answer) => {
    if (!answer.ok) tellFailure(desk, answer.failure)
  })
}

export function showDialog(desk: Desk, dialog: Dialog | null): void {
  desk.view.setState({ dialog, isDrawerOpen: false })
}

export function askFocus(desk: Desk, target: FocusAsk['target']): void {
  desk.view.setState({ focusAsk: { target } })
}

export function tellFailure(desk: Desk, failure: Failure): void {
  toast(desk, { tone: 'trouble', title: failureText(failure) })
}

/** Shows a toast; one with the words of another replaces it, and only the newest three stay. */
export function toast(desk: Desk, given: Partial<Toast> & Pick<Toast, 'title'>): void {
  const made: Toast = { tone: 'plain', body: null, action: null, ...given, id: nextToastId++ }
  const others = desk.view
    .getState()
    .toasts.filter((each) => each.title !== made.title || each.body !== made.body)
  desk.view.setState({ toasts: [...others, made].slice(-3) })
}

export function dropToast(desk: Desk, id: number): void {
  desk.view.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }))
}

let nextToastId = 1

/** Moves on at once, so that the next key already means the next row; only where the row is about to leave. */
function stepPast(desk: Desk, conversationId: string): void {
  const { query, selectedId } = desk.view.getState()
  if (selectedId !== conversationId || query.view === 'done' || query.find !== null) return
  const { entries } = desk.mirror.getState().list
  const index = entries.findIndex((entry) => entry.row.id === conversationId)
  const heir = entries[index + 1] ?? entries[index - 1]
  if (index >= 0 && heir !== undefined) desk.view.setState({ selectedId: heir.row.id })
}
