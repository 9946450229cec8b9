import type { Route, SimulatorAnswer } from '../router.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import { fillContact } from './contact-book.ts'
import { noteAction } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { contactBySource } from './public-desk.ts'
import {
  contactRoute,
  proveIdentity,
  publicRoute,
  ticketRoute,
  ticketsOf,
  type AtContact,
  type AtInbox,
  type AtTicket,
} from './public-route.ts'
import {
  bareContactShape,
  publicContactShape,
  publicConversationShape,
  publicInboxShape,
} from './public-shapes.ts'
import { isObject, presentText } from './request-body.ts'
import { addConversation, readByCustomer } from './rules.ts'
import { setStatus } from './rules-state.ts'
import { addContact } from './settling.ts'
import { numberOfText } from '../seeded-random.ts'
import { tell, type Contact, type Conversation } from './world.ts'

/** The inbox, the contact and their conversations as a customer has them (docs/providers/chatwoot-public.md §2, §3). */
export const publicRoutes: readonly Route<Exchange>[] = [
  publicRoute('GET', '', ({ world, inbox }) => json(publicInboxShape(world, inbox))),
  publicRoute('POST', '/contacts', createContact),
  contactRoute('GET', '', (at) => {
    proveIdentity(at, at.sourceId)
    return json(publicContactShape(at.contact, at.sourceId))
  }),
  contactRoute('PATCH', '', updateContact),
  contactRoute('PUT', '', updateContact),
  contactRoute('GET', '/conversations', list),
  contactRoute('POST', '/conversations', open),
  ticketRoute('GET', '', (at) => json(publicConversationShape(at))),
  ticketRoute('POST', '/toggle_status', resolve),
  ticketRoute('POST', '/toggle_typing', toggleTyping),
  ticketRoute('POST', '/update_last_seen', (at) => {
    readByCustomer(at)
    noteAction(at, 'update_last_seen', null)
    return emptyOk()
  }),
]

/** Everything there is, in one answer and in no order to rely on. */
function list(at: AtContact): SimulatorAnswer {
  const { world, account, sourceId } = at
  const { breaksListOfVerified, publicOrder } = world.installation
  if (breaksListOfVerified && world.publicProofs.verified.has(sourceId))
    throw new TurnedDown(refusals.internal())
  const places = ticketsOf(at).map((conversation) => ({ world, account, conversation }))
  const rank = ({ displayId, uuid }: Conversation): number => {
    if (publicOrder === 'mixed') return numberOfText(uuid)
    return publicOrder === 'oldestFirst' ? displayId : -displayId
  }
  const ordered = places.toSorted((a, b) => rank(a.conversation) - rank(b.conversation))
  return json(ordered.map(publicConversationShape))
}

/** Where an inbox keeps one conversation for each customer it answers with that one, resolved or not. */
function open(at: AtContact): SimulatorAnswer {
  const { world, account, inbox, contact, sourceId, params } = at
  const own = [...account.conversations.values()].filter((each) => each.sourceId === sourceId)
  const last = inbox.isLockedToOne ? own.at(-1) : undefined
  const custom = params['custom_attributes']
  const customAttributes = isObject(custom) ? { ...custom } : {}
  const conversation =
    last ?? addConversation(world, account, { inbox, contactId: contact.id, sourceId, customAttributes })
  const place = { world, account, conversation }
  noteAction(place, 'create', inbox.name)
  return json(publicConversationShape(place))
}

/** No toggle, whatever its name: it resolves, and says yes to what is resolved. */
function resolve(at: AtTicket): SimulatorAnswer {
  const { world, conversation, contact } = at
  if (conversation.status !== 'resolved' && !world.installation.ignoresResolveByCustomer)
    setStatus(at, 'resolved', { by: { kind: 'contact', id: contact.id } })
  noteAction(at, 'toggle_status', conversation.status)
  return json(publicConversationShape(at))
}

/** Any other word is taken in silence. */
function toggleTyping(at: AtTicket): SimulatorAnswer {
  const { world, account, conversation, contact, params } = at
  const asked = params['typing_status']
  if (asked === 'on' || asked === 'off') {
    const kind = asked === 'on' ? 'typingOn' : 'typingOff'
    const by = { kind: 'contact', id: contact.id } as const
    tell(world, { kind, account, conversation, message: null, by, isPrivate: false })
    noteAction(at, 'typing', asked)
  }
  return emptyOk()
}

/** The hash is looked at before there is anybody, so a right one proves nothing yet. */
function createContact(at: AtInbox): SimulatorAnswer {
  const { world, account, inbox, params } = at
  proveIdentity(at, null)
  const sourceId = presentText(params['source_id']) ?? `made-${world.random.letters(20)}`
  const before = contactBySource(account, inbox, sourceId)
  if (before !== null) return json(publicContactShape(before, sourceId))
  const contact =
    knownBy(at) ?? addContact(world, account, { name: '', hasPortrait: false }, world.clock.now())
  fillContact(account, contact, params)
  contact.inboxSources.push({ inboxId: inbox.id, sourceId })
  return json(publicContactShape(contact, sourceId))
}

/** Whoever has this identifier, address or number already is the same person. */
function knownBy({ account, params }: AtInbox): Contact | undefined {
  const given = ['identifier', 'email', 'phone_number'].map((name) => presentText(params[name]))
  return [...account.contacts.values()].find(({ identifier, email, phone }) =>
    [identifier, email, phone].some((each, at) => each !== null && each === given[at]),
  )
}

/** Answers with the bare row: neither of the two secrets of the other routes is in it. */
function updateContact(at: AtContact): SimulatorAnswer {
  const { account, contact, sourceId, params } = at
  proveIdentity(at, sourceId)
  fillContact(account, contact, params)
  return json(bareContactShape(account, contact))
}
