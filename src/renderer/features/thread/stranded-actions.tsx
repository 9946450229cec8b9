import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import type { StrandedAction } from '../../../shared/contract/contract.ts'
import type { FailureCode } from '../../../shared/contract/failure.ts'
import { refusedName, type Named } from '../../../shared/domain/order-name.ts'
import { say } from '../../../shared/words/words.ts'
import { askFocus, tellFailure } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Actions of ours the server refused: why, and the two ways out. */
export function StrandedActions({ stranded, named }: StrandedActionsProps): ReactNode {
  const desk = useDesk()
  async function run(way: 'outbox.sendAgain' | 'outbox.discard', outboxId: string): Promise<void> {
    const answer = await desk.bridge.call(way, { outboxId })
    if (!answer.ok) return tellFailure(desk, answer.failure)
    // The button goes away, and would take the focus along.
    askFocus(desk, 'thread')
  }
  return stranded.map((each) => (
    <div className="stranded" key={each.outboxId}>
      <Notice
        tone="trouble"
        icon={<CircleAlert size={16} aria-hidden="true" />}
        actions={
          <>
            <Button size="small" onClick={() => void run('outbox.sendAgain', each.outboxId)}>
              {isOvertaken(each.failure) ? say('stranded.anyway') : say('act.tryAgain')}
            </Button>
            <Button size="small" look="quiet" onClick={() => void run('outbox.discard', each.outboxId)}>
              {say('act.letGo')}
            </Button>
          </>
        }
      >
        {say(`stranded.${refusedName(each.action, named)}`, { why: failureText(each.failure) })}
      </Notice>
    </div>
  ))
}

interface StrandedActionsProps {
  stranded: readonly StrandedAction[]
  named: Named | null
}

/** Whether somebody else was first: what was seen since is no fault that a second try could find mended. */
function isOvertaken({ code }: StrandedAction['failure']): boolean {
  return overtaken.includes(code)
}

const overtaken: readonly FailureCode[] = [
  'wroteSince',
  'takenSince',
  'yoursSince',
  'teamSince',
  'resolvedSince',
  'reopenedSince',
  'snoozedSince',
  'pendedSince',
  'prioritySince',
]
