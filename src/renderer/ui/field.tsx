import { useId, type ComponentPropsWithRef, type ReactNode } from 'react'
import './field.css'

/** A labelled input that keeps its own value: nothing typed here passes through the page's state. */
export function Field({ label, hint, ...rest }: FieldProps): ReactNode {
  const inputId = useId()
  const hintId = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={inputId}>
        {label}
      </label>
      <input
        {...rest}
        id={inputId}
        className="field-input"
        aria-describedby={hint === null ? undefined : hintId}
      />
      {hint === null ? null : (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
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

type FieldProps = ComponentPropsWithRef<'input'> & { label: string; hint: string | null }
type SwitchProps = ComponentPropsWithRef<'input'> & { label: string; hint?: string }

interface SegmentsProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onPick: (value: T) => void
}
