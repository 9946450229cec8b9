import { useState, type ReactNode } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import './accounts.css'
import { ChooseAccounts } from './choose-accounts.tsx'
import { placesOf, SignInSteps, type Found } from './sign-in-steps.tsx'
import { useProviders } from './use-providers.ts'

/** Adds accounts: where, who answers there, then which of their accounts to watch. */
export function AddAccount(): ReactNode {
  const desk = useDesk()
  const { providers, failure } = useProviders()
  const [found, setFound] = useState<Found | null>(null)
  const [expired, setExpired] = useState<Failure | null>(null)

  function added(count: number): void {
    showDialog(desk, null)
    toast(desk, { title: say('account.added', { count }) })
  }

  return (
    <Dialog
      title={say('account.add')}
      closeLabel={say('dialog.close')}
      onClose={() => showDialog(desk, null)}
    >
      {found === null ? (
        <div className="account-steps">
          {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
          {expired === null ? null : <Notice tone="warm">{failureText(expired)}</Notice>}
          {providers.length === 0 ? null : (
            <SignInSteps
              places={placesOf(providers)}
              known={{}}
              submitWord="signIn.next"
              onFound={(found) => {
                setExpired(null)
                setFound(found)
              }}
            />
          )}
        </div>
      ) : (
        <ChooseAccounts
          found={found}
          onAdded={added}
          onExpired={(failure) => {
            setExpired(failure)
            setFound(null)
          }}
        />
      )}
    </Dialog>
  )
}
