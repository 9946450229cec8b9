import X from 'lucide-react/icons/x'
import { useEffect, useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { dropToast } from '../../state/acts.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import type { Toast } from '../../state/view.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import './toasts.css'

/** Short words about what just happened, gone by themselves unless somebody is on them. */
export function Toasts(): ReactNode {
  const toasts = useView((view) => view.toasts)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

const staysMs = 6000
const troubleStaysMs = 12_000

function ToastCard({ toast }: { toast: Toast }): ReactNode {
  const desk = useDesk()
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const usualMs = toast.tone === 'trouble' ? troubleStaysMs : staysMs
    const ms = toast.until === null ? usualMs : Math.max(0, toast.until - Date.now())
    const timer = setTimeout(() => dropToast(desk, toast.id), ms)
    return () => clearTimeout(timer)
  }, [desk, toast.id, toast.tone, toast.until, isHeld])
  const { action } = toast
  return (
    <div
      className={`toast toast-${toast.tone}`}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <div className="toast-words">
        <p className="toast-title" dir="auto">
          {toast.title}
        </p>
        {toast.body === null ? null : (
          <p className="toast-body" dir="auto">
            {toast.body}
          </p>
        )}
      </div>
      {action === null ? null : (
        <Button
          size="small"
          onClick={() => {
            dropToast(desk, toast.id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton
        className="toast-close"
        label={say('dialog.close')}
        tipAt="end"
        icon={<X size={14} />}
        onClick={() => dropToast(desk, toast.id)}
      />
    </div>
  )
}
