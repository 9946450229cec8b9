import Reply from 'lucide-react/icons/reply'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { useMirror } from '../../state/hooks.ts'
import { IconButton } from '../../ui/button.tsx'
import './quote-line.css'

/** Which message is being answered; it can be let go again. */
export function QuoteLine({ messageId, who, onDrop }: QuoteLineProps): ReactNode {
  const message = useMirror((mirror) => mirror.thread?.messages.find((each) => each.id === messageId) ?? null)
  const name = message?.side === 'me' ? say('thread.you') : (message?.author?.name ?? who)
  const words = message === null ? '' : message.text || (message.attachments[0]?.name ?? '')
  return (
    <div className="quoting">
      <Reply size={14} className="turns" aria-hidden="true" />
      <p className="quoting-words cut">
        <span className="quoting-who">
          {message === null ? say('quote.answersEarlier') : say('quote.answers', { name })}
        </span>{' '}
        <bdi>{words}</bdi>
      </p>
      <IconButton label={say('quote.drop')} tipAt="end" icon={<X size={14} />} onClick={onDrop} />
    </div>
  )
}

interface QuoteLineProps {
  messageId: string
  /** The customer, where the message does not name its author. */
  who: string
  onDrop: () => void
}
