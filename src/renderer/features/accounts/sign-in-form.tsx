import { useState, type ReactNode, type SyntheticEvent } from 'react'
import type { SignInField } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say, type WordKey } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import './accounts.css'

/**
 * Asks for what a provider needs, as it says itself. The inputs keep their own values: a secret goes from its input
 * into one call, is wiped once that call succeeded, and is never part of the page's state.
 */
export function SignInForm({ fields, submitWord, address, onSubmit, otherWay }: SignInFormProps): ReactNode {
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    setIsBusy(true)
    const refused = await onSubmit(valuesOf(form, fields))
    setIsBusy(false)
    setFailure(refused)
    if (refused === null) wipe(form)
  }

  return (
    <form className="sign-in" autoComplete="off" onSubmit={(event) => void submit(event)}>
      {fields.map((field) => (
        <Field
          key={field.name}
          name={field.name}
          label={wordsOf(field.label)}
          hint={field.hint === null ? null : wordsOf(field.hint)}
          type={field.kind === 'secret' ? 'password' : 'text'}
          inputMode={field.kind === 'url' ? 'url' : 'text'}
          defaultValue={field.kind === 'url' ? address : ''}
          placeholder={field.placeholder}
          dir="ltr"
          required
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      ))}
      {failure === null ? null : (
        <Notice tone="trouble" actions={otherWay?.(failure)}>
          {failureText(failure)}
        </Notice>
      )}
      <Button type="submit" look="primary" disabled={isBusy}>
        {say(isBusy ? 'signIn.looking' : submitWord)}
      </Button>
    </form>
  )
}

interface SignInFormProps {
  fields: readonly SignInField[]
  submitWord: WordKey
  /** Filled in where it is known already. */
  address: string
  /** Null when it worked. */
  onSubmit: (values: Record<string, string>) => Promise<Failure | null>
  otherWay?: (failure: Failure) => ReactNode
}

function valuesOf(form: HTMLFormElement, fields: readonly SignInField[]): Record<string, string> {
  const data = new FormData(form)
  return Object.fromEntries(
    fields.map((field) => {
      const value = data.get(field.name)
      return [field.name, typeof value === 'string' ? value.trim() : '']
    }),
  )
}

function wipe(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll('input')) input.value = ''
}

/** A provider names its words by key; a key this build does not have is shown as it is. */
function wordsOf(key: string): string {
  return say(key as WordKey)
}
