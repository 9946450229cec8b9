import type { ReactNode } from 'react'
import './notice.css'

/** A line that says how things stand, with a way out beside it. */
export function Notice({ tone, icon, children, actions }: NoticeProps): ReactNode {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'trouble' ? 'alert' : 'status'}>
      {icon}
      <div className="notice-words">{children}</div>
      {actions === undefined ? null : <div className="notice-actions">{actions}</div>}
    </div>
  )
}

/** A whole pane that has nothing to list, and says why. */
export function Blank({ icon, title, children, action }: BlankProps): ReactNode {
  return (
    <div className="blank">
      <span className="blank-icon" aria-hidden="true">
        {icon}
      </span>
      <h2 className="blank-title">{title}</h2>
      {children === undefined ? null : <p className="blank-words">{children}</p>}
      {action}
    </div>
  )
}

/** How far something is; without a total it only says that it runs. */
export function Progress({ label, done, total }: ProgressProps): ReactNode {
  return (
    <div className="progress">
      <p className="progress-words">{label}</p>
      <progress
        className="progress-bar"
        aria-label={label}
        {...(total === null ? {} : { value: done, max: total })}
      />
    </div>
  )
}

interface NoticeProps {
  tone: 'plain' | 'warm' | 'trouble'
  icon?: ReactNode
  children: ReactNode
  actions?: ReactNode
}

interface BlankProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
}

interface ProgressProps {
  label: string
  done: number
  total: number | null
}
