import type { ConversationId } from '../../shared/domain/ids.ts'

/** Tells the agent outside the window. `null` from the shell means the window itself shows announcements. */
export interface Notifier {
  /** `onFailed` is told when the system would not show it, so that the window can. */
  show(announcement: Announcement, onFailed: () => void): void
  /** Takes back what is shown of a conversation: read or answered meanwhile. */
  withdraw(conversationId: ConversationId): void
}

export interface Announcement {
  readonly conversationId: ConversationId
  readonly title: string
  readonly body: string
}
