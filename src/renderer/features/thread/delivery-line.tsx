import Check from 'lucide-react/icons/check'
import CheckCheck from 'lucide-react/icons/check-check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Clock from 'lucide-react/icons/clock'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import { useState, type ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { tellFailure, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { clockTime } from '../../ui/times.ts'
import './delivery-line.css'
import { useRetry } from './message-acts.tsx'

/** How far a message of ours got, in words and a shape; and what can be done where it got stuck. */
export function DeliveryLine({ message }: { message: MessageRow }): ReactNode {
  const shown = stateOf(message)
  if (shown === null) return null
  return (
    <div className={`delivery delivery-${shown.tone}`}>
      {shown.icon}
      <span className="delivery-words">{shown.words}</span>
      <Ways message={message} />
    </div>
  )
}

type Tone = 'quiet' | 'warm' | 'trouble'

function stateOf(message: MessageRow): { tone: Tone; icon: ReactNode; words: string } | null {
  const { delivery } = message
  switch (delivery.kind) {
    case 'none':
      return null
    case 'held':
      return { tone: 'quiet', icon: <Clock size={13} />, words: say('delivery.held') }
    case 'queued':
      return { tone: 'quiet', icon: <Clock size={13} />, words: queuedWords(delivery.notBefore) }
    case 'sending':
      return { tone: 'quiet', icon: <SendHorizontal size={13} />, words: say('delivery.sending') }
    case 'sent':
      return { tone: 'quiet', icon: <Check size={13} />, words: say('delivery.sent') }
    case 'delivered':
      return { tone: 'quiet', icon: <CheckCheck size={13} />, words: say('delivery.delivered') }
    case 'read':
      return {
        tone: 'quiet',
        icon: <CheckCheck size={13} className="delivery-read" />,
        words: say('delivery.read'),
      }
    case 'failed': {
      const words =
        delivery.reason === null
          ? say('delivery.failed')
          : say('delivery.failedWhy', { reason: delivery.reason })
      return { tone: 'trouble', icon: <CircleAlert size={13} />, words }
    }
    case 'refused':
      return {
        tone: 'trouble',
        icon: <CircleAlert size={13} />,
        words: say('delivery.refused', { why: failureText(delivery.failure) }),
      }
    case 'unsure':
      return { tone: 'warm', icon: <CircleQuestionMark size={13} />, words: unsureWords(delivery) }
  }
}

function queuedWords(notBefore: number | null): string {
  return notBefore === null
    ? say('delivery.queued')
    : say('delivery.queuedUntil', { time: clockTime(notBefore) })
}

function unsureWords(delivery: Extract<MessageRow['delivery'], { kind: 'unsure' }>): string {
  if (!delivery.asks) return say('delivery.checking')
  return say(delivery.finding === 'absent' ? 'delivery.unsureAbsent' : 'delivery.unsure')
}

/** The agent's word is asked only where the engine could not settle it alone. */
function Ways({ message }: { message: MessageRow }): ReactNode {
  const desk = useDesk()
  const retry = useRetry()
  const [isBusy, setIsBusy] = useState(false)
  const { delivery, outboxId } = message
  const isUnsure = delivery.kind === 'unsure' && delivery.asks
  if (outboxId === null && delivery.kind === 'failed' && retry !== null) {
    return (
      <span className="delivery-ways">
        <Button size="small" onClick={() => retry(message)}>
          {say('message.retry')}
        </Button>
      </span>
    )
  }
  if (outboxId === null || (!isUnsure && delivery.kind !== 'refused')) return null
  async function run(way: 'outbox.sendAgain' | 'outbox.discard' | 'outbox.check'): Promise<void> {
    if (outboxId === null) return
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
      <Button size="small" look="quiet" disabled={isBusy} onClick={() => void run('outbox.discard')}>
        {say('delivery.discard')}
      </Button>
    </span>
  )
}
