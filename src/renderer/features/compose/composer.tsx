import SendHorizontal from 'lucide-react/icons/send-horizontal'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ConversationRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { keyHint } from '../commands/registry.ts'
import './composer.css'
import { useDraft } from './use-draft.ts'

/** Where a reply is written. The text stays here until the engine has it safely. */
export function Composer({ row }: { row: ConversationRow }): ReactNode {
  const desk = useDesk()
  const ref = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft(row.id)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setIsSending] = useState(false)
  const attempt = useRef<{ text: string; clientKey: string } | null>(null)
  const isEmpty = draft.text.trim() === ''

  const focusAsk = useView((view) => view.focusAsk)
  useEffect(() => {
    if (focusAsk?.target === 'composer') ref.current?.focus()
  }, [focusAsk])

  async function send(): Promise<void> {
    const { text } = draft
    if (isEmpty || isSending) return
    // The same words sent again after a failure are the same reply.
    if (attempt.current?.text !== text) attempt.current = { text, clientKey: crypto.randomUUID() }
    setIsSending(true)
    const answer = await desk.bridge.call('reply.send', { conversationId: row.id, ...attempt.current })
    setIsSending(false)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    attempt.current = null
    draft.sent(text)
  }

  if (!row.canReply) return <CannotReply row={row} />
  return (
    <form
      className="composer"
      aria-label={say('compose.label')}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {failure === null ? null : (
        <Notice tone="trouble">{say('compose.notKept', { why: failureText(failure) })}</Notice>
      )}
      <div className="composer-box">
        <textarea
          ref={ref}
          className="composer-text scrolls"
          dir="auto"
          rows={1}
          aria-label={say('compose.to', { name: row.who.name })}
          placeholder={say('compose.to', { name: row.who.name })}
          value={draft.text}
          onChange={(event) => draft.write(event.target.value)}
        />
        <div className="composer-foot">
          <span className="composer-word" role="status">
            {draft.state === 'kept'
              ? say('compose.draftKept')
              : draft.state === 'notKept'
                ? say('compose.draftNotKept')
                : ''}
          </span>
          <Button
            type="submit"
            look="primary"
            size="small"
            icon={<SendHorizontal size={14} className="turns" />}
            hint={keyHint('send')}
            disabled={isEmpty || isSending}
          >
            {say('act.send')}
          </Button>
        </div>
      </div>
    </form>
  )
}

function CannotReply({ row }: { row: ConversationRow }): ReactNode {
  return (
    <div className="composer">
      <Notice tone="plain">{say('compose.closed', { inbox: row.inbox.name })}</Notice>
    </div>
  )
}
