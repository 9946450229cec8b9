import { assigneeWords, nameOf, statusWords } from './activity-words.ts'
import {
  contactOf,
  inboxOf,
  tell,
  type Account,
  type Attachment,
  type Conversation,
  type ConversationStatus,
  type Inbox,
  type Message,
  type Place,
  type MessageStatus,
  type MessageType,
  type Sender,
  type World,
} from './world.ts'

/**
 * What moves a conversation's state (docs/providers/chatwoot.md §8.2, §2.2). Requests, scenarios, the simulated
 * customers and the seeding of data sets all pass through here, so that no state can arise that Chatwoot could not have.
 */
export function addMessage(place: Place, draft: MessageDraft): Message {
  const { world, account, conversation } = place
  const at = draft.at ?? world.clock.now()
  world.lastIds.message += 1
  const message: Message = {
    id: world.lastIds.message,
    type: draft.type,
    sender: draft.sender,
    isPrivate: draft.isPrivate ?? false,
    contentType: draft.contentType ?? 'text',
    sourceId: draft.sourceId ?? null,
    createdAt: at,
    content: draft.content,
    contentAttributes: draft.contentAttributes ?? {},
    attachments: draft.attachments ?? [],
    status: draft.status ?? 'sent',
    updatedAt: at,
  }
  conversation.messages.push(message)
  conversation.lastActivityAt = at
  conversation.updatedAt = Math.max(conversation.updatedAt, at)
  if (message.type === 'incoming') takeIncoming(place, at)
  else if (isReply(message)) takeReply(conversation, message)
  tell(world, { kind: 'messageCreated', account, conversation, message })
  return message
}

export interface MessageDraft {
  readonly type: MessageType
  readonly sender: Sender | null
  readonly content: string | null
  readonly isPrivate?: boolean
  readonly contentType?: string
  readonly contentAttributes?: Record<string, unknown>
  readonly attachments?: Attachment[]
  readonly sourceId?: string | null
  readonly status?: MessageStatus
  readonly at?: number
}

/** Who did it and when: `at` is only handed in while a data set's past is being told. */
export interface Doing {
  readonly by: Sender | null
  readonly at?: number
}

