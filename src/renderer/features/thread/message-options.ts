import type { AccountRow, ConversationRow, MessageRow } from '../../../shared/contract/contract.ts'

/** What can be done with one message; what cannot is left out. */
export type MessageOption = 'reply' | 'copy' | 'addresses' | 'retry' | 'delete'

export function messageOptions(
  message: MessageRow,
  row: Pick<ConversationRow, 'limits'> | null,
  can: Pick<AccountRow['can'], 'deleteMessage' | 'retryMessage'> | null,
): readonly MessageOption[] {
  if (message.kind === 'activity' || message.isDeleted) return []
  // While it is ours alone, the server knows nothing of it.
  const isThere = message.outboxId === null
  const options: [MessageOption, boolean][] = [
    ['reply', isThere && message.kind !== 'note' && (row?.limits.quotes ?? false)],
    ['copy', message.text !== ''],
    ['addresses', message.mail !== null],
    ['retry', isThere && message.delivery.kind === 'failed' && (can?.retryMessage ?? false)],
    ['delete', isThere && (can?.deleteMessage ?? false)],
  ]
  return options.flatMap(([option, isPossible]) => (isPossible ? [option] : []))
}
