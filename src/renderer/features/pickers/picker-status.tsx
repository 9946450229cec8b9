import type { ReactNode } from 'react'

/** A line above a list to pick from: that it is being read, may be old, or could not be. */
export function PickerStatus({ tone = 'plain', children }: PickerStatusProps): ReactNode {
  return (
    <p className={`picker-status picker-status-${tone}`} role={tone === 'trouble' ? 'alert' : 'status'}>
      {children}
    </p>
  )
}

interface PickerStatusProps {
  tone?: 'plain' | 'trouble'
  children: ReactNode
}