export function addConversation(
  world: World,
  account: Account,
  given: {
    inbox: Inbox
    contactId: number
    at?: number
    additionalAttributes?: Record<string, unknown>
    customAttributes?: Record<string, unknown>
  },
): Conversation {
  const at = given.at ?? world.clock.now()
  const contact = account.contacts.get(given.contactId)
  world.lastIds.conversation += 1
  const conversation: Conversation = {
    id: world.lastIds.conversation,
    displayId: account.conversations.size + 1,
    uuid: uuid(world),
    accountId: account.id,
    inboxId: given.inbox.id,
    contactId: given.contactId,
    sourceId: uuid(world),
    createdAt: at,
    messages: [],
    additionalAttributes: given.additionalAttributes ?? {},
    customAttributes: given.customAttributes ?? {},
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
  return conversation
}

export function setStatus(
  place: Place,
  status: ConversationStatus,
  doing: Doing & { snoozedUntil?: number | null },
): void {
  const { world, conversation } = place
  const before = conversation.status
  if (doing.snoozedUntil !== undefined) conversation.snoozedUntil = doing.snoozedUntil
  conversation.status = status
  if (status !== 'snoozed') conversation.snoozedUntil = null
  if (status === 'resolved') conversation.waitingSince = null
  touch(place, doing.at)
  if (before === status) return
  addActivity(place, statusWords(world, status, doing.by), doing.at)
  if (status === 'open') assignAutomatically(place, doing.at)
}

export function setAssignee(place: Place, assignee: Conversation['assignee'], doing: Doing): void {
  const { world, conversation } = place
  const before = conversation.assignee
  if (before?.id === assignee?.id && before?.kind === assignee?.kind) return
  conversation.assignee = assignee
  touch(place, doing.at)
  addActivity(place, assigneeWords(world, assignee, doing.by), doing.at)
}

export function setTeam(place: Place, teamId: number | null, doing: Doing): void {
  const { world, account, conversation } = place
  conversation.teamId = teamId
  const team = teamId === null ? undefined : account.teams.get(teamId)
  const words = team === undefined ? 'Unassigned from the team' : `Assigned to ${team.name}`
  addActivity(place, `${words} by ${nameOf(world, doing.by)}`, doing.at)
  const { assignee } = conversation
  if (team !== undefined && assignee?.kind === 'user' && !team.members.has(assignee.id)) {
    const [next] = team.allowAutoAssign ? [...team.members] : []
    conversation.assignee = next === undefined ? null : { kind: 'user', id: next }
  }
  touch(place, doing.at)
}

/** Nothing else changes: no version stamp, no activity, no realtime event (docs/providers/chatwoot.md §0.4). */
export function markSeen(conversation: Conversation, userId: number, at: number): void {
  conversation.agentLastSeenAt = at
  if (conversation.assignee?.kind === 'user' && conversation.assignee.id === userId) {
    conversation.assigneeLastSeenAt = at
  }
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

/** Computed whenever it is told: no event says when a reply window closes. */
export function canReply(place: Place): boolean {
  const { world, account, conversation } = place
  const windowHours = replyWindowHours(inboxOf(account, conversation))
  if (windowHours === null) return true
  const last = conversation.messages.findLast((message) => message.type === 'incoming')
  return last !== undefined && world.clock.now() - last.createdAt < windowHours * 3_600_000
}

/** A message that was read never goes back to delivered. Answers whether anything moved. */
export function moveMessage(
  place: Place,
  message: Message,
  to: { status: MessageStatus; externalError?: string },
): boolean {
  const { world, account, conversation } = place
  if (message.status === 'read' && to.status === 'delivered') return false
  message.status = to.status
  if (to.externalError !== undefined) {
    message.contentAttributes = { ...message.contentAttributes, external_error: to.externalError }
  }
  message.updatedAt = world.clock.now()
  conversation.updatedAt = world.clock.now()
  tell(world, { kind: 'messageUpdated', account, conversation, message })
  return true
}

export function deleteMessage(place: Place, message: Message): void {
  const { world, account, conversation } = place
  message.content = 'This message was deleted'
  message.contentAttributes = { deleted: true }
  message.attachments = []
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

/** The cron that wakes snoozed conversations: it runs every 5 minutes and forgets those more than 3 days late. */
export function wakeSnoozed(world: World): void {
  const now = world.clock.now()
  for (const account of world.accounts.values()) {
    for (const conversation of account.conversations.values()) {
      const { snoozedUntil } = conversation
      if (conversation.status !== 'snoozed' || snoozedUntil === null) continue
      const isDue = snoozedUntil <= now && snoozedUntil > now - 3 * 86_400_000
      if (isDue) setStatus({ world, account, conversation }, 'open', { by: null })
    }
  }
}

export function addActivity(place: Place, content: string, at?: number): void {
  addMessage(place, {
    type: 'activity',
    sender: null,
    content,
    ...(at === undefined ? {} : { at }),
  })
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

function assignAutomatically(place: Place, at?: number): void {
  const { world, account, conversation } = place
  const inbox = inboxOf(account, conversation)
  const { assignee } = conversation
  const isHeld = assignee?.kind === 'user' && inbox.members.has(assignee.id)
  if (!inbox.autoAssignment || isHeld) return
  const online = [...inbox.members].filter((id) => account.members.get(id)?.availability === 'online')
  if (online.length === 0) return
  const next = world.random.pick(online)
  setAssignee(place, { kind: 'user', id: next }, at === undefined ? { by: null } : { by: null, at })
}

function touch(place: Place, at?: number): void {
  const { world, account, conversation } = place
  conversation.updatedAt = Math.max(conversation.updatedAt, at ?? world.clock.now())
  tell(world, { kind: 'conversationUpdated', account, conversation, message: null })
}

function replyWindowHours(inbox: Inbox): number | null {
  switch (inbox.channelType) {
    case 'Channel::Whatsapp':
    case 'Channel::Instagram':
    case 'Channel::FacebookPage':
      return 24
    case 'Channel::Api':
      return inbox.replyWindowHours
    case 'Channel::WebWidget':
    case 'Channel::Email':
    case 'Channel::Telegram':
    case 'Channel::Sms':
      return null
  }
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
