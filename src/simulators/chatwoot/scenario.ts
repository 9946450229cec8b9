import type { FaultBoard, FaultTarget } from '../faults.ts'
import { ScenarioMistake } from '../scenario-input.ts'
import { customerFile, type CustomerFile } from './customer-files.ts'
import type { Customers, LivePace } from './customers.ts'
import { plainFault, type ChatwootFault } from './named-faults.ts'
import type { Installation } from './installation.ts'
import { markSeen } from './read-state.ts'
import { addConversation, addMessage, deleteMessage, moveMessage, readByCustomer } from './rules.ts'
import { setAssignee, setLabels, setPriority, setStatus } from './rules-state.ts'
import { eventsIn, type ScenarioEvents } from './scenario-events.ts'
import {
  accountNamed,
  conversationNamed,
  inboxNamed,
  messageOf,
  personNamed,
  placeOf,
  type MessageWhere,
  type Where,
} from './scenario-names.ts'
import { publicIn, type ScenarioPublic } from './scenario-public.ts'
import { addContact } from './settling.ts'
import { conversationShape, messageShape } from './shapes.ts'
import type {
  Account,
  Conversation,
  ConversationStatus,
  Message,
  MessageStatus,
  Place,
  PriorityName,
  User,
  World,
} from './world.ts'

/**
 * Control over a simulated world: what other people do in it, and what goes wrong around it. The same calls answer
 * over HTTP under `/_scenario/`. Whatever cannot be done throws a ScenarioMistake that says why.
 */
export interface Scenario extends ScenarioEvents, ScenarioPublic {
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

  /** Customers who keep writing; null stops them. */
  live(pace: LivePace | null): void
  /** Lets happen what is due by the clock; answers how much. */
  tick(): number
  look(where: Where): Looked
}

export interface CustomerWrites {
  readonly account?: number | undefined
  readonly conversation?: number | undefined
  readonly inbox?: number | undefined
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly text: string | null
  readonly hasPicture?: boolean | undefined
  readonly file?: CustomerFile | undefined
  /** Also one that nobody knows: white labels have their own. */
  readonly contentType?: string | undefined
}

export interface Written {
  readonly conversation: number
  readonly message: number
}

export interface Looked {
  readonly conversation: object
  readonly messages: readonly object[]
}

export function createScenario(parts: ScenarioParts): Scenario {
  return {
    ...othersIn(parts),
    ...eventsIn(parts.world, parts.me),
    ...publicIn(parts.world),
    ...troubleFor(parts),
    ...timeIn(parts),
  }
}

export interface ScenarioParts {
  readonly world: World
  readonly me: User
  readonly faults: FaultBoard
  readonly customers: Customers
}

function othersIn({ world, me }: ScenarioParts) {
  const at = (where: Where) => placeOf(world, where)
  const by = (place: Place, name: string | undefined) => personNamed(place, me, name)
  return {
    customerWrites: (given) => customerWrites(world, given),
    customerReads: (where) => readByCustomer(at(where)),
    agentWrites: (given) => {
      const { text, isPrivate = false } = given
      const place = at(given)
      const sender = by(place, given.as)
      return written(place, addMessage(place, { type: 'outgoing', sender, content: text, isPrivate }))
    },
    agentSets: (given) => {
      const place = at(given)
      const { status, snoozedUntil } = given
      const doing = { by: by(place, given.as) }
      setStatus(place, status, snoozedUntil === undefined ? doing : { ...doing, snoozedUntil })
    },
    agentAssigns: (given) => {
      const place = at(given)
      const to = given.to === null ? null : personNamed(place, me, given.to)
      setAssignee(place, to, { by: by(place, given.as) })
    },
    agentReads: (given) => {
      const place = at(given)
      markSeen(place.conversation, by(place, given.as).id, world.clock.now())
    },
    labels: (given) => {
      const place = at(given)
      setLabels(place, given.labels, { by: by(place, undefined) })
    },
    priority: (given) => {
      const place = at(given)
      setPriority(place, given.priority, { by: by(place, undefined) })
    },
    messageMoves: (given) => moveNamedMessage(at(given), given),
    messageDeleted: (given) => deleteMessage(at(given), messageOf(at(given).conversation, given.message)),
  } satisfies Partial<Scenario>
}

function troubleFor({ world, me, faults }: ScenarioParts) {
  return {
    fault: (fault, target = {}) => faults.add(plainFault(world, fault), target),
    liftFault: (id) => {
      if (!faults.lift(id)) {
        throw new ScenarioMistake(`There is no fault ${id}: it was used up or lifted before.`)
      }
    },
    clearFaults: () => faults.clear(),
    server: (wanted) => void Object.assign(world.installation, wanted),
    resetToken: () => resetToken(world, me),
    suspend: ({ account, isSuspended }) => {
      accountNamed(world, account).status = isSuspended ? 'suspended' : 'active'
    },
  } satisfies Partial<Scenario>
}

function timeIn({ world, customers }: ScenarioParts) {
  return {
    live: (pace) => (pace === null ? customers.stop() : customers.start(pace)),
    tick: () => world.agenda.run(),
    look: (where) => {
      const place = placeOf(world, where)
      return {
        conversation: conversationShape(place),
        messages: place.conversation.messages.map((message) => messageShape(place, message)),
      }
    },
  } satisfies Partial<Scenario>
}

function customerWrites(world: World, given: CustomerWrites): Written {
  const account = accountNamed(world, given.account)
  const conversation =
    given.conversation === undefined
      ? newConversation(world, account, given)
      : conversationNamed(account, given.conversation)
  const place = { world, account, conversation }
  const file = given.hasPicture === true ? 'picture' : given.file
  const message = addMessage(place, {
    type: 'incoming',
    sender: { kind: 'contact', id: conversation.contactId },
    content: given.text,
    attachments: file === undefined ? [] : [customerFile(world, file)],
    ...(given.contentType === undefined ? {} : { contentType: given.contentType }),
  })
  return written(place, message)
}

function newConversation(world: World, account: Account, given: CustomerWrites): Conversation {
  const { name = 'Someone New', email } = given
  const inbox = inboxNamed(account, given.inbox)
  const plan = email === undefined ? { name } : { name, email }
  const contact = addContact(world, account, plan, world.clock.now())
  return addConversation(world, account, { inbox, contactId: contact.id })
}

function written({ conversation }: Place, message: Message): Written {
  return { conversation: conversation.displayId, message: message.id }
}

function moveNamedMessage(place: Place, given: Parameters<Scenario['messageMoves']>[0]): void {
  const message = messageOf(place.conversation, given.message)
  const { status, externalError } = given
  if (!moveMessage(place, message, externalError === undefined ? { status } : { status, externalError })) {
    throw new ScenarioMistake('A message that was read does not go back to delivered.')
  }
}

function resetToken(world: World, me: User): string {
  world.tokens.delete(me.token)
  me.token = world.random.letters(24)
  world.tokens.set(me.token, { kind: 'user', id: me.id })
  return me.token
}
