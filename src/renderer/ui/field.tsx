import { useId, type ComponentPropsWithRef, type ReactNode } from 'react'
import './field.css'

/** A labelled input that keeps its own value: nothing typed here passes through the page's state. */
export function Field({ label, hint, error = null, ...rest }: FieldProps): ReactNode {
  return <FieldFrame {...{ label, hint, error }}>{(given) => <input {...rest} {...given} />}</FieldFrame>
}

/** A labelled choice of one among several. */
export function SelectField({ label, hint, error = null, children, ...rest }: SelectFieldProps): ReactNode {
  return (
    <FieldFrame {...{ label, hint, error }}>
      {(given) => (
        <select {...rest} {...given}>
          {children}
        </select>
      )}
    </FieldFrame>
  )
}

/** A labelled input of several lines. */
export function TextField({ label, hint, error = null, ...rest }: TextFieldProps): ReactNode {
  return <FieldFrame {...{ label, hint, error }}>{(given) => <textarea {...rest} {...given} />}</FieldFrame>
}

/** The label above, the hint or what is wrong below, and what ties both to the control between them. */
function FieldFrame({ label, hint, error, children }: FieldFrameProps): ReactNode {
  const inputId = useId()
  const hintId = useId()
  const said = error ?? hint
  return (
    <div className="field">
      <label className="field-label" htmlFor={inputId}>
        {label}
      </label>
      {children({
        id: inputId,
        className: 'field-input',
        'aria-invalid': error !== null || undefined,
        'aria-describedby': said === null ? undefined : hintId,
      })}
      <FieldHint id={hintId} said={said} isError={error !== null} />
    </div>
  )
}

function FieldHint({ id, said, isError }: { id: string; said: string | null; isError: boolean }): ReactNode {
  return said === null ? null : (
    <p className={isError ? 'field-hint field-error' : 'field-hint'} id={id} dir="auto">
      {said}
    </p>
  )
}

/** A box to tick beside its words. */
export function Tick({ label, ...rest }: TickProps): ReactNode {
  return (
    <label className="tick-line">
      <input type="checkbox" {...rest} className="tick" />
      <span dir="auto">{label}</span>
    </label>
  )
}

/** A thing that is on or off, and takes effect at once. */
export function Switch({ label, hint, ...rest }: SwitchProps): ReactNode {
  const hintId = useId()
  return (
    <div className="switch-line">
      <label className="switch-label">
        <span>{label}</span>
        <input
          type="checkbox"
          role="switch"
          {...rest}
          className="switch"
          aria-describedby={hint === undefined ? undefined : hintId}
        />
      </label>
      {hint === undefined ? null : (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** One of a few, side by side. */
export function Segments<T extends string>({ label, value, options, onPick }: SegmentsProps<T>): ReactNode {
  const name = useId()
  return (
    <fieldset className="segments">
      <legend className="field-label">{label}</legend>
      <div className="segments-row">
        {options.map((option) => (
          <label key={option.value} className="segment">
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onPick(option.value)}
              className="unseen"
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface Labelled {
  label: string
  hint: string | null
  /** What is wrong with what stands in it; said in place of the hint. */
  error?: string | null
}
interface FieldFrameProps extends Required<Labelled> {
  children: (control: {
    id: string
    className: string
    'aria-invalid': true | undefined
    'aria-describedby': string | undefined
  }) => ReactNode
}
type FieldProps = ComponentPropsWithRef<'input'> & Labelled
type TextFieldProps = ComponentPropsWithRef<'textarea'> & Labelled
type SelectFieldProps = ComponentPropsWithRef<'select'> & Labelled
type TickProps = ComponentPropsWithRef<'input'> & { label: string }
type SwitchProps = ComponentPropsWithRef<'input'> & { label: string; hint?: string }

interface SegmentsProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onPick: (value: T) => void
}
