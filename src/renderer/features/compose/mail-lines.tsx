import { useId, useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { Button } from '../../ui/button.tsx'
import './mail-lines.css'

/** Who else gets the mail. Hidden copies are asked for first, since they are rare. */
export function MailLines({ to, cc, bcc, bad, onChange }: MailLinesProps): ReactNode {
  const [showsBcc, setShowsBcc] = useState(false)
  const hasBcc = showsBcc || bcc !== ''
  return (
    <div className="mail-lines">
      <p className="mail-line">
        <span className="mail-line-name">{say('mailLine.to')}</span>
        <bdi className="cut">{to}</bdi>
      </p>
      <Line name={say('mailLine.cc')} value={cc} bad={bad} onChange={(cc) => onChange({ cc })}>
        {hasBcc ? null : (
          <Button look="quiet" size="small" onClick={() => setShowsBcc(true)}>
            {say('mailLine.bcc')}
          </Button>
        )}
      </Line>
      {hasBcc ? (
        <Line
          name={say('mailLine.bcc')}
          value={bcc}
          bad={bad}
          isNew={showsBcc && bcc === ''}
          onChange={(bcc) => onChange({ bcc })}
        />
      ) : null}
    </div>
  )
}

interface MailLinesProps {
  to: string
  cc: string
  bcc: string
  /** The address that is none, once it was tried to send. */
  bad: string | null
  onChange: (patch: { cc?: string; bcc?: string }) => void
}

function Line({ name, value, bad, isNew = false, onChange, children }: LineProps): ReactNode {
  const inputId = useId()
  return (
    <div className="mail-line">
      <label className="mail-line-name" htmlFor={inputId}>
        {name}
      </label>
      <input
        ref={isNew ? focusOnce : undefined}
        id={inputId}
        className="mail-line-input"
        type="text"
        inputMode="email"
        dir="ltr"
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        maxLength={4000}
        value={value}
        aria-invalid={bad !== null && value.includes(bad)}
        onChange={(event) => onChange(event.target.value)}
      />
      {children}
    </div>
  )
}

interface LineProps {
  name: string
  value: string
  bad: string | null
  isNew?: boolean
  onChange: (value: string) => void
  children?: ReactNode
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus()
}
