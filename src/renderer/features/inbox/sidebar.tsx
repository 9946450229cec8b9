import type { LucideIcon } from 'lucide-react'
import AtSign from 'lucide-react/icons/at-sign'
import Bell from 'lucide-react/icons/bell'
import BellRing from 'lucide-react/icons/bell-ring'
import Circle from 'lucide-react/icons/circle'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import Clock from 'lucide-react/icons/clock'
import Inbox from 'lucide-react/icons/inbox'
import Keyboard from 'lucide-react/icons/keyboard'
import Plus from 'lucide-react/icons/plus'
import Cog from 'lucide-react/icons/settings'
import UserRound from 'lucide-react/icons/user-round'
import type { ReactNode } from 'react'
import { views, type View } from '../../../shared/domain/view.ts'
import { say } from '../../../shared/words/words.ts'
import { changeQuery, showDialog } from '../../state/acts.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { isServersList } from '../../state/list-window.ts'
import { accountsOf, countsOf, hasView } from '../../state/selectors.ts'
import { BrandMark } from '../../ui/brand.tsx'
import { IconButton } from '../../ui/button.tsx'
import { keyHint } from '../commands/registry.ts'
import { SidebarAccount } from './sidebar-account.tsx'
import './sidebar.css'

const icons: Record<View, LucideIcon> = {
  needsYou: Bell,
  mine: UserRound,
  unassigned: CircleDashed,
  open: Inbox,
  pending: Circle,
  snoozed: Clock,
  done: CircleCheck,
}

/** The views with their counts, and the accounts with their health. */
export function Sidebar(): ReactNode {
  const desk = useDesk()
  const accounts = useMirror(accountsOf)
  const current = useView(({ query }) => query.view)
  const shown = views.filter(
    (view) => view === current || accounts.length === 0 || accounts.some(({ can }) => hasView(can, view)),
  )
  const isDemo = useMirror((mirror) => mirror.desk?.host.isDemo ?? false)
  return (
    <nav className="sidebar" aria-label={say('sidebar.label')}>
      <div className="sidebar-brand">
        <BrandMark />
        <span className="sidebar-name">{say('app.name')}</span>
        {isDemo ? <span className="sidebar-demo">{say('app.demo')}</span> : null}
      </div>
      <div className="sidebar-scroll scrolls">
        <ul className="sidebar-group" aria-label={say('sidebar.views')}>
          {shown.map((view) => (
            <li key={view}>
              <ViewLink view={view} />
            </li>
          ))}
        </ul>
        <div className="sidebar-head">
          <h2 id="sidebar-accounts">{say('sidebar.accounts')}</h2>
          <IconButton
            label={say('account.add')}
            tipAt="end"
            icon={<Plus size={15} />}
            onClick={() => showDialog(desk, { kind: 'addAccount' })}
          />
        </div>
        <ul className="sidebar-group" aria-labelledby="sidebar-accounts">
          {accounts.length > 1 ? (
            <li>
              <AllAccounts />
            </li>
          ) : null}
          {accounts.map((account) => (
            <li key={account.id}>
              <SidebarAccount account={account} />
            </li>
          ))}
        </ul>
      </div>
      <div className="sidebar-foot">
        <NewsButton />
        <IconButton
          label={say('command.settings')}
          hint={keyHint('settings')}
          tipAt="start"
          className="tip-up"
          icon={<Cog size={17} />}
          onClick={() => showDialog(desk, { kind: 'settings' })}
        />
        <IconButton
          label={say('command.help')}
          hint={keyHint('help')}
          tipAt="start"
          className="tip-up"
          icon={<Keyboard size={17} />}
          onClick={() => showDialog(desk, { kind: 'help' })}
        />
      </div>
    </nav>
  )
}

function ViewLink({ view }: { view: View }): ReactNode {
  const desk = useDesk()
  const isShown = useView(({ query }) => query.view === view && query.find === null && !isServersList(query))
  const accountId = useView(({ query }) => query.accountId)
  const count = useMirror((mirror) => countsOf(mirror, accountId)?.[view] ?? 0)
  const Icon = icons[view]
  return (
    <button
      type="button"
      className="sidebar-item"
      aria-current={isShown ? 'page' : undefined}
      data-strong={view === 'needsYou' && count > 0}
      onClick={() => changeQuery(desk, { view, find: null })}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="sidebar-word cut">{say(`view.${view}`)}</span>
      {count > 0 && view !== 'done' ? (
        <span className="sidebar-count">{count.toLocaleString('en')}</span>
      ) : null}
    </button>
  )
}

/** Unread notifications of every account together; the sheet tells them apart. */
function NewsButton(): ReactNode {
  const desk = useDesk()
  const isAble = useMirror((mirror) => accountsOf(mirror).some(({ can }) => can.notifications))
  const unread = useMirror((mirror) =>
    Object.values(mirror.directories).reduce(
      (sum, { directory }) => sum + (directory?.unreadNotifications ?? 0),
      0,
    ),
  )
  if (!isAble) return null
  const label = unread > 0 ? say('news.unread', { count: unread }) : say('news.title')
  return (
    <span className="sidebar-news">
      <IconButton
        label={label}
        hint={keyHint('notifications')}
        tipAt="start"
        className="tip-up"
        icon={<BellRing size={17} />}
        onClick={() => showDialog(desk, { kind: 'notifications', accountId: null })}
      />
      {unread > 0 ? (
        <span className="sidebar-news-count" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </span>
  )
}

function AllAccounts(): ReactNode {
  const desk = useDesk()
  const isShown = useView(({ query }) => query.accountId === null)
  return (
    <button
      type="button"
      className="sidebar-item"
      aria-current={isShown ? 'true' : undefined}
      onClick={() => changeQuery(desk, { accountId: null })}
    >
      <AtSign size={16} aria-hidden="true" />
      <span className="sidebar-word cut">{say('sidebar.allAccounts')}</span>
    </button>
  )
}
