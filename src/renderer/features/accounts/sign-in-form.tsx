import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import type { SignInField } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { isWordKey, say, type WordKey } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import './accounts.css'

/**
 * Asks for what a provider needs, as it says itself. The inputs keep their own values: a secret goes from its input
 * into one call, is wiped once that call succeeded, and is never part of the page's state.
 */
export function SignInForm({ fields, submitWord, known, onSubmit, onBack }: SignInFormProps): ReactNode {
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const ref = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const inputs = [...(ref.current?.querySelectorAll('input') ?? [])]
    const first = inputs.find((input) => input.value === '') ?? inputs[0]
    first?.focus()
  }, [])

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    if (isBusy) return
    setIsBusy(true)
    const refused = await onSubmit(valuesOf(form, fields))
    setIsBusy(false)
    setFailure(refused)
    if (refused === null) wipe(form)
    else form.querySelector<HTMLInputElement>('input[data-last]')?.select()
  }

  return (
    <form ref={ref} className="sign-in" autoComplete="off" onSubmit={(event) => void submit(event)}>
      {fields.map((field, index) => (
        <Field
          key={field.name}
          name={field.name}
          label={wordsOf(field.label)}
          hint={field.hint === null ? null : wordsOf(field.hint)}
          {...looks[field.kind]}
          data-last={index === fields.length - 1 ? '' : undefined}
          defaultValue={known[field.name] ?? ''}
          placeholder={field.placeholder}
          dir="ltr"
          required
          autoCapitalize="off"
          spellCheck={false}
        />
      ))}
      {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
      <div className="sign-in-ways">
        {onBack === null ? null : (
          <Button look="quiet" onClick={onBack}>
            {say('signIn.back')}
          </Button>
        )}
        <Button type="submit" look="primary" aria-disabled={isBusy}>
          {say(isBusy ? 'signIn.looking' : submitWord)}
        </Button>
      </div>
    </form>
  )
}

interface SignInFormProps {
  fields: readonly SignInField[]
  submitWord: WordKey
  /** Filled in where it is known already; never a secret. */
  known: Readonly<Record<string, string>>
  /** Null when it worked. */
  onSubmit: (values: Record<string, string>) => Promise<Failure | null>
  onBack: (() => void) | null
}

/** Phones and browsers offer a code that just came by themselves, if they are told what the box is for. */
const looks = {
  url: { type: 'text', inputMode: 'url', autoComplete: 'off' },
  email: { type: 'email', inputMode: 'email', autoComplete: 'email' },
  text: { type: 'text', inputMode: 'text', autoComplete: 'off' },
  secret: { type: 'password', inputMode: 'text', autoComplete: 'off' },
  code: { type: 'text', inputMode: 'numeric', autoComplete: 'one-time-code' },
} as const satisfies Record<SignInField['kind'], object>

/** Values as they are sent; a password may begin or end with a space. */
function valuesOf(form: HTMLFormElement, fields: readonly SignInField[]): Record<string, string> {
  const data = new FormData(form)
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      const value = data.get(name)
      const text = typeof value === 'string' ? value : ''
      return [name, kind === 'code' ? text.replace(/\s/g, '') : kind === 'secret' ? text : text.trim()]
    }),
  )
}

function wipe(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll('input')) input.value = ''
}

/** A provider names its words by key; a key this build does not have is shown as it is. */
export function wordsOf(key: string): string {
  return isWordKey(key) ? say(key) : key
}
