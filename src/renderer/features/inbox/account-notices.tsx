import CloudOff from 'lucide-react/icons/cloud-off'
import KeyRound from 'lucide-react/icons/key-round'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { refresh, showDialog } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror, useNow, useView } from '../../state/hooks.ts'
import { accountsInScope, accountsOf } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { clockTime, shortTime } from '../../ui/times.ts'

/** What is wrong with the accounts this list reads from, how old their rows are, and the way out. */
export function AccountNotices(): ReactNode {
  const query = useView((view) => view.query)
  const accounts = accountsInScope(useMirror(accountsOf), query)
  const troubled = accounts.filter(({ syncing }) => syncing.kind === 'resting' || syncing.kind === 'locked')
  if (troubled.length === 0) return null
  const isAllOffline = troubled.length === accounts.length && troubled.every(isOffline)
  return (
    <div className="list-notices">
      {isAllOffline ? <Offline /> : troubled.map((account) => <Trouble key={account.id} account={account} />)}
    </div>
  )
}

function Offline(): ReactNode {
  const desk = useDesk()
  const retry = (
    <Button size="small" onClick={() => refresh(desk)}>
      {say('act.tryNow')}
    </Button>
  )
  return (
    <Notice tone="warm" icon={<CloudOff size={16} aria-hidden="true" />} actions={retry}>
      {say('failure.offline')}
    </Notice>
  )
}

function Trouble({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const { syncing } = account
  if (syncing.kind === 'locked') {
    const unlock = (
      <Button size="small" onClick={() => showDialog(desk, { kind: 'unlock', accountId: account.id })}>
        {say('account.unlock')}
      </Button>
    )
    return (
      <Notice
        tone="trouble"

        title={account.name}
        icon={<KeyRound size={16} aria-hidden="true" />}
        actions={unlock}
      >
        {failureText(syncing.failure)} <AsOf account={account} />
      </Notice>
    )
  }
  if (syncing.kind !== 'resting') return null
  const retry = (
    <Button size="small" onClick={() => refresh(desk)}>
      {say('act.tryNow')}
    </Button>
  )
  return (
    <Notice
      tone="warm"
      isNews={false}
      title={account.name}
      icon={<TriangleAlert size={16} aria-hidden="true" />}
      actions={retry}
    >
      {failureText(syncing.failure)} <AsOf account={account} />{' '}
      {say('account.triesAgain', { time: clockTime(syncing.retryAt) })}
    </Notice>
  )
}

function AsOf({ account }: { account: AccountRow }): ReactNode {
  const nowAt = useNow()
  return account.asOf === null ? null : say('account.asOf', { time: shortTime(account.asOf, nowAt) })
}

function isOffline({ syncing }: AccountRow): boolean {
  return syncing.kind === 'resting' && syncing.failure.code === 'offline'
}
