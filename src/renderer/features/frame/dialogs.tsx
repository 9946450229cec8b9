import type { ReactNode } from 'react'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { useMirror, useView } from '../../state/hooks.ts'
import { accountsOf } from '../../state/selectors.ts'
import { AccountDetails } from '../accounts/account-details.tsx'
import { AddAccount } from '../accounts/add-account.tsx'
import { UnlockAccount } from '../accounts/unlock-account.tsx'
import { DraftsSheet } from '../drafts/drafts-sheet.tsx'
import { FilterSheet } from '../folders/filter-sheet.tsx'
import { RemoveFolder } from '../folders/remove-folder.tsx'
import { HelpSheet } from '../help/help-sheet.tsx'
import { NotificationsSheet } from '../notifications/notifications-sheet.tsx'
import { MacroSheet } from '../pickers/macro-sheet.tsx'
import { MuteSheet } from '../pickers/mute-sheet.tsx'
import { ResolveSheet } from '../pickers/resolve-sheet.tsx'
import { TranscriptSheet } from '../pickers/transcript-sheet.tsx'
import { SearchSheet } from '../search/search-sheet.tsx'
import { SettingsSheet } from '../settings/settings-sheet.tsx'
import { StartSheet } from '../start/start-sheet.tsx'

/** Whichever sheet is asked for; loaded with the first one. */
export function Dialogs(): ReactNode {
  const dialog = useView((view) => view.dialog)
  const accounts = useMirror(accountsOf)
  if (dialog === null) return null
  switch (dialog.kind) {
    case 'addAccount':
      return <AddAccount />
    case 'settings':
      return <SettingsSheet />
    case 'help':
      return <HelpSheet />
    case 'drafts':
      return <DraftsSheet />
    case 'start':
      return <StartSheet accountId={dialog.accountId} />
    case 'resolve':
      return <ResolveSheet conversationIds={dialog.conversationIds} why={dialog.why} />
    case 'mute':
      return <MuteSheet conversationIds={dialog.conversationIds} />
    case 'transcript':
      return <TranscriptSheet conversationId={dialog.conversationId} />
    case 'macro':
      return <MacroSheet conversationId={dialog.conversationId} macroKey={dialog.macroKey} />
    case 'notifications':
      return <NotificationsSheet accountId={dialog.accountId} />
    case 'search':
      return <SearchSheet accountId={dialog.accountId} words={dialog.words} />
    case 'filter': {
      const account = accounts.find((each) => each.id === dialog.accountId)
      return account === undefined ? null : <FilterSheet account={account} terms={dialog.terms} />
    }
    case 'removeFolder':
      return <RemoveFolder accountId={dialog.accountId} folderKey={dialog.folderKey} name={dialog.name} />
    case 'account':
    case 'unlock':
      return <OfAccount kind={dialog.kind} account={accounts.find((each) => each.id === dialog.accountId)} />
  }
}

function OfAccount({
  kind,
  account,
}: {
  kind: 'account' | 'unlock'
  account: AccountRow | undefined
}): ReactNode {
  if (account === undefined) return null
  return kind === 'unlock' ? <UnlockAccount account={account} /> : <AccountDetails account={account} />
}
