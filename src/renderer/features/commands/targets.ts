import type { AccountRow, ConversationRow } from '../../../shared/contract/contract.ts'
import { accountOfRow, rowsOf } from '../../state/selectors.ts'
import type { Where } from './command.ts'

/** The conversations a command acts on: those a menu was opened for, the ticked ones, the open one, the selected one. */
export function targetsOf(at: Where): readonly string[] {
  if (at.targets !== undefined) return at.targets
  const { openId, selectedId, checked } = at.desk.view.getState()
  if (isIn(at.focused, 'thread')) return openId === null ? [] : [openId]
  if (checked.size > 0) return [...checked]
  const target = selectedId ?? openId
  return target === null ? [] : [target]
}

/** Whether every conversation is held and its account and state allow it; false where there is none. */
export function allows(
  at: Where,
  allow: (account: AccountRow, row: ConversationRow) => boolean,
  most = Infinity,
): boolean {
  const ids = targetsOf(at)
  if (ids.length === 0 || ids.length > most) return false
  const mirror = at.desk.mirror.getState()
  const rows = rowsOf(at.desk, ids)
  return (
    rows.length === ids.length &&
    rows.every((row) => {
      const account = accountOfRow(mirror, row)
      return account !== null && allow(account, row)
    })
  )
}

/** The only conversation meant, or null. */
export function onlyTarget(at: Where): string | null {
  const ids = targetsOf(at)
  return ids.length === 1 ? (ids[0] ?? null) : null
}

export function isIn(focused: Element | null, pane: 'list' | 'thread'): boolean {
  return focused !== null && focused.closest(`[data-pane="${pane}"]`) !== null
}
