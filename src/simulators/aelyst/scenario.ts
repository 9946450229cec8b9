import type { FaultBoard, FaultTarget } from '../faults.ts'
import { ScenarioMistake } from '../scenario-input.ts'
import type { Customers, LivePace } from './customers.ts'
import type { Manners } from './manners.ts'
import { plainFault, type AelystFault } from './named-faults.ts'
import { bodyOf } from './plan.ts'
import {
  addContact,
  addMessage,
  currentStatus,
  lastChannelOf,
  mergeContacts,
  moveMessage,
  setStatus,
} from './rules.ts'
import { contactShape, messageShape } from './shapes.ts'
import type { Contact, Message, MessageBody, MessageStatus, Sender, World } from './world.ts'

/**
 * Control over a simulated workspace: what other people do in it, and what goes wrong around it. The same calls answer
 * over HTTP under `/_scenario/`. Whatever cannot be done throws a ScenarioMistake that says why.
 */
export interface Scenario {
  /** A given contact, or somebody new; on the channel of last time, or the first. */
  customerWrites(given: CustomerWrites): Written
  /** They look at the chat: what reached them is `read`. */
  customerReads(given: Where): void
  /** A colleague in the provider's own window; `source` for the same from elsewhere (`echo`: on the phone). */
  colleagueWrites(
    given: Where & { as?: string | undefined; text: string; source?: string | undefined },
  ): Written
  /** No person: `workflow`, `ai_agent`, `broadcast`, or one nobody knows. */
  systemWrites(given: Where & { source: string; text: string }): Written
  colleagueSets(given: Where & { status: 'open' | 'closed' }): void
  colleagueAssigns(given: Where & { to: string | null }): void
  tags(given: Where & { tags: readonly string[] }): void
  lifecycle(given: Where & { name: string | null }): void
  blocks(given: Where & { isBlocked: boolean }): void
  /** Says something else than the status until it moves: `snoozed`, `done`, null. */
  statusReads(given: Where & { raw: string | null }): void
  merges(given: { one: number; other: number }): { contact: number }
  contactDeleted(given: Where): void
  messageMoves(
    given: Where & {
      message?: number | undefined
      status: MessageStatus['value']
      reason?: string | undefined
    },
  ): void

  fault(fault: AelystFault, target?: FaultTarget): number
  liftFault(id: number): void
  clearFaults(): void
  server(change: Partial<Manners>): void
  /** The old token dies at once. */
  resetToken(): string
  /** Customers who keep writing; null stops them. */
  live(pace: LivePace | null): void
  /** Lets happen what is due by the clock; answers how much. */
  tick(): number
  look(given: Where): { contact: object; messages: readonly object[]; comments: readonly string[] }
}

export interface Where {
  readonly contact: number
}

export interface CustomerWrites {
  readonly contact?: number | undefined
  readonly name?: string | undefined
  readonly phone?: string | undefined
  readonly email?: string | undefined
  /** A channel's id, or how its name or source begins. */
  readonly channel?: string | undefined
  readonly text?: string | undefined
  /** Instead of text: any body, also of a type that nobody knows. */
  readonly body?: MessageBody | undefined
}

export interface Written {
  readonly contact: number
  readonly message: number
}

export interface ScenarioParts {
  readonly world: World
  readonly faults: FaultBoard
  readonly customers: Customers
  readonly newToken: () => string
}

export function createScenario(parts: ScenarioParts): Scenario {
  return { ...writersIn(parts.world), ...filingIn(parts.world), ...troubleFor(parts), ...timeIn(parts) }
}

function writersIn(world: World) {
  const reply = (contact: Contact, text: string, sender: Sender): Written => {
    const channelId = lastChannelOf(contact) ?? channelNamed(world, undefined)
    const message = addMessage(world, contact, { channelId, traffic: 'outgoing', body: bodyOf(text), sender })
    moveMessage(world, message, 'sent')
    return written(contact, message)
  }
  return {
    customerWrites: ({ contact: id, channel, text, body, ...who }) => {
      const contact = id === undefined ? stranger(world, who) : contactAt(world, id)
      const last = channel === undefined ? lastChannelOf(contact) : null
      const channelId = last ?? channelNamed(world, channel)
      const said = body ?? bodyOf(text ?? '')
      return written(contact, addMessage(world, contact, { channelId, traffic: 'incoming', body: said }))
    },
    customerReads: ({ contact }) => {
      for (const message of contactAt(world, contact).messages) {
        const now = currentStatus(message)
        if (now === 'sent' || now === 'delivered') moveMessage(world, message, 'read')
      }
    },
    colleagueWrites: ({ contact, as, text, source = 'user' }) => {
      const sender = source === 'user' ? { source, userId: userNamed(world, as) } : { source }
      return reply(contactAt(world, contact), text, sender)
    },
    systemWrites: ({ contact, source, text }) => reply(contactAt(world, contact), text, { source }),
    messageMoves: ({ contact, message: id, status, reason }) => {
      const { messages } = contactAt(world, contact)
      const outgoing = messages.filter(({ traffic }) => traffic === 'outgoing')
      const message = id === undefined ? outgoing.at(-1) : outgoing.find((each) => each.id === id)
      if (message === undefined) throw new ScenarioMistake(`Contact ${contact} was not sent such a message.`)
      moveMessage(world, message, status, reason)
    },
  } satisfies Partial<Scenario>
}

