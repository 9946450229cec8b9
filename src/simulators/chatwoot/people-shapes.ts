import { thumbUrl } from './file-urls.ts'
import { iso, seconds } from './times.ts'
import {
  botOf,
  type Account,
  type Contact,
  type Inbox,
  type Member,
  type StoredFile,
  type Team,
  type User,
  type World,
} from './world.ts'

/** How Chatwoot renders people, teams, inboxes and accounts; `push` shapes are those of messages and events. */
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

export function pushContactShape(world: World, contact: Contact): object {
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

export function pushUserShape(world: World, account: Account, user: User): object {
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

function replyWindowPart(inbox: Inbox): object {
  return inbox.replyWindowHours === null ? {} : { agent_reply_time_window: inbox.replyWindowHours }
}

function avatarUrl(world: World, file: StoredFile | null): string {
  return file === null ? '' : thumbUrl(world, file)
}
