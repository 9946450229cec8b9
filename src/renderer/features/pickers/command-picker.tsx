import { useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { useDesk } from '../../state/hooks.ts'
import { KeyCap } from '../../ui/key-cap.tsx'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker, type PickerOption } from './picker.tsx'
import { wordOf, type Command, type Where } from '../commands/command.ts'
import { keyName } from '../commands/key-name.ts'
import { commands } from '../commands/registry.ts'
import type { PickerParts } from './snooze-picker.tsx'
import { useTargets } from './use-targets.ts'

/** Every command that can be given right now, with its key. */
export function PalettePicker({ focused, onClose }: PaletteProps): ReactNode {
  const desk = useDesk()
  const at = { desk, focused }
  const isOffered = ({ id }: Command): boolean =>
    id !== 'palette' && id !== 'back' && id !== 'send' && id !== 'open'
  return (
    <CommandPicker
      at={at}
      isOffered={isOffered}
      label={say('palette.title')}
      placeholder={say('palette.placeholder')}
      anchor={null}
      onClose={onClose}
    />
  )
}

/** What can be done with these conversations, for whoever looks instead of knowing the keys. */
export function MorePicker({ picker, onClose }: PickerParts): ReactNode {
  const desk = useDesk()
  const { anchor } = useTargets(picker)
  const at = { desk, focused: null, targets: picker.conversationIds, anchor }
  return (
    <CommandPicker
      at={at}
      isOffered={({ id, group }) => group === 'act' && id !== 'more' && id !== 'send'}
      label={say('more.title')}
      placeholder={say('palette.placeholder')}
      anchor={anchor}
      onClose={onClose}
    />
  )
}

function CommandPicker(props: CommandPickerProps): ReactNode {
  const { at, isOffered, label, placeholder, anchor, onClose } = props
  const [text, setText] = useState('')
  // As it was when the list was opened: what comes meanwhile moves nothing.
  const [offered] = useState(() => commands.filter((command) => isOffered(command) && command.when(at)))
  const isPalette = anchor === null && at.targets === undefined
  function run(id: string): void {
    const command = offered.find((each) => each.id === id)
    onClose()
    // After the focus is back where it was.
    if (command !== undefined) queueMicrotask(() => command.run(at))
  }
  return (
    <Picker
      label={label}
      placeholder={placeholder}
      text={text}
      onText={setText}
      options={matchOptions(
        offered.map((command) => commandOption(command, at, isPalette && text === '')),
        text,
      )}
      onPick={({ id }) => run(id)}
      onClose={onClose}
      anchor={anchor}
      empty={say('picker.nothing', { text })}
    />
  )
}

function commandOption(command: Command, at: Where, hasGroup: boolean): PickerOption {
  const [key] = command.keys
  return {
    id: command.id,
    label: say(wordOf(command, at)),
    detail: key === undefined ? undefined : <KeyCap>{keyName(key)}</KeyCap>,
    group: hasGroup ? say(`group.${command.group}`) : undefined,
  }
}

interface PaletteProps {
  focused: Element | null
  onClose: () => void
}

interface CommandPickerProps {
  at: Where
  isOffered: (command: Command) => boolean
  label: string
  placeholder: string
  anchor: Element | null
  onClose: () => void
}
