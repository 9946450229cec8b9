import { useCallback, useEffect, useRef } from 'react'
import { useDesk } from '../../state/hooks.ts'

/**
 * Tells the other side that somebody writes: at the first key, again every few seconds while keys come, and no longer
 * after a rest, on leaving and on sending.
 */
export function useTyping(conversationId: string, isNote: boolean, isTold: boolean): Typing {
  const desk = useDesk()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const toldAt = useRef<number | null>(null)

  const tell = useCallback(
    (isTyping: boolean) => {
      const now = Date.now()
      const isKnown = toldAt.current !== null && (!isTyping || now - toldAt.current < againAfterMs)
      if (isKnown === isTyping) return
      toldAt.current = isTyping ? now : null
      void desk.bridge.call('typing.tell', { conversationId, isNote, isTyping })
    },
    [desk, conversationId, isNote],
  )
  const rest = useCallback(() => {
    clearTimeout(timer.current)
    tell(false)
  }, [tell])
  const press = useCallback(() => {
    if (!isTold) return
    clearTimeout(timer.current)
    timer.current = setTimeout(rest, restAfterMs)
    tell(true)
  }, [isTold, rest, tell])

  useEffect(() => rest, [rest])
  return { press, rest }
}

export interface Typing {
  readonly press: () => void
  readonly rest: () => void
}

const restAfterMs = 4000
/** The engine takes it back by itself where it hears nothing for longer. */
const againAfterMs = 5000
