import { canReply, unreadCount } from './rules.ts'
import {
  botOf,
  contactOf,
  inboxOf,
  userOf,
  type Account,
  type Attachment,
  type Contact,
  type Conversation,
  type Inbox,
  type Member,
  type Message,
  type MessageType,
  type Sender,
  type StoredFile,
  type Team,
  type User,
  type World,
} from './world.ts'

/**
 * The JSON Chatwoot really renders (docs/providers/chatwoot.md §8, §2.3): which keys are absent rather than null,
 * which times are seconds and which ISO, and which of its message shapes stands where.
 */
export function conversationShape(world: World, account: Account, conversation: Conversation): object {
  const last = conversation.messages.at(-1)
  const lastSaid = conversation.messages.findLast((message) => message.type !== 'activity')
  return {
    meta: {
      sender: contactShape(world, contactOf(account, conversation)),
      channel: inboxOf(account, conversation).channelType,
      ...assigneeShape(world, account, conversation),
      ...teamPart(account, conversation),
      hmac_verified: false,
    },
    id: conversation.displayId,
    messages: last === undefined ? [] : [cableMessageShape(world, account, conversation, last)],
    account_id: account.id,
    uuid: conversation.uuid,
    additional_attributes: conversation.additionalAttributes,
    agent_last_seen_at: secondsOrZero(conversation.agentLastSeenAt),
    assignee_last_seen_at: secondsOrZero(conversation.assigneeLastSeenAt),
    can_reply: canReply(world, account, conversation),
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
    last_non_activity_message:
      lastSaid === undefined ? null : cableMessageShape(world, account, conversation, lastSaid),
    last_activity_at: seconds(conversation.lastActivityAt),
    priority: conversation.priority,
    waiting_since: secondsOrZero(conversation.waitingSince),
    sla_policy_id: null,
  }
}

/** A message as lists and answers of the messages routes carry it: `sender` and `attachments` absent when empty. */
export function messageShape(
  world: World,
  account: Account,
  conversation: Conversation,
  message: Message,
): object {
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
export function cableMessageShape(
  world: World,
  account: Account,
  conversation: Conversation,
  message: Message,
): object {
  return {
    ...messageShape(world, account, conversation, message),
    account_id: account.id,
    updated_at: iso(message.updatedAt),
    sender_type: message.sender === null ? null : senderTypeName[message.sender.kind],
    sender_id: message.sender?.id ?? null,
    external_source_ids: {},
    additional_attributes: {},
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

export function messageListShape(
  world: World,
  account: Account,
  conversation: Conversation,
  messages: readonly Message[],
): object {
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
    payload: messages.map((message) => messageShape(world, account, conversation, message)),
  }
}

export function contactShape(world: World, contact: Contact): object {
  return {
    additional_attributes: contact.additionalAttributes,
    availability_status: 'offline',
    email: contact.email,
    id: contact.id,
    name: contact.name,
    phone_number: contact.phone,
    blocked: contact.blocked,
    identifier: contact.identifier,
    thumbnail: avatarUrl(world, contact.avatar),
    custom_attributes: contact.customAttributes,
    ...(contact.lastActivityAt === null ? {} : { last_activity_at: seconds(contact.lastActivityAt) }),
    created_at: seconds(contact.createdAt),
  }
}

export function agentShape(world: World, account: Account, user: User): object {
  const member = account.members.get(user.id)
  return {
    id: user.id,
    account_id: account.id,
    availability_status: member?.availability ?? 'offline',
    auto_offline: true,
    confirmed: true,
    email: user.email,
    available_name: user.name,
    name: user.name,
    role: member?.role ?? 'agent',
    thumbnail: avatarUrl(world, user.avatar),
    provider: 'email',
    custom_role_id: null,
  }
}

export function botSlimShape(world: World, id: number): object {
  return { id, name: botOf(world, id).name, description: null, thumbnail: '' }
}

export function teamShape(account: Account, team: Team, userId: number | null): object {
  return {
    id: team.id,
    name: team.name,
    description: team.description,
    allow_auto_assign: team.allowAutoAssign,
    account_id: account.id,
    is_member: userId !== null && team.members.has(userId),
  }
}

export function inboxShape(world: World, inbox: Inbox): object {
  const isApi = inbox.channelType === 'Channel::Api'
  return {
    id: inbox.id,
    avatar_url: '',
    channel_id: inbox.id + 40,
    name: inbox.name,
    channel_type: inbox.channelType,
    greeting_enabled: false,
    greeting_message: null,
    working_hours_enabled: false,
    enable_email_collect: true,
    csat_survey_enabled: false,
    csat_config: {},
    enable_auto_assignment: inbox.autoAssignment,
    auto_assignment_config: {},
    out_of_office_message: null,
    working_hours: [],
    timezone: 'UTC',
    callback_webhook_url: null,
    allow_messages_after_resolved: true,
    lock_to_single_conversation: false,
    sender_name_type: 'friendly',
    business_name: null,
    provider: inbox.channelType === 'Channel::Whatsapp' ? 'whatsapp_cloud' : null,
    phone_number: inbox.phone,
    ...(inbox.channelType === 'Channel::Email'
      ? {
          email: inbox.email,
          forward_to_email: `inbound+${inbox.id}@${new URL(world.installation.origin).hostname}`,
        }
      : {}),
    ...(inbox.channelType === 'Channel::Whatsapp'
      ? { message_templates: [], reauthorization_required: false }
      : {}),
    ...(isApi
      ? { inbox_identifier: `inbox-${inbox.id}-identifier`, additional_attributes: replyWindowPart(inbox) }
      : {}),
  }
}

/** The whole user, secrets included, exactly as the profile shows it to its owner. */
export function userShape(world: World, user: User): object {
  const memberships = [...world.accounts.values()].flatMap((account) => {
    const member = account.members.get(user.id)
    return member === undefined ? [] : [{ account, member }]
  })
  const current = memberships.toSorted((a, b) => b.member.activeAt - a.member.activeAt)[0]
  return {
    id: user.id,
    provider: 'email',
    uid: user.email,
    name: user.name,
    display_name: null,
    available_name: user.name,
    email: user.email,
    account_id: current?.account.id ?? null,
    role: current?.member.role ?? null,
    type: null,
    confirmed: true,
    inviter_id: null,
    avatar_url: avatarUrl(world, user.avatar),
    access_token: user.token,
    pubsub_token: user.pubsubToken,
    message_signature: null,
    ui_settings: {},
    accounts: memberships.map(({ account, member }) => membershipShape(account, member)),
  }
}

export function accountShape(account: Account): object {
  return {
    id: account.id,
    name: account.name,
    locale: account.locale,
    domain: '',
    support_email: `support-${account.id}@example.com`,
    status: account.status,
    settings: { auto_resolve_after: null, auto_resolve_message: null, auto_resolve_ignore_waiting: false },
    created_at: iso(account.createdAt),
    features: {
      inbound_emails: true,
      channel_email: true,
      canned_responses: true,
      labels: true,
      macros: true,
    },
    custom_attributes: {},
    cache_keys: { label: '1000000001', inbox: '1000000001', team: '1000000001' },
    latest_chatwoot_version: null,
  }
}

export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms)
}

