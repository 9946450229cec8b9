import { useState, type ReactNode, type SyntheticEvent } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import type { Found } from './sign-in-steps.tsx'

/** Who the token belongs to, which of its accounts to add, and where the token is kept. */
export function ChooseAccounts({ found, onAdded, onExpired }: ChooseAccountsProps): ReactNode {
  const desk = useDesk()
  const keychain = useMirror((mirror) => mirror.desk?.host.keychain ?? null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [keys, setKeys] = useState<readonly string[]>(() =>
    found.choices.filter(isFree).map((choice) => choice.key),
  )
  const hasKeychain = keychain?.kind === 'ready'

  async function add(keepIn: 'keychain' | 'session'): Promise<void> {
    setIsBusy(true)
    const answer = await desk.bridge.call('accounts.add', {
      probeId: found.probeId,
      keys: [...keys],
      keepIn,
    })
    setIsBusy(false)
    if (answer.ok) onAdded(answer.value.accountIds.length)
    else if (answer.failure.code === 'probeExpired') onExpired(answer.failure)
    else setFailure(answer.failure)
  }
  function submit(event: SyntheticEvent): void {
    event.preventDefault()
    void add(hasKeychain ? 'keychain' : 'session')
  }

  return (
    <form ref={focusFirst} className="account-steps" onSubmit={submit}>
      <div className="account-me">
        <Avatar name={found.me.name} media={null} size="large" />
        <div>
          <p className="account-name" dir="auto">
            {found.me.name}
          </p>
          <p className="account-where">
            {found.server === null ? found.host : `${found.host} · ${found.server}`}
          </p>
        </div>
      </div>
      <Choices found={found} keys={keys} onChange={setKeys} />
      {keychain?.kind === 'absent' ? <Notice tone="warm">{failureText(keychain.failure)}</Notice> : null}
      {failure === null ? null : (
        <Notice
          tone="trouble"
          actions={isKeychain(failure) ? <SessionOnly onPick={() => void add('session')} /> : undefined}
        >
          {failureText(failure)}
        </Notice>
      )}
      <p className="account-kept">{say(hasKeychain ? 'signIn.keptInKeychain' : 'signIn.keptInSession')}</p>
      <Button type="submit" look="primary" disabled={isBusy || keys.length === 0}>
        {say('signIn.add', { count: keys.length })}
      </Button>
    </form>
  )
}

/** Offered wherever the keychain fails: nothing is written to the disk, and the token is asked for after a restart. */
export function SessionOnly({ onPick }: { onPick: () => void }): ReactNode {
  return (
    <Button ref={takeFocus} size="small" onClick={onPick}>
      {say('signIn.sessionOnly')}
    </Button>
  )
}

export function isKeychain(failure: Failure): boolean {
  return (
    failure.code === 'keychainMissing' ||
    failure.code === 'keychainLocked' ||
    failure.code === 'keychainRefused'
  )
}

interface ChooseAccountsProps {
  found: Found
  onAdded: (count: number) => void
  onExpired: (failure: Failure) => void
}

type Choice = Found['choices'][number]

function Choices({
  found,
  keys,
  onChange,
}: {
  found: Found
  keys: readonly string[]
  onChange: (keys: string[]) => void
}): ReactNode {
  function toggle(key: string): void {
    onChange(keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key])
  }
  return (
    <fieldset className="choices">
      <legend className="field-label">{say('signIn.which')}</legend>
      {found.choices.map((choice) => (
        <label key={choice.key} className="choice" data-free={isFree(choice)}>
          <input
            type="checkbox"
            checked={keys.includes(choice.key)}
            disabled={!isFree(choice)}
            onChange={() => toggle(choice.key)}
          />
          <span className="choice-name cut" dir="auto">
            {choice.name}
          </span>
          <span className="choice-word">{choiceWord(choice)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function choiceWord(choice: Choice): string {
  if (choice.isAdded) return say('signIn.isAdded')
  if (choice.isSuspended) return say('signIn.isSuspended')
  return choice.role ?? ''
}

function isFree(choice: Choice): boolean {
  return !choice.isAdded && !choice.isSuspended
}

/** What had the focus is gone with the step before. */
function focusFirst(form: HTMLFormElement | null): void {
  takeFocus(form?.querySelector<HTMLElement>('input:not(:disabled)') ?? null)
}
