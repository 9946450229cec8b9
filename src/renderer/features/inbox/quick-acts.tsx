import CircleCheck from 'lucide-react/icons/circle-check'
import MailOpen from 'lucide-react/icons/mail-open'
import MailWarning from 'lucide-react/icons/mail-warning'
import Reply from 'lucide-react/icons/reply'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import type { MouseEvent, ReactNode } from 'react'
import type { ConversationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { replyTo, toggleUnread } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { toggleResolved } from '../../state/orders.ts'
import { accountOfRow, isUnread } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import type { CommandId } from '../commands/command.ts'
import { keyHint } from '../commands/registry.ts'

/** What can be done from the row, for the mouse: the keys do the same, so these stay out of the tab order. */
export function QuickActs({ row }: { row: ConversationRow }): ReactNode {
  const can = useMirror((mirror) => accountOfRow(mirror, row)?.can ?? null)
  const isDone = row.status.kind === 'done'
  const isNew = isUnread(row)
  return (
    <>
      {row.canReply ? (
        <QuickAct
          row={row}
          label={say('act.reply')}
          command="reply"
          icon={<Reply size={15} />}
          act={replyTo}
        />
      ) : null}
      {isNew && can?.markRead ? (
        <QuickAct
          row={row}
          label={say('act.markRead')}
          command="unread"
          icon={<MailOpen size={15} />}
          act={toggleUnread}
        />
      ) : null}
      {!isNew && can?.markUnread ? (
        <QuickAct
          row={row}
          label={say('act.markUnread')}
          command="unread"
          icon={<MailWarning size={15} />}
          act={toggleUnread}
        />
      ) : null}
      {isDone && can?.reopen ? (
        <QuickAct
          row={row}
          label={say('act.reopen')}
          command="resolve"
          icon={<RotateCcw size={15} />}
          act={toggleResolved}
        />
      ) : null}
      {!isDone && can?.resolve ? (
        <QuickAct
          row={row}
          label={say('act.resolve')}
          command="resolve"
          icon={<CircleCheck size={15} />}
          act={toggleResolved}
        />
      ) : null}
    </>
  )
}

function QuickAct({ row, label, command, icon, act }: QuickActProps): ReactNode {
  const desk = useDesk()
  function run(event: MouseEvent): void {
    event.stopPropagation()
    act(desk, row.id)
  }
  return (
    <IconButton tabIndex={-1} label={label} hint={keyHint(command)} tipAt="end" icon={icon} onClick={run} />
  )
}

interface QuickActProps {
  row: ConversationRow
  label: string
  command: CommandId
  icon: ReactNode
  act: (desk: Desk, conversationId: string) => void
}
