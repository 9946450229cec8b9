import { useRef, type ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import './accounts.css'
import { isKeychain, SessionOnly } from './choose-accounts.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { useProviders } from './use-providers.ts'

/** A new secret for an account whose old one no longer opens it. Everything of the account stays as it is. */
export function UnlockAccount({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const { providers, failure } = useProviders()
  const keepIn = useRef<'keychain' | 'session'>('keychain')
  const provider = providers.find((each) => each.id === account.provider)

  async function unlock(fields: Record<string, string>): Promise<Failure | null> {
    const answer = await desk.bridge.call('accounts.unlock', {
      accountId: account.id,
      fields,
      keepIn: keepIn.current,
    })
    if (!answer.ok) return answer.failure
    showDialog(desk, null)
    toast(desk, { title: say('account.unlocked', { name: account.name }) })
    return null
  }
  function sessionOnly(): void {
    keepIn.current = 'session'
    document.querySelector<HTMLFormElement>('.sign-in')?.requestSubmit()
  }

  return (
    <Dialog
      title={say('account.unlockTitle', { name: account.name })}
      closeLabel={say('dialog.close')}
      onClose={() => showDialog(desk, null)}
    >
      <div className="account-steps">
        {account.syncing.kind === 'locked' ? (
          <p className="account-intro">{failureText(account.syncing.failure)}</p>
        ) : null}
        {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
        {provider === undefined ? null : (
          <SignInForm
            fields={provider.fields}
            address={addressOf(account)}
            submitWord="account.unlock"
            onSubmit={unlock}
            otherWay={(refused) => (isKeychain(refused) ? <SessionOnly onPick={sessionOnly} /> : null)}
          />
        )}
      </div>
    </Dialog>
  )
}

function addressOf(account: AccountRow): string {
  return /^https?:/.test(account.host) ? account.host : `https://${account.host}`
}
