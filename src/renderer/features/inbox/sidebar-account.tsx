import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import KeyRound from 'lucide-react/icons/key-round'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import type { ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { changeQuery, showDialog } from '../../state/acts.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { countsOf } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'

/** One account: how it is in a shape and a word, how many need you there, and the way to its details. */
export function SidebarAccount({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const isShown = useView(({ query }) => query.accountId === account.id)
  const count = useMirror((mirror) => countsOf(mirror, account.id)?.needsYou ?? 0)
  const next = isShown ? null : account.id
  return (
    <div className="sidebar-account">
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
        {count > 0 ? <span className="sidebar-count">{count.toLocaleString('en')}</span> : null}
      </button>
      <IconButton
        className="sidebar-more"
        label={say('account.details', { name: account.name })}
        tipAt="end"
        icon={<Ellipsis size={16} />}
        onClick={() => showDialog(desk, { kind: 'account', accountId: account.id })}
      />
    </div>
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
