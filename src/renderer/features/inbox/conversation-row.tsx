import AlarmClock from 'lucide-react/icons/alarm-clock'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Clock from 'lucide-react/icons/clock'
import PenLine from 'lucide-react/icons/pen-line'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import VolumeX from 'lucide-react/icons/volume-x'
import { memo, type MouseEvent, type ReactNode } from 'react'
import type { AccountRow, ConversationRow as Row } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { askFocus, openConversation } from '../../state/acts.ts'
import { checkThrough, toggleChecked } from '../../state/checking.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk, useMirror, useNow, useView } from '../../state/hooks.ts'
import { accountOfRow, accountsOf, directoryOf, isUnread } from '../../state/selectors.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Dot } from '../../ui/dot.tsx'
import { SystemMark } from '../../ui/system-mark.tsx'
import { comingTime, duration, fullTime, shortTime, waitLevel } from '../../ui/times.ts'
import './conversation-row.css'
import { previewText } from './preview-text.ts'
import { QuickActs } from './quick-acts.tsx'

/** One conversation in the list: who, what they last said, how long they wait, and who has it. */
export const ConversationRow = memo(function ConversationRow({ row, position }: RowProps): ReactNode {
  const desk = useDesk()
  const isSelected = useView((view) => view.selectedId === row.id)
  const isOpen = useView((view) => view.openId === row.id)
  const isChecked = useView((view) => view.checked.has(row.id))
  return (
    <div
      id={`row-${row.id}`}
      className="row"
      role="row"
      aria-rowindex={position}
      aria-selected={isSelected}
      aria-current={isOpen ? 'true' : undefined}
      data-unread={isUnread(row)}
      data-checked={isChecked}
      onMouseDown={(event) => {
        // Ticking a range would otherwise mark the words in between.
        if (event.shiftKey) event.preventDefault()
      }}
      onClick={(event) => click(desk, row.id, event)}
    >
      <div role="gridcell" className="row-cell">
        <span className="row-face">
          <Avatar name={row.who.name} media={row.who.avatar} />
          <input
            type="checkbox"
            className="row-tick tick"
            tabIndex={-1}
            aria-label={say('bulk.tick', { name: row.who.name })}
            checked={isChecked}
            onChange={() => undefined}
            onClick={(event) => {
              event.stopPropagation()
              if (event.shiftKey) checkThrough(desk, row.id)
              else toggleChecked(desk, row.id)
            }}
          />
        </span>
        <div className="row-words">
          <FirstLine row={row} />
          <SecondLine row={row} />
          <ThirdLine row={row} />
        </div>
      </div>
      <div role="gridcell" className="row-acts">
        <QuickActs row={row} />
      </div>
    </div>
  )
})

/** With Shift up to here, with the platform's own key this one too; else it opens. */
function click(desk: Desk, conversationId: string, event: MouseEvent): void {
  if (event.shiftKey) return checkThrough(desk, conversationId)
  if (event.ctrlKey || event.metaKey) return toggleChecked(desk, conversationId)
  openConversation(desk, conversationId)
  // Where one pane is shown at a time the list goes away, and the focus with it.
  if (matchMedia('(max-width: 44rem)').matches) askFocus(desk, 'thread')
}

interface RowProps {
  row: Row
  /** Counted from one, in the whole list. */
  position: number
}

function FirstLine({ row }: { row: Row }): ReactNode {
  const nowAt = useNow()
  return (
    <div className="row-line">
      {isUnread(row) ? <span className="unseen">{say('row.unread')}</span> : null}
      <span className="row-name cut" dir="auto">
        {row.who.name}
      </span>
      <Waiting row={row} nowAt={nowAt} />
      <time
        className="row-time"
        dateTime={new Date(row.lastActivityAt).toISOString()}
        title={fullTime(row.lastActivityAt)}
      >
        {shortTime(row.lastActivityAt, nowAt)}
      </time>
    </div>
  )
}

function Waiting({ row, nowAt }: { row: Row; nowAt: number }): ReactNode {
  if (row.waitingSince === null || row.status.kind === 'done') return null
  const waits = duration(row.waitingSince, nowAt)
  if (waits === null) return null
  return (
    <span
      className="row-waiting"
      data-level={waitLevel(row.waitingSince, nowAt)}
      title={say('row.waitingSince', { time: fullTime(row.waitingSince) })}
    >
      <Clock size={12} aria-hidden="true" />
      <span className="unseen">{say('row.waiting')}</span>
      {waits}
    </span>
  )
}

function SecondLine({ row }: { row: Row }): ReactNode {
  const count = row.unread.kind === 'some' ? null : row.unread.count
  return (
    <div className="row-line">
      <span className="row-preview cut" dir="auto">
        {previewText(row)}
      </span>
      {count !== null && count > 0 ? (
        <span className="row-count">
          <span aria-hidden="true">{row.unread.kind === 'atLeast' ? `${String(count)}+` : count}</span>
          <span className="unseen">{say('row.unreadCount', { count })}</span>
        </span>
      ) : isUnread(row) ? (
        <span className="row-dot" aria-hidden="true" />
      ) : null}
    </div>
  )
}

