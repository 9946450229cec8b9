import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Desk } from './desk.ts'
import type { Mirror } from './mirror.ts'
import { nowStore } from './now.ts'
import type { View } from './view.ts'

export const DeskContext = createContext<Desk | null>(null)

/** The desk this tree works on. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error('a screen was drawn outside of its desk')
  return desk
}

export function useMirror<T>(select: (mirror: Mirror) => T): T {
  return useStore(useDesk().mirror, select)
}

export function useView<T>(select: (view: View) => T): T {
  return useStore(useDesk().view, select)
}

/** The current minute, epoch ms; changes once a minute while the window can be seen. */
export function useNow(): number {
  return useStore(nowStore, (state) => state.nowAt)
}
