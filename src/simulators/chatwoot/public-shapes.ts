import { attachmentsPart } from './attachment-shapes.ts'
import { workingHours } from './inbox-shapes.ts'
import { identifierOf } from './public-desk.ts'
import { messageShape } from './shapes.ts'
import { iso, isoOrNull, seconds, secondsOrZero } from './times.ts'
import {
  contactOf,
  type Account,
  type Contact,
  type Inbox,
  type Message,
  type Place,
  type World,
} from './world.ts'

/**
 * What the Client API shows of the same world (docs/providers/chatwoot-public.md §3): no wrapper around anything, every
 * message a customer may see in every conversation, and the contact as its bare row.
 */
export function publicInboxShape(world: World, inbox: Inbox): object {
  return {
    identifier: identifierOf(inbox),
    identity_validation_enabled: world.publicProofs.mandatory.has(inbox.id),
    name: inbox.name,
    timezone: 'UTC',
    working_hours: workingHours.map((hours) => ({ inbox_id: inbox.id, ...hours })),
    working_hours_enabled: false,
    csat_survey_enabled: inbox.asksForRating,
    greeting_enabled: false,
  }
}

export function publicContactShape(contact: Contact, sourceId: string): object {
  return {
    source_id: sourceId,
    pubsub_token: `pubsub-of-${sourceId}`,
    id: contact.id,
    name: contact.name,
    email: contact.email,
    phone_number: contact.phone,
  }
}

export function publicConversationShape(place: Place): object {
  const { account, conversation } = place
  return {
    id: conversation.displayId,
    uuid: conversation.uuid,
    inbox_id: conversation.inboxId,
    contact_last_seen_at: secondsOrZero(conversation.contactLastSeenAt),
    status: conversation.status,
    agent_last_seen_at: secondsOrZero(conversation.agentLastSeenAt),
    messages: shownTo(conversation.messages).map((message) => publicMessageShape(place, message)),
    contact: bareContactShape(account, contactOf(account, conversation)),
  }
}

/** Neither its status nor what the sender called it. */
export function publicMessageShape(place: Place, message: Message): object {
  const { sender } = messageShape(place, message) as { sender?: object }
  return {
    id: message.id,
    content: message.content,
    message_type: { incoming: 0, outgoing: 1, activity: 2, template: 3 }[message.type],
    content_type: message.contentType,
    content_attributes: message.contentAttributes,
    created_at: seconds(message.createdAt),
    conversation_id: place.conversation.displayId,
    ...attachmentsPart(place.world, place.account, message),
    ...(sender === undefined ? {} : { sender }),
  }
}

/** What agents say among themselves and what the system notes is not for customers. */
export function shownTo(messages: readonly Message[]): Message[] {
  return messages.filter(({ isPrivate, type }) => !isPrivate && type !== 'activity')
}

/** Every column of the row, which no other route shows like this. */
export function bareContactShape(account: Account, contact: Contact): object {
  return {
    id: contact.id,
    name: contact.name,
    email: contact.email,
    phone_number: contact.phone,
    account_id: account.id,
    created_at: iso(contact.createdAt),
    updated_at: iso(contact.lastActivityAt ?? contact.createdAt),
    additional_attributes: contact.additionalAttributes,
    identifier: contact.identifier,
    custom_attributes: contact.customAttributes,
    last_activity_at: isoOrNull(contact.lastActivityAt),
    contact_type: 'visitor',
    middle_name: '',
    last_name: '',
    location: '',
    country_code: '',
    blocked: contact.blocked,
  }
}
