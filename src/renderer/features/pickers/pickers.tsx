import { useState, type ReactNode } from 'react'
import { showPicker } from '../../state/acts.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import type { Picker } from '../../state/view.ts'
import { AssignPicker } from './assign-picker.tsx'
import { AvailabilityPicker } from './availability-picker.tsx'
import { MorePicker, PalettePicker } from './command-picker.tsx'
import { LabelPicker } from './label-picker.tsx'
import { MacroPicker } from './macro-picker.tsx'
import { PriorityPicker } from './priority-picker.tsx'
import { SnoozePicker } from './snooze-picker.tsx'

/** Whichever list to pick from is open; loaded with the first one. */
export function Pickers(): ReactNode {
  const desk = useDesk()
  const picker = useView((view) => view.picker)
  const [opened, setOpened] = useState({ picker, count: 0 })
  // Each opening is a new list: nothing typed into one is left for the next.
  if (opened.picker !== picker) setOpened({ picker, count: opened.count + 1 })
  if (picker === null) return null
  return <Shown key={opened.count} picker={picker} onClose={() => showPicker(desk, null)} />
}

function Shown({ picker, onClose }: { picker: Picker; onClose: () => void }): ReactNode {
  switch (picker.kind) {
    case 'snooze':
      return <SnoozePicker picker={picker} onClose={onClose} />
    case 'assign':
      return <AssignPicker picker={picker} onClose={onClose} />
    case 'label':
      return <LabelPicker picker={picker} onClose={onClose} />
    case 'priority':
      return <PriorityPicker picker={picker} onClose={onClose} />
    case 'macro':
      return <MacroPicker picker={picker} onClose={onClose} />
    case 'more':
      return <MorePicker picker={picker} onClose={onClose} />
    case 'palette':
      return <PalettePicker focused={picker.focused} onClose={onClose} />
    case 'availability':
      return <AvailabilityPicker picker={picker} onClose={onClose} />
  }
}
