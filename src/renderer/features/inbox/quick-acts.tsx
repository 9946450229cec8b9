import CircleCheck from 'lucide-react/icons/circle-check'
import Clock from 'lucide-react/icons/clock'
import Ellipsis from 'lucide-react/icons/ellipsis'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import UserRoundPlus from 'lucide-react/icons/user-round-plus'
import type { MouseEvent, ReactNode } from 'react'
import type { ConversationRow } from '../../../shared/contract/contract.ts'
import { orderName } from '../../../shared/domain/order-name.ts'
import { say } from '../../../shared/words/words.ts'
import { showPicker } from '../../state/acts.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { toggleResolved } from '../../state/orders.ts'
import { accountOfRow, canReopen } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import type { CommandId } from '../commands/command.ts'
import { keyHint } from '../commands/registry.ts'

/** What can be done from the row, for the mouse: the keys do the same, so these stay out of the tab order. */
export function QuickActs({ row }: { row: ConversationRow }): ReactNode {
  const desk = useDesk()
  const account = useMirror((mirror) => accountOfRow(mirror, row))
  const can = account?.can ?? null
  const named = account === null ? [] : [account.named]
  const isDone = row.status.kind === 'done'
  const pick = (kind: 'snooze' | 'assign' | 'more') => (anchor: Element) =>
    showPicker(desk, { kind, conversationIds: [row.id], anchor })
  return (
    <>
      {can?.snooze === true && !isDone ? (
        <QuickAct
          label={say(`act.${orderName('snooze', named)}`)}
          command="snooze"
          icon={<Clock size={15} />}
          act={pick('snooze')}
        />
      ) : null}
      {can?.assign === true || can?.assignTeam === true ? (
        <QuickAct
          label={say('act.assign')}
          command="assign"
          icon={<UserRoundPlus size={15} />}
          act={pick('assign')}
        />
      ) : null}
      {(isDone ? canReopen(account, row) : can?.resolve === true) ? (
        <QuickAct
          label={isDone ? say('act.reopen') : say(`act.${orderName('resolve', named)}`)}
          command="resolve"
          icon={isDone ? <RotateCcw size={15} /> : <CircleCheck size={15} />}
          act={() => toggleResolved(desk, row.id)}
        />
      ) : null}
      <QuickAct label={say('act.more')} command="more" icon={<Ellipsis size={15} />} act={pick('more')} />
    </>
  )
}

function QuickAct({ label, command, icon, act }: QuickActProps): ReactNode {
  function run(event: MouseEvent<HTMLButtonElement>): void {
    event.stopPropagation()
    act(event.currentTarget)
  }
  return (
    <IconButton tabIndex={-1} label={label} hint={keyHint(command)} tipAt="end" icon={icon} onClick={run} />
  )
}

interface QuickActProps {
  label: string
  command: CommandId
  icon: ReactNode
  act: (button: Element) => void
}
