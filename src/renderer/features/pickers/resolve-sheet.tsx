import { useEffect, useRef, useState, type ReactNode, type RefObject, type SyntheticEvent } from 'react'
import type { AskedFieldRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { orderName } from '../../../shared/domain/order-name.ts'
import { say, type WordKey } from '../../../shared/words/words.ts'
import { showDialog, tellFailure } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { held, tellDone } from '../../state/orders.ts'
import { accountOfRow } from '../../state/selectors.ts'
import { useRow } from '../../state/use-row.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, SelectField, TextField, Tick } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { answersOf, firstTyped, type Typed } from './answers.ts'
import './resolve-sheet.css'

/**
 * Asks what an account wants to know before a conversation is resolved, or takes what may go along; several conversations
 * one after the other.
 */
export function ResolveSheet({ conversationIds, why }: ResolveSheetProps): ReactNode {
  const desk = useDesk()
  const [index, setIndex] = useState(0)
  const conversationId = conversationIds[index]
  if (conversationId === undefined) return null
  const isLast = index + 1 >= conversationIds.length
  return (
    <OneResolve
      key={conversationId}
      conversationId={conversationId}
      why={why}
      place={conversationIds.length > 1 ? { nth: index + 1, count: conversationIds.length } : null}
      onNext={() => (isLast ? showDialog(desk, null) : setIndex(index + 1))}
    />
  )
}

interface ResolveSheetProps {
  conversationIds: readonly string[]
  /** `free` where the agent asked for it and nothing has to be filled in. */
  why: 'needed' | 'free'
}

function OneResolve({ conversationId, why, place, onNext }: OneResolveProps): ReactNode {
  const desk = useDesk()
  const row = useRow(conversationId)
  const account = useMirror((mirror) => (row === null ? null : accountOfRow(mirror, row)))
  const act = say(`act.${orderName('resolve', account === null ? [] : [account.named])}`)
  const asked = useAsks(conversationId)
  const form = useRef<HTMLFormElement>(null)
  const sheet = useAnswering(conversationId, asked.fields, form, onNext)
  const isFree = why === 'free' && asked.fields?.some(({ isRequired }) => isRequired) !== true
  return (
    <Dialog
      title={say('resolve.title', { act, name: row?.who.name ?? '' })}
      // Not the word of the button below, which in some systems is the same.
      closeLabel={say('resolve.leave')}
      onClose={() => showDialog(desk, null)}
    >
      <form className="sheet-form" noValidate onSubmit={sheet.submit} ref={form}>
        <p className="sheet-hint">
          {say(isFree ? 'resolve.hintFree' : 'resolve.hint')}{' '}
          {place === null ? null : say('resolve.nthOf', place)}
        </p>
        {asked.failure === null ? null : (
          <Notice
            tone="trouble"
            actions={
              <Button size="small" onClick={asked.again}>
                {say('act.tryAgain')}
              </Button>
            }
          >
            {failureText(asked.failure)}
          </Notice>
        )}
        {asked.fields === null && asked.failure === null ? (
          <p role="status">{say('resolve.reading')}</p>
        ) : null}
        {asked.fields?.length === 0 ? <Notice tone="plain">{say('resolve.nothing')}</Notice> : null}
        {asked.fields?.map((field) => (
          <Asked
            key={field.key}
            field={field}
            error={sheet.errors[field.key] ?? null}
            onType={(value) => sheet.type(field.key, value)}
          />
        ))}
        {sheet.failure === null ? null : <Notice tone="trouble">{failureText(sheet.failure)}</Notice>}
        {isFree ? null : (
          <Tick
            label={say('resolve.remember')}
            checked={sheet.remembers}
            onChange={(event) => sheet.setRemembers(event.target.checked)}
          />
        )}
        <div className="sheet-buttons">
          {place === null ? null : (
            <Button look="quiet" onClick={onNext}>
              {say('resolve.skip')}
            </Button>
          )}
          <Button type="submit" look="primary" disabled={asked.fields === null || sheet.isSending}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface OneResolveProps extends Pick<ResolveSheetProps, 'why'> {
  conversationId: string
  place: { nth: number; count: number } | null
  onNext: () => void
}

function useAsks(conversationId: string): Asks {
  const desk = useDesk()
  const [fields, setFields] = useState<readonly AskedFieldRow[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isHeeded = true
    void desk.bridge.call('resolve.asks', { conversationId }).then((answer) => {
      if (!isHeeded) return
      setFields(answer.ok ? answer.value.fields : null)
      setFailure(answer.ok ? null : answer.failure)
    })
    return () => {
      isHeeded = false
    }
  }, [desk, conversationId, attempt])
  return { fields, failure, again: () => setAttempt(attempt + 1) }
}

interface Asks {
  readonly fields: readonly AskedFieldRow[] | null
  readonly failure: Failure | null
  readonly again: () => void
}

/** What was typed, and giving the order with it. */
function useAnswering(
  conversationId: string,
  fields: Asks['fields'],
  form: RefObject<HTMLFormElement | null>,
  onDone: () => void,
) {
  const desk = useDesk()
  const row = useRow(conversationId)
  const [typed, setTyped] = useState<Typed>({})
  const [errors, setErrors] = useState<Readonly<Record<string, WordKey>>>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [remembers, setRemembers] = useState(false)
  const [isSending, setIsSending] = useState(false)
  useEffect(() => {
    if (fields !== null) form.current?.querySelector<HTMLElement>('.field-input, .tick')?.focus()
  }, [fields, form])

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault()
    if (fields === null || isSending) return
    const checked = answersOf(fields, typed)
    setErrors(checked.ok ? {} : checked.errors)
    if (!checked.ok) {
      // Once the marks are drawn.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setIsSending(true)
    const action = { kind: 'resolve', answers: checked.answers } as const
    const answer = await desk.bridge.call('conversation.act', { conversationId, action })
    setIsSending(false)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    if (row !== null) {
      tellDone(desk, row, action, held(answer.value))
      if (remembers) await remember(row.accountId, checked.answers)
    }
    onDone()
  }
  async function remember(accountId: string, answers: Record<string, AskedFieldRow['value']>): Promise<void> {
    const answer = await desk.bridge.call('resolve.remember', { accountId, answers })
    if (!answer.ok) tellFailure(desk, answer.failure)
  }
  return {
    errors,
    failure,
    remembers,
    setRemembers,
    isSending,
    type: (key: string, value: string | boolean) => {
      setTyped({ ...typed, [key]: value })
      setErrors({})
    },
    submit: (event: SyntheticEvent) => void submit(event),
  }
}

function Asked({ field, error, onType }: AskedProps): ReactNode {
  const { kind, label, description, choices, isRequired } = field
  const first = firstTyped(field)
  const said = error === null ? null : say(error)
  if (typeof first === 'boolean')
    return <Tick label={label} defaultChecked={first} onChange={(event) => onType(event.target.checked)} />
  const shared = {
    label: isRequired ? `${label} · ${say('resolve.required')}` : label,
    hint: description === '' ? null : description,
    error: said,
    required: isRequired,
    defaultValue: first,
  }
  if (kind === 'list') {
    return (
      <SelectField {...shared} onChange={(event) => onType(event.target.value)}>
        <option value="">{say('resolve.choose')}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </SelectField>
    )
  }
  if (kind === 'text' && field.maxLength !== null)
    return <LongText {...shared} {...{ onType }} most={field.maxLength} />
  return (
    <Field
      {...shared}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : kind === 'link' ? 'url' : 'text'}
      dir={kind === 'link' || kind === 'number' ? 'ltr' : 'auto'}
      maxLength={field.maxLength ?? 2000}
      autoComplete="off"
      onChange={(event) => onType(event.target.value)}
    />
  )
}

/** Words with an end: how many are left is said once it comes near. */
function LongText({ most, onType, ...field }: LongTextProps): ReactNode {
  const [length, setLength] = useState([...field.defaultValue].length)
  const isNear = most - length < Math.max(20, most / 4)
  return (
    <div className="resolve-text">
      <TextField
        {...field}
        rows={most > 200 ? 4 : 2}
        dir="auto"
        maxLength={most}
        onChange={(event) => {
          setLength([...event.target.value].length)
          onType(event.target.value)
        }}
      />
      <p className="resolve-left" role="status">
        {isNear ? say('resolve.left', { count: Math.max(0, most - length) }) : ''}
      </p>
    </div>
  )
}

interface LongTextProps {
  label: string
  hint: string | null
  error: string | null
  required: boolean
  defaultValue: string
  most: number
  onType: (value: string) => void
}

interface AskedProps {
  field: AskedFieldRow
  error: WordKey | null
  onType: (value: string | boolean) => void
}
