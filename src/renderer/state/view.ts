import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Query } from '../../shared/contract/contract.ts'

/** What the agent looks at: nothing here comes from the engine, and nothing here is kept. */
export interface View {
  readonly query: Query
  /** The row the keys act on; moves with the arrows. */
  readonly selectedId: string | null
  readonly openId: string | null
  readonly dialog: Dialog | null
  /** The sidebar where the window is too narrow to show it always. */
  readonly isDrawerOpen: boolean
  readonly toasts: readonly Toast[]
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

export interface Toast {
  readonly id: number
  readonly tone: 'plain' | 'trouble'
  readonly title: string
  readonly body: string | null
  readonly action: { readonly label: string; readonly run: () => void } | null
}

/** Asks the part that owns the target to take the focus; every ask is a new object. */
export interface FocusAsk {
  readonly target: 'list' | 'thread' | 'composer' | 'find'
}

export type ViewStore = StoreApi<View>

export const firstQuery: Query = { view: 'needsYou', accountId: null, find: null, sort: 'newest' }

export function createView(): ViewStore {
  return createStore<View>(() => ({
    query: firstQuery,
    selectedId: null,
    openId: null,
    dialog: null,
    isDrawerOpen: false,
    toasts: [],
    focusAsk: null,
    keptUnreadId: null,
    isVisible: document.visibilityState === 'visible',
    isFocused: document.hasFocus(),
  }))
}