function filingIn(world: World) {
  /** What people do in the provider's window counts as a change of the contact. */
  const changed = (id: number): Contact => {
    const contact = contactAt(world, id)
    contact.updatedAt = world.clock.now()
    return contact
  }
  return {
    colleagueSets: ({ contact, status }) => setStatus(changed(contact), status),
    colleagueAssigns: ({ contact, to }) => {
      changed(contact).assigneeId = to === null ? null : userNamed(world, to)
    },
    tags: ({ contact, tags }) => void (changed(contact).tags = [...tags]),
    lifecycle: ({ contact, name }) => void (changed(contact).lifecycle = name),
    blocks: ({ contact, isBlocked }) => void (changed(contact).isBlocked = isBlocked),
    statusReads: ({ contact, raw }) => void (changed(contact).statusSaid = { raw }),
    merges: ({ one, other }) => ({
      contact: mergeContacts(world, contactAt(world, one), contactAt(world, other)).id,
    }),
    contactDeleted: ({ contact }) => void world.contacts.delete(contactAt(world, contact).id),
  } satisfies Partial<Scenario>
}

function troubleFor({ world, faults, newToken }: ScenarioParts) {
  return {
    fault: (fault, target = {}) => faults.add(plainFault(world, fault), target),
    liftFault: (id) => {
      if (!faults.lift(id)) {
        throw new ScenarioMistake(`There is no fault ${id}: it was used up or lifted before.`)
      }
    },
    clearFaults: () => faults.clear(),
    server: (wanted) => void Object.assign(world.manners, wanted),
    resetToken: () => {
      world.token = newToken()
      return world.token
    },
  } satisfies Partial<Scenario>
}

function timeIn({ world, customers }: ScenarioParts) {
  return {
    live: (pace) => (pace === null ? customers.stop() : customers.start(pace)),
    tick: () => world.agenda.run(),
    look: ({ contact: id }) => {
      const contact = contactAt(world, id)
      return {
        contact: contactShape(world, contact),
        messages: contact.messages.map((message) => messageShape(world, contact, message)),
        comments: contact.comments.map(({ text }) => text),
      }
    },
  } satisfies Partial<Scenario>
}

function stranger(world: World, who: Pick<CustomerWrites, 'name' | 'phone' | 'email'>): Contact {
  const [firstName = '', ...rest] = (who.name ?? 'Somebody New').split(' ')
  const lastName = rest.length === 0 ? null : rest.join(' ')
  return addContact(world, { firstName, lastName, phone: who.phone ?? null, email: who.email ?? null })
}

function contactAt(world: World, id: number): Contact {
  const contact = world.contacts.get(id)
  if (contact === undefined) throw new ScenarioMistake(`There is no contact ${id}.`)
  return contact
}

function channelNamed(world: World, wanted: string | undefined): number {
  const found = [...world.channels.values()].find(
    ({ id, name, source }) =>
      wanted === undefined || String(id) === wanted || name.startsWith(wanted) || source.startsWith(wanted),
  )
  if (found === undefined) throw new ScenarioMistake(`No channel is called "${wanted ?? ''}".`)
  return found.id
}

/** `me` is the first of them; a colleague, where nobody is named, the second. */
function userNamed(world: World, as: string | undefined): number {
  const users = [...world.users.values()]
  const found =
    as === undefined
      ? (users[1] ?? users[0])
      : users.find(({ firstName }, index) => (as === 'me' ? index === 0 : firstName.startsWith(as)))
  if (found === undefined) throw new ScenarioMistake(`Nobody here is called "${as ?? ''}".`)
  return found.id
}

function written(contact: Contact, message: Message): Written {
  return { contact: contact.id, message: message.id }
}
