import AlarmClock from 'lucide-react/icons/alarm-clock'
import Users from 'lucide-react/icons/users'
import VolumeX from 'lucide-react/icons/volume-x'
import type { ReactNode } from 'react'
import type { AccountRow, ConversationRow } from '../../../shared/contract/contract.ts'
import { orderName } from '../../../shared/domain/order-name.ts'
import { say } from '../../../shared/words/words.ts'
import { showPicker } from '../../state/acts.ts'
import { useDesk, useMirror, useNow } from '../../state/hooks.ts'
import { directoryOf } from '../../state/selectors.ts'
import { Dot } from '../../ui/dot.tsx'
import { PriorityMark } from '../../ui/priority-mark.tsx'
import { comingTime } from '../../ui/times.ts'
import './thread-chips.css'

/** How the conversation is filed: each chip opens the list it was picked from. Nothing filed, no line. */
export function ThreadChips({
  row,
  account,
}: {
  row: ConversationRow
  account: AccountRow | null
}): ReactNode {
  const can = account?.can ?? null
  const { priority, team, labels, status, muted } = row
  if (priority === null && team === null && labels.length === 0 && status.kind !== 'snoozed' && !muted)
    return null
  return (
    <div className="chips">
      {muted ? (
        <span className="chip chip-trouble">
          <VolumeX size={13} aria-hidden="true" />
          {say('status.muted')}
        </span>
      ) : null}
      {status.kind === 'snoozed' ? <SnoozedChip row={row} account={account} /> : null}
      {priority === null ? null : (
        <Chip row={row} opens="priority" isOpen={can?.prioritise ?? false} name={say('act.prioritise')}>
          <PriorityMark priority={priority} size={13} />
          {say(`priority.${priority}`)}
        </Chip>
      )}
      {team === null ? null : (
        <Chip row={row} opens="assign" isOpen={can?.assignTeam ?? false} name={say('act.assign')}>
          <Users size={13} aria-hidden="true" />
          <span className="cut" dir="auto">
            {team}
          </span>
        </Chip>
      )}
      {labels.map((label) => (
        <LabelChip key={label} row={row} label={label} canLabel={can?.label ?? false} />
      ))}
    </div>
  )
}

function SnoozedChip({ row, account }: { row: ConversationRow; account: AccountRow | null }): ReactNode {
  const nowAt = useNow()
  const { status } = row
  if (status.kind !== 'snoozed') return null
  const name = say(`act.${orderName('snooze', account === null ? [] : [account.named])}`)
  return (
    <Chip row={row} opens="snooze" isOpen={account?.can.snooze ?? false} name={name}>
      <AlarmClock size={13} aria-hidden="true" />
      {status.until === null
        ? say('status.untilReply')
        : say('status.snoozedUntil', { time: comingTime(status.until, nowAt) })}
    </Chip>
  )
}

function LabelChip({
  row,
  label,
  canLabel,
}: {
  row: ConversationRow
  label: string
  canLabel: boolean
}): ReactNode {
  const known = useMirror((mirror) =>
    directoryOf(mirror, row.accountId)?.labels.find(({ title }) => title === label),
  )
  return (
    <Chip row={row} opens="label" isOpen={canLabel} name={say('act.label')}>
      <Dot color={known?.color ?? null} />
      <span className="cut" dir="auto">
        {label}
      </span>
    </Chip>
  )
}

function Chip({ row, opens, isOpen, name, children }: ChipProps): ReactNode {
  const desk = useDesk()
  if (!isOpen) return <span className="chip">{children}</span>
  return (
    <button
      type="button"
      className="chip"
      title={name}
      onClick={({ currentTarget }) =>
        showPicker(desk, { kind: opens, conversationIds: [row.id], anchor: currentTarget })
      }
    >
      {children}
    </button>
  )
}

interface ChipProps {
  row: ConversationRow
  opens: 'priority' | 'assign' | 'snooze' | 'label'
  /** Whether it can be changed from here. */
  isOpen: boolean
  name: string
  children: ReactNode
}
