import type { FaultBoard, FaultTarget } from '../faults.ts'
import { ScenarioMistake } from '../scenario-input.ts'
import { badge } from '../media/pictures.ts'
import type { Customers, LivePace } from './customers.ts'
import { plainFault, type ChatwootFault } from './named-faults.ts'
import {
  addConversation,
  addMessage,
  deleteMessage,
  markSeen,
  moveMessage,
  readByCustomer,
  setAssignee,
  setStatus,
} from './rules.ts'
import { addContact, attach } from './settling.ts'
import { conversationShape, messageShape } from './shapes.ts'
import type {
  Account,
  Conversation,
  ConversationStatus,
  Installation,
  Inbox,
  Member,
  Message,
  MessageStatus,
  PriorityName,
  Role,
  Sender,
  User,
  World,
} from './world.ts'

/**
 * Control over a simulated world: what other people do in it, and what goes wrong around it. The same calls answer
 * over HTTP under `/_scenario/`. Whatever cannot be done throws a ScenarioMistake that says why.
 */
export interface Scenario {
  /** In a given conversation, or as a new one in an inbox (the first where none is named). */
  customerWrites(given: CustomerWrites): Written
  /** The customer opens the chat: replies become `read`. */
  customerReads(where: Where): void
  /** As a colleague, as the bot, or as me from another device; also private notes. */
  agentWrites(
    given: Where & { as?: string | undefined; text: string; isPrivate?: boolean | undefined },
  ): Written
  agentSets(
    given: Where & { as?: string | undefined; status: ConversationStatus; snoozedUntil?: number | undefined },
  ): void
  agentAssigns(given: Where & { as?: string | undefined; to: string | null }): void
  agentReads(given: Where & { as?: string | undefined }): void
  labels(given: Where & { labels: readonly string[] }): void
  priority(given: Where & { priority: PriorityName | null }): void
  messageMoves(given: MessageWhere & { status: MessageStatus; externalError?: string | undefined }): void
  messageDeleted(given: MessageWhere): void

  fault(fault: ChatwootFault, target?: FaultTarget): number
  liftFault(id: number): void
  clearFaults(): void
  server(change: Partial<Omit<Installation, 'origin'>>): void
  /** The old token dies at once. */
  resetToken(): string
  suspend(given: { account?: number | undefined; isSuspended: boolean }): void
  /** Takes me out of an account, brings me back, or changes my role there. */
  membership(given: {
    account?: number | undefined
    isMember?: boolean | undefined
    role?: Role | undefined
  }): void
  inboxMembership(given: { account?: number | undefined; inbox: number; isMember: boolean }): void

  /** Customers who keep writing; null stops them. */
  live(pace: LivePace | null): void
  /** Lets happen what is due by the clock; answers how much. */
  tick(): number
  look(where: Where): Looked
}

export interface Where {
  /** The first account where none is named. */
  readonly account?: number | undefined
  /** The display id. */
  readonly conversation: number
}

export interface MessageWhere extends Where {
  /** The newest where none is named. */
  readonly message?: number | undefined
}

export interface CustomerWrites {
  readonly account?: number | undefined
  readonly conversation?: number | undefined
  readonly inbox?: number | undefined
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly text: string | null
  readonly hasPicture?: boolean | undefined
}

export interface Written {
  readonly conversation: number
  readonly message: number
}

export interface Looked {
  readonly conversation: object
  readonly messages: readonly object[]
}

export function createScenario(world: World, me: User, faults: FaultBoard, customers: Customers): Scenario {
  const at = (where: Where) => located(world, where)
  return {
    customerWrites: (given) => customerWrites(world, given),
    customerReads: (where) => readByCustomer(world, at(where).account, at(where).conversation),
    agentWrites: (given) => agentWrites(world, me, given),
    agentSets: (given) => {
      const { account, conversation } = at(given)
      const by = personNamed(world, account, me, given.as ?? null)
      const { snoozedUntil } = given
      setStatus(
        world,
        account,
        conversation,
        given.status,
        snoozedUntil === undefined ? { by } : { by, snoozedUntil },
      )
    },
    agentAssigns: (given) => {
      const { account, conversation } = at(given)
      const by = personNamed(world, account, me, given.as ?? null)
      setAssignee(
        world,
        account,
        conversation,
        given.to === null ? null : assigneeNamed(world, account, me, given.to),
        { by },
      )
    },
    agentReads: (given) => {
      const { account, conversation } = at(given)
      markSeen(conversation, personNamed(world, account, me, given.as ?? null).id, world.clock.now())
    },
    labels: (given) => {
      at(given).conversation.labels = [...given.labels]
      at(given).conversation.updatedAt = world.clock.now()
    },
    priority: (given) => {
      at(given).conversation.priority = given.priority
      at(given).conversation.updatedAt = world.clock.now()
    },
    messageMoves: (given) => moveNamedMessage(world, given),
    messageDeleted: (given) => {
      const { account, conversation } = at(given)
      deleteMessage(world, account, conversation, messageOf(conversation, given.message))
    },
    fault: (fault, target = {}) => faults.add(plainFault(world, fault), target),
    liftFault: (id) => {
      if (!faults.lift(id))
        throw new ScenarioMistake(`There is no fault ${id}: it was used up or lifted before.`)
    },
    clearFaults: () => faults.clear(),
    server: (change) => void Object.assign(world.installation, change),
    resetToken: () => resetToken(world, me),
    suspend: ({ account, isSuspended }) => {
      accountOf(world, account).status = isSuspended ? 'suspended' : 'active'
    },
    membership: createMembership(world, me),
    inboxMembership: ({ account, inbox, isMember }) => {
      const { members } = inboxNamed(accountOf(world, account), inbox)
      if (isMember) members.add(me.id)
      else members.delete(me.id)
    },
    live: (pace) => (pace === null ? customers.stop() : customers.start(pace)),
    tick: () => world.agenda.run(),
    look: (where) => look(world, where),
  }
}

