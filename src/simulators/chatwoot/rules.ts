import { appendMessage, type MessageDraft } from './append-message.ts'
import { noteMentions } from './mentions.ts'
import { assignAutomatically, setStatus } from './rules-state.ts'
import { usualSourceId } from './source-ids.ts'
import {
  contactOf,
  inboxOf,
  tell,
  type Account,
  type Conversation,
  type Inbox,
  type Message,
  type MessageStatus,
  type Place,
  type World,
} from './world.ts'

/**
 * What messages and new conversations set in motion (docs/providers/chatwoot.md §8.2, §2.2). Requests, scenarios, the
 * simulated customers and the seeding of data sets all pass through here and `rules-state`, so that no state can arise
 * that Chatwoot could not have.
 */
export function addMessage(place: Place, draft: MessageDraft): Message {
  const { world, account, conversation } = place
  const message = appendMessage(place, draft)
  if (message.type === 'incoming') takeIncoming(place, message.createdAt)
  else if (isReply(message)) takeReply(conversation, message)
  const echo = draft.echoId === undefined ? {} : { echoId: draft.echoId }
  tell(world, { kind: 'messageCreated', account, conversation, message, by: message.sender, ...echo })
  if (message.isPrivate) noteMentions(place, message)
  return message
}

export function addConversation(
  world: World,
  account: Account,
  given: {
    inbox: Inbox
    contactId: number
    at?: number
    sourceId?: string
    additionalAttributes?: Record<string, unknown>
    customAttributes?: Record<string, unknown>
  },
): Conversation {
  const at = given.at ?? world.clock.now()
  const contact = account.contacts.get(given.contactId)
  world.lastIds.conversation += 1
  account.lastDisplayId += 1
  const conversation: Conversation = {
    id: world.lastIds.conversation,
    displayId: account.lastDisplayId,
    uuid: uuid(world),
    accountId: account.id,
    inboxId: given.inbox.id,
    contactId: given.contactId,
    sourceId: given.sourceId ?? (contact && usualSourceId(given.inbox, contact)) ?? uuid(world),
    createdAt: at,
    messages: [],
    additionalAttributes: given.additionalAttributes ?? {},
    participants: new Set(),
    mentioned: new Set(),
    customAttributes: given.customAttributes ?? {},
    draft: null,
    status: contact?.blocked === true ? 'resolved' : given.inbox.activeBotId !== null ? 'pending' : 'open',
    priority: null,
    labels: [],
    assignee: null,
    teamId: null,
    snoozedUntil: null,
    updatedAt: at,
    lastActivityAt: at,
    firstReplyAt: null,
    waitingSince: at,
    agentLastSeenAt: null,
    assigneeLastSeenAt: null,
    contactLastSeenAt: null,
  }
  account.conversations.set(conversation.displayId, conversation)
  tell(world, { kind: 'conversationCreated', account, conversation, message: null })
  if (conversation.status === 'open') assignAutomatically({ world, account, conversation }, given.at)
  return conversation
}

/** It is gone a moment later, and no realtime event says so. */
export function deleteConversation({ world, account, conversation }: Place): void {
  world.agenda.after(500, () => {
    account.conversations.delete(conversation.displayId)
    tell(world, { kind: 'conversationDeleted', account, conversation, message: null })
  })
}

/** A message that was read never goes back to delivered. Answers whether anything moved. */
export function moveMessage(
  place: Place,
  message: Message,
  to: { status: MessageStatus; externalError?: string },
): boolean {
  if (message.status === 'read' && to.status === 'delivered') return false
  message.status = to.status
  if (to.externalError !== undefined) {
    message.contentAttributes = { ...message.contentAttributes, external_error: to.externalError }
  }
  changed(place, message)
  return true
}

export function deleteMessage(place: Place, message: Message): void {
  message.content = 'This message was deleted'
  message.contentType = 'text'
  message.contentAttributes = { deleted: true }
  message.attachments = []
  changed(place, message)
}

/** A new version of a message, and with it of its conversation. */
export function changed({ world, account, conversation }: Place, message: Message): void {
  message.updatedAt = world.clock.now()
  conversation.updatedAt = world.clock.now()
  tell(world, { kind: 'messageUpdated', account, conversation, message })
}

export function readByCustomer(place: Place): void {
  const { world, conversation } = place
  conversation.contactLastSeenAt = world.clock.now()
  for (const message of conversation.messages) {
    const isWaiting = message.type === 'outgoing' && !message.isPrivate && message.status !== 'failed'
    if (isWaiting && message.status !== 'read') moveMessage(place, message, { status: 'read' })
  }
}

function takeIncoming(place: Place, at: number): void {
  const { account, conversation } = place
  const contact = contactOf(account, conversation)
  contact.lastActivityAt = at
  conversation.waitingSince ??= at
  if (contact.blocked) return
  const hasBot = inboxOf(account, conversation).activeBotId !== null
  const doing = { by: null, at }
  if (conversation.status === 'snoozed') setStatus(place, 'open', doing)
  else if (conversation.status === 'resolved') {
    setStatus(place, hasBot ? 'pending' : 'open', doing)
  }
}

function takeReply(conversation: Conversation, message: Message): void {
  conversation.waitingSince = null
  if (message.sender?.kind === 'user') conversation.firstReplyAt ??= message.createdAt
}

function isReply(message: Message): boolean {
  return message.type === 'outgoing' && !message.isPrivate && message.sender !== null
}

function uuid(world: World): string {
  const hex = world.random.letters(32, '0123456789abcdef')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}
