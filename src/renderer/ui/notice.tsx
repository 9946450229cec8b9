import type { ReactNode } from 'react'
import './notice.css'

/** A line that says how things stand, with a way out beside it. */
export function Notice({ tone, icon, title, isNews = true, children, actions }: NoticeProps): ReactNode {
  const role = tone === 'trouble' ? 'alert' : 'status'
  return (
    <div className={`notice notice-${tone}`} {...(isNews ? { role } : {})}>
      {icon}
      <div className="notice-words">
        {title === undefined ? null : (
          <p className="notice-title" dir="auto">
            {title}
          </p>
        )}
        <p>{children}</p>
        {actions === undefined || actions === null ? null : <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}

/** A whole pane that has nothing to list, and says why. */
export function Blank({ icon, title, tone = 'plain', children, action }: BlankProps): ReactNode {
  return (
    <div className={`blank blank-${tone}`}>
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
  title?: string
  /** False for a standing line, which would be read out again whenever a time in it moves on. */
  isNews?: boolean
  children: ReactNode
  actions?: ReactNode
}

interface BlankProps {
  icon: ReactNode
  title: string
  tone?: 'plain' | 'trouble'
  children?: ReactNode
  action?: ReactNode
}

interface ProgressProps {
  label: string
  done: number
  total: number | null
}
