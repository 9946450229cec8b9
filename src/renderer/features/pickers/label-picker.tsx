import Plus from 'lucide-react/icons/plus'
import { useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { useDesk } from '../../state/hooks.ts'
import { order } from '../../state/orders.ts'
import { Button } from '../../ui/button.tsx'
import { Dot } from '../../ui/dot.tsx'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker, type PickerOption } from './picker.tsx'
import { countOf, isTicked, noChanges, orderOf, toggled } from './label-changes.ts'
import { readingStatus } from './picker-status.tsx'
import type { PickerParts } from './snooze-picker.tsx'
import { useTargets, type Targets } from './use-targets.ts'

/** Labels to tick and untick; what is there first, and what is typed and not there can be added. */
export function LabelPicker({ picker, onClose }: PickerParts): ReactNode {
  const desk = useDesk()
  const targets = useTargets(picker)
  const { rows, ids, anchor, isReading, failure } = targets
  const [text, setText] = useState('')
  const [changes, setChanges] = useState(noChanges)
  const known = knownLabels(targets)
  const titles = [...known, ...[...changes.wanted.keys()].filter((each) => !known.includes(each))]
  const options = titles.map((title) => labelOption(title, targets, isTicked(title, rows, changes)))
  const typed = text.trim()
  const isNew = typed !== '' && !titles.some((title) => title.toLowerCase() === typed.toLowerCase())
  const shown = [...matchOptions(options, text), ...(isNew ? [addOption(typed)] : [])]

  function toggle({ id }: PickerOption): void {
    setChanges(toggled(titleOf(id), rows, changes))
    setText('')
  }
  /** What was found by typing, or pointed at and nothing else ticked, is meant as well. */
  function apply(active: PickerOption | null, isPointedAt: boolean): void {
    const isMeant = active !== null && (typed !== '' || (isPointedAt && changes.wanted.size === 0))
    const given = orderOf(isMeant ? toggled(titleOf(active.id), rows, changes) : changes)
    onClose()
    if (given !== null) void order(desk, ids, { kind: 'label', ...given })
  }
  return (
    <Picker
      label={say('label.title')}
      placeholder={say('label.placeholder')}
      text={text}
      onText={setText}
      options={shown}
      onPick={toggle}
      onApply={apply}
      onClose={onClose}
      anchor={anchor}
      empty={isReading || failure !== null ? null : say('picker.empty')}
      status={readingStatus(targets)}
      footer={
        <>
          {say('label.keys')}
          <Button size="small" look="primary" onClick={() => apply(null, false)}>
            {say('label.apply')}
          </Button>
        </>
      }
    />
  )
}

const newMark = '+ '

function titleOf(id: string): string {
  return id.startsWith(newMark) ? id.slice(newMark.length) : id
}

/** Those they have first. */
function knownLabels({ rows, labels }: Targets): readonly string[] {
  const held = [...new Set(rows.flatMap((row) => row.labels))]
  const offered = labels.map(({ title }) => title)
  return [...held, ...offered.filter((title) => !held.includes(title))]
}

function labelOption(title: string, { rows, labels }: Targets, isOn: boolean): PickerOption {
  const label = labels.find((each) => each.title === title)
  const count = countOf(title, rows)
  const isOnSome = count > 0 && count < rows.length
  return {
    id: title,
    label: title,
    also: label?.description,
    mark: <Dot color={label?.color ?? null} />,
    note: label === undefined || label.description === '' ? undefined : label.description,
    detail: isOnSome ? say('label.onSome', { count, total: rows.length }) : undefined,
    isOn,
  }
}

function addOption(typed: string): PickerOption {
  return {
    id: `${newMark}${typed}`,
    label: say('label.add', { label: typed }),
    mark: <Plus size={14} />,
    isOn: false,
  }
}
