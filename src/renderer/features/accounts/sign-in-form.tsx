import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import type { SignInField } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { isWordKey, say, type WordKey } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { Button } from '../../ui/button.tsx'
import { Field, SelectField, TextField } from '../../ui/field.tsx'
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
    const fields = 'input, textarea, select'
    const inputs = [...(ref.current?.querySelectorAll<HTMLInputElement>(fields) ?? [])]
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
        <OneField
          key={field.name}
          field={field}
          known={known[field.name] ?? ''}
          isLast={index === fields.length - 1}
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

function OneField({ field, known, isLast }: OneFieldProps): ReactNode {
  const { name, kind, placeholder, choices = [] } = field
  const shared = {
    name,
    label: wordsOf(field.label),
    hint: field.hint === null ? null : wordsOf(field.hint),
    required: field.isOptional !== true,
    defaultValue: known,
  }
  if (kind === 'choice')
    return (
      <SelectField {...shared}>
        <option value="">{say('resolve.choose')}</option>
        {choices.map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </SelectField>
    )
  const given = { ...shared, placeholder, dir: 'ltr', autoCapitalize: 'off', spellCheck: false } as const
  const last = isLast ? { 'data-last': '' } : {}
  if (kind === 'lines') return <TextField {...given} {...last} rows={3} autoComplete="off" />
  return <Field {...given} {...last} {...looks[kind]} />
}

interface OneFieldProps {
  field: SignInField
  known: string
  isLast: boolean
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
} as const satisfies Record<Exclude<SignInField['kind'], 'choice' | 'lines'>, object>

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
  for (const input of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'))
    input.value = ''
}

/** A provider names its words by key; a key this build does not have is shown as it is. */
export function wordsOf(key: string): string {
  return isWordKey(key) ? say(key) : key
}
