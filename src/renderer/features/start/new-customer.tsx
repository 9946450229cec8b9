import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { StartInbox, Typed } from './customer-entry.ts'

/** Somebody new: what the inbox needs comes first and is marked as needed. */
export function NewCustomer({ typed, needs, open, onChange }: NewCustomerProps): ReactNode {
  return (
    <div className="start-new">
      <Field
        ref={focusIt}
        label={say('start.name')}
        hint={null}
        dir="auto"
        maxLength={200}
        autoComplete="off"
        required={needs === 'nothing'}
        aria-invalid={open === 'name'}
        value={typed.name}
        onChange={(event) => onChange({ ...typed, name: event.target.value })}
      />
      <Field
        label={say('start.email')}
        hint={null}
        type="email"
        dir="ltr"
        maxLength={320}
        autoComplete="off"
        required={needs === 'email'}
        aria-invalid={open === 'email'}
        value={typed.email}
        onChange={(event) => onChange({ ...typed, email: event.target.value })}
      />
      <Field
        label={say('start.phone')}
        hint={say('start.phoneHint')}
        type="tel"
        dir="ltr"
        maxLength={40}
        autoComplete="off"
        required={needs === 'phone'}
        aria-invalid={open === 'phone'}
        value={typed.phone}
        onChange={(event) => onChange({ ...typed, phone: event.target.value })}
      />
      {open === null ? null : (
        <Notice tone="trouble">
          {open === 'phone'
            ? say('start.badPhone')
            : open === 'email'
              ? typed.email.trim() === ''
                ? say('start.needsEmail')
                : say('failure.badEmail', { email: typed.email })
              : say('start.needsName')}
        </Notice>
      )}
    </div>
  )
}

interface NewCustomerProps {
  typed: Typed
  needs: StartInbox['needs']
  /** What is still missing, once it was tried to send. */
  open: keyof Typed | null
  onChange: (typed: Typed) => void
}

function focusIt(element: HTMLElement | null): void {
  element?.focus()
}
