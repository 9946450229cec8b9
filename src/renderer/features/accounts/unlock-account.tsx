import { useState, type ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import './accounts.css'
import { isKeychain, SessionOnly } from './choose-accounts.tsx'
import { SignInSteps } from './sign-in-steps.tsx'
import { useProviders } from './use-providers.ts'

/** A new secret for an account whose old one no longer opens it. Everything of the account stays as it is. */
export function UnlockAccount({ account }: { account: AccountRow }): ReactNode {
  const desk = useDesk()
  const { providers, failure } = useProviders()
  const [stuck, setStuck] = useState<{ probeId: string; failure: Failure } | null>(null)
  const provider = providers.find((each) => each.id === account.provider)

  async function unlock(probeId: string, keepIn: 'keychain' | 'session'): Promise<void> {
    const answer = await desk.bridge.call('accounts.unlock', { accountId: account.id, probeId, keepIn })
    if (!answer.ok) return setStuck({ probeId, failure: answer.failure })
    showDialog(desk, null)
    toast(desk, { title: say('account.unlocked', { name: account.name }) })
  }

  return (
    <Dialog
      title={say('account.unlockTitle', { name: account.name })}
      closeLabel={say('dialog.close')}
      onClose={() => showDialog(desk, null)}
    >
      <div className="account-steps">
        {account.syncing.kind === 'locked' && stuck === null ? (
          <p className="account-intro">{failureText(account.syncing.failure)}</p>
        ) : null}
        {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
        {stuck === null ? null : (
          <Notice
            tone="trouble"
            actions={
              isKeychain(stuck.failure) ? (
                <SessionOnly onPick={() => void unlock(stuck.probeId, 'session')} />
              ) : (
                <Button ref={takeFocus} size="small" onClick={() => setStuck(null)}>
                  {say('signIn.again')}
                </Button>
              )
            }
          >
            {failureText(stuck.failure)}
          </Notice>
        )}
        {provider === undefined || stuck !== null ? null : (
          <SignInSteps
            places={[{ provider, preset: null }]}
            known={{ url: account.baseUrl }}
            submitWord="account.unlock"
            onFound={({ probeId }) => void unlock(probeId, 'keychain')}
          />
        )}
      </div>
    </Dialog>
  )
}
