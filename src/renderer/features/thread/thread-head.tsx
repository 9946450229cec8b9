import ArrowLeft from 'lucide-react/icons/arrow-left'
import CircleCheck from 'lucide-react/icons/circle-check'
import MailOpen from 'lucide-react/icons/mail-open'
import MailWarning from 'lucide-react/icons/mail-warning'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import type { ReactNode } from 'react'
import type { AccountRow, ConversationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { closeConversation, toggleUnread } from '../../state/acts.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { toggleResolved } from '../../state/orders.ts'
import { accountOfRow, accountsOf, isUnread } from '../../state/selectors.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { clockTime } from '../../ui/times.ts'
import { keyHint } from '../commands/registry.ts'
import './thread-head.css'

/** Who this is, where they write from, how it stands, and what can be done about it. */
export function ThreadHead({ row }: { row: ConversationRow }): ReactNode {
  const desk = useDesk()
  const account = useMirror((mirror) => accountOfRow(mirror, row))
  const isOneOfMany = useMirror((mirror) => accountsOf(mirror).length > 1)
  const contact = row.who.email ?? row.who.phone
  return (
    <header className="thread-head">
      <IconButton
        className="thread-back"
        label={say('thread.back')}
        hint={keyHint('back')}
        tipAt="start"
        icon={<ArrowLeft size={18} className="turns" />}
        onClick={() => closeConversation(desk)}
      />
      <Avatar name={row.who.name} media={row.who.avatar} />
      <div className="thread-who">
        <h2 className="thread-name cut" dir="auto">
          {row.who.name}
        </h2>
        <p className="thread-where">
          <ChannelIcon channel={row.inbox.channel} />
          <span className="cut">
            <bdi>{row.inbox.name}</bdi>
          </span>
          {isOneOfMany && account !== null ? (
            <span className="thread-part thread-account cut">
              <bdi>{account.name}</bdi>
            </span>
          ) : null}
          {contact === null ? null : (
            <span className="thread-part thread-contact cut">
              <bdi dir="ltr">{contact}</bdi>
            </span>
          )}
        </p>
      </div>
      <div className="thread-facts">
        <StatusPill row={row} />
        <Assignee row={row} />
      </div>
      <Acts row={row} can={account?.can ?? null} />
    </header>
  )
}

/** One button for both ways each, so that whoever pressed it by key still stands on it afterwards. */
function Acts({ row, can }: { row: ConversationRow; can: AccountRow['can'] | null }): ReactNode {
  const desk = useDesk()
  const isNew = isUnread(row)
  const isDone = row.status.kind === 'done'
  return (
    <div className="thread-acts">
      {(isNew ? can?.markRead : can?.markUnread) ? (
        <IconButton
          label={say(isNew ? 'act.markRead' : 'act.markUnread')}
          hint={keyHint('unread')}
          icon={isNew ? <MailOpen size={17} /> : <MailWarning size={17} />}
          tipAt="end"
          onClick={() => toggleUnread(desk, row.id)}
        />
      ) : null}
      {(isDone ? can?.reopen : can?.resolve) ? (
        <Button
          look={isDone ? 'plain' : 'primary'}
          icon={isDone ? <RotateCcw size={15} /> : <CircleCheck size={15} />}
          hint={keyHint('resolve')}
          onClick={() => toggleResolved(desk, row.id)}
        >
          {say(isDone ? 'act.reopen' : 'act.resolve')}
        </Button>
      ) : null}
    </div>
  )
}

function StatusPill({ row }: { row: ConversationRow }): ReactNode {
  const { status } = row
  const words =
    status.kind === 'snoozed' && status.until !== null
      ? say('status.snoozedUntil', { time: clockTime(status.until) })
      : say(`status.${status.kind}`)
  return (
    <span className="pill" data-status={status.kind} title={row.isLocal ? say('status.onlyHere') : undefined}>
      {words}
      {row.isLocal ? ` · ${say('status.here')}` : ''}
    </span>
  )
}

function Assignee({ row }: { row: ConversationRow }): ReactNode {
  if (row.assignee === null) {
    return (
      <span className="thread-assignee">
        <span>{say('assignee.nobody')}</span>
      </span>
    )
  }
  const words = row.assignee.isMe ? say('assignee.toYou') : say('assignee.to', { name: row.assignee.name })
  return (
    <span className="thread-assignee" title={words}>
      <Avatar name={row.assignee.name} media={row.assignee.avatar} size="tiny" />
      <span className="cut" dir="auto">
        {row.assignee.isMe ? say('assignee.you') : row.assignee.name}
      </span>
    </span>
  )
}
