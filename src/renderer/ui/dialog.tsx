import X from 'lucide-react/icons/x'
import { useLayoutEffect, useId, useRef, type ReactNode } from 'react'
import { IconButton } from './button.tsx'
import './dialog.css'

/** A modal sheet: holds the focus, gives it back, and closes on Escape, on its cross and on a click beside it. */
export function Dialog({ title, closeLabel, onClose, size = 'normal', children }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null)
  const titleRef = useRef<HTMLHeadingElement>(null)
  const titleId = useId()
  useLayoutEffect(() => {
    // Before the sheet leaves the page, or the browser could not give the focus back to where it was.
    const dialog = ref.current
    dialog?.showModal()
    // Where there is something to type first it says so, or takes the focus from here once it is there.
    const first = dialog?.querySelector<HTMLElement>('[data-focus]') ?? titleRef.current
    first?.focus()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      className={`dialog dialog-${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="dialog-sheet">
        <header className="dialog-head">
          <h2 id={titleId} ref={titleRef} tabIndex={-1} dir="auto">
            {title}
          </h2>
          <IconButton label={closeLabel} tipAt="end" icon={<X size={18} />} onClick={onClose} />
        </header>
        <div className="dialog-body scrolls">{children}</div>
      </div>
    </dialog>
  )
}

interface DialogProps {
  title: string
  closeLabel: string
  onClose: () => void
  size?: 'normal' | 'wide'
  children: ReactNode
}
