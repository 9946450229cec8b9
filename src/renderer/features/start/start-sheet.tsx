import { useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { accountsOf } from '../../state/selectors.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { typedFrom, type Recipient, type Typed } from './customer-entry.ts'
import { FirstMessage } from './first-message.tsx'
import { PickCustomer } from './pick-customer.tsx'
import { Select } from './select.tsx'
import './start-sheet.css'

/** A new conversation: from which account, with whom, then the first message. */
export function StartSheet({ accountId: given }: { accountId: string | null }): ReactNode {
  const desk = useDesk()
  const accounts = useMirror(accountsOf).filter((account) => account.can.start)
  const [pickedId, setPickedId] = useState(given)
  const [recipient, setRecipient] = useState<{ who: Recipient; typed: Typed } | null>(null)
  const account = accounts.find((each) => each.id === pickedId) ?? accounts[0]
  if (account === undefined) return null
  return (
    <Dialog
      title={say('start.open')}
      closeLabel={say('dialog.close')}
      size="wide"
      onClose={() => showDialog(desk, null)}
    >
      <div className="start">
        {accounts.length < 2 ? null : (
          <Select
            label={say('start.account')}
            value={account.id}
            options={accounts.map((each) => ({ value: each.id, label: `${each.name} · ${each.host}` }))}
            onPick={(id) => {
              setPickedId(id)
              setRecipient(null)
            }}
          />
        )}
        {account.can.startOwn ? (
          <FirstMessage
            key={account.id}
            accountId={account.id}
            recipient={own}
            suggested={typedFrom('')}
            onBack={null}
          />
        ) : recipient === null ? (
          <PickCustomer
            key={account.id}
            accountId={account.id}
            onPick={(customer) => setRecipient({ who: { kind: 'known', customer }, typed: typedFrom('') })}
            onNew={(words) => setRecipient({ who: { kind: 'new' }, typed: typedFrom(words) })}
          />
        ) : (
          <FirstMessage
            accountId={account.id}
            recipient={recipient.who}
            suggested={recipient.typed}
            onBack={() => setRecipient(null)}
          />
        )}
      </div>
    </Dialog>
  )
}

const own: Recipient = { kind: 'own' }
