import { views, type View } from '../../../shared/domain/view.ts'
import {
  askFocus,
  changeQuery,
  closeConversation,
  moveSelection,
  openConversation,
  refresh,
  showDialog,
  showPicker,
} from '../../state/acts.ts'
import { checkAllHeld, extendChecked, toggleChecked } from '../../state/checking.ts'
import type { Desk } from '../../state/desk.ts'
import { accountThatCan, openFilter, searchServer } from '../../state/looking.ts'
import { isServersList } from '../../state/list-window.ts'
import { uncheckAll } from '../../state/orders.ts'
import { undoLatest } from '../../state/undo.ts'
import { hasView } from '../../state/selectors.ts'
import type { Command, CommandId, Where } from './command.ts'
import { conversationCommands } from './conversation-commands.ts'
import { keyName } from './key-name.ts'
import { isIn, targetsOf } from './targets.ts'

/** Everything that can be done. Keys, the hints on buttons, the palette and the help sheet all read this one list. */
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
    id: 'send',
    word: 'command.send',
    group: 'act',
    keys: ['Mod+Enter'],
    whileTyping: true,
    when: isWriting,
    run: submit,
  },
  ...conversationCommands,
  {
    id: 'more',
    word: 'command.more',
    group: 'act',
    keys: ['o'],
    when: (at) => targetsOf(at).length > 0,
    run: (at) =>
      showPicker(at.desk, { kind: 'more', conversationIds: targetsOf(at), anchor: at.anchor ?? null }),
  },
  {
    id: 'tick',
    word: 'command.tick',
    group: 'tick',
    keys: ['x'],
    when: ({ desk }) => desk.view.getState().selectedId !== null,
    run: tickSelected,
  },
  {
    id: 'tickDown',
    word: 'command.tickDown',
    group: 'tick',
    keys: ['Shift+j', 'Shift+ArrowDown'],
    when: mayMove,
    run: ({ desk }) => extendChecked(desk, 1),
  },
  {
    id: 'tickUp',
    word: 'command.tickUp',
    group: 'tick',
    keys: ['Shift+k', 'Shift+ArrowUp'],
    when: mayMove,
    run: ({ desk }) => extendChecked(desk, -1),
  },
  {
    id: 'tickAll',
    word: 'command.tickAll',
    group: 'tick',
    keys: ['Mod+a'],
    when: mayMove,
    run: ({ desk }) => checkAllHeld(desk),
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
    id: 'searchServer',
    word: 'command.searchServer',
    group: 'list',
    keys: [],
    needs: (can) => can.search,
    when: ({ desk }) => accountThatCan(desk, 'search') !== null,
    run: ({ desk }) => searchServer(desk),
  },
  {
    id: 'filter',
    word: 'command.filter',
    group: 'list',
    keys: ['f'],
    needs: (can) => can.folders,
    when: ({ desk }) => accountThatCan(desk, 'folders') !== null,
    run: ({ desk }) => openFilter(desk, accountThatCan(desk, 'folders')),
  },
  {
    id: 'start',
    word: 'start.open',
    group: 'list',
    keys: ['c'],
    needs: (can) => can.start,
    when: ({ desk }) => accountThatCan(desk, 'start') !== null,
    run: ({ desk }) => showDialog(desk, { kind: 'start', accountId: accountThatCan(desk, 'start') }),
  },
  {
    id: 'notifications',
    word: 'command.notifications',
    group: 'list',
    keys: ['b'],
    needs: (can) => can.notifications,
    when: ({ desk }) => accountThatCan(desk, 'notifications') !== null,
    run: ({ desk }) => showDialog(desk, { kind: 'notifications', accountId: null }),
  },
  {
    id: 'drafts',
    word: 'command.drafts',
    group: 'list',
    keys: ['d'],
    when: hasAccounts,
    run: ({ desk }) => showDialog(desk, { kind: 'drafts' }),
  },
  {
    id: 'sort',
    word: 'command.sort',
    group: 'list',
    keys: ['s'],
    when: maySort,
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
    id: 'undo',
    word: 'command.undo',
    group: 'act',
    keys: ['Mod+z'],
    whileTyping: true,
    when: mayUndo,
    run: ({ desk }) => undoLatest(desk),
  },
  {
    id: 'palette',
    word: 'command.palette',
    group: 'window',
    keys: ['Mod+k'],
    whileTyping: true,
    when: () => true,
    run: ({ desk, focused }) => showPicker(desk, { kind: 'palette', focused }),
  },
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
  {
    id: 'addAccount',
    word: 'account.add',
    group: 'window',
    keys: [],
    when: () => true,
    run: ({ desk }) => showDialog(desk, { kind: 'addAccount' }),
  },
]

/** The first key of a command, as printed on a keyboard. */
export function keyHint(id: CommandId): string {
  const command = commands.find((each) => each.id === id)
  return command?.keys[0] === undefined ? '' : keyName(command.keys[0])
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
    needs: (can) => hasView(can, view),
    when: hasAccounts,
    run: ({ desk }) => changeQuery(desk, { view, find: null }),
  }
}

function hasAccounts({ desk }: Where): boolean {
  return (desk.mirror.getState().desk?.accounts.length ?? 0) > 0
}

/** Arrows scroll a thread that has the focus; the letters always move the selection. */
function mayMove({ desk }: Where): boolean {
  return desk.mirror.getState().list.entries.length > 0
}

/** A server's list has the server's order. */
function maySort(at: Where): boolean {
  return hasAccounts(at) && !isServersList(at.desk.view.getState().query)
}

function tickSelected({ desk }: Where): void {
  const { selectedId } = desk.view.getState()
  if (selectedId !== null) toggleChecked(desk, selectedId)
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
  const { isDrawerOpen, openId, query, checked } = desk.view.getState()
  if (isDrawerOpen) desk.view.setState({ isDrawerOpen: false })
  else if (focused?.matches('input[type="search"]') === true) leaveSearch(desk)
  else if (focused instanceof HTMLTextAreaElement) leaveComposer(desk, focused)
  else if (checked.size > 0 && !isIn(focused, 'thread')) uncheckAll(desk)
  else if (openId !== null) closeConversation(desk)
  else if (query.find !== null) leaveSearch(desk)
  else if (query.folder !== null || query.terms !== null) changeQuery(desk, { view: query.view })
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

/** In a text with words in it the key takes back what was typed. */
function mayUndo({ focused }: Where): boolean {
  const isText = focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement
  return !isText || focused.value === ''
}
