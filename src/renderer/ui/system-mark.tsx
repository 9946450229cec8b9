import type { ReactNode } from 'react'
import { markOf } from './mark-of.ts'
import './system-mark.css'

/** Which system something is from, in two letters; its whole name stands in the hint, or beside it. */
export function SystemMark({ label, labels, title }: SystemMarkProps): ReactNode {
  return (
    <span className="system-mark" aria-hidden="true" title={title}>
      {markOf(label, labels)}
    </span>
  )
}

interface SystemMarkProps {
  label: string
  /** Of every system in sight. */
  labels: readonly string[]
  title?: string
}
