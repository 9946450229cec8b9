import { useEffect } from 'react'
import { useDesk } from '../../state/hooks.ts'
import { commandFor } from './key-match.ts'

/** Turns key presses anywhere in the window into commands. Sheets keep their keys to themselves. */
export function useKeys(): void {
  const desk = useDesk()
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
      const at = { desk, focused: document.activeElement }
      const command = commandFor(event, at)
      if (command === null) return
      event.preventDefault()
      command.run(at)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [desk])
}
