import { useState, type ReactNode } from 'react'
import type { ConversationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { useDesk } from '../../state/hooks.ts'
import { order } from '../../state/orders.ts'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker } from './picker.tsx'
import { PriorityMark } from '../../ui/priority-mark.tsx'
import type { PickerParts } from './snooze-picker.tsx'
import { sameOf, useTargets } from './use-targets.ts'

const priorities = ['urgent', 'high', 'medium', 'low', null] as const

/** How urgent it is; the one it has is marked. */
export function PriorityPicker({ picker, onClose }: PickerParts): ReactNode {
  const desk = useDesk()
  const { rows, ids, anchor } = useTargets(picker)
  const [text, setText] = useState('')
  const now = sameOf(rows, (row) => row.priority)
  const options = priorities.map((priority) => ({
    id: priority ?? 'none',
    label: say(`priority.${priority ?? 'none'}`),
    mark: <PriorityMark priority={priority} />,
    isOn: priority === now,
  }))
  function pick(id: string): void {
    onClose()
    const priority = priorities.find((each) => (each ?? 'none') === id) ?? null
    if (priority !== now) void order(desk, ids, { kind: 'prioritise', priority: priority satisfies Priority })
  }
  return (
    <Picker
      label={say('priority.title')}
      placeholder={say('priority.placeholder')}
      text={text}
      onText={setText}
      options={matchOptions(options, text)}
      onPick={({ id }) => pick(id)}
      onClose={onClose}
      anchor={anchor}
      empty={say('picker.nothing', { text })}
    />
  )
}

type Priority = ConversationRow['priority']
