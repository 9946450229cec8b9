import { useEffect, useState, type ReactNode } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Segments } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import './accounts.css'
import { ChooseAccounts, type Probed } from './choose-accounts.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { useProviders } from './use-providers.ts'

/** Adds accounts in two steps: who answers at that address with that token, then which of its accounts to watch. */
export function AddAccount(): ReactNode {
  const desk = useDesk()
  const [probed, setProbed] = useState<Probed | null>(null)
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
      {probed === null ? (
        <>
          {expired === null ? null : <Notice tone="warm">{failureText(expired)}</Notice>}
          <AskForm onProbed={setProbed} />
        </>
      ) : (
        <ChooseAccounts
          probed={probed}
          onAdded={added}
          onExpired={(failure) => {
            setExpired(failure)
            setProbed(null)
          }}
        />
      )}
    </Dialog>
  )
}

function AskForm({ onProbed }: { onProbed: (probed: Probed) => void }): ReactNode {
  const desk = useDesk()
  const { providers, failure } = useProviders()
  const [pickedId, setPickedId] = useState<string | null>(null)
  const provider = providers.find((each) => each.id === pickedId) ?? providers[0]
  useEffect(() => {
    if (provider !== undefined) document.querySelector<HTMLInputElement>('.sign-in input')?.focus()
  }, [provider])
  if (failure !== null) return <Notice tone="trouble">{failureText(failure)}</Notice>
  if (provider === undefined) return null

  async function probe(fields: Record<string, string>): Promise<Failure | null> {
    if (provider === undefined) return null
    const answer = await desk.bridge.call('accounts.probe', { provider: provider.id, fields })
    if (!answer.ok) return answer.failure
    onProbed(answer.value)
    return null
  }

  return (
    <div className="account-steps">
      {providers.length > 1 ? (
        <Segments
          label={say('signIn.provider')}
          value={provider.id}
          options={providers.map((each) => ({ value: each.id, label: each.label }))}
          onPick={setPickedId}
        />
      ) : (
        <p className="account-intro">{say('signIn.intro', { provider: provider.label })}</p>
      )}
      <SignInForm
        key={provider.id}
        fields={provider.fields}
        address=""
        submitWord="signIn.next"
        onSubmit={probe}
      />
    </div>
  )
}
