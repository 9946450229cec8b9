import Check from 'lucide-react/icons/check'
import CheckCheck from 'lucide-react/icons/check-check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Clock from 'lucide-react/icons/clock'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import type { ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useMirror } from '../../state/hooks.ts'
import { accountsOf } from '../../state/selectors.ts'
import { clockTime } from '../../ui/times.ts'
import './delivery-line.css'
import { DeliveryWays } from './delivery-ways.tsx'

/** How far a message of ours got, in words and a shape; and what can be done where it got stuck. */
export function DeliveryLine({ message }: { message: MessageRow }): ReactNode {
  const isLocked = useMirror(
    (mirror) =>
      message.delivery.kind === 'queued' &&
      accountsOf(mirror).some(
        ({ id, syncing }) => syncing.kind === 'locked' && message.conversationId.startsWith(`${id}:`),
      ),
  )
  const shown = stateOf(message, isLocked)
  if (shown === null) return null
  return (
    <div className={`delivery delivery-${shown.tone}`}>
      {shown.icon}
      <span className="delivery-words">
        {shown.words}
        <HeldBack message={message} />
      </span>
      <DeliveryWays message={message} />
    </div>
  )
}

type Tone = 'quiet' | 'warm' | 'trouble'

/** What waits for this one: nothing after it leaves before it is settled. */
function HeldBack({ message }: { message: MessageRow }): ReactNode {
  const { delivery } = message
  const count = delivery.kind === 'refused' || delivery.kind === 'unsure' ? delivery.holdsBack : 0
  const messages = useMirror(
    ({ thread }) =>
      thread?.messages.filter(
        (each) => each.delivery.kind === 'queued' && each.delivery.waitsFor === message.id,
      ).length ?? 0,
  )
  if (count === 0) return null
  const word = messages === count ? 'delivery.holdsMessages' : 'delivery.holdsBack'
  return <strong className="delivery-holds">{say(word, { count })}</strong>
}

function stateOf(
  message: MessageRow,
  isLocked: boolean,
): { tone: Tone; icon: ReactNode; words: string } | null {
  const { delivery } = message
  switch (delivery.kind) {
    case 'none':
      return null
    case 'held':
      return { tone: 'quiet', icon: <Clock size={13} />, words: say('delivery.held') }
    case 'queued':
      return { tone: 'quiet', icon: <Clock size={13} />, words: queuedWords(delivery, isLocked) }
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

function queuedWords(
  { notBefore, why, waitsFor }: Extract<MessageRow['delivery'], { kind: 'queued' }>,
  isLocked: boolean,
): string {
  if (waitsFor !== null) return say('delivery.waitsFor')
  if (isLocked) return say('delivery.locked')
  if (why === 'network') return say('delivery.noNetwork')
  if (why !== null && notBefore !== null) return say(`delivery.${why}`, { time: clockTime(notBefore) })
  return notBefore === null
    ? say('delivery.queued')
    : say('delivery.queuedUntil', { time: clockTime(notBefore) })
}

function unsureWords(delivery: Extract<MessageRow['delivery'], { kind: 'unsure' }>): string {
  if (!delivery.asks) return say('delivery.checking')
  return say(delivery.finding === 'absent' ? 'delivery.unsureAbsent' : 'delivery.unsure')
}
