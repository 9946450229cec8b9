import { useCallback, useEffect, useRef, useState } from 'react'
import { useDesk } from '../../state/hooks.ts'

/**
 * What is being written to one conversation, kept by the engine a moment after each pause and at once when the agent
 * turns away. Words typed before the kept draft arrived are put under it, never over it.
 */
export function useDraft(conversationId: string): Draft {
  const desk = useDesk()
  const [text, setText] = useState('')
  const [state, setState] = useState<Draft['state']>('idle')
  const held = useRef<Held>({ text: '', kept: '', isLoaded: false, timer: undefined })

  const keep = useCallback(() => {
    const { current } = held
    clearTimeout(current.timer)
    if (!current.isLoaded || current.text === current.kept) return
    const kept = current.text
    current.kept = kept
    void desk.bridge.call('draft.keep', { conversationId, text: kept }).then((answer) => {
      if (!answer.ok) current.kept = notYet
      if (current.text === kept) setState(answer.ok ? (kept === '' ? 'idle' : 'kept') : 'notKept')
    })
  }, [desk, conversationId])

  const write = useCallback(
    (next: string) => {
      const { current } = held
      current.text = next
      setText(next)
      setState('idle')
      clearTimeout(current.timer)
      current.timer = setTimeout(keep, keepAfterMs)
    },
    [keep],
  )

  const sent = useCallback(
    (gone: string) => {
      // What was typed while the reply was on its way to the engine stays.
      const { current } = held
      const rest = current.text.startsWith(gone) ? current.text.slice(gone.length).trimStart() : current.text
      current.kept = gone
      write(rest)
      keep()
    },
    [keep, write],
  )

  useEffect(() => {
    let isCurrent = true
    const { current } = held
    void desk.bridge.call('draft.get', { conversationId }).then((answer) => {
      if (!isCurrent) return
      const found = answer.ok ? answer.value.text : ''
      current.isLoaded = true
      current.kept = found
      if (found !== '') write(current.text === '' ? found : `${found}\n${current.text}`)
    })
    window.addEventListener('pagehide', keep)
    window.addEventListener('blur', keep)
    return () => {
      isCurrent = false
      keep()
      window.removeEventListener('pagehide', keep)
      window.removeEventListener('blur', keep)
    }
  }, [desk, conversationId, keep, write])

  return { text, state, write, sent }
}

export interface Draft {
  readonly text: string
  readonly state: 'idle' | 'kept' | 'notKept'
  readonly write: (text: string) => void
  /** The engine has these words safely; they leave the draft. */
  readonly sent: (text: string) => void
}

interface Held {
  text: string
  /** What the engine is known to hold. */
  kept: string
  isLoaded: boolean
  timer: ReturnType<typeof setTimeout> | undefined
}

const keepAfterMs = 250
/** Matches nothing that can be typed, so that the next attempt is made. */
const notYet = '\u0000'