const messageTypeNumber: Record<MessageType, number> = { incoming: 0, outgoing: 1, activity: 2, template: 3 }
const senderTypeName: Record<Sender['kind'], string> = { user: 'User', contact: 'Contact', bot: 'AgentBot' }

function membershipShape(account: Account, member: Member): object {
  return {
    id: account.id,
    name: account.name,
    status: account.status,
    active_at: iso(member.activeAt),
    role: member.role,
    permissions: [member.role],
    availability: member.availability,
    availability_status: member.availability,
    auto_offline: true,
  }
}

/** Absent, not null, where nobody is assigned. */
function assigneeShape(world: World, account: Account, conversation: Conversation): object {
  const { assignee } = conversation
  if (assignee === null) return {}
  if (assignee.kind === 'bot')
    return { assignee: botSlimShape(world, assignee.id), assignee_type: 'AgentBot' }
  return { assignee: agentShape(world, account, userOf(world, assignee.id)), assignee_type: 'User' }
}

function teamPart(account: Account, conversation: Conversation): object {
  const team = conversation.teamId === null ? undefined : account.teams.get(conversation.teamId)
  return team === undefined ? {} : { team: teamShape(account, team, null) }
}

function senderPart(world: World, account: Account, sender: Sender | null): object {
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

function pushUserShape(world: World, account: Account, user: User): object {
  return {
    id: user.id,
    name: user.name,
    available_name: user.name,
    avatar_url: avatarUrl(world, user.avatar),
    type: 'user',
    availability_status: account.members.get(user.id)?.availability ?? 'offline',
    thumbnail: avatarUrl(world, user.avatar),
  }
}

function pushContactShape(world: World, contact: Contact): object {
  return {
    additional_attributes: contact.additionalAttributes,
    custom_attributes: contact.customAttributes,
    email: contact.email,
    id: contact.id,
    identifier: contact.identifier,
    name: contact.name,
    phone_number: contact.phone,
    thumbnail: avatarUrl(world, contact.avatar),
    blocked: contact.blocked,
    type: 'contact',
  }
}

function attachmentsPart(world: World, account: Account, message: Message): object {
  if (message.attachments.length === 0) return {}
  return {
    attachments: message.attachments.map((attachment) =>
      attachmentShape(world, account, message, attachment),
    ),
  }
}

function attachmentShape(world: World, account: Account, message: Message, attachment: Attachment): object {
  const head = {
    id: attachment.id,
    message_id: message.id,
    file_type: attachment.fileType,
    account_id: account.id,
  }
  if (attachment.location !== null) {
    const { latitude, longitude, title } = attachment.location
    return {
      ...head,
      coordinates_lat: latitude,
      coordinates_long: longitude,
      fallback_title: title,
      data_url: null,
    }
  }
  if (attachment.file === null) return head
  return {
    ...head,
    extension: null,
    data_url: fileUrl(world, attachment.file),
    thumb_url: attachment.fileType === 'image' ? thumbUrl(world, attachment.file) : '',
    file_size: attachment.file.bytes().length,
    width: attachment.width,
    height: attachment.height,
    ...(attachment.fileType === 'audio' ? { transcribed_text: '' } : {}),
  }
}

function replyWindowPart(inbox: Inbox): object {
  return inbox.replyWindowHours === null ? {} : { agent_reply_time_window: inbox.replyWindowHours }
}

function fileUrl(world: World, file: StoredFile): string {
  const name = encodeURIComponent(file.name)
  return `${world.installation.origin}/rails/active_storage/blobs/redirect/${file.signedId}/${name}`
}

function thumbUrl(world: World, file: StoredFile): string {
  const name = encodeURIComponent(file.name)
  return `${world.installation.origin}/rails/active_storage/representations/redirect/${file.signedId}/250/${name}`
}

function avatarUrl(world: World, file: StoredFile | null): string {
  return file === null ? '' : thumbUrl(world, file)
}

function secondsOrZero(ms: number | null): number {
  return ms === null ? 0 : seconds(ms)
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
