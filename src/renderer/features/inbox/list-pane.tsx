import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheckBig from 'lucide-react/icons/circle-check-big'
import FolderOpen from 'lucide-react/icons/folder-open'
import SearchX from 'lucide-react/icons/search-x'
import type { ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { changeQuery } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { isServersList } from '../../state/list-window.ts'
import { accountsInScope, accountsOf, loadingOf } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Blank, Progress } from '../../ui/notice.tsx'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { AccountNotices } from './account-notices.tsx'
import { ConversationList } from './conversation-list.tsx'
import { FindBox } from './find-box.tsx'
import { FindOnServer } from './find-on-server.tsx'
import { ListHead } from './list-head.tsx'
import './list-pane.css'

/** The middle pane: which list this is, how to narrow it, how its accounts are, and its rows. */
export function ListPane(): ReactNode {
  return (
    <section className="list-pane" data-pane="list" aria-labelledby="list-title">
      <ListHead />
      <FindBox />
      <AccountNotices />
      <Loading />
      <Rows />
      <FindOnServer />
      <BulkBar />
    </section>
  )
}

function Loading(): ReactNode {
  const query = useView((state) => state.query)
  const accounts = useMirror(accountsOf)
  const loading = loadingOf(accountsInScope(accounts, query))
  if (loading === null) return null
  const words =
    loading.total === null
      ? say('list.loading', { done: loading.done })
      : say('list.loadingOf', { done: loading.done, total: loading.total })
  return (
    <div className="list-progress">
      <Progress label={words} done={loading.done} total={loading.total} />
    </div>
  )
}

function Rows(): ReactNode {
  const desk = useDesk()
  const list = useMirror((mirror) => mirror.list)
  if (list.entries.length > 0) return <ConversationList />
  if (list.phase === 'loading') return <GhostRows />
  if (list.phase === 'failed' && list.failure !== null) {
    const again = <Button onClick={() => changeQuery(desk, {})}>{say('act.tryAgain')}</Button>
    return (
      <Blank tone="trouble" icon={<CircleAlert size={24} />} title={say('list.failed')} action={again}>
        {failureText(list.failure)}
      </Blank>
    )
  }
  return <NoRows />
}

function NoRows(): ReactNode {
  const desk = useDesk()
  const query = useView((state) => state.query)
  const accounts = useMirror(accountsOf)
  if (loadingOf(accountsInScope(accounts, query)) !== null) return <GhostRows />
  if (query.find !== null) {
    const clear = <Button onClick={() => changeQuery(desk, { find: null })}>{say('find.clear')}</Button>
    return (
      <Blank icon={<SearchX size={24} />} title={say('find.none', { find: query.find })} action={clear}>
        {say('find.noneHint')}
      </Blank>
    )
  }
  const host = accounts.find((account) => account.id === query.accountId)?.host ?? ''
  if (isServersList(query)) {
    return (
      <Blank icon={<FolderOpen size={24} />} title={say('folder.empty')}>
        {say('folder.emptyHint', { host })}
      </Blank>
    )
  }
  if (accountsInScope(accounts, query).some(isInTrouble)) {
    return (
      <Blank tone="trouble" icon={<CircleAlert size={24} />} title={say('empty.notKnown')}>
        {say('empty.notKnownHint')}
      </Blank>
    )
  }
  return (
    <Blank icon={<CircleCheckBig size={24} />} title={say(`empty.${query.view}`)}>
      {query.view === 'needsYou' ? say('empty.needsYouHint') : undefined}
    </Blank>
  )
}

/** An empty list is good news only when everybody could be asked. */
function isInTrouble(account: AccountRow): boolean {
  return account.syncing.kind === 'resting' || account.syncing.kind === 'locked'
}

/** Shapes of rows to come; they stand still, since nothing here may keep a machine awake. */
function GhostRows(): ReactNode {
  return (
    <div className="list-ghosts" role="status">
      <span className="unseen">{say('list.wait')}</span>
      {[70, 52, 61, 44, 66, 50].map((percent, index) => (
        <div key={index} className="list-ghost">
          <span className="ghost ghost-round" />
          <span className="list-ghost-lines">
            <span className="ghost" style={{ inlineSize: `${String(percent - 22)}%` }} />
            <span className="ghost" style={{ inlineSize: `${String(percent + 20)}%` }} />
          </span>
        </div>
      ))}
    </div>
  )
}
