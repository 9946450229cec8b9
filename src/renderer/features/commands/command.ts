import type { AccountRow } from '../../../shared/contract/contract.ts'
import type { View } from '../../../shared/domain/view.ts'
import type { WordKey } from '../../../shared/words/words.ts'
import type { Desk } from '../../state/desk.ts'

/** One thing that can be done: by its keys, from the palette, and mostly by a button that names the same. */
export interface Command {
  readonly id: CommandId
  /** What it is called; what depends on what it is done to is asked for with that. */
  readonly word: WordKey | ((at: Where) => WordKey)
  readonly group: CommandGroup
  /** As `KeyboardEvent.key`; `Mod` is the platform's own command key. Those without are in menus and the palette. */
  readonly keys: readonly string[]
  readonly whileTyping?: boolean
  /** What an account must be able to, for it to be of any use; absent where it is the window's own. */
  readonly needs?: (can: AccountRow['can']) => boolean
  readonly when: (at: Where) => boolean
  readonly run: (at: Where) => void
}

export function wordOf({ word }: Command, at: Where): WordKey {
  return typeof word === 'string' ? word : word(at)
}

export const commandGroups = ['move', 'act', 'tick', 'list', 'view', 'window'] as const
export type CommandGroup = (typeof commandGroups)[number]

export type CommandId =
  | 'next'
  | 'previous'
  | 'open'
  | 'back'
  | 'reply'
  | 'note'
  | 'send'
  | 'resolve'
  | 'resolveWith'
  | 'snooze'
  | 'assign'
  | 'label'
  | 'priority'
  | 'macro'
  | 'pend'
  | 'unread'
  | 'mute'
  | 'unmute'
  | 'transcript'
  | 'more'
  | 'panel'
  | 'tick'
  | 'tickDown'
  | 'tickUp'
  | 'tickAll'
  | 'find'
  | 'searchServer'
  | 'filter'
  | 'notifications'
  | 'drafts'
  | 'start'
  | 'sort'
  | 'refresh'
  | 'palette'
  | 'undo'
  | 'help'
  | 'settings'
  | 'addAccount'
  | `view.${View}`

/** Where the keys go right now. */
export interface Where {
  readonly desk: Desk
  readonly focused: Element | null
  /** Conversations a menu was opened for, instead of what the keys point at. */
  readonly targets?: readonly string[]
  /** What a list to pick from hangs on; null: on what stands for the conversation. */
  readonly anchor?: Element | null
}
