import { useState } from 'react'
import type { AccountRow, ConversationRow, DirectoryRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { accountOfRow, directoryOf, rowsOf } from '../../state/selectors.ts'
import { useDirectory } from '../../state/use-directory.ts'
import type { Picker } from '../../state/view.ts'

/** What a picker for conversations works on: as they were when it opened, so that nothing moves under the hand. */
export function useTargets(picker: ConversationPicker): Targets {
  const desk = useDesk()
  const [rows] = useState(() => rowsOf(desk, picker.conversationIds))
  const ids = [...new Set(rows.map((row) => row.accountId))]
  const accountId = ids.length === 1 ? (ids[0] ?? null) : null
  const account = useMirror((mirror) => (accountId === null ? null : accountOfRow(mirror, { accountId })))
  const { directory, phase, failure } = useDirectory(accountId)
  // One account's news come in while the list is open; what several share is as it was at the start.
  const [held] = useState(() => ids.map((id) => directoryOf(desk.mirror.getState(), id)))
  const directories = accountId === null ? held : [directory]
  const [standing] = useState(() => defaultAnchor(picker))
  return {
    rows,
    ids: rows.map((row) => row.id),
    accountIds: ids,
    account,
    directory,
    labels: sharedLabels(directories),
    failure: directory === null ? failure : null,
    isReading: accountId !== null && phase === 'loading' && directory === null,
    anchor: hasPlace(picker.anchor) ? picker.anchor : standing,
  }
}

export type ConversationPicker = Extract<Picker, { conversationIds: unknown }>

export interface Targets {
  readonly rows: readonly ConversationRow[]
  readonly ids: readonly string[]
  readonly accountIds: readonly string[]
  /** Their account, null when they are from several. */
  readonly account: AccountRow | null
  readonly directory: DirectoryRow | null
  /** Those that every one of their accounts has. */
  readonly labels: DirectoryRow['labels']
  /** Why nothing is known of what could be picked. */
  readonly failure: Failure | null
  readonly isReading: boolean
  readonly anchor: Element | null
}

/** What all have in common, or undefined. */
export function sameOf<T>(rows: readonly ConversationRow[], of: (row: ConversationRow) => T): T | undefined {
  const [first, ...rest] = rows.map(of)
  return rest.every((each) => each === first) ? first : undefined
}

function sharedLabels(directories: readonly (DirectoryRow | null)[]): DirectoryRow['labels'] {
  const [first, ...rest] = directories
  const isShared = (title: string): boolean =>
    rest.every((other) => other?.labels.some((label) => label.title === title) === true)
  return (first?.labels ?? []).filter(({ title }) => isShared(title))
}

/** Opened by key: beside the button that does the same in the head of the thread or the bar of the ticked, else on the row. */
function defaultAnchor(picker: ConversationPicker): Element | null {
  const [id] = picker.conversationIds
  if (id === undefined) return null
  const isMany = picker.conversationIds.length > 1
  const scope = isMany ? '.bulk' : `[data-thread="${CSS.escape(id)}"]`
  const candidates = [
    document.querySelector(`${scope} [data-opens="${picker.kind}"]`),
    document.querySelector(`${scope} [data-opens="more"]`),
    document.getElementById(`row-${id}`)?.querySelector('.row-words'),
  ]
  return candidates.find(hasPlace) ?? null
}

function hasPlace(element: Element | null | undefined): element is Element {
  return element !== null && element !== undefined && element.getBoundingClientRect().width > 0
}
