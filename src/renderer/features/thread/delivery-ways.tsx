import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { tellFailure, toast } from '../../state/acts.ts'
import { useDesk } from '../../state/hooks.ts'
import { throwAway, writeOn } from '../../state/stopped.ts'
import { Button } from '../../ui/button.tsx'
import { useRetry } from './message-acts.tsx'

/** What can be done with a message of ours that got stuck. The agent's word is asked only where the engine has none. */
export function DeliveryWays({ message }: { message: MessageRow }): ReactNode {
  const retry = useRetry()
  const { delivery, outboxId } = message
  if (outboxId === null) {
    return delivery.kind !== 'failed' || retry === null ? null : (
      <span className="delivery-ways">
        <Button size="small" onClick={() => retry(message)}>
          {say('message.retry')}
        </Button>
      </span>
    )
  }
  switch (delivery.kind) {
    case 'queued':
      return delivery.canEdit && delivery.waitsFor !== null ? <Waiting message={message} /> : null
    case 'refused':
      return <Stopped message={message} outboxId={outboxId} canEdit={delivery.canEdit} isUnsure={false} />
    case 'unsure':
      return delivery.asks ? (
        <Stopped message={message} outboxId={outboxId} canEdit={delivery.canEdit} isUnsure />
      ) : null
    case 'held':
    case 'sending':
    case 'none':
    case 'sent':
    case 'delivered':
    case 'read':
    case 'failed':
      return null
  }
}

/** It waits for another to be settled: until then it can be written on. */
function Waiting({ message }: { message: MessageRow }): ReactNode {
  const desk = useDesk()
  return (
    <span className="delivery-ways">
      <Button size="small" look="quiet" onClick={() => void writeOn(desk, message, false)}>
        {say('delivery.edit')}
      </Button>
    </span>
  )
}

function Stopped({ message, outboxId, canEdit, isUnsure }: StoppedProps): ReactNode {
  const desk = useDesk()
  const [isBusy, setIsBusy] = useState(false)
  const [asks, setAsks] = useState(false)
  const discardRef = useRef<HTMLButtonElement>(null)

  async function run(way: 'outbox.sendAgain' | 'outbox.check'): Promise<void> {
    setIsBusy(true)
    const answer = await desk.bridge.call(way, { outboxId })
    setIsBusy(false)
    if (!answer.ok) tellFailure(desk, answer.failure)
    else if ('finding' in answer.value && answer.value.finding !== 'found') {
      toast(desk, {
        title: say(answer.value.finding === 'absent' ? 'delivery.stillAbsent' : 'delivery.stillUnknowable'),
      })
    }
  }

  if (asks) {
    return (
      <Asking
        isUnsure={isUnsure}
        onDraft={canEdit ? () => void writeOn(desk, message, isUnsure) : null}
        onThrow={() => void throwAway(desk, outboxId)}
        onLeave={() => {
          setAsks(false)
          requestAnimationFrame(() => discardRef.current?.focus())
        }}
      />
    )
  }
  return (
    <span className="delivery-ways">
      {isUnsure ? (
        <Button size="small" disabled={isBusy} onClick={() => void run('outbox.check')}>
          {say('delivery.check')}
        </Button>
      ) : null}
      <Button size="small" disabled={isBusy} onClick={() => void run('outbox.sendAgain')}>
        {say('delivery.sendAgain')}
      </Button>
      {canEdit && !isUnsure ? (
        <Button size="small" disabled={isBusy} onClick={() => void writeOn(desk, message, false)}>
          {say('delivery.edit')}
        </Button>
      ) : null}
      <Button ref={discardRef} size="small" look="quiet" disabled={isBusy} onClick={() => setAsks(true)}>
        {say('delivery.discard')}
      </Button>
    </span>
  )
}

interface StoppedProps {
  message: MessageRow
  outboxId: string
  canEdit: boolean
  isUnsure: boolean
}

/** Words are not thrown away by one press: whoever saw them arrive wants them gone, whoever did not may want them back. */
function Asking({ isUnsure, onDraft, onThrow, onLeave }: AskingProps): ReactNode {
  const ref = useRef<HTMLSpanElement>(null)
  useEffect(() => ref.current?.querySelector('button')?.focus(), [])
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onLeave()
  }
  return (
    <span
      ref={ref}
      className="delivery-asks"
      role="group"
      aria-label={say('delivery.discard')}
      onKeyDown={onKeyDown}
    >
      <span className="delivery-words" role="alert">
        {say(isUnsure ? 'delivery.sureUnsure' : 'delivery.sure')}
      </span>
      <span className="delivery-ways">
        {onDraft === null ? null : (
          <Button size="small" onClick={onDraft}>
            {say('delivery.toDraft')}
          </Button>
        )}
        <Button size="small" look="danger" onClick={onThrow}>
          {say('delivery.throwAway')}
        </Button>
        <Button size="small" look="quiet" onClick={onLeave}>
          {say('delivery.leave')}
        </Button>
      </span>
    </span>
  )
}

interface AskingProps {
  isUnsure: boolean
  onDraft: (() => void) | null
  onThrow: () => void
  onLeave: () => void
}
