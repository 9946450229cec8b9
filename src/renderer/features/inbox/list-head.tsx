import ArrowDownWideNarrow from 'lucide-react/icons/arrow-down-wide-narrow'
import Hourglass from 'lucide-react/icons/hourglass'
import ListFilter from 'lucide-react/icons/list-filter'
import Menu from 'lucide-react/icons/menu'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import SquarePen from 'lucide-react/icons/square-pen'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import type { Query } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { changeQuery, refresh, showDialog } from '../../state/acts.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { isServersList } from '../../state/list-window.ts'
import { accountThatCan, openFilter } from '../../state/looking.ts'
import { accountsOf, directoryOf } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import { keyHint, toggleSort } from '../commands/registry.ts'
import { folderName } from './folder-name.ts'

/** Which list this is, and how it is ordered; of a server's list, the ways to change and to leave it. */
export function ListHead(): ReactNode {
  const desk = useDesk()
  const query = useView((state) => state.query)
  const account = useMirror(
    (mirror) => accountsOf(mirror).find((each) => each.id === query.accountId) ?? null,
  )
  const folder = useMirror(
    (mirror) => directoryOf(mirror, query.accountId)?.folders.find(({ key }) => key === query.folder) ?? null,
  )
  const canStart = useMirror((mirror) => accountsOf(mirror).some(({ can }) => can.start))
  const isServers = isServersList(query)
  const where = [account?.name ?? null, isServers ? say('folder.order', { host: account?.host ?? '' }) : null]
  return (
    <header className="list-head">
      <IconButton
        className="list-menu"
        label={say('list.menu')}
        tipAt="start"
        icon={<Menu size={18} />}
        onClick={() => desk.view.setState({ isDrawerOpen: true })}
      />
      <div className="list-titles">
        <h2 className="list-title cut" id="list-title" dir="auto">
          {titleOf(query, folder === null ? null : folderName(folder))}
        </h2>
        {account === null ? null : (
          <p className="list-account cut" dir="auto">
            {where.filter((each) => each !== null).join(' · ')}
          </p>
        )}
      </div>
      {isServers && query.accountId !== null ? (
        <ServersListActs
          accountId={query.accountId}
          terms={query.terms ?? folder?.terms ?? []}
          view={query.view}
        />
      ) : (
        <OpenListActs sort={query.sort} />
      )}
      <IconButton
        label={say('command.refresh')}
        hint={keyHint('refresh')}
        tipAt="end"
        icon={<RefreshCw size={15} />}
        onClick={() => refresh(desk)}
      />
      {canStart ? (
        <IconButton
          label={say('start.open')}
          hint={keyHint('start')}
          tipAt="end"
          icon={<SquarePen size={16} />}
          onClick={() => showDialog(desk, { kind: 'start', accountId: accountThatCan(desk, 'start') })}
        />
      ) : null}
    </header>
  )
}

function titleOf(query: Query, folder: string | null): string {
  if (query.find !== null) return say('find.title')
  if (query.terms !== null) return say('folder.filtered')
  return query.folder === null ? say(`view.${query.view}`) : (folder ?? query.folder)
}

function OpenListActs({ sort }: { sort: Query['sort'] }): ReactNode {
  const desk = useDesk()
  const canFilter = useMirror((mirror) => accountsOf(mirror).some(({ can }) => can.folders))
  const isByWait = sort === 'longestWait'
  return (
    <>
      <IconButton
        label={say(isByWait ? 'sort.isLongestWait' : 'sort.isNewest')}
        hint={keyHint('sort')}
        tipAt="end"
        aria-pressed={isByWait}
        icon={isByWait ? <Hourglass size={16} /> : <ArrowDownWideNarrow size={17} />}
        onClick={() => toggleSort(desk)}
      />
      {canFilter ? (
        <IconButton
          label={say('command.filter')}
          hint={keyHint('filter')}
          tipAt="end"
          icon={<ListFilter size={16} />}
          onClick={() => openFilter(desk, accountThatCan(desk, 'folders'))}
        />
      ) : null}
    </>
  )
}

/** A built-in folder has no terms to change. */
function ServersListActs({ accountId, terms, view }: ServersListActsProps): ReactNode {
  const desk = useDesk()
  return (
    <>
      {terms.length === 0 ? null : (
        <IconButton
          label={say('filter.edit')}
          hint={keyHint('filter')}
          tipAt="end"
          icon={<ListFilter size={16} />}
          onClick={() => showDialog(desk, { kind: 'filter', accountId, terms: [...terms] })}
        />
      )}
      <IconButton
        label={say('folder.leave')}
        tipAt="end"
        icon={<X size={16} />}
        onClick={() => changeQuery(desk, { view })}
      />
    </>
  )
}

interface ServersListActsProps {
  accountId: string
  terms: NonNullable<Query['terms']>
  view: Query['view']
}
