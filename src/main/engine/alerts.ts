import type { EffectiveConversation } from '../../shared/domain/effective.ts'
import type { ConversationId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'

/** What the agent has before their eyes. */
export interface Looking {
  readonly visible: boolean
  readonly focused: boolean
  readonly conversationId: ConversationId | null
}

export interface AlertFacts {
  readonly message: Message
  readonly conversation: EffectiveConversation
  /** Messages up to here were there when the account was first loaded (epoch ms, the server's clock). */
  readonly announceAfter: number | null
  readonly looking: Looking
  readonly isOn: boolean
}

/** Whether a message that has just arrived is worth a notification. First loads, own words and the thread in view never are. */
export function isWorthTelling(facts: AlertFacts): boolean {
  const { message, conversation, announceAfter, looking, isOn } = facts
  if (!isOn || announceAfter === null || message.sentAt <= announceAfter) return false
  if (message.side !== 'them' || message.kind === 'activity' || message.isDeleted) return false
  if (!conversation.needsYou) return false
  return !(looking.visible && looking.focused && looking.conversationId === conversation.id)
}
