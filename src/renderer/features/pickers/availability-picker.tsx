import { useState, type ReactNode } from 'react'
import type { Input } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { tellFailure } from '../../state/acts.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { accountOfRow } from '../../state/selectors.ts'
import { useDirectory } from '../../state/use-directory.ts'
import type { Picker as Asked } from '../../state/view.ts'
import { Dot } from '../../ui/dot.tsx'
import { Switch } from '../../ui/field.tsx'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker } from './picker.tsx'

const states = ['online', 'busy', 'offline'] as const

/** How the server shows oneself to colleagues, and whether it does so by itself once one is away. */
export function AvailabilityPicker({ picker, onClose }: AvailabilityPickerProps): ReactNode {
  const desk = useDesk()
  const { accountId, anchor } = picker
  const account = useMirror((mirror) => accountOfRow(mirror, { accountId }))
  const { directory } = useDirectory(accountId)
  const [text, setText] = useState('')
  const now = directory?.me.availability ?? null
  const autoOffline = directory?.me.autoOffline ?? null
  async function set(given: Partial<Input<'availability.set'>>): Promise<void> {
    const asked = { accountId, availability: null, autoOffline: null, ...given }
    const answer = await desk.bridge.call('availability.set', asked)
    if (!answer.ok) tellFailure(desk, answer.failure)
  }
  const options = states.map((availability) => ({
    id: availability,
    label: say(`availability.${availability}`),
    mark: <Dot availability={availability} />,
    isOn: availability === now,
  }))
  return (
    <Picker
      label={say('availability.title', { host: account?.host ?? '' })}
      placeholder={say('availability.placeholder')}
      text={text}
      onText={setText}
      options={matchOptions(options, text)}
      onPick={({ id }) => {
        onClose()
        const availability = states.find((each) => each === id)
        if (availability !== undefined) void set({ availability })
      }}
      onClose={onClose}
      anchor={anchor}
      empty={say('picker.nothing', { text })}
      footer={
        autoOffline === null ? undefined : (
          <Switch
            label={say('availability.auto')}
            checked={autoOffline}
            onChange={(event) => void set({ autoOffline: event.target.checked })}
          />
        )
      }
    />
  )
}

interface AvailabilityPickerProps {
  picker: Extract<Asked, { kind: 'availability' }>
  onClose: () => void
}
