import type { ActionOrder, Query } from '../../shared/contract/contract.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import type { Desk } from './desk.ts'
import { failureText } from './failure-text.ts'
import { isServersList } from './list-window.ts'
import { isUnread, rowOf } from './selectors.ts'
import type { Dialog, FocusAsk, Picker, Toast } from './view.ts'

/** What the agent can do, as plain functions of the desk: buttons, keys and menus all end here. */
export function changeQuery(desk: Desk, patch: Partial<Query>): void {
  const { query: before } = desk.view.getState()
  // A folder belongs to its account, and a view or a search leads out of it.
  const leaves = 'view' in patch || 'accountId' in patch || (patch.find ?? null) !== null
  const query = { ...before, ...(leaves ? { folder: null, terms: null } : {}), ...patch }
  desk.view.setState({
    query,
    selectedId: null,
    isDrawerOpen: false,
    checked: new Set(),
    checkedFrom: null,
  })
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

export function markUnread(desk: Desk, conversationId: string): void {
  if (desk.view.getState().openId === conversationId) desk.view.setState({ keptUnreadId: conversationId })
  void act(desk, conversationId, { kind: 'markUnread' })
}

export function markRead(desk: Desk, conversationId: string): void {
  if (desk.view.getState().keptUnreadId === conversationId) desk.view.setState({ keptUnreadId: null })
  void act(desk, conversationId, { kind: 'markRead' })
}

/** Durable in the engine once it answers true. A refusal is told in a toast. */
export async function act(desk: Desk, conversationId: string, action: ActionOrder): Promise<boolean> {
  const answer = await desk.bridge.call('conversation.act', { conversationId, action })
  if (!answer.ok) tellFailure(desk, answer.failure)
  return answer.ok
}

export function refresh(desk: Desk): void {
  // A server's list changes there, and only asking tells.
  const { list } = desk.mirror.getState()
  if (isServersList(list.query) && list.phase !== 'loading') void desk.feed.readAgain()
  void desk.bridge.call('inbox.refresh', {}).then((answer) => {
    if (!answer.ok) tellFailure(desk, answer.failure)
  })
}

export function showDialog(desk: Desk, dialog: Dialog | null): void {
  desk.view.setState({ dialog, isDrawerOpen: false })
}

export function showPicker(desk: Desk, picker: Picker | null): void {
  desk.view.setState({ picker })
}

export function askFocus(desk: Desk, target: FocusAsk['target']): void {
  desk.view.setState({ focusAsk: { target } })
}

export function tellFailure(desk: Desk, failure: Failure): void {
  toast(desk, { tone: 'trouble', title: failureText(failure) })
}

/** Shows a toast; one with the words of another replaces it, and only the newest three stay. */
export function toast(desk: Desk, given: Partial<Toast> & Pick<Toast, 'title'>): void {
  const made: Toast = { tone: 'plain', body: null, action: null, until: null, ...given, id: nextToastId++ }
  const others = desk.view
    .getState()
    .toasts.filter((each) => each.title !== made.title || each.body !== made.body)
  desk.view.setState({ toasts: [...others, made].slice(-3) })
}

export function dropToast(desk: Desk, id: number): void {
  desk.view.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }))
}

let nextToastId = 1
