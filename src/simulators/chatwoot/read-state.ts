import { inboxOf, type Conversation, type Inbox, type Place, type World } from './world.ts'

/**
 * What is computed whenever a conversation is told: how much is unread, and whether it can still be answered. Marking
 * moves nothing else: no version stamp, no activity, no realtime event (docs/providers/chatwoot.md §0.4, §2.2).
 */
export function markSeen(conversation: Conversation, userId: number, at: number): void {
  conversation.agentLastSeenAt = at
  if (isAssignee(conversation, userId)) conversation.assigneeLastSeenAt = at
}

/** Newer trees leave marks alone that are younger than an hour while nothing came since (§8.4). */
export function needsNoMark(world: World, conversation: Conversation, userId: number): boolean {
  if (!world.installation.skipsIdleLastSeen || unreadCount(conversation) > 0) return false
  const marks = [conversation.agentLastSeenAt]
  if (isAssignee(conversation, userId)) marks.push(conversation.assigneeLastSeenAt)
  return marks.every((mark) => mark !== null && mark >= world.clock.now() - 3_600_000)
}

/** Rewinds both marks to one second before the newest incoming message; to nothing where there is none. */
export function markUnseen(conversation: Conversation): void {
  const last = conversation.messages.findLast((message) => message.type === 'incoming')
  const at = last === undefined ? null : last.createdAt - 1000
  conversation.agentLastSeenAt = at
  conversation.assigneeLastSeenAt = at
}

/** Conversation-wide and never above 10, whatever is really unread. */
export function unreadCount(conversation: Conversation): number {
  const seenAt = conversation.agentLastSeenAt
  let count = 0
  for (let index = conversation.messages.length - 1; index >= 0 && count < 10; index -= 1) {
    const message = conversation.messages[index]
    if (message?.type !== 'incoming') continue
    if (seenAt !== null && message.createdAt <= seenAt) break
    count += 1
  }
  return count
}

/** No event says when a reply window closes; where there is a window and nobody ever wrote, it was never open. */
export function canReply(place: Place): boolean {
  const { world, account, conversation } = place
  const windowHours = replyWindowHours(world, inboxOf(account, conversation))
  if (windowHours === null) return true
  const last = conversation.messages.findLast((message) => message.type === 'incoming')
  return last !== undefined && world.clock.now() - last.createdAt < windowHours * 3_600_000
}

function isAssignee({ assignee }: Conversation, userId: number): boolean {
  return assignee?.kind === 'user' && assignee.id === userId
}

function replyWindowHours({ installation }: World, inbox: Inbox): number | null {
  switch (inbox.channelType) {
    case 'Channel::Whatsapp':
      return 24
    case 'Channel::Instagram':
    case 'Channel::FacebookPage':
      return installation.hasHumanAgentFlag ? 7 * 24 : 24
    case 'Channel::Tiktok':
      return 48
    case 'Channel::TwilioSms':
      return inbox.medium === 'whatsapp' ? 24 : null
    case 'Channel::Api':
      return inbox.replyWindowHours
    case 'Channel::WebWidget':
    case 'Channel::Email':
    case 'Channel::Telegram':
    case 'Channel::Sms':
      return null
  }
}
