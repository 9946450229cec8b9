import { useId, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'

/** A part of the panel under its title; a part that could not be read says so, an empty one is left out. */
export function Section({
  title,
  action = null,
  isMissing = false,
  isEmpty = false,
  children,
}: SectionProps): ReactNode {
  const titleId = useId()
  if (isEmpty && !isMissing) return null
  return (
    <section className="panel-section" aria-labelledby={titleId}>
      <div className="panel-section-head">
        <h4 id={titleId}>{title}</h4>
        {action}
      </div>
      {isMissing ? <p className="panel-missing">{say('panel.missing')}</p> : null}
      {isEmpty ? null : children}
    </section>
  )
}

interface SectionProps {
  title: string
  action?: ReactNode
  /** Could not be read. */
  isMissing?: boolean
  isEmpty?: boolean
  children: ReactNode
}
