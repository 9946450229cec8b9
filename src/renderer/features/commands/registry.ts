import { views, type View } from '../../../shared/domain/view.ts'
import type { WordKey } from '../../../shared/words/words.ts'
import {
  askFocus,
  changeQuery,
  closeConversation,
  moveSelection,
  openConversation,
  refresh,
  replyTo,
  showDialog,
  toggleUnread,
} from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { toggleResolved } from '../../state/orders.ts'
import { accountOfRow, rowOf } from '../../state/selectors.ts'
import { keyName } from './key-name.ts'

/** Everything the keys can do. Keys, the hints on buttons and the help sheet all read this one list. */
export const commands: readonly Command[] = [
  {
    id: 'next',
    word: 'command.next',
    group: 'move',
    keys: ['j', 'ArrowDown'],
    when: mayMove,
    run: ({ desk }) => moveSelection(desk, 1),
  },
  {
    id: 'previous',
    word: 'command.previous',
    group: 'move',
    keys: ['k', 'ArrowUp'],
    when: mayMove,
    run: ({ desk }) => moveSelection(desk, -1),
  },
  { id: 'open', word: 'command.open', group: 'move', keys: ['Enter'], when: mayOpen, run: openSelected },
  {
    id: 'back',
    word: 'command.back',
    group: 'move',
    keys: ['Escape'],
    whileTyping: true,
    when: () => true,
    run: goBack,
  },
  {
    id: 'reply',
    word: 'command.reply',
    group: 'act',
    keys: ['r'],
    when: hasTarget,
    run: (at) => onTarget(at, replyTo),
  },
  {
    id: 'send',
    word: 'command.send',
    group: 'act',
    keys: ['Mod+Enter'],
    whileTyping: true,
    when: isWriting,
    run: submit,
  },
  {
    id: 'resolve',
    word: 'command.resolve',
    group: 'act',
    keys: ['e'],
    when: mayResolve,
    run: (at) => onTarget(at, toggleResolved),
  },
  {
    id: 'unread',
    word: 'command.unread',
    group: 'act',
    keys: ['u'],
    when: mayMark,
    run: (at) => onTarget(at, toggleUnread),
  },
  {
    id: 'find',
    word: 'command.find',
    group: 'list',
    keys: ['/'],
    when: hasAccounts,
    run: ({ desk }) => askFocus(desk, 'find'),
  },
  {
    id: 'sort',
    word: 'command.sort',
    group: 'list',
    keys: ['s'],
    when: hasAccounts,
    run: ({ desk }) => toggleSort(desk),
  },
  {
    id: 'refresh',
    word: 'command.refresh',
    group: 'list',
    keys: ['.'],
    when: hasAccounts,
    run: ({ desk }) => refresh(desk),
  },
  ...views.map((view, index) => viewCommand(view, String(index + 1))),
  {
    id: 'help',
    word: 'command.help',
    group: 'window',
    keys: ['?'],
    when: () => true,
    run: ({ desk }) => showDialog(desk, { kind: 'help' }),
  },
  {
    id: 'settings',
    word: 'command.settings',
    group: 'window',
    keys: ['Mod+,'],
    when: () => true,
    run: ({ desk }) => showDialog(desk, { kind: 'settings' }),
  },
]

export interface Command {
  readonly id: CommandId
  readonly word: WordKey
  readonly group: 'move' | 'act' | 'list' | 'view' | 'window'
  /** As `KeyboardEvent.key`; `Mod` is the platform's own command key. */
  readonly keys: readonly [string, ...string[]]
  readonly whileTyping?: boolean
  readonly when: (at: Where) => boolean
  readonly run: (at: Where) => void
}

export type CommandId =
  | 'next'
  | 'previous'
  | 'open'
  | 'back'
  | 'reply'
  | 'send'
  | 'resolve'
  | 'unread'
  | 'find'
  | 'sort'
  | 'refresh'
  | 'help'
  | 'settings'
  | `view.${View}`

