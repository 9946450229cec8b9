import { thumbUrl } from './file-urls.ts'
import { iso, seconds } from './times.ts'
import {
  botOf,
  type Account,
  type Contact,
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
    auto_offline: member?.isAutoOffline ?? true,
    confirmed: true,
    email: user.email,
    available_name: availableName(user),
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
    available_name: availableName(user),
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
    display_name: user.displayName,
    available_name: availableName(user),
    email: user.email,
    account_id: current?.account.id ?? null,
    role: current?.member.role ?? null,
    type: null,
    confirmed: true,
    inviter_id: null,
    avatar_url: avatarUrl(world, user.avatar),
    access_token: user.token,
    pubsub_token: user.pubsubToken,
    message_signature: user.signature,
    ui_settings: user.uiSettings,
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
    settings: {
      auto_resolve_after: null,
      auto_resolve_message: null,
      auto_resolve_ignore_waiting: false,
      conversation_required_attributes: account.requiredAttributes,
    },
    created_at: iso(account.createdAt),
    // Only what is on stands here, and it is an object (docs/providers/chatwoot.md §1.1).
    features: {
      inbound_emails: true,
      channel_email: true,
      canned_responses: true,
      labels: true,
      macros: true,
      ...(account.requiredAttributes.length === 0 ? {} : { conversation_required_attributes: true }),
    },
    custom_attributes: {},
    cache_keys: cacheKeysShape(account),
    latest_chatwoot_version: null,
  }
}

export function cacheKeysShape({ cacheKeys }: Account): object {
  return { label: String(cacheKeys.label), inbox: String(cacheKeys.inbox), team: String(cacheKeys.team) }
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
    auto_offline: member.isAutoOffline,
  }
}

function availableName(user: User): string {
  return user.displayName ?? user.name
}

function avatarUrl(world: World, file: StoredFile | null): string {
  return file === null ? '' : thumbUrl(world, file)
}
