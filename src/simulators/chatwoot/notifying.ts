import {
  nextId,
  tellOffice,
  type Notification,
  type NotificationFlags,
  type NotificationType,
  type Office,
} from './office.ts'
import { inboxOf, type Account, type Change, type World } from './world.ts'

/**
 * Who is notified of what (docs/providers/chatwoot.md §1.8): driven by what happens in the world, also while its past
 * is being told. `caughtUp` says that the past is over: what was read by then counts as read.
 */
export function startNotifying(world: World): Notifying {
  let isPast = true
  world.listeners.add((change) => {
    const at = change.message?.createdAt ?? (isPast ? change.conversation.lastActivityAt : world.clock.now())
    notifyOf(world, change, at)
  })
  return {
    caughtUp: () => {
      isPast = false
      for (const notification of world.office.notifications) {
        const { conversation, lastActivityAt } = notification
        const seenAt = world.accounts
          .get(notification.accountId)
          ?.conversations.get(conversation)?.agentLastSeenAt
        if ((seenAt ?? 0) >= lastActivityAt) notification.readAt = Math.min(seenAt ?? 0, world.clock.now())
      }
    },
  }
}

export interface Notifying {
  caughtUp(): void
}

/** What somebody wants to hear of besides the list; assignment alone where they never chose. */
export function flagsOf(account: Account, userId: number): NotificationFlags {
  const flags = account.notificationFlags.get(userId) ?? {
    email: ['email_conversation_assignment'],
    push: ['push_conversation_assignment'],
  }
  account.notificationFlags.set(userId, flags)
  return flags
}

/** Part of the cron that also wakes conversations: a snoozed one is unread again, and old ones go. */
export function wakeNotifications(world: World): void {
  const now = world.clock.now()
  for (const notification of [...world.office.notifications]) {
    const { snoozedUntil, createdAt } = notification
    if (createdAt < now - lifeMs) deleteNotification(world.office, notification)
    if (snoozedUntil === null || snoozedUntil > now) continue
    Object.assign(notification, { snoozedUntil: null, readAt: null, lastActivityAt: snoozedUntil })
    tellOffice(world.office, { kind: 'notificationUpdated', notification })
  }
}

const lifeMs = 30 * 86_400_000

export function deleteNotification(office: Office, notification: Notification): void {
  const index = office.notifications.indexOf(notification)
  if (index === -1) return
  office.notifications.splice(index, 1)
  tellOffice(office, { kind: 'notificationDeleted', notification })
}

function notifyOf(world: World, change: Change, at: number): void {
  const { account, conversation, message, by = null, users = [] } = change
  const about = { world, account, conversation: conversation.displayId, messageId: message?.id ?? null, at }
  const isBlocked = account.contacts.get(conversation.contactId)?.blocked === true
  switch (change.kind) {
    case 'conversationCreated':
      if (conversation.status === 'pending' || isBlocked) return
      for (const id of inboxOf(account, conversation).members) {
        if (wantsCreations(account, id)) create(about, 'conversation_creation', id)
      }
      return
    case 'assigneeChanged':
      if (conversation.status === 'pending' || isBlocked) return
      for (const id of users) {
        const isOwnDoing = by?.kind === 'user' && by.id === id
        if (!isOwnDoing) create(about, 'conversation_assignment', id)
      }
      return
    case 'mentioned':
      for (const id of users) create(about, 'conversation_mention', id)
      return
    case 'messageCreated':
      if (!isBlocked) notifyOfMessage(about, change)
      return
    case 'conversationDeleted':
      for (const notification of world.office.notifications.filter(
        ({ accountId, conversation: id }) => accountId === account.id && id === conversation.displayId,
      )) {
        deleteNotification(world.office, notification)
      }
      return
    case 'messageUpdated':
    case 'conversationUpdated':
    case 'typingOn':
    case 'typingOff':
  }
}

interface About {
  readonly world: World
  readonly account: Account
  readonly conversation: number
  readonly messageId: number | null
  readonly at: number
}

/** What customers say and what others answer, notes among it; the assignee first, then whoever takes part. */
function notifyOfMessage(about: About, { conversation, message }: Change): void {
  if (message?.type !== 'incoming' && message?.type !== 'outgoing') return
  const { assignee } = conversation
  const author = message.sender?.kind === 'user' ? message.sender.id : null
  const assigneeId = assignee?.kind === 'user' ? assignee.id : null
  if (assigneeId !== null && assigneeId !== author) {
    create(about, 'assigned_conversation_new_message', assigneeId)
  }
  for (const id of conversation.participants) {
    if (id !== author && id !== assigneeId) create(about, 'participating_conversation_new_message', id)
  }
}

/** Only the newest per person and conversation survives: the older one goes a moment after the new one came. */
function create(about: About, type: NotificationType, userId: number): void {
  const { world, account, conversation, messageId, at } = about
  const { office } = world
  if (!account.members.has(userId) || at < world.clock.now() - lifeMs) return
  const notification: Notification = {
    id: nextId(office),
    userId,
    accountId: account.id,
    type,
    conversation,
    messageId,
    createdAt: at,
    lastActivityAt: at,
    readAt: null,
    snoozedUntil: null,
    updatedAt: at,
  }
  office.notifications.push(notification)
  tellOffice(office, { kind: 'notificationCreated', notification })
  const older = office.notifications.filter(
    (other) =>
      other !== notification &&
      other.userId === userId &&
      other.accountId === account.id &&
      other.conversation === conversation,
  )
  for (const other of older) deleteNotification(office, other)
}

function wantsCreations(account: Account, userId: number): boolean {
  const { email, push } = flagsOf(account, userId)
  return email.includes('email_conversation_creation') || push.includes('push_conversation_creation')
}
