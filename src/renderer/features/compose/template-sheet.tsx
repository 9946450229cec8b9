import { useEffect, useState, type ReactNode } from 'react'
import type { TemplateRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { TemplateUse } from '../../../shared/domain/reply.ts'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TemplateForm } from './template-form.tsx'

/** Approved messages of one channel: one is picked, its blanks filled, and sent. */
export function TemplateSheet({ conversationId, failure, onSend, onClose }: TemplateSheetProps): ReactNode {
  const desk = useDesk()
  const [state, setState] = useState<State>({ kind: 'loading' })
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isCurrent = true
    void desk.bridge.call('templates.list', { conversationId }).then((answer) => {
      if (!isCurrent) return
      setState(
        answer.ok
          ? { kind: 'ready', templates: answer.value.templates }
          : { kind: 'failed', failure: answer.failure },
      )
    })
    return () => {
      isCurrent = false
    }
  }, [desk, conversationId, tries])
  return (
    <Dialog title={say('template.title')} closeLabel={say('dialog.close')} size="wide" onClose={onClose}>
      <div className="template-sheet">
        {failure === null ? null : (
          <Notice tone="trouble">{say('compose.notKept', { why: failureText(failure) })}</Notice>
        )}
        {state.kind === 'loading' ? <p role="status">{say('template.loading')}</p> : null}
        {state.kind === 'failed' ? (
          <Notice
            tone="trouble"
            actions={
              <Button size="small" onClick={() => setTries(tries + 1)}>
                {say('act.tryAgain')}
              </Button>
            }
          >
            {failureText(state.failure)}
          </Notice>
        ) : null}
        {state.kind === 'ready' ? (
          <TemplateForm templates={state.templates} submitWord="template.send" onSubmit={onSend} />
        ) : null}
      </div>
    </Dialog>
  )
}

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly templates: readonly TemplateRow[] }

interface TemplateSheetProps {
  conversationId: string
  /** Why the last try did not get away. */
  failure: Failure | null
  onSend: (use: TemplateUse, text: string) => void
  onClose: () => void
}
