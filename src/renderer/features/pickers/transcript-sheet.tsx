import { useState, type ReactNode, type SyntheticEvent } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { useRow } from '../../state/use-row.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Sends the conversation by e-mail; the customer's own address stands there already. */
export function TranscriptSheet({ conversationId }: { conversationId: string }): ReactNode {
  const desk = useDesk()
  const row = useRow(conversationId)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setIsSending] = useState(false)
  const [typed, setTyped] = useState(row?.who.email ?? '')
  async function send(event: SyntheticEvent): Promise<void> {
    event.preventDefault()
    const email = typed.trim()
    if (isSending) return
    if (!/^\S+@\S+\.\S+$/.test(email))
      return setFailure({ code: 'badEmail', facts: { email }, retryAt: null })
    setIsSending(true)
    const answer = await desk.bridge.call('transcript.send', { conversationId, email })
    setIsSending(false)
    if (!answer.ok) return setFailure(answer.failure)
    showDialog(desk, null)
    toast(desk, { title: say('toast.transcript', { email }) })
  }
  return (
    <Dialog
      title={say('transcript.title')}
      closeLabel={say('dialog.close')}
      onClose={() => showDialog(desk, null)}
    >
      <form className="sheet-form" noValidate onSubmit={(event) => void send(event)}>
        <p className="sheet-hint">{say('transcript.hint')}</p>
        <Field
          label={say('transcript.email')}
          hint={null}
          type="email"
          dir="ltr"
          maxLength={320}
          data-focus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-invalid={failure?.code === 'badEmail' || undefined}
        />
        {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
        <div className="sheet-buttons">
          <Button type="submit" look="primary" disabled={isSending}>
            {say('transcript.send')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
