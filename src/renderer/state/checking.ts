import { moveSelection } from './acts.ts'
import type { Desk } from './desk.ts'

/** Ticking conversations for one order to many. Only what the list holds can be ticked, and nothing outlives it. */
export function toggleChecked(desk: Desk, conversationId: string): void {
  const checked = new Set(desk.view.getState().checked)
  if (!checked.delete(conversationId)) checked.add(conversationId)
  desk.view.setState({ checked, checkedFrom: conversationId })
}

/** Everything between the row ticked last and this one. */
export function checkThrough(desk: Desk, conversationId: string): void {
  const { checked, checkedFrom, selectedId } = desk.view.getState()
  const ids = heldIds(desk)
  const from = ids.indexOf(checkedFrom ?? selectedId ?? conversationId)
  const to = ids.indexOf(conversationId)
  if (to < 0) return
  const start = from < 0 ? to : from
  const range = ids.slice(Math.min(start, to), Math.max(start, to) + 1)
  desk.view.setState({
    checked: new Set([...checked, ...range]),
    checkedFrom: ids[start] ?? conversationId,
    selectedId: conversationId,
  })
}

/** One row further, ticking both; going back over ticked rows unticks them again. */
export function extendChecked(desk: Desk, step: 1 | -1): void {
  const before = desk.view.getState()
  const { selectedId } = before
  moveSelection(desk, step)
  const reached = desk.view.getState().selectedId
  if (selectedId === null || reached === null) return
  const checked = new Set(before.checked)
  const isGoingBack = checked.has(reached) && checked.has(selectedId) && before.checkedFrom !== selectedId
  if (isGoingBack) checked.delete(selectedId)
  else checked.add(selectedId).add(reached)
  desk.view.setState({ checked, checkedFrom: before.checkedFrom ?? selectedId })
}

export function checkAllHeld(desk: Desk): void {
  desk.view.setState({ checked: new Set(heldIds(desk).slice(0, mostAtOnce)), checkedFrom: null })
}

/** As many as one order takes. */
const mostAtOnce = 500

function heldIds(desk: Desk): readonly string[] {
  return desk.mirror.getState().list.entries.map((entry) => entry.row.id)
}
