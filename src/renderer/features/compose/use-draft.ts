import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { DraftRow } from '../../../shared/contract/contract.ts'
import type { DraftKind } from '../../../shared/domain/reply.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import { keeperOf, type DraftKeeper, type DraftState } from './draft-keeper.ts'

/**
 * What is being written to one conversation, kept by the engine a moment after each key and at once when the agent
 * turns away. Words typed before the kept draft arrived are put under it, never over it.
 */
export function useDraft(conversationId: string, kind: DraftKind): Draft {
  const desk = useDesk()
  const keeper = useMemo(() => keeperOf(desk, { conversationId, kind }), [desk, conversationId, kind])
  const { draft, state } = useStore(keeper.shown)
  const restored = useView((view) => view.restored)
  useEffect(() => {
    keeper.open()
    return keeper.close
  }, [keeper])
  useEffect(() => {
    if (restored?.conversationId === conversationId) void keeper.readAgain()
  }, [keeper, conversationId, restored])
  useLeaving(keeper)
  return { draft, state, write: keeper.write, sent: keeper.sent }
}

export interface Draft {
  readonly draft: DraftRow
  readonly state: DraftState
  readonly write: (patch: Partial<DraftRow>) => void
  /** The engine has these words safely; they leave the draft with all that went along. */
  readonly sent: (text: string) => void
}

/** Whoever turns away may not come back: to another window, or for good. Whoever comes back may have written there. */
function useLeaving(keeper: DraftKeeper): void {
  useEffect(() => {
    const leave = (): void => void keeper.keep()
    const back = (): void => void keeper.readAgain()
    const hide = (): void => (document.visibilityState === 'hidden' ? leave() : back())
    const leaving = ['pagehide', 'blur', 'freeze'] as const
    for (const each of leaving) window.addEventListener(each, leave)
    window.addEventListener('focus', back)
    document.addEventListener('visibilitychange', hide)
    return () => {
      for (const each of leaving) window.removeEventListener(each, leave)
      window.removeEventListener('focus', back)
      document.removeEventListener('visibilitychange', hide)
    }
  }, [keeper])
}
