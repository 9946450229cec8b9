import { cableConversationShape } from './cable-shapes.ts'
import type { Notification } from './office.ts'
import { pushUserShape } from './people-shapes.ts'
import { cableMessageShape } from './shapes.ts'
import { iso, isoOrNull, seconds } from './times.ts'
import { userOf, type Message, type Place, type World } from './world.ts'

/** A notification as lists show it; as realtime events do, its title is the body (docs/providers/chatwoot.md §1.8, §3.3). */
export function notificationShape(world: World, notification: Notification): object {
  const place = placeOf(world, notification)
  const message = messageOf(place, notification)
  const account = world.accounts.get(notification.accountId)
  return {
    id: notification.id,
    notification_type: notification.type,
    push_message_title: titleOf(place, notification),
    push_message_body: bodyOf(place, message),
    primary_actor_type: 'Conversation',
    primary_actor_id: place?.conversation.id ?? null,
    primary_actor: place === null ? null : cableConversationShape(place),
    ...(place === null || message === null ? {} : { secondary_actor: cableMessageShape(place, message) }),
    user: account === undefined ? null : pushUserShape(world, account, userOf(world, notification.userId)),
    read_at: isoOrNull(notification.readAt),
    snoozed_until: isoOrNull(notification.snoozedUntil),
    created_at: seconds(notification.createdAt),
    last_activity_at: seconds(notification.lastActivityAt),
    account_id: notification.accountId,
    meta: {},
  }
}

/** The bare database row, which marking, snoozing and so on answer with: its times are ISO. */
export function notificationRowShape(world: World, notification: Notification): object {
  const place = placeOf(world, notification)
  return {
    id: notification.id,
    account_id: notification.accountId,
    user_id: notification.userId,
    notification_type: notification.type,
    primary_actor_type: 'Conversation',
    primary_actor_id: place?.conversation.id ?? null,
    secondary_actor_type: notification.messageId === null ? null : 'Message',
    secondary_actor_id: notification.messageId,
    read_at: isoOrNull(notification.readAt),
    snoozed_until: isoOrNull(notification.snoozedUntil),
    last_activity_at: iso(notification.lastActivityAt),
    created_at: iso(notification.createdAt),
    updated_at: iso(notification.updatedAt),
    meta: {},
  }
}

function placeOf(world: World, notification: Notification): Place | null {
  const account = world.accounts.get(notification.accountId)
  const conversation = account?.conversations.get(notification.conversation)
  return account === undefined || conversation === undefined ? null : { world, account, conversation }
}

function messageOf(place: Place | null, { messageId }: Notification): Message | null {
  return place?.conversation.messages.find(({ id }) => id === messageId) ?? null
}

function titleOf(place: Place | null, { type, conversation }: Notification): string {
  const inbox = place?.account.inboxes.get(place.conversation.inboxId)?.name ?? ''
  switch (type) {
    case 'conversation_creation':
      return `Conversation #${conversation} began in ${inbox}`
    case 'conversation_assignment':
      return `Conversation #${conversation} was assigned to you`
    case 'assigned_conversation_new_message':
    case 'participating_conversation_new_message':
      return `There is a new message in conversation #${conversation}`
    case 'conversation_mention':
      return `You were mentioned in conversation #${conversation}`
  }
}

/** "Name: words"; a mention shows as @name, and a file without words as a sentence. */
function bodyOf(place: Place | null, message: Message | null): string {
  if (place === null || message === null) return ''
  const words = (message.content ?? '').replace(/\[(@[^\]]+)\]\(mention:[^)]*\)/g, '$1')
  const short = words.split(/\s+/).slice(0, 10).join(' ')
  const text = short === '' && message.attachments.length > 0 ? 'Attachment' : short
  return `${nameOf(place, message)}: ${text}`
}

function nameOf({ world, account }: Place, { sender }: Message): string {
  if (sender === null) return ''
  if (sender.kind === 'user') return world.users.get(sender.id)?.name ?? ''
  if (sender.kind === 'bot') return world.bots.get(sender.id)?.name ?? ''
  return account.contacts.get(sender.id)?.name ?? ''
}