function customerWrites(world: World, given: CustomerWrites): Written {
  const account = accountOf(world, given.account)
  const conversation =
    given.conversation === undefined
      ? newConversation(world, account, given)
      : conversationOf(account, given.conversation)
  const message = addMessage(world, account, conversation, {
    type: 'incoming',
    sender: { kind: 'contact', id: conversation.contactId },
    content: given.text,
    attachments: given.hasPicture === true ? [attach(world, badge())] : [],
  })
  return { conversation: conversation.displayId, message: message.id }
}

function newConversation(world: World, account: Account, given: CustomerWrites): Conversation {
  const inbox = inboxNamed(account, given.inbox)
  const plan = {
    name: given.name ?? 'Someone New',
    ...(given.email === undefined ? {} : { email: given.email }),
  }
  const contact = addContact(world, account, plan, world.clock.now())
  return addConversation(world, account, { inbox, contactId: contact.id })
}

function agentWrites(
  world: World,
  me: User,
  given: Where & { as?: string | undefined; text: string; isPrivate?: boolean | undefined },
): Written {
  const { account, conversation } = located(world, given)
  const message = addMessage(world, account, conversation, {
    type: 'outgoing',
    sender: personNamed(world, account, me, given.as ?? null),
    content: given.text,
    isPrivate: given.isPrivate ?? false,
  })
  return { conversation: conversation.displayId, message: message.id }
}

function moveNamedMessage(
  world: World,
  given: MessageWhere & { status: MessageStatus; externalError?: string | undefined },
): void {
  const { account, conversation } = located(world, given)
  const message = messageOf(conversation, given.message)
  const { status, externalError } = given
  const to = externalError === undefined ? { status } : { status, externalError }
  if (!moveMessage(world, account, conversation, message, to)) {
    throw new ScenarioMistake('A message that was read does not go back to delivered.')
  }
}

function resetToken(world: World, me: User): string {
  world.tokens.delete(me.token)
  me.token = world.random.letters(24)
  world.tokens.set(me.token, { kind: 'user', id: me.id })
  return me.token
}

/** Remembers who left, so that coming back restores the former role. */
function createMembership(world: World, me: User): Scenario['membership'] {
  const left = new Map<number, Member>()
  return ({ account: id, isMember, role }) => {
    const account = accountOf(world, id)
    const member = account.members.get(me.id) ?? left.get(account.id)
    if (member === undefined) throw new ScenarioMistake(`I was never a member of account ${account.id}.`)
    if (role !== undefined) member.role = role
    if (isMember === false) {
      left.set(account.id, member)
      account.members.delete(me.id)
    } else if (isMember === true) account.members.set(me.id, member)
  }
}

function look(world: World, where: Where): Looked {
  const { account, conversation } = located(world, where)
  return {
    conversation: conversationShape(world, account, conversation),
    messages: conversation.messages.map((message) => messageShape(world, account, conversation, message)),
  }
}

function located(world: World, where: Where): { account: Account; conversation: Conversation } {
  const account = accountOf(world, where.account)
  return { account, conversation: conversationOf(account, where.conversation) }
}

function accountOf(world: World, id: number | undefined): Account {
  const account = id === undefined ? [...world.accounts.values()][0] : world.accounts.get(id)
  if (account === undefined) throw new ScenarioMistake(`There is no account ${id ?? ''} in this world.`)
  return account
}

function conversationOf(account: Account, displayId: number): Conversation {
  const conversation = account.conversations.get(displayId)
  if (conversation === undefined)
    throw new ScenarioMistake(`${account.name} has no conversation ${displayId}.`)
  return conversation
}

function messageOf(conversation: Conversation, id: number | undefined): Message {
  const message =
    id === undefined ? conversation.messages.at(-1) : conversation.messages.find((one) => one.id === id)
  if (message === undefined)
    throw new ScenarioMistake(`Conversation ${conversation.displayId} has no message ${id ?? ''}.`)
  return message
}

function inboxNamed(account: Account, id: number | undefined): Inbox {
  const inbox = id === undefined ? [...account.inboxes.values()][0] : account.inboxes.get(id)
  if (inbox === undefined) throw new ScenarioMistake(`${account.name} has no inbox ${id ?? ''}.`)
  return inbox
}

/** `me`, `bot`, a member's name or the start of it; null means the first colleague there is. */
function personNamed(world: World, account: Account, me: User, name: string | null): Sender {
  if (name === 'me') return { kind: 'user', id: me.id }
  const [bot] = world.bots.values()
  if (name === 'bot' && bot !== undefined) return { kind: 'bot', id: bot.id }
  const members = [...account.members.keys()].flatMap((id) => world.users.get(id) ?? [])
  const wanted = (user: User) =>
    name === null ? user.id !== me.id : user.name.toLowerCase().startsWith(name.toLowerCase())
  const user = members.find(wanted)
  if (user === undefined)
    throw new ScenarioMistake(`Nobody at ${account.name} is called ${name ?? 'a colleague'}.`)
  return { kind: 'user', id: user.id }
}

function assigneeNamed(world: World, account: Account, me: User, name: string): Conversation['assignee'] {
  const { kind, id } = personNamed(world, account, me, name)
  return kind === 'contact' ? null : { kind, id }
}
