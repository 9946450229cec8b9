import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Query } from '../../shared/contract/contract.ts'
import type { Undoable } from './undoable.ts'

/** What the agent looks at: nothing here comes from the engine, and nothing here is kept. */
export interface View {
  readonly query: Query
  /** The row the keys act on; moves with the arrows. */
  readonly selectedId: string | null
  readonly openId: string | null
  readonly dialog: Dialog | null
  readonly picker: Picker | null
  /** Conversations ticked for an order to many at once, and the one a range is counted from. */
  readonly checked: ReadonlySet<string>
  readonly checkedFrom: string | null
  /** The sidebar where the window is too narrow to show it always. */
  readonly isDrawerOpen: boolean
  /** The conversation whose panel is open; beside the thread it goes along to the next one. */
  readonly panelFor: string | null
  readonly toasts: readonly Toast[]
  readonly undoables: readonly Undoable[]
  /** Hands what is being written to the engine; settles once it is kept. One of each open draft. */
  readonly keepDrafts: ReadonlySet<() => Promise<void>>
  /** A draft got words back; every time a new object. */
  readonly restored: { readonly conversationId: string } | null
  readonly focusAsk: FocusAsk | null
  /** Marked unread by hand while open: reading it on does not undo that. */
  readonly keptUnreadId: string | null
  /** Whether anybody can see the window, and whether keys go to it. */
  readonly isVisible: boolean
  readonly isFocused: boolean
}

export type Dialog =
  | { readonly kind: 'addAccount' }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'unlock'; readonly accountId: string }
  | { readonly kind: 'settings' }
  | { readonly kind: 'help' }
  /** What is written and was not sent, in every account. */
  | { readonly kind: 'drafts' }
  /** A new conversation; `accountId` where it is clear already. */
  | { readonly kind: 'start'; readonly accountId: string | null }
  /** Resolving asks for answers first, or (`free`) takes them: one conversation after the other. */
  | {
      readonly kind: 'resolve'
      readonly conversationIds: readonly string[]
      readonly why: 'needed' | 'free'
    }
  | { readonly kind: 'mute'; readonly conversationIds: readonly string[] }
  | { readonly kind: 'transcript'; readonly conversationId: string }
  | { readonly kind: 'macro'; readonly conversationId: string; readonly macroKey: string }
  | { readonly kind: 'notifications'; readonly accountId: string | null }
  | { readonly kind: 'search'; readonly accountId: string; readonly words: string }
  | { readonly kind: 'filter'; readonly accountId: string; readonly terms: NonNullable<Query['terms']> }
  | {
      readonly kind: 'removeFolder'
      readonly accountId: string
      readonly folderKey: string
      readonly name: string
    }

/** A list to pick from, hung on what it was asked from; null: on what stands for the conversation. */
export type Picker =
  | {
      readonly kind: 'snooze' | 'assign' | 'label' | 'priority' | 'macro' | 'more'
      readonly conversationIds: readonly string[]
      readonly anchor: Element | null
    }
  | { readonly kind: 'availability'; readonly accountId: string; readonly anchor: Element | null }
  /** Every command; `focused` is where the keys went before. */
  | { readonly kind: 'palette'; readonly focused: Element | null }

export interface Toast {
  readonly id: number
  readonly tone: 'plain' | 'trouble'
  readonly title: string
  readonly body: string | null
  readonly action: { readonly label: string; readonly run: () => void } | null
  /** Until when it makes sense, epoch ms; null for the usual while. */
  readonly until: number | null
}

/** Asks the part that owns the target to take the focus; every ask is a new object. */
export interface FocusAsk {
  readonly target: 'list' | 'thread' | 'composer' | 'note' | 'find'
  /** Message the composer is to answer. */
  readonly replyTo?: string
}

export type ViewStore = StoreApi<View>

export const firstQuery: Query = {
  view: 'needsYou',
  accountId: null,
  find: null,
  sort: 'newest',
  folder: null,
  terms: null,
}

export function createView(): ViewStore {
  return createStore<View>(() => ({
    query: firstQuery,
    selectedId: null,
    openId: null,
    dialog: null,
    picker: null,
    checked: new Set(),
    checkedFrom: null,
    isDrawerOpen: false,
    panelFor: null,
    toasts: [],
    undoables: [],
    keepDrafts: new Set(),
    restored: null,
    focusAsk: null,
    keptUnreadId: null,
    isVisible: document.visibilityState === 'visible',
    isFocused: document.hasFocus(),
  }))
}
