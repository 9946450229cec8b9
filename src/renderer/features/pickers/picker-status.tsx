import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import type { Targets } from './use-targets.ts'

/** A line above a list to pick from: that it is being read, may be old, or could not be. */
export function PickerStatus({ tone = 'plain', children }: PickerStatusProps): ReactNode {
  return (
    <p className={`picker-status picker-status-${tone}`} role={tone === 'trouble' ? 'alert' : 'status'}>
      {children}
    </p>
  )
}

/** How the account's own lists are: nothing to say once they are here. */
export function readingStatus({ isReading, failure }: Targets): ReactNode {
  if (failure !== null) return <PickerStatus tone="trouble">{failureText(failure)}</PickerStatus>
  return isReading ? <PickerStatus>{say('picker.reading')}</PickerStatus> : undefined
}

interface PickerStatusProps {
  tone?: 'plain' | 'trouble'
  children: ReactNode
}
