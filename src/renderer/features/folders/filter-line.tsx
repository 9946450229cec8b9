import ChevronDown from 'lucide-react/icons/chevron-down'
import X from 'lucide-react/icons/x'
import { useRef, useState, type ReactNode } from 'react'
import type { DirectoryRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker } from '../pickers/picker.tsx'
import {
  choicesFor,
  nameOf,
  valueKind,
  withAttribute,
  withOperator,
  type Filterable,
  type Line,
} from './filter-terms.ts'

/** One line of a filter: how it is joined, what is asked for, how it is compared, and with what. */
export function FilterLine({ line, isFirst, directory, isWrong, onChange, onRemove }: LineProps): ReactNode {
  const by = directory.filterable.find((each) => each.key === line.attribute)
  return (
    <li className="filter-line">
      {isFirst ? (
        <span className="filter-join" />
      ) : (
        <select
          className="field-input filter-join"
          aria-label={say('filter.join')}
          value={line.join}
          onChange={(event) => onChange({ ...line, join: event.target.value === 'or' ? 'or' : 'and' })}
        >
          <option value="and">{say('filter.and')}</option>
          <option value="or">{say('filter.or')}</option>
        </select>
      )}
      <select
        className="field-input filter-attribute"
        aria-label={say('filter.attribute')}
        value={line.attribute}
        onChange={(event) => {
          const chosen = directory.filterable.find((each) => each.key === event.target.value)
          if (chosen !== undefined) onChange(withAttribute(line, chosen))
        }}
      >
        {/* of a saved filter this version has no words for */}
        {by === undefined ? <option value={line.attribute}>{line.attribute}</option> : null}
        {directory.filterable.map((each) => (
          <option key={each.key} value={each.key}>
            {nameOf(each)}
          </option>
        ))}
      </select>
      <select
        className="field-input filter-operator"
        aria-label={say('filter.operator')}
        value={line.operator}
        onChange={(event) => {
          const chosen = by?.operators.find((each) => each === event.target.value)
          if (by !== undefined && chosen !== undefined) onChange(withOperator(line, by, chosen))
        }}
      >
        {(by?.operators ?? [line.operator]).map((operator) => (
          <option key={operator} value={operator}>
            {say(`operator.${operator}`)}
          </option>
        ))}
      </select>
      {by === undefined ? null : (
        <Value
          line={line}
          by={by}
          directory={directory}
          isWrong={isWrong}
          onValues={(values) => onChange({ ...line, values })}
        />
      )}
      {onRemove === null ? null : (
        <IconButton
          className="filter-remove"
          label={say('filter.removeLine')}
          tipAt="end"
          icon={<X size={15} />}
          onClick={onRemove}
        />
      )}
      {isWrong ? (
        <p className="field-hint field-error filter-wrong" role="alert">
          {say('filter.valueMissing')}
        </p>
      ) : null}
    </li>
  )
}

interface LineProps {
  line: Line
  isFirst: boolean
  directory: DirectoryRow
  isWrong: boolean
  onChange: (line: Line) => void
  /** Null for the only line. */
  onRemove: (() => void) | null
}

function Value({ line, by, directory, isWrong, onValues }: ValueProps): ReactNode {
  const kind = valueKind(by, line.operator)
  if (kind === 'none') return <span className="filter-value" />
  if (kind === 'many') {
    const choices = choicesFor(by, directory)
    return <ManyValues choices={choices} values={line.values} isWrong={isWrong} onValues={onValues} />
  }
  return (
    <input
      className="field-input filter-value"
      aria-label={say('filter.value')}
      aria-invalid={isWrong || undefined}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'numeric' : 'text'}
      placeholder={line.operator === 'isOlderThanDays' ? say('filter.days') : ''}
      dir="auto"
      maxLength={500}
      value={line.values[0] ?? ''}
      onChange={(event) => onValues([event.target.value])}
    />
  )
}

interface ValueProps {
  line: Line
  by: Filterable
  directory: DirectoryRow
  isWrong: boolean
  onValues: (values: string[]) => void
}

/** Any of a list, ticked in a list of their own. */
function ManyValues({ choices, values, isWrong, onValues }: ManyValuesProps): ReactNode {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const ref = useRef<HTMLButtonElement>(null)
  const named = values.map((value) => choices.find((each) => each.value === value)?.label ?? value)
  const words = named.length === 0 ? say('filter.choose') : named.join(', ')
  return (
    <>
      <Button
        ref={ref}
        className="filter-value filter-many"
        aria-haspopup="listbox"
        aria-label={`${say('filter.value')}: ${words}`}
        aria-invalid={isWrong || undefined}
        onClick={() => setAnchor(ref.current)}
      >
        <span className="cut" dir="auto">
          {words}
        </span>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      {anchor === null ? null : (
        <ValuePicker
          anchor={anchor}
          choices={choices}
          values={values}
          onValues={onValues}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  )
}

interface ManyValuesProps {
  choices: readonly { value: string; label: string }[]
  values: readonly string[]
  isWrong: boolean
  onValues: (values: string[]) => void
}

function ValuePicker({ anchor, choices, values, onValues, onClose }: ValuePickerProps): ReactNode {
  const [text, setText] = useState('')
  const [ticked, setTicked] = useState(values)
  const toggled = (id: string): string[] =>
    ticked.includes(id) ? ticked.filter((each) => each !== id) : [...ticked, id]
  const options = choices.map(({ value, label }) => ({ id: value, label, isOn: ticked.includes(value) }))
  function close(chosen: readonly string[]): void {
    onClose()
    onValues([...chosen])
  }
  return (
    <Picker
      label={say('filter.value')}
      placeholder={say('filter.choose')}
      text={text}
      onText={setText}
      options={matchOptions(options, text)}
      onPick={({ id }) => {
        setTicked(toggled(id))
        setText('')
      }}
      onApply={(active) => {
        const isMeant = active !== null && active.isOn !== true && (text !== '' || ticked.length === 0)
        close(isMeant ? toggled(active.id) : ticked)
      }}
      // Nothing is sent yet, so leaving the list keeps what was ticked.
      onClose={() => close(ticked)}
      anchor={anchor}
      empty={text === '' ? say('picker.empty') : say('picker.nothing', { text })}
      footer={say('label.keys')}
    />
  )
}

interface ValuePickerProps extends Omit<ManyValuesProps, 'isWrong'> {
  anchor: Element
  onClose: () => void
}
