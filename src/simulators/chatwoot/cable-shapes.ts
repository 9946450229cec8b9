import { botSlimShape, pushContactShape, pushUserShape } from './people-shapes.ts'
import { canReply, unreadCount } from './read-state.ts'
import { cableMessageShape } from './shapes.ts'
import { iso, isoOrNull, seconds, secondsOrZero } from './times.ts'
import { contactOf, inboxOf, userOf, type Place } from './world.ts'

/**
 * A conversation as realtime events and notifications carry it (docs/providers/chatwoot.md §2.3): `assignee` and `team`
 * always there, null allowed; the last message that is neither a note nor an activity; no `uuid`, no `muted`.
 */
export function cableConversationShape(place: Place): object {
  const { world, account, conversation } = place
  const said = conversation.messages.findLast(({ type, isPrivate }) => type !== 'activity' && !isPrivate)
  const inbox = inboxOf(account, conversation)
  return {
    additional_attributes: conversation.additionalAttributes,
    can_reply: canReply(place),
    channel: inbox.channelType,
    contact_inbox: {
      id: conversation.id,
      contact_id: conversation.contactId,
      inbox_id: inbox.id,
      source_id: conversation.sourceId,
      created_at: iso(conversation.createdAt),
      updated_at: iso(conversation.createdAt),
      hmac_verified: false,
      pubsub_token: `visitor-${conversation.id}-secret`,
    },
    id: conversation.displayId,
    inbox_id: inbox.id,
    messages: said === undefined ? [] : [cableMessageShape(place, said)],
    labels: conversation.labels,
    meta: {
      sender: pushContactShape(world, contactOf(account, conversation)),
      ...assigneePart(place),
      team: teamSlimShape(place),
      hmac_verified: false,
    },
    status: conversation.status,
    custom_attributes: conversation.customAttributes,
    snoozed_until: isoOrNull(conversation.snoozedUntil),
    unread_count: unreadCount(conversation),
    first_reply_created_at: isoOrNull(conversation.firstReplyAt),
    priority: conversation.priority,
    waiting_since: secondsOrZero(conversation.waitingSince),
    agent_last_seen_at: secondsOrZero(conversation.agentLastSeenAt),
    contact_last_seen_at: secondsOrZero(conversation.contactLastSeenAt),
    last_activity_at: seconds(conversation.lastActivityAt),
    timestamp: seconds(conversation.lastActivityAt),
    created_at: seconds(conversation.createdAt),
    updated_at: conversation.updatedAt / 1000,
    account_id: account.id,
  }
}

function assigneePart({ world, account, conversation: { assignee } }: Place): object {
  if (assignee === null) return { assignee: null, assignee_type: null }
  if (assignee.kind === 'bot') {
    return { assignee: botSlimShape(world, assignee.id), assignee_type: 'AgentBot' }
  }
  return { assignee: pushUserShape(world, account, userOf(world, assignee.id)), assignee_type: 'User' }
}

function teamSlimShape({ account, conversation: { teamId } }: Place): object | null {
  const team = teamId === null ? undefined : account.teams.get(teamId)
  return team === undefined ? null : { id: team.id, name: team.name }
}
