import { events } from '../../shared/contract/contract.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import type { Directory } from '../../shared/domain/directory.ts'
import { effective, noOverlay } from '../../shared/domain/effective.ts'
import { accountOf, conversationId, messageId, type AccountId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Told } from '../providers/provider.ts'
import { conversationRow, messageRow } from './rows.ts'
import { directoryRow } from './rows-beside.ts'

/**
 * Whether what a provider answered is what its type says, as far as the window and the other accounts depend on it: one
 * row that cannot be shown would otherwise be kept, and spoil every list it is in. Never throws.
 */
export function isConversation(value: unknown, account: AccountId): value is Conversation {
  return safely(() => {
    const row = value as Conversation
    const isOurs = row.accountId === account && row.id === conversationId(account, row.key)
    const line = conversationRow(effective(row, noOverlay), nothingOfOurs, none)
    return isOurs && shown.conversation.safeParse(line).success
  })
}

export function isMessage(value: unknown, account: AccountId): value is Message {
  return safely(() => {
    const row = value as Message
    const isOurs =
      accountOf(row.conversationId) === account && row.id === messageId(row.conversationId, row.key)
    return isOurs && shown.message.safeParse(messageRow(row, none)).success
  })
}

export function isDirectory(value: unknown): value is Directory {
  return safely(() => shown.directory.safeParse(directoryRow(value as Directory, none)).success)
}

/** A conversation as one answer told it. */
export function isTold(value: unknown, account: AccountId): value is Told {
  return safely(() => {
    const { conversation, messages } = value as Told
    return isConversation(conversation, account) && messages.every((each) => isMessage(each, account))
  })
}

export function areTold(value: unknown, account: AccountId): boolean {
  return Array.isArray(value) && value.every((each) => isTold(each, account))
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

const nothingOfOurs = { orders: [], hasDraft: false }

/** The rows as the window gets them, which is all that is asked of them. */
const shown = {
  conversation: events['inbox.changed'].shape.upserted.element,
  message: events['thread.changed'].shape.upserted.element,
  directory: events['directory.changed'].shape.directory,
}

function none(): null {
  return null
}

/** A value of any shape: where looking at it throws, it is not what it should be. */
function safely(look: () => boolean): boolean {
  try {
    return look()
  } catch {
    return false
  }
}
