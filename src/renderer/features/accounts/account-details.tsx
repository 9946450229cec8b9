import { useState, type ReactNode, type SyntheticEvent } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { changeQuery, closeConversation, showDialog, toast } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useNow } from '../../state/hooks.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { shortTime } from '../../ui/times.ts'
import './accounts.css'

/** How an account is, and how to leave it. Leaving never throws unsent words away without a count and a yes. */
export function AccountDetails({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  return (
    <Dialog title={account.name} closeLabel={say('dialog.close')} onClose={() => showDialog(desk, null)}>
      <div className="account-steps">
        <div className="account-me">
          <Avatar name={account.me.name} media={account.me.avatar} size="large" />
          <div>
            <p className="account-name" dir="auto">
              {account.me.name}
            </p>
            <p className="account-where">{account.me.email ?? account.host}</p>
          </div>
        </div>
        <Health account={account} />
        <Facts account={account} />
        <Rename account={account} />
        <SignInAgain account={account} />
        <Remove account={account} />
      </div>
    </Dialog>
  )
}

function Health({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const { syncing } = account
  if (syncing.kind === 'upToDate' || syncing.kind === 'loading') return null
  const unlock = (
    <Button size="small" onClick={() => showDialog(desk, { kind: 'unlock', accountId: account.id })}>
      {say('account.unlock')}
    </Button>
  )
  return (
    <Notice
      tone={syncing.kind === 'locked' ? 'trouble' : 'warm'}
      actions={syncing.kind === 'locked' ? unlock : undefined}
    >
      {failureText(syncing.failure)}
    </Notice>
  )
}

function Facts({ account }: { account: AccountRow }): ReactNode {
  const nowAt = useNow()
  const facts = [
    [say('account.system'), `${account.providerLabel} · ${account.host}`],
    [say('account.role'), account.role ?? '–'],
    [say('account.token'), say(account.keptIn === 'keychain' ? 'account.inKeychain' : 'account.inSession')],
    [say('account.lastSeen'), account.asOf === null ? say('account.never') : shortTime(account.asOf, nowAt)],
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What it is called in this window; the server does not hear of it. */
function Rename({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [name, setName] = useState(account.name)
  const given = name.trim()
  async function rename(event: SyntheticEvent): Promise<void> {
    event.preventDefault()
    if (given === '' || given === account.name) return
    const answer = await desk.bridge.call('accounts.rename', { accountId: account.id, name: given })
    setFailure(answer.ok ? null : answer.failure)
    if (answer.ok) toast(desk, { title: say('account.renamed', { name: given }) })
  }
  return (
    <form className="account-rename" onSubmit={(event) => void rename(event)}>
      <Field
        label={say('account.name')}
        hint={say('account.nameHint')}
        error={failure === null ? null : failureText(failure)}
        dir="auto"
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" size="small" disabled={given === '' || given === account.name}>
        {say('account.rename')}
      </Button>
    </form>
  )
}

/** A new secret may come before the old one stops; another address is another account. */
function SignInAgain({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  if (account.syncing.kind === 'locked') return null
  return (
    <div className="account-again">
      <p className="account-kept">{say('account.againHint', { host: account.host })}</p>
      <Button size="small" onClick={() => showDialog(desk, { kind: 'unlock', accountId: account.id })}>
        {say('account.unlock')}
      </Button>
    </div>
  )
}

function Remove({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const [asks, setAsks] = useState<'nothing' | 'sure' | Lost>('nothing')
  const [failure, setFailure] = useState<Failure | null>(null)
  const lost = typeof asks === 'object' ? asks : { unsent: 0, drafts: 0 }

  async function remove(): Promise<void> {
    // What was typed a moment ago counts.
    await Promise.all([...desk.view.getState().keepDrafts].map((keep) => keep()))
    const answer = await desk.bridge.call('accounts.remove', { accountId: account.id, ...lost })
    if (answer.ok) leave(desk, account)
    else if (answer.failure.code === 'unsentRows') setAsks(lostIn(answer.failure))
    else setFailure(answer.failure)
  }

  if (asks === 'nothing') {
    return (
      <Button look="danger" className="account-remove" onClick={() => setAsks('sure')}>
        {say('account.remove')}
      </Button>
    )
  }
  const words = lostWords(lost) ?? say('account.removeSure', { name: account.name, host: account.host })
  return (
    <div className="account-sure" role="alert">
      <p>{words}</p>
      {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
      <div className="account-ways">
        <Button onClick={() => setAsks('nothing')}>{say('account.keep')}</Button>
        <Button look="danger" onClick={() => void remove()}>
          {say(lost.unsent + lost.drafts === 0 ? 'account.removeYes' : 'account.removeUnsentYes')}
        </Button>
      </div>
    </div>
  )
}

interface Lost {
  readonly unsent: number
  readonly drafts: number
}

function lostIn({ facts }: Failure): Lost {
  return { unsent: Number(facts['unsent'] ?? 0), drafts: Number(facts['drafts'] ?? 0) }
}

/** What would be thrown away, counted; null where nothing is. */
function lostWords({ unsent, drafts }: Lost): string | null {
  const parts = [
    ...(unsent === 0 ? [] : [say('account.lostUnsent', { count: unsent })]),
    ...(drafts === 0 ? [] : [say('account.lostDrafts', { count: drafts })]),
  ]
  if (parts.length === 0) return null
  const what = new Intl.ListFormat('en', { type: 'conjunction' }).format(parts)
  return say('account.lost', { what })
}

function leave(desk: Desk, account: AccountRow): void {
  showDialog(desk, null)
  toast(desk, { title: say('account.removed', { name: account.name }) })
  if (desk.view.getState().query.accountId === account.id) changeQuery(desk, { accountId: null })
  if (desk.mirror.getState().thread?.row?.accountId === account.id) closeConversation(desk)
}
