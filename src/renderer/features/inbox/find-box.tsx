import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { askFocus, changeQuery } from '../../state/acts.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import { searchServer } from '../../state/looking.ts'
import { IconButton } from '../../ui/button.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { keyHint } from '../commands/registry.ts'
import './find-box.css'

/** Searches names, addresses, subjects and messages, in every view, a moment after each pause in typing. */
export function FindBox(): ReactNode {
  const desk = useDesk()
  const ref = useRef<HTMLInputElement>(null)
  const find = useView((view) => view.query.find)
  const focusAsk = useView((view) => view.focusAsk)
  const [typed, setTyped] = useState('')
  const sought = typed.trim() === '' ? null : typed.trim()

  // Cleared elsewhere: by Escape, or by choosing a view.
  const [seen, setSeen] = useState(find)
  if (seen !== find) {
    setSeen(find)
    if (find === null) setTyped('')
  }
  useEffect(() => {
    if (sought === find) return
    const timer = setTimeout(() => changeQuery(desk, { find: sought }), findAfterMs)
    return () => clearTimeout(timer)
  }, [desk, sought, find])
  useEffect(() => {
    if (focusAsk?.target !== 'find') return
    ref.current?.focus()
    ref.current?.select()
  }, [focusAsk])

  return (
    <search className="find">
      <Search size={15} className="find-icon" aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        className="find-input"
        dir="auto"
        maxLength={200}
        spellCheck={false}
        aria-label={say('find.label')}
        placeholder={say('find.placeholder')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && sought !== null) {
            event.preventDefault()
            return searchServer(desk, undefined, sought)
          }
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
          event.preventDefault()
          askFocus(desk, 'list')
        }}
      />
      {typed === '' ? (
        <span className="find-key" aria-hidden="true">
          <KeyCap>{keyHint('find')}</KeyCap>
        </span>
      ) : (
        <IconButton
          className="find-clear"
          label={say('find.clear')}
          tipAt="end"
          icon={<X size={14} />}
          onClick={() => changeQuery(desk, { find: null })}
        />
      )}
    </search>
  )
}

const findAfterMs = 120
