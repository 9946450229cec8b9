import Bot from 'lucide-react/icons/bot'
import Lock from 'lucide-react/icons/lock'
import { lazy, memo, Suspense, type ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Boundary } from '../../ui/boundary.tsx'
import { clockTime, fullTime } from '../../ui/times.ts'
import { Attachments } from './attachments.tsx'
import { DeliveryLine } from './delivery-line.tsx'
import './message-run.css'
import { PlainMail } from './plain-mail.tsx'

const MailBody = lazy(async () => ({ default: (await import('./mail-body.tsx')).MailBody }))

/** What one author said in one breath. */
export const MessageRun = memo(function MessageRun({ messages, who }: MessageRunProps): ReactNode {
  const [first] = messages
  const isNote = first.kind === 'note'
  const isTheirs = first.side === 'them'
  const name = authorName(first, who)
  return (
    <li className={`run run-${isTheirs ? 'start' : 'end'}`} data-side={first.side} data-note={isNote}>
      {isTheirs ? <Avatar name={name} media={first.author?.avatar ?? null} size="small" /> : null}
      <div className="run-body">
        <p className="run-head">
          {first.side === 'bot' ? <Bot size={13} aria-hidden="true" /> : null}
          <span className="run-author cut" dir="auto">
            {first.side === 'me' ? say('thread.you') : name}
          </span>
          {first.side === 'bot' ? <span>{say('thread.bot')}</span> : null}
          <time dateTime={new Date(first.sentAt).toISOString()} title={fullTime(first.sentAt)}>
            {clockTime(first.sentAt)}
          </time>
        </p>
        {messages.map((message, index) => (
          <Bubble key={message.id} message={message} isLast={index === messages.length - 1} />
        ))}
      </div>
    </li>
  )
})

interface MessageRunProps {
  messages: readonly [MessageRow, ...MessageRow[]]
  /** The customer, where the message itself does not name its author. */
  who: string
}

function Bubble({ message, isLast }: { message: MessageRow; isLast: boolean }): ReactNode {
  const isMail = message.html !== null
  const hasBody = isMail || message.text !== '' || message.isDeleted
  return (
    <div className="bubble-line" id={`message-${message.id}`}>
      {hasBody ? (
        <div className={`bubble${isMail ? ' bubble-mail' : ''}`} title={fullTime(message.sentAt)}>
          {message.kind === 'note' ? (
            <p className="bubble-note">
              <Lock size={12} aria-hidden="true" />
              {say('thread.note')}
            </p>
          ) : null}
          {message.subject === null || message.subject === '' ? null : (
            <p className="bubble-subject" dir="auto">
              {message.subject}
            </p>
          )}
          <Body message={message} />
        </div>
      ) : null}
      <Attachments attachments={message.attachments} />
      {isLast || isStuck(message) ? <DeliveryLine message={message} /> : null}
    </div>
  )
}

function Body({ message }: { message: MessageRow }): ReactNode {
  if (message.isDeleted) return <p className="bubble-deleted">{say('thread.deleted')}</p>
  const plain = <PlainMail text={message.text} />
  if (message.html === null) return plain
  return (
    <Boundary fallback={plain}>
      <Suspense fallback={plain}>
        <MailBody html={message.html} />
      </Suspense>
    </Boundary>
  )
}

function authorName(message: MessageRow, who: string): string {
  const named = message.author?.name ?? ''
  if (named !== '') return named
  return message.side === 'them' ? who : say('thread.somebody')
}

function isStuck(message: MessageRow): boolean {
  const { kind } = message.delivery
  return (
    kind === 'refused' || kind === 'unsure' || kind === 'failed' || kind === 'queued' || kind === 'sending'
  )
}
