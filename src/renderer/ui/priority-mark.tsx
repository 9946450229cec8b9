import CircleAlert from 'lucide-react/icons/circle-alert'
import Minus from 'lucide-react/icons/minus'
import SignalHigh from 'lucide-react/icons/signal-high'
import SignalLow from 'lucide-react/icons/signal-low'
import SignalMedium from 'lucide-react/icons/signal-medium'
import type { ReactNode } from 'react'
import type { Priority } from '../../shared/domain/conversation.ts'

const icons = { low: SignalLow, medium: SignalMedium, high: SignalHigh, urgent: CircleAlert } as const

/** A small picture of a priority; its name is always written beside it or on it. */
export function PriorityMark({ priority, size = 15 }: PriorityMarkProps): ReactNode {
  const Icon = priority === null ? Minus : icons[priority]
  return <Icon size={size} className="priority-mark" data-priority={priority ?? 'none'} aria-hidden="true" />
}

interface PriorityMarkProps {
  priority: Priority | null
  size?: number
}
