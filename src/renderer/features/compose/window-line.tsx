import Clock from 'lucide-react/icons/clock'
import Lock from 'lucide-react/icons/lock'
import type { ReactNode } from 'react'
import type { ConversationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { fullTime } from '../../ui/times.ts'
import { timeLeft, type ReplyWindow } from './reply-window.ts'

/** How long free text still goes out. */
export function WindowLine({ window }: { window: ReplyWindow }): ReactNode {
  if (window.kind !== 'closing') return null
  const { unit, count } = timeLeft(window.leftMs)
  const isSoon = unit === 'minutes' || count < 3
  return (
    <span className="window-line" data-soon={isSoon} title={fullTime(window.until)}>
      <Clock size={12} aria-hidden="true" />
      {say(`window.${unit}`, { count })}
    </span>
  )
}

/** Why nothing can be written to the customer now, and what still can be done. */
export function WindowClosed({ row, onTemplate, onNote }: WindowClosedProps): ReactNode {
  const ways = (
    <>
      {onTemplate === null ? null : (
        <Button size="small" onClick={onTemplate}>
          {say('compose.template')}
        </Button>
      )}
      {onNote === null ? null : (
        <Button size="small" look="quiet" onClick={onNote}>
          {say('compose.writeNote')}
        </Button>
      )}
    </>
  )
  return (
    <Notice
      tone="plain"
      icon={<Lock size={15} aria-hidden="true" />}
      actions={onTemplate === null && onNote === null ? undefined : ways}
    >
      {say('compose.closed', { inbox: row.inbox.name })}
      {onTemplate === null ? null : ` ${say('compose.closedTemplate')}`}
    </Notice>
  )
}

interface WindowClosedProps {
  row: ConversationRow
  onTemplate: (() => void) | null
  onNote: (() => void) | null
}
