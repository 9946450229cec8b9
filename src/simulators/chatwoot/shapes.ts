import { attachmentsPart } from './attachment-shapes.ts'
import {
  agentShape,
  botSlimShape,
  contactShape,
  pushContactShape,
  pushUserShape,
  teamShape,
} from './people-shapes.ts'
import { canReply, unreadCount } from './read-state.ts'
import { iso, isoOrNull, seconds, secondsOrZero } from './times.ts'
import {
  botOf,
  contactOf,
  inboxOf,
  userOf,
  type Account,
  type Conversation,
  type Message,
  type Place,
  type MessageType,
  type Sender,
  type World,
} from './world.ts'

/**
 * The JSON Chatwoot really renders (docs/providers/chatwoot.md §8, §2.3): which keys are absent rather than null,
 * which times are seconds and which ISO, and which of its message shapes stands where.
 */
export function conversationShape(place: Place): object {
  const { world, account, conversation } = place
  const last = conversation.messages.at(-1)
  const lastSaid = conversation.messages.findLast((message) => message.type !== 'activity')
  return {
    meta: {
      sender: contactShape(world, contactOf(account, conversation)),
      channel: inboxOf(account, conversation).channelType,
      ...assigneeShape(place),
      ...teamPart(account, conversation),
      hmac_verified: false,
    },
    id: conversation.displayId,
    messages: last === undefined ? [] : [cableMessageShape(place, last)],
    account_id: account.id,
    uuid: conversation.uuid,
    additional_attributes: conversation.additionalAttributes,
    agent_last_seen_at: secondsOrZero(conversation.agentLastSeenAt),
    assignee_last_seen_at: secondsOrZero(conversation.assigneeLastSeenAt),
    can_reply: canReply(place),
    contact_last_seen_at: secondsOrZero(conversation.contactLastSeenAt),
    custom_attributes: conversation.customAttributes,
    inbox_id: conversation.inboxId,
    labels: conversation.labels,
    muted: contactOf(account, conversation).blocked,
    snoozed_until: isoOrNull(conversation.snoozedUntil),
    status: conversation.status,
    created_at: seconds(conversation.createdAt),
    updated_at: conversation.updatedAt / 1000,
    timestamp: seconds(conversation.lastActivityAt),
    first_reply_created_at: secondsOrZero(conversation.firstReplyAt),
    unread_count: unreadCount(conversation),
    last_non_activity_message: lastSaid === undefined ? null : cableMessageShape(place, lastSaid),
    last_activity_at: seconds(conversation.lastActivityAt),
    priority: conversation.priority,
    waiting_since: secondsOrZero(conversation.waitingSince),
    sla_policy_id: null,
  }
}

/** A message as lists and answers of the messages routes carry it: `sender` and `attachments` absent when empty. */
export function messageShape(place: Place, message: Message): object {
  const { world, account, conversation } = place
  return {
    id: message.id,
    content: message.content,
    inbox_id: conversation.inboxId,
    conversation_id: conversation.displayId,
    message_type: messageTypeNumber[message.type],
    content_type: message.contentType,
    status: message.status,
    content_attributes: message.contentAttributes,
    created_at: seconds(message.createdAt),
    private: message.isPrivate,
    source_id: message.sourceId,
    ...senderPart(world, account, message.sender),
    ...attachmentsPart(world, account, message),
  }
}

/** A message as realtime events carry it, and as `messages[0]` and `last_non_activity_message` do over REST too. */
export function cableMessageShape(place: Place, message: Message): object {
  const { account, conversation } = place
  return {
    ...messageShape(place, message),
    account_id: account.id,
    updated_at: iso(message.updatedAt),
    sender_type: message.sender === null ? null : senderTypeName[message.sender.kind],
    sender_id: message.sender?.id ?? null,
    external_source_ids: {},
    additional_attributes: message.additionalAttributes,
    processed_message_content: message.content,
    sentiment: {},
    conversation: {
      assignee_id: conversation.assignee?.kind === 'user' ? conversation.assignee.id : null,
      unread_count: unreadCount(conversation),
      last_activity_at: seconds(conversation.lastActivityAt),
      contact_inbox: { source_id: conversation.sourceId },
    },
  }
}

