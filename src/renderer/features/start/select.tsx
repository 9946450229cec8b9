import { useId, type ReactNode } from 'react'

/** One of several, by the browser's own list. */
export function Select({ label, value, options, onPick }: SelectProps): ReactNode {
  const inputId = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={inputId}>
        {label}
      </label>
      <select
        id={inputId}
        className="field-input"
        value={value}
        onChange={(event) => onPick(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

interface SelectProps {
  label: string
  value: string
  options: readonly { readonly value: string; readonly label: string }[]
  onPick: (value: string) => void
}