function ThirdLine({ row }: { row: Row }): ReactNode {
  const account = useMirror((mirror) => (accountsOf(mirror).length > 1 ? accountOfRow(mirror, row) : null))
  const isUrgent = row.priority === 'urgent' || row.priority === 'high'
  return (
    <div className="row-line row-facts">
      {account === null ? null : <RowSystem account={account} />}
      <ChannelIcon channel={row.inbox.channel} size={12} />
      <span className="row-inbox cut" dir="auto">
        {account === null ? row.inbox.name : `${row.inbox.name} · ${account.name}`}
      </span>
      {isUrgent && row.priority !== null ? (
        <span className="row-priority">{say(`priority.${row.priority}`)}</span>
      ) : null}
      {row.labels.slice(0, 1).map((label) => (
        <RowLabel key={label} label={label} accountId={row.accountId} />
      ))}
      {row.labels.length > 1 ? <span className="row-more">{`+${String(row.labels.length - 1)}`}</span> : null}
      <span className="row-gap" />
      <Standing row={row} />
      <DraftMark row={row} />
      <OutboxState row={row} />
      <Holder row={row} />
    </div>
  )
}

/** Which system it is from, where there are several in sight. */
function RowSystem({ account }: { account: AccountRow }): ReactNode {
  const accounts = useMirror(accountsOf)
  const labels = [...new Set(accounts.map(({ providerLabel }) => providerLabel))]
  if (labels.length < 2) return null
  return (
    <>
      <SystemMark
        label={account.providerLabel}
        labels={labels}
        title={`${account.providerLabel} · ${account.host}`}
      />
      <span className="unseen">{account.providerLabel}</span>
    </>
  )
}

function RowLabel({ label, accountId }: { label: string; accountId: string }): ReactNode {
  const color = useMirror(
    (mirror) => directoryOf(mirror, accountId)?.labels.find(({ title }) => title === label)?.color ?? null,
  )
  return (
    <span className="row-label">
      {color === null ? null : <Dot color={color} />}
      <span className="cut" dir="auto">
        {label}
      </span>
    </span>
  )
}

/** When it comes back, and that nobody hears them any more. */
function Standing({ row }: { row: Row }): ReactNode {
  const nowAt = useNow()
  const { status } = row
  return (
    <>
      {row.muted ? (
        <span className="row-outbox" title={say('status.muted')}>
          <VolumeX size={12} aria-hidden="true" />
          <span className="unseen">{say('status.muted')}</span>
        </span>
      ) : null}
      {status.kind === 'snoozed' && status.until !== null ? (
        <span className="row-outbox">
          <AlarmClock size={12} aria-hidden="true" />
          <span className="unseen">{say('status.snoozed')}</span>
          {comingTime(status.until, nowAt)}
        </span>
      ) : null}
    </>
  )
}

function DraftMark({ row }: { row: Row }): ReactNode {
  return row.hasDraft ? (
    <span className="row-outbox row-draft" title={say('row.draft')}>
      <PenLine size={12} aria-hidden="true" />
      {say('row.draft')}
    </span>
  ) : null
}

/** How many later ones wait for one that stopped. */
function HeldBack({ count }: { count: number }): ReactNode {
  if (count === 0) return null
  return (
    <span title={say('row.heldBack', { count })}>
      <span aria-hidden="true">{` · ${say('row.waits', { count })}`}</span>
      <span className="unseen">{say('row.heldBack', { count })}</span>
    </span>
  )
}

function OutboxState({ row }: { row: Row }): ReactNode {
  switch (row.outbox) {
    case 'clear':
      return null
    case 'onItsWay':
      return (
        <span className="row-outbox" title={say('row.onItsWay')}>
          <SendHorizontal size={12} aria-hidden="true" />
          <span className="unseen">{say('row.onItsWay')}</span>
        </span>
      )
    case 'failed':
      return (
        <span className="row-outbox row-outbox-failed">
          <CircleAlert size={12} aria-hidden="true" />
          {say('row.failed')}
          <HeldBack count={row.heldBack} />
        </span>
      )
    case 'notDone':
      return (
        <span className="row-outbox row-outbox-failed">
          <CircleAlert size={12} aria-hidden="true" />
          {say('row.notDone')}
        </span>
      )
    case 'asks':
      return (
        <span className="row-outbox row-outbox-asks">
          <CircleQuestionMark size={12} aria-hidden="true" />
          {say('row.asks')}
          <HeldBack count={row.heldBack} />
        </span>
      )
  }
}

function Holder({ row }: { row: Row }): ReactNode {
  if (row.assignee === null) return null
  const words = row.assignee.isMe ? say('assignee.toYou') : say('assignee.to', { name: row.assignee.name })
  return (
    <span className="row-holder" title={words}>
      <Avatar name={row.assignee.name} media={row.assignee.avatar} size="tiny" />
      <span className="unseen">{words}</span>
    </span>
  )
}