/** Where the keys go right now. */
export interface Where {
  readonly desk: Desk
  readonly focused: Element | null
}

/** The first key of a command, as printed on a keyboard. */
export function keyHint(id: CommandId): string {
  const command = commands.find((each) => each.id === id)
  return command === undefined ? '' : keyName(command.keys[0])
}

export function toggleSort(desk: Desk): void {
  const { sort } = desk.view.getState().query
  changeQuery(desk, { sort: sort === 'newest' ? 'longestWait' : 'newest' })
}

function viewCommand(view: View, key: string): Command {
  return {
    id: `view.${view}`,
    word: `view.${view}`,
    group: 'view',
    keys: [key],
    when: hasAccounts,
    run: ({ desk }) => changeQuery(desk, { view, find: null }),
  }
}

/** The conversation the keys act on: the open one while the focus is in its thread, else the selected row. */
function targetOf({ desk, focused }: Where): string | null {
  const { openId, selectedId } = desk.view.getState()
  return isIn(focused, 'thread') ? openId : (selectedId ?? openId)
}

function onTarget(at: Where, run: (desk: Desk, conversationId: string) => void): void {
  const target = targetOf(at)
  if (target !== null) run(at.desk, target)
}

function hasTarget(at: Where): boolean {
  return targetOf(at) !== null
}

function can(
  at: Where,
  allows: (
    can: { resolve: boolean; reopen: boolean; markRead: boolean; markUnread: boolean },
    isDone: boolean,
  ) => boolean,
): boolean {
  const target = targetOf(at)
  const row = target === null ? null : rowOf(at.desk, target)
  const account = row === null ? null : accountOfRow(at.desk.mirror.getState(), row)
  return row !== null && account !== null && allows(account.can, row.status.kind === 'done')
}

function mayResolve(at: Where): boolean {
  return can(at, (can, isDone) => (isDone ? can.reopen : can.resolve))
}

function mayMark(at: Where): boolean {
  return can(at, (can) => can.markRead || can.markUnread)
}

function hasAccounts({ desk }: Where): boolean {
  return (desk.mirror.getState().desk?.accounts.length ?? 0) > 0
}

/** Arrows scroll a thread that has the focus; the letters always move the selection. */
function mayMove({ desk }: Where): boolean {
  return desk.mirror.getState().list.entries.length > 0
}

function mayOpen({ desk, focused }: Where): boolean {
  const isFree = focused === null || focused === document.body || focused.matches('[role="grid"]')
  return isFree && desk.view.getState().selectedId !== null
}

function openSelected({ desk }: Where): void {
  const { selectedId } = desk.view.getState()
  if (selectedId === null) return
  openConversation(desk, selectedId)
  askFocus(desk, 'thread')
}

/** One step out: from the search to the list, from writing to reading, from the thread to the list. */
function goBack({ desk, focused }: Where): void {
  const { isDrawerOpen, openId, query } = desk.view.getState()
  if (isDrawerOpen) desk.view.setState({ isDrawerOpen: false })
  else if (focused?.matches('input[type="search"]') === true) leaveSearch(desk)
  else if (focused instanceof HTMLTextAreaElement) leaveComposer(desk, focused)
  else if (openId !== null) closeConversation(desk)
  else if (query.find !== null) leaveSearch(desk)
}

/** Whoever types keeps the focus, so the text box gives it up first. */
function leaveComposer(desk: Desk, composer: HTMLTextAreaElement): void {
  composer.blur()
  askFocus(desk, 'thread')
}

function leaveSearch(desk: Desk): void {
  if (desk.view.getState().query.find !== null) changeQuery(desk, { find: null })
  askFocus(desk, 'list')
}

function isWriting({ focused }: Where): boolean {
  return focused instanceof HTMLTextAreaElement
}

function submit({ focused }: Where): void {
  focused?.closest('form')?.requestSubmit()
}

function isIn(focused: Element | null, pane: 'list' | 'thread'): boolean {
  return focused !== null && focused.closest(`[data-pane="${pane}"]`) !== null
}
