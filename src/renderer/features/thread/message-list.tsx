import ArrowDown from 'lucide-react/icons/arrow-down'
import { memo, useMemo, type ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { useDesk, useNow } from '../../state/hooks.ts'
import type { ThreadState } from '../../state/mirror.ts'
import { Button } from '../../ui/button.tsx'
import { clockTime, dayName, fullTime } from '../../ui/times.ts'
import { MessageActs } from './message-acts.tsx'
import { messageKeys } from './message-keys.ts'
import './message-list.css'
import { MessageRun } from './message-run.tsx'
import { threadItems, type ThreadItem } from './thread-items.ts'
import { useReading } from './use-reading.ts'
import { useThreadScroll } from './use-thread-scroll.ts'

/** The messages of a thread, newest at the end; older ones come in above without moving what is being read. */
export function MessageList({ thread }: { thread: ThreadState }): ReactNode {
  const desk = useDesk()
  const items = useMemo(
    () => threadItems(thread.messages, thread.unreadFrom),
    [thread.messages, thread.unreadFrom],
  )
  const { scrollerRef, listRef, onScroll, toEnd, isAtEnd, newBelow, heard } = useThreadScroll(thread)
  useReading(thread, isAtEnd)
  const who = thread.row?.who.name ?? ''
  return (
    <div className="messages">
      <div
        className="messages-scroll scrolls"
        ref={scrollerRef}
        onScroll={onScroll}
        onKeyDown={messageKeys}
        tabIndex={0}
        role="group"
        aria-label={say('thread.messages')}
      >
        {thread.hasOlder ? (
          <div className="messages-older">
            <Button
              look="quiet"
              size="small"
              disabled={thread.older === 'loading'}
              onClick={() => void desk.feed.older()}
            >
              {say(
                thread.older === 'failed'
                  ? 'thread.olderFailed'
                  : thread.older === 'loading'
                    ? 'thread.olderLoading'
                    : 'thread.older',
              )}
            </Button>
          </div>
        ) : null}
        <MessageActs>
          <ol className="messages-list" ref={listRef}>
            {items.map((item) => (
              <Item key={item.key} item={item} who={who} />
            ))}
          </ol>
        </MessageActs>
        {thread.messages.length === 0 ? <p className="messages-empty">{say('thread.empty')}</p> : null}
      </div>
      {newBelow > 0 ? (
        <button type="button" className="messages-new" onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" />
          {say('thread.newBelow', { count: newBelow })}
        </button>
      ) : null}
      <p className="unseen" aria-live="polite">
        {heardWords(heard, who)}
      </p>
    </div>
  )
}

const Item = memo(function Item({ item, who }: { item: ThreadItem; who: string }): ReactNode {
  switch (item.kind) {
    case 'day':
      return <Day at={item.at} />
    case 'unread':
      return (
        <li className="messages-unread" data-unread>
          <span>{say('thread.newFrom')}</span>
        </li>
      )
    case 'activity':
      return (
        <li className="messages-activity" title={fullTime(item.message.sentAt)}>
          <span dir="auto">{item.message.text}</span> · {clockTime(item.message.sentAt)}
        </li>
      )
    case 'run':
      return <MessageRun messages={item.messages} who={who} />
  }
})

function Day({ at }: { at: number }): ReactNode {
  const name = dayName(at, useNow())
  return (
    <li className="messages-day">
      <span>{typeof name === 'string' ? say(`day.${name}`) : name.written}</span>
    </li>
  )
}

/** What a screen reader hears of a message that just came. */
function heardWords(message: MessageRow | null, who: string): string {
  if (message === null) return ''
  return say('thread.heard', { name: message.author?.name ?? who, text: message.text })
}
