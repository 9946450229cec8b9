import { useCallback, useEffect, useRef } from 'react'
import { useDesk } from '../../state/hooks.ts'

/** Tells the other side that somebody writes: at the first key, and no longer after a rest, on leaving and on sending. */
export function useTyping(conversationId: string, isNote: boolean, isTold: boolean): Typing {
  const desk = useDesk()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const isOn = useRef(false)

  const tell = useCallback(
    (isTyping: boolean) => {
      if (isOn.current === isTyping) return
      isOn.current = isTyping
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
