import ArrowLeft from 'lucide-react/icons/arrow-left'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import Clock from 'lucide-react/icons/clock'
import Ellipsis from 'lucide-react/icons/ellipsis'
import MailOpen from 'lucide-react/icons/mail-open'
import MailWarning from 'lucide-react/icons/mail-warning'
import PanelRight from 'lucide-react/icons/panel-right'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Tag from 'lucide-react/icons/tag'
import type { ReactNode } from 'react'
import type { AccountRow, ConversationRow } from '../../../shared/contract/contract.ts'
import { orderName } from '../../../shared/domain/order-name.ts'
import { say, type WordKey } from '../../../shared/words/words.ts'
import { closeConversation, showPicker, toggleUnread } from '../../state/acts.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { toggleResolved } from '../../state/orders.ts'
import { accountOfRow, accountsOf, canReopen, isUnread } from '../../state/selectors.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { keyHint } from '../commands/registry.ts'
import { togglePanel } from '../panel/toggle-panel.ts'
import { ThreadChips } from './thread-chips.tsx'
import './thread-head.css'

/** Who this is, where they write from, how it stands, and what can be done about it. */
export function ThreadHead({ row }: { row: ConversationRow }): ReactNode {
  const desk = useDesk()
  const account = useMirror((mirror) => accountOfRow(mirror, row))
  const isOneOfMany = useMirror((mirror) => accountsOf(mirror).length > 1)
  const contact = row.who.email ?? row.who.phone
  return (
    <>
      <header className="thread-head" data-thread={row.id}>
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
          <Assignee row={row} canAssign={account?.can.assign === true || account?.can.assignTeam === true} />
        </div>
        <Acts row={row} account={account} />
      </header>
      <ThreadChips row={row} account={account} />
    </>
  )
}

/** One button for both ways each, so that whoever pressed it by key still stands on it afterwards. */
function Acts({ row, account }: { row: ConversationRow; account: AccountRow | null }): ReactNode {
  const desk = useDesk()
  const can = account?.can ?? null
  const named = account === null ? [] : [account.named]
  const isNew = isUnread(row)
  const isDone = row.status.kind === 'done'
  const isPanelOpen = useView((view) => view.panelFor === row.id)
  return (
    <div className="thread-acts">
      {can?.snooze === true ? (
        <Opens
          row={row}
          kind="snooze"
          word={`act.${orderName('snooze', named)}`}
          icon={<Clock size={17} />}
        />
      ) : null}
      {can?.label === true ? (
        <Opens row={row} kind="label" word="act.label" icon={<Tag size={17} />} />
      ) : null}
      {can?.panel === true ? (
        <IconButton
          className="thread-panel-act"
          label={say('panel.open')}
          hint={keyHint('panel')}
          aria-pressed={isPanelOpen}
          icon={<PanelRight size={17} className="turns" />}
          tipAt="end"
          onClick={() => togglePanel(desk, row.id)}
        />
      ) : null}
      {(isNew ? can?.markRead : can?.markUnread) ? (
        <IconButton
          className="thread-act"
          label={say(`act.${orderName(isNew ? 'markRead' : 'markUnread', named)}`)}
          hint={keyHint('unread')}
          icon={isNew ? <MailOpen size={17} /> : <MailWarning size={17} />}
          tipAt="end"
          onClick={() => toggleUnread(desk, row.id)}
        />
      ) : null}
      <Opens row={row} kind="more" word="act.more" icon={<Ellipsis size={17} />} />
      {(isDone ? canReopen(account, row) : can?.resolve) ? (
        <Button
          look={isDone ? 'plain' : 'primary'}
          icon={isDone ? <RotateCcw size={15} /> : <CircleCheck size={15} />}
          hint={keyHint('resolve')}
          onClick={() => toggleResolved(desk, row.id)}
        >
          {isDone ? say('act.reopen') : say(`act.${orderName('resolve', named)}`)}
        </Button>
      ) : null}
    </div>
  )
}

/** A button that opens a list to pick from; narrow heads leave them to the last one, which has all of them. */
function Opens({ row, kind, word, icon }: OpensProps): ReactNode {
  const desk = useDesk()
  return (
    <IconButton
      className={kind === 'more' ? 'thread-more' : 'thread-act'}
      data-opens={kind}
      aria-haspopup="dialog"
      label={say(word)}
      hint={keyHint(kind)}
      icon={icon}
      tipAt="end"
      onClick={({ currentTarget }) =>
        showPicker(desk, { kind, conversationIds: [row.id], anchor: currentTarget })
      }
    />
  )
}

interface OpensProps {
  row: ConversationRow
  kind: 'snooze' | 'label' | 'more'
  word: WordKey
  icon: ReactNode
}

function StatusPill({ row }: { row: ConversationRow }): ReactNode {
  const { status } = row
  return (
    <span className="pill" data-status={status.kind} title={row.isLocal ? say('status.onlyHere') : undefined}>
      {say(`status.${status.kind}`)}
      {row.isLocal ? ` · ${say('status.here')}` : ''}
    </span>
  )
}

function Assignee({ row, canAssign }: { row: ConversationRow; canAssign: boolean }): ReactNode {
  const desk = useDesk()
  const { assignee } = row
  // Where nobody can be given anything, that nobody has it says nothing.
  if (assignee === null && !canAssign) return null
  const words =
    assignee === null
      ? say('assignee.nobody')
      : assignee.isMe
        ? say('assignee.toYou')
        : say('assignee.to', { name: assignee.name })
  const face = (
    <>
      {assignee === null ? (
        <CircleDashed size={16} aria-hidden="true" />
      ) : (
        <Avatar name={assignee.name} media={assignee.avatar} size="tiny" />
      )}
      <span className="cut" dir="auto" aria-hidden={canAssign || undefined}>
        {assignee === null ? words : assignee.isMe ? say('assignee.you') : assignee.name}
      </span>
    </>
  )
  if (!canAssign) {
    return (
      <span className="thread-assignee" title={words}>
        {face}
      </span>
    )
  }
  return (
    <button
      type="button"
      className="thread-assignee thread-assign"
      data-opens="assign"
      aria-haspopup="dialog"
      title={words}
      onClick={({ currentTarget }) =>
        showPicker(desk, { kind: 'assign', conversationIds: [row.id], anchor: currentTarget })
      }
    >
      <span className="unseen">{`${say('act.assign')}: ${words}`}</span>
      {face}
    </button>
  )
}
