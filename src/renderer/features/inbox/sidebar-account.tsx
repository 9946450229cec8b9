import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import KeyRound from 'lucide-react/icons/key-round'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import type { ReactNode } from 'react'
import type { AccountRow, DirectoryRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { changeQuery, showDialog, showPicker } from '../../state/acts.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { isServersList } from '../../state/list-window.ts'
import { accountsOf, countsOf } from '../../state/selectors.ts'
import { useDirectory } from '../../state/use-directory.ts'
import { IconButton } from '../../ui/button.tsx'
import { Dot } from '../../ui/dot.tsx'
import { SystemMark } from '../../ui/system-mark.tsx'
import { SidebarFolders } from './sidebar-folders.tsx'

/** One account: how it is in a shape and a word, how many need you there, how it shows you, and its folders. */
export function SidebarAccount({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const isShown = useView(({ query }) => query.accountId === account.id)
  const isFolder = useView(({ query }) => isServersList(query))
  const count = useMirror((mirror) => countsOf(mirror, account.id)?.needsYou ?? 0)
  const accounts = useMirror(accountsOf)
  const labels = [...new Set(accounts.map(({ providerLabel }) => providerLabel))]
  const { directory } = useDirectory(account.can.directory ? account.id : null)
  const next = isShown && !isFolder ? null : account.id
  return (
    <>
      <div className="sidebar-account" data-presence={account.can.availability}>
        <button
          type="button"
          className="sidebar-item"
          aria-current={isShown ? 'true' : undefined}
          title={`${account.providerLabel} · ${account.host}`}
          onClick={() => changeQuery(desk, { accountId: next })}
        >
          <Health account={account} />
          <span className="sidebar-word cut" dir="auto">
            {account.name}
          </span>
          {labels.length > 1 ? <SystemMark label={account.providerLabel} labels={labels} /> : null}
          {count > 0 ? <span className="sidebar-count">{count.toLocaleString('en')}</span> : null}
        </button>
        {account.can.availability ? <Presence account={account} directory={directory} /> : null}
        <IconButton
          className="sidebar-more"
          label={say('account.details', { name: account.name })}
          tipAt="end"
          icon={<Ellipsis size={16} />}
          onClick={() => showDialog(desk, { kind: 'account', accountId: account.id })}
        />
      </div>
      {account.can.folders && (isShown || accounts.length === 1) ? (
        <SidebarFolders account={account} directory={directory} />
      ) : null}
    </>
  )
}

function Presence({
  account,
  directory,
}: {
  account: AccountRow
  directory: DirectoryRow | null
}): ReactNode {
  const desk = useDesk()
  const availability = directory?.me.availability ?? null
  const state = say(`availability.${availability ?? 'unknown'}`)
  return (
    <IconButton
      className="sidebar-presence"
      label={`${say('availability.title', { host: account.host })}: ${state}`}
      tipAt="end"
      icon={availability === null ? <Dot /> : <Dot availability={availability} />}
      onClick={({ currentTarget }) =>
        showPicker(desk, { kind: 'availability', accountId: account.id, anchor: currentTarget })
      }
    />
  )
}

function Health({ account }: { account: AccountRow }): ReactNode {
  const { kind } = account.syncing
  return (
    <span className="sidebar-health" data-health={kind}>
      <HealthIcon kind={kind} />
      <span className="unseen">{say(`health.${kind}`)}</span>
    </span>
  )
}

function HealthIcon({ kind }: { kind: AccountRow['syncing']['kind'] }): ReactNode {
  switch (kind) {
    case 'upToDate':
      return <CircleCheck size={15} aria-hidden="true" />
    case 'loading':
      return <LoaderCircle size={15} aria-hidden="true" />
    case 'resting':
      return <CircleAlert size={15} aria-hidden="true" />
    case 'locked':
      return <KeyRound size={15} aria-hidden="true" />
  }
}
