import AtSign from 'lucide-react/icons/at-sign'
import Copy from 'lucide-react/icons/copy'
import Reply from 'lucide-react/icons/reply'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Trash from 'lucide-react/icons/trash-2'
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { placeBeside, type Box } from '../../ui/place-beside.ts'
import type { MessageOption } from './message-options.ts'
import './message-menu.css'

/** What can be done with a message, beside it. Modal, so the focus goes back to the message by itself. */
export function MessageMenu({ options, at, onPick, onClose }: MessageMenuProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog === null) return
    dialog.showModal()
    dialog.querySelector('button')?.focus()
    const frame = { width: document.documentElement.clientWidth, height: innerHeight }
    const dir = getComputedStyle(dialog).direction === 'rtl' ? 'rtl' : 'ltr'
    const { inlineStart, block, maxBlockSize } = placeBeside(at, dialog.offsetWidth, frame, dir)
    dialog.style.insetInlineStart = `${String(inlineStart)}px`
    dialog.style.insetBlockStart = block.from === 'start' ? `${String(block.px)}px` : 'auto'
    dialog.style.insetBlockEnd = block.from === 'end' ? `${String(block.px)}px` : 'auto'
    dialog.style.maxBlockSize = `${String(maxBlockSize)}px`
    // A menu that hangs on a place would be left behind.
    window.addEventListener('resize', onClose)
    return () => {
      window.removeEventListener('resize', onClose)
      dialog.close()
    }
  }, [at, onClose])
  return (
    <dialog
      ref={ref}
      className="message-menu"
      aria-label={say('message.menu')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div role="menu" aria-label={say('message.menu')} onKeyDown={(event) => walk(event, onClose)}>
        {options.map((option) => (
          <button
            key={option}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="message-menu-row"
            data-option={option}
            onClick={() => onPick(option)}
          >
            {icons[option]}
            {say(`message.${option}`)}
          </button>
        ))}
      </div>
    </dialog>
  )
}

interface MessageMenuProps {
  options: readonly MessageOption[]
  /** What it hangs on. */
  at: Box
  onPick: (option: MessageOption) => void
  onClose: () => void
}

const icons: Record<MessageOption, ReactNode> = {
  reply: <Reply size={15} className="turns" aria-hidden="true" />,
  copy: <Copy size={15} aria-hidden="true" />,
  addresses: <AtSign size={15} aria-hidden="true" />,
  retry: <RotateCcw size={15} aria-hidden="true" />,
  delete: <Trash size={15} aria-hidden="true" />,
}

function walk(event: KeyboardEvent<HTMLElement>, onClose: () => void): void {
  const rows = [...event.currentTarget.querySelectorAll('button')]
  const at = rows.findIndex((row) => row === document.activeElement)
  const targets: Record<string, number> = {
    ArrowDown: (at + 1) % rows.length,
    ArrowUp: (at - 1 + rows.length) % rows.length,
    Home: 0,
    End: rows.length - 1,
  }
  const target = targets[event.key]
  if (event.key === 'Tab') onClose()
  else if (target !== undefined) rows[target]?.focus()
  else return
  event.preventDefault()
}
