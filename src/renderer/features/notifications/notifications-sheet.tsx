import Bell from 'lucide-react/icons/bell'
import { useState, type ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { fetchAndOpen } from '../../state/looking.ts'
import { accountsOf } from '../../state/selectors.ts'
import { AccountField } from '../../ui/account-field.tsx'
import { arrowList } from '../../ui/arrow-list.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Blank, Notice } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { NewsRow } from './news-row.tsx'
import './notifications-sheet.css'
import { useNews } from './use-news.ts'

/** What the server wants the agent to know, one account at a time; the newest first. */
export function NotificationsSheet({ accountId }: { accountId: string | null }): ReactNode {
  const desk = useDesk()
  const all = useMirror(accountsOf)
  const able = all.filter((account) => account.can.notifications)
  const [chosenId, setChosenId] = useState(accountId)
  const chosen = able.find(({ id }) => id === chosenId) ?? able[0]
  return (
    <Dialog
      title={say('news.title')}
      closeLabel={say('dialog.close')}
      size="wide"
      onClose={() => showDialog(desk, null)}
    >
      {able.length > 1 && chosen !== undefined ? (
        <AccountField
          label={say('news.account')}
          value={chosen.id}
          onChange={(event) => setChosenId(event.target.value)}
          accounts={able}
        />
      ) : null}
      {chosen === undefined ? null : <NewsOf key={chosen.id} account={chosen} />}
    </Dialog>
  )
}

function NewsOf({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const news = useNews(account.id)
  const { notifications, unread, phase, failure, hasMore } = news
  function open(key: string, conversationKey: string): void {
    news.change(key, { kind: 'read' })
    void fetchAndOpen(desk, account.id, conversationKey)
  }
  if (notifications.length === 0 && phase === 'reading')
    return (
      <p className="news-state" role="status">
        {say('news.reading')}
      </p>
    )
  return (
    <div className="news" onKeyDown={arrowList}>
      {unread > 0 ? (
        <div className="news-head">
          <span role="status">{say('news.unread', { count: unread })}</span>
          <Button size="small" onClick={() => news.change(null, { kind: 'read' })}>
            {say('news.allRead')}
          </Button>
        </div>
      ) : null}
      {notifications.length === 0 && phase === 'ready' ? (
        <Blank icon={<Bell size={24} />} title={say('news.none')} />
      ) : null}
      <ul className="news-list" ref={enter}>
        {notifications.map((each) => (
          <NewsRow
            key={each.key}
            news={each}
            onOpen={each.conversationKey === null ? null : (key) => open(each.key, key)}
            onChange={(what) => news.change(each.key, what)}
          />
        ))}
      </ul>
      {failure === null ? null : (
        <Notice
          tone="trouble"
          title={say('news.failed')}
          actions={
            <Button size="small" onClick={news.again}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {failureText(failure)}
        </Notice>
      )}
      {hasMore ? (
        <Button className="news-more" look="quiet" disabled={phase === 'reading'} onClick={news.more}>
          {say(phase === 'reading' ? 'news.reading' : 'search.more')}
        </Button>
      ) : null}
    </div>
  )
}

/** Whoever only opened the sheet is on its newest line at once; whoever went on by then stays there. */
function enter(list: HTMLElement | null): void {
  const focused = document.activeElement
  if (focused === null || !focused.matches('body, h2')) return
  takeFocus(list?.querySelector<HTMLElement>('[data-item]:not(:disabled)') ?? null)
}