/** One find of the older search: the conversation in short, and of its messages those that hold the words. */
export function searchedConversationShape(place: Place, words: string): object {
  const { world, account, conversation } = place
  const contact = contactOf(account, conversation)
  const inbox = inboxOf(account, conversation)
  const said = conversation.messages.filter(
    ({ type, content }) =>
      (type === 'incoming' || type === 'outgoing') &&
      content?.toLowerCase().includes(words.toLowerCase()) === true,
  )
  return {
    id: conversation.displayId,
    uuid: conversation.uuid,
    created_at: seconds(conversation.createdAt),
    contact: { id: contact.id, name: contact.name },
    inbox: { id: inbox.id, name: inbox.name, channel_type: inbox.channelType },
    messages: said.map((message) => ({
      id: message.id,
      content: message.content,
      sender_name: senderName(world, account, message.sender),
      message_type: messageTypeNumber[message.type],
      created_at: seconds(message.createdAt),
    })),
    account_id: account.id,
  }
}

export function messageListShape(place: Place, messages: readonly Message[]): object {
  const { world, account, conversation } = place
  const { assignee } = conversation
  return {
    meta: {
      labels: conversation.labels,
      additional_attributes: conversation.additionalAttributes,
      contact: pushContactShape(world, contactOf(account, conversation)),
      ...(assignee?.kind === 'user'
        ? { assignee: pushUserShape(world, account, userOf(world, assignee.id)) }
        : {}),
      agent_last_seen_at: isoOrNull(conversation.agentLastSeenAt),
      assignee_last_seen_at: isoOrNull(conversation.assigneeLastSeenAt),
    },
    payload: messages.map((message) => messageShape(place, message)),
  }
}

const messageTypeNumber: Record<MessageType, number> = { incoming: 0, outgoing: 1, activity: 2, template: 3 }
const senderTypeName: Record<Sender['kind'], string> = { user: 'User', contact: 'Contact', bot: 'AgentBot' }

/** Absent, not null, where nobody is assigned. */
function assigneeShape(place: Place): object {
  const { world, account, conversation } = place
  const { assignee } = conversation
  if (assignee === null) return {}
  if (world.installation.isBeforeTeamsAndBots) {
    return assignee.kind === 'bot' ? {} : { assignee: agentShape(world, account, userOf(world, assignee.id)) }
  }
  if (assignee.kind === 'bot')
    return { assignee: botSlimShape(world, assignee.id), assignee_type: 'AgentBot' }
  return { assignee: agentShape(world, account, userOf(world, assignee.id)), assignee_type: 'User' }
}

function teamPart(account: Account, conversation: Conversation): object {
  const team = conversation.teamId === null ? undefined : account.teams.get(conversation.teamId)
  return team === undefined ? {} : { team: teamShape(account, team, null) }
}

export function senderPart(world: World, account: Account, sender: Sender | null): object {
  if (sender === null) return {}
  if (sender.kind === 'user') return { sender: pushUserShape(world, account, userOf(world, sender.id)) }
  if (sender.kind === 'bot') {
    return {
      sender: { id: sender.id, name: botOf(world, sender.id).name, avatar_url: '', type: 'agent_bot' },
    }
  }
  const contact = account.contacts.get(sender.id)
  return contact === undefined ? {} : { sender: pushContactShape(world, contact) }
}

function senderName(world: World, account: Account, sender: Sender | null): string | null {
  if (sender === null) return null
  if (sender.kind === 'contact') return account.contacts.get(sender.id)?.name ?? null
  return sender.kind === 'user' ? userOf(world, sender.id).name : botOf(world, sender.id).name
}
