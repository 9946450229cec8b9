import Lock from 'lucide-react/icons/lock'
import Reply from 'lucide-react/icons/reply'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { DraftKind } from '../../../shared/domain/reply.ts'
import { say } from '../../../shared/words/words.ts'

/** To the customer, or among colleagues; the one that is not open shows whether something waits in it. */
export function ModeTabs({ kind, waits, panelId, onPick }: ModeTabsProps): ReactNode {
  const ref = useRef<HTMLDivElement>(null)
  function onKeyDown(event: KeyboardEvent): void {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return
    event.preventDefault()
    onPick(kind === 'reply' ? 'note' : 'reply', 'tabs')
    ref.current?.querySelector<HTMLElement>('[aria-selected="false"]')?.focus()
  }
  return (
    <div ref={ref} className="modes" role="tablist" aria-label={say('compose.mode')} onKeyDown={onKeyDown}>
      {kinds.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          className="mode"
          data-kind={each}
          aria-selected={each === kind}
          aria-controls={panelId}
          tabIndex={each === kind ? 0 : -1}
          onClick={() => onPick(each, 'text')}
        >
          {each === 'reply' ? (
            <Reply size={14} className="turns" aria-hidden="true" />
          ) : (
            <Lock size={13} aria-hidden="true" />
          )}
          {say(`compose.${each}`)}
          {waits && each !== kind ? (
            <span className="mode-waits">
              <span className="unseen">{say('compose.waits')}</span>
            </span>
          ) : null}
        </button>
      ))}
    </div>
  )
}

const kinds = ['reply', 'note'] as const satisfies readonly DraftKind[]

interface ModeTabsProps {
  kind: DraftKind
  /** Something is written in the other one. */
  waits: boolean
  panelId: string
  /** `then` is where the focus goes: on along the tabs, or into the text. */
  onPick: (kind: DraftKind, then: 'tabs' | 'text') => void
}
