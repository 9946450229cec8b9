import Bot from 'lucide-react/icons/bot'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Lock from 'lucide-react/icons/lock'
import { lazy, memo, Suspense, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { useMirror } from '../../state/hooks.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Boundary } from '../../ui/boundary.tsx'
import { IconButton } from '../../ui/button.tsx'
import { clockTime, fullTime } from '../../ui/times.ts'
import { Attachments } from './attachments.tsx'
import { DeliveryLine } from './delivery-line.tsx'
import { MailLine } from './mail-addresses.tsx'
import { useMessageMenu } from './message-acts.tsx'
import './message-run.css'
import { NoteText } from './note-text.tsx'
import { PlainMail } from './plain-mail.tsx'
import { QuotedMessage } from './quoted-message.tsx'
import { RatingCard } from './rating-card.tsx'

const MailBody = lazy(async () => ({ default: (await import('./mail-body.tsx')).MailBody }))

/** What one author said in one breath. */
export const MessageRun = memo(function MessageRun({ messages, who }: MessageRunProps): ReactNode {
  const [first] = messages
  const isNote = first.kind === 'note'
  const isTheirs = first.side === 'them'
  const name = authorName(first, who)
  const isNamedBot = first.side === 'bot' && name !== say('thread.bot')
  return (
    <li className={`run run-${isTheirs ? 'start' : 'end'}`} data-side={first.side} data-note={isNote}>
      {isTheirs ? <Avatar name={name} media={first.author?.avatar ?? null} size="small" /> : null}
      <div className="run-body">
        <p className="run-head">
          {first.side === 'bot' ? <Bot size={13} aria-hidden="true" /> : null}
          <span className="run-author cut" dir="auto">
            {first.side === 'me' ? say('thread.you') : name}
          </span>
          {isNamedBot ? <span>{say('thread.bot')}</span> : null}
          <time dateTime={new Date(first.sentAt).toISOString()} title={fullTime(first.sentAt)}>
            {clockTime(first.sentAt)}
          </time>
        </p>
        {messages.map((message, index) => (
          <Bubble key={message.id} message={message} who={who} isLast={index === messages.length - 1} />
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

/** Who sees a note; of one that cannot be read back, that it is here only because it was written here. */
function NoteWord({ conversationId }: { conversationId: string }): ReactNode {
  const account = useMirror(({ desk, thread }) =>
    thread?.conversationId === conversationId && thread.row !== null
      ? (desk?.accounts.find(({ id }) => id === thread.row?.accountId) ?? null)
      : null,
  )
  return account?.named.notes === 'echo' ? say('thread.noteEcho', { host: account.host }) : say('thread.note')
}

function Bubble({ message, who, isLast }: BubbleProps): ReactNode {
  const openMenu = useMessageMenu()
  const isMail = message.html !== null
  const hasBody = isMail || message.text !== '' || message.isDeleted || message.rating !== null
  function menuByMouse(event: MouseEvent<HTMLElement>): void {
    // Links, pictures and marked words keep the menu they have everywhere else.
    const isOwn = event.target instanceof Element && event.target.closest('a, img') !== null
    if (isOwn || getSelection()?.isCollapsed === false) return
    event.preventDefault()
    const { clientX: x, clientY: y } = event
    const isByKey = event.button !== 2
    openMenu(message, isByKey ? boxOf(event.currentTarget) : { left: x, right: x, top: y, bottom: y })
  }
  function menuByKey(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return
    event.preventDefault()
    openMenu(message, boxOf(event.currentTarget))
  }
  return (
    <div
      className="bubble-line"
      id={`message-${message.id}`}
      data-message
      tabIndex={-1}
      role="group"
      aria-label={say('message.label', { name: authorName(message, who), time: clockTime(message.sentAt) })}
      onContextMenu={menuByMouse}
      onKeyDown={menuByKey}
    >
      {hasBody ? (
        <div className={`bubble${isMail ? ' bubble-mail' : ''}`} title={fullTime(message.sentAt)}>
          {message.kind === 'note' ? (
            <p className="bubble-note">
              <Lock size={12} aria-hidden="true" />
              <NoteWord conversationId={message.conversationId} />
            </p>
          ) : null}
          {message.replyTo === null ? null : <QuotedMessage messageId={message.replyTo} who={who} />}
          {message.subject === null || message.subject === '' ? null : (
            <p className="bubble-subject" dir="auto">
              {message.subject}
            </p>
          )}
          {message.mail === null || message.isDeleted ? null : (
            <MailLine mail={message.mail} side={message.side} />
          )}
          <Body message={message} />
        </div>
      ) : null}
      <Attachments attachments={message.attachments} />
      {isLast || isStuck(message) ? <DeliveryLine message={message} /> : null}
      {message.isDeleted ? null : (
        <IconButton
          className="bubble-more"
          label={say('message.menu')}
          tipAt={message.side === 'them' ? 'start' : 'end'}
          icon={<Ellipsis size={15} />}
          tabIndex={-1}
          onClick={(event) => openMenu(message, boxOf(event.currentTarget))}
        />
      )}
    </div>
  )
}

interface BubbleProps {
  message: MessageRow
  who: string
  isLast: boolean
}

function boxOf(element: Element): DOMRect {
  return (element.querySelector('.bubble, .attachments') ?? element).getBoundingClientRect()
}

function Body({ message }: { message: MessageRow }): ReactNode {
  if (message.isDeleted) return <p className="bubble-deleted">{say('thread.deleted')}</p>
  if (message.rating !== null) return <RatingCard question={message.text} rating={message.rating} />
  if (message.kind === 'note') return <NoteText text={message.text} />
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
  if (message.side === 'bot') return say('thread.bot')
  return message.side === 'them' ? who : say('thread.somebody')
}

function isStuck(message: MessageRow): boolean {
  const { kind } = message.delivery
  return (
    kind === 'refused' || kind === 'unsure' || kind === 'failed' || kind === 'queued' || kind === 'sending'
  )
}
