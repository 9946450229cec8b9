import type { LucideIcon } from 'lucide-react'
import AtSign from 'lucide-react/icons/at-sign'
import Bell from 'lucide-react/icons/bell'
import CalendarClock from 'lucide-react/icons/calendar-clock'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Inbox from 'lucide-react/icons/inbox'
import MailOpen from 'lucide-react/icons/mail-open'
import MailWarning from 'lucide-react/icons/mail-warning'
import MessageSquare from 'lucide-react/icons/message-square'
import Trash2 from 'lucide-react/icons/trash-2'
import UserRound from 'lucide-react/icons/user-round'
import Users from 'lucide-react/icons/users'
import type { ReactNode } from 'react'
import type { NotificationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { useNow } from '../../state/hooks.ts'
import { IconButton } from '../../ui/button.tsx'
import { comingTime, fullTime, shortTime } from '../../ui/times.ts'
import { snoozeTimes } from '../pickers/snooze-times.ts'
import type { Change } from './use-news.ts'

/** One notification: what it is about, and the ways to be done with it. */
export function NewsRow({ news, onOpen, onChange }: NewsRowProps): ReactNode {
  const nowAt = useNow()
  const Icon = icons[news.kind]
  const { conversationKey } = news
  return (
    <li className="news-row" data-unread={!news.isRead}>
      <button
        type="button"
        className="news-open"
        data-item
        disabled={onOpen === null || conversationKey === null}
        onClick={() => {
          if (conversationKey !== null) onOpen?.(conversationKey)
        }}
      >
        <Icon size={16} aria-hidden="true" className="news-icon" />
        <span className="news-words">
          <span className="news-kind">
            {news.isRead ? null : <span className="unseen">{say('news.new')}</span>}
            {say(`news.${news.kind}`)}
            {news.snoozedUntil !== null && news.snoozedUntil > nowAt
              ? ` · ${say('news.snoozed', { time: comingTime(news.snoozedUntil, nowAt) })}`
              : null}
          </span>
          <span className="news-title" dir="auto">
            {news.title}
          </span>
          {news.body === '' ? null : (
            <span className="news-body" dir="auto">
              {news.body}
            </span>
          )}
        </span>
        <time className="news-time" dateTime={new Date(news.at).toISOString()} title={fullTime(news.at)}>
          {shortTime(news.at, nowAt)}
        </time>
      </button>
      <span className="news-acts">
        <IconButton
          label={say(news.isRead ? 'news.unreadAgain' : 'news.read')}
          tipAt="end"
          icon={news.isRead ? <MailWarning size={15} /> : <MailOpen size={15} />}
          onClick={() => onChange({ kind: news.isRead ? 'unread' : 'read' })}
        />
        <IconButton
          label={say('news.snooze')}
          tipAt="end"
          icon={<CalendarClock size={15} />}
          onClick={() => onChange({ kind: 'snooze', until: tomorrowFrom(Date.now()) })}
        />
        <IconButton
          label={say('news.remove')}
          tipAt="end"
          icon={<Trash2 size={15} />}
          onClick={() => onChange({ kind: 'remove' })}
        />
      </span>
    </li>
  )
}

interface NewsRowProps {
  news: NotificationRow
  /** Null where no conversation is named. */
  onOpen: ((conversationKey: string) => void) | null
  onChange: (what: Change) => void
}

const icons: Record<NotificationRow['kind'], LucideIcon> = {
  created: Inbox,
  assigned: UserRound,
  message: MessageSquare,
  mention: AtSign,
  participating: Users,
  sla: CircleAlert,
  other: Bell,
}

function tomorrowFrom(nowAt: number): number {
  return snoozeTimes(nowAt).find(({ id }) => id === 'tomorrow')?.at ?? nowAt
}
