import Zap from 'lucide-react/icons/zap'
import { useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { useDesk } from '../../state/hooks.ts'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker } from './picker.tsx'
import { readingStatus } from './picker-status.tsx'
import type { PickerParts } from './snooze-picker.tsx'
import { useTargets } from './use-targets.ts'

/** The macros one may run; what a macro does is shown before it runs. */
export function MacroPicker({ picker, onClose }: PickerParts): ReactNode {
  const desk = useDesk()
  const targets = useTargets(picker)
  const { ids, directory, anchor, isReading, failure } = targets
  const [text, setText] = useState('')
  const options = (directory?.macros ?? []).map(({ key, name, steps, isOwn }) => ({
    id: key,
    label: name,
    mark: <Zap size={14} />,
    detail: [isOwn ? say('macro.own') : '', say('macro.stepCount', { count: steps.length })]
      .filter(Boolean)
      .join(' · '),
  }))
  function pick(macroKey: string): void {
    const [conversationId] = ids
    onClose()
    if (conversationId !== undefined) showDialog(desk, { kind: 'macro', conversationId, macroKey })
  }
  return (
    <Picker
      label={say('macro.pick')}
      placeholder={say('macro.placeholder')}
      text={text}
      onText={setText}
      options={matchOptions(options, text)}
      onPick={({ id }) => pick(id)}
      onClose={onClose}
      anchor={anchor}
      empty={
        isReading || failure !== null
          ? null
          : text === ''
            ? say('picker.empty')
            : say('picker.nothing', { text })
      }
      status={readingStatus(targets)}
    />
  )
}
