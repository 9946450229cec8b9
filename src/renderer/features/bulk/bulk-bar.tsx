import CircleCheck from 'lucide-react/icons/circle-check'
import Clock from 'lucide-react/icons/clock'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Flag from 'lucide-react/icons/flag'
import MailOpen from 'lucide-react/icons/mail-open'
import Tag from 'lucide-react/icons/tag'
import UserRoundPlus from 'lucide-react/icons/user-round-plus'
import X from 'lucide-react/icons/x'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { uncheckAll } from '../../state/orders.ts'
import { accountsOfRows, rowsOf } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import { wordOf, type Command, type CommandId } from '../commands/command.ts'
import { commands, keyHint } from '../commands/registry.ts'
import './bulk-bar.css'

/** How many are ticked, and what can be done with all of them at once. */
export function BulkBar(): ReactNode {
  const checked = useView((view) => view.checked)
  return checked.size === 0 ? null : <Bar checked={checked} />
}

function Bar({ checked }: { checked: ReadonlySet<string> }): ReactNode {
  const desk = useDesk()
  return (
    <div className="bulk" role="toolbar" aria-label={say('bulk.label')}>
      <span className="bulk-count" role="status">
        {say('bulk.count', { count: checked.size })}
      </span>
      <div className="bulk-acts">
        {acts.map((act) => (
          <BulkAct key={act.id} {...act} checked={checked} />
        ))}
      </div>
      <IconButton
        className="tip-up"
        label={say('bulk.clear')}
        hint={keyHint('back')}
        tipAt="end"
        icon={<X size={16} />}
        onClick={() => uncheckAll(desk)}
      />
    </div>
  )
}

const acts: readonly { id: CommandId; icon: LucideIcon }[] = [
  { id: 'resolve', icon: CircleCheck },
  { id: 'snooze', icon: Clock },
  { id: 'assign', icon: UserRoundPlus },
  { id: 'label', icon: Tag },
  { id: 'priority', icon: Flag },
  { id: 'unread', icon: MailOpen },
  { id: 'more', icon: Ellipsis },
]

/** The same command the key gives, so that what it needs and does is written once. */
function BulkAct({ id, icon: Icon, checked }: BulkActProps): ReactNode {
  const desk = useDesk()
  const command = commands.find((each) => each.id === id)
  const at = { desk, focused: null, targets: [...checked] }
  // Asked again whenever a row changes: what all of them allow changes with it.
  const isPossible = useMirror(() => command?.when(at) ?? false)
  const word = useMirror(() => (command === undefined ? null : wordOf(command, at)))
  const isKnown = useMirror((mirror) => mayNeed(command, accountsOfRows(mirror, rowsOf(desk, at.targets))))
  if (word === null || !isKnown) return null
  return (
    <IconButton
      className="tip-up"
      data-opens={id}
      label={say(id === 'more' ? 'act.more' : word)}
      hint={keyHint(id)}
      icon={<Icon size={16} />}
      disabled={!isPossible}
      onClick={(event) => command?.run({ ...at, anchor: event.currentTarget })}
    />
  )
}

/** What no account among the ticked can do is absent; what only some can is there, and off. */
function mayNeed(command: Command | undefined, accounts: readonly AccountRow[]): boolean {
  const needs = command?.needs
  return needs === undefined || accounts.some(({ can }) => needs(can))
}

interface BulkActProps {
  id: CommandId
  icon: LucideIcon
  checked: ReadonlySet<string>
}
