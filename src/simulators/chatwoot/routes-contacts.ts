import type { Route, SimulatorAnswer } from '../router.ts'
import {
  accountRoute,
  adminsOnly,
  listOf,
  notFound,
  pageOf,
  recordInvalid,
  textOf,
  wrapped,
  type Inside,
} from './account-route.ts'
import { seesInbox } from './access.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import { fillContact, isIdentified, matchesContact } from './contact-book.ts'
import type { Exchange } from './exchange.ts'
import { inboxSlimShape } from './inbox-shapes.ts'
import { nextId, tellOffice, type ContactNote } from './office.ts'
import { agentShape, contactShape } from './people-shapes.ts'
import { presentText } from './request-body.ts'
import { addContact } from './settling.ts'
import { conversationShape } from './shapes.ts'
import { inboxSourcesOf, sourceIdToStart, usualSourceId } from './source-ids.ts'
import { seconds } from './times.ts'
import { userOf, type Account, type Contact, type Inbox, type World } from './world.ts'

/** The contacts of an account: all of them for every agent, whatever their inboxes (docs/providers/chatwoot.md §1.6). */
export const contactRoutes: readonly Route<Exchange>[] = [
  accountRoute('GET', 'contacts', (inside) => listed(inside, () => true)),
  accountRoute('POST', 'contacts', create),
  accountRoute('GET', 'contacts/search', (inside) => {
    const search = presentText(inside.query.get('q'))
    if (search === null) {
      throw new TurnedDown(refusals.unprocessable('Specify search string with parameter q'))
    }
    return listed(inside, (contact) => matchesContact(contact, search))
  }),
  contactRoute('GET', '', (inside, contact) => json({ payload: wholeShape(inside, contact) })),
  contactRoute('PUT', '', update),
  contactRoute('PATCH', '', update),
  contactRoute('DELETE', '', (inside, contact) => {
    adminsOnly(inside)
    inside.account.contacts.delete(contact.id)
    for (const { displayId, contactId } of inside.account.conversations.values()) {
      if (contactId === contact.id) inside.account.conversations.delete(displayId)
    }
    return emptyOk()
  }),
  contactRoute('POST', '/destroy_custom_attributes', (inside, contact) => {
    const gone = listOf(inside.params['custom_attributes'])
    const kept = Object.entries(contact.customAttributes).filter(([key]) => !gone.includes(key))
    contact.customAttributes = Object.fromEntries(kept)
    tellOfContact(inside, contact, 'contactUpdated')
    return json({ payload: contactShape(inside.world, contact) })
  }),
  contactRoute('GET', '/conversations', listConversations),
  contactRoute('GET', '/labels', (_inside, contact) => json({ payload: contact.labels })),
  contactRoute('POST', '/labels', (inside, contact) => {
    contact.labels = [...new Set(listOf(inside.params['labels']).flatMap((label) => textOf(label) ?? []))]
    tellOfContact(inside, contact, 'contactUpdated')
    return json({ payload: contact.labels })
  }),
  contactRoute('GET', '/contactable_inboxes', listContactable),
  contactRoute('GET', '/notes', (inside, contact) =>
    json(contact.notes.toReversed().map((note) => noteShape(inside, note))),
  ),
  contactRoute('POST', '/notes', createNote),
  contactRoute('GET', '/notes/:note', (inside, contact) =>
    json(noteShape(inside, noteNamed(inside, contact))),
  ),
  contactRoute('PATCH', '/notes/:note', (inside, contact) => {
    const note = noteNamed(inside, contact)
    note.content = noteContent(inside)
    note.updatedAt = inside.world.clock.now()
    return json(noteShape(inside, note))
  }),
  contactRoute('DELETE', '/notes/:note', (inside, contact) => {
    contact.notes.splice(contact.notes.indexOf(noteNamed(inside, contact)), 1)
    return emptyOk()
  }),
]

const contactsPerPage = 15
const conversationsShown = 20

function contactRoute(
  method: string,
  tail: string,
  handle: (inside: Inside, contact: Contact) => SimulatorAnswer,
): Route<Exchange> {
  return accountRoute(method, `contacts/:contact${tail}`, (inside) => {
    const contact = inside.account.contacts.get(Number(inside.path['contact']))
    if (contact === undefined) throw notFound()
    return handle(inside, contact)
  })
}

/** `current_page` is a number where none was asked for, and otherwise what was asked for, as text. */
function listed(inside: Inside, isAsked: (contact: Contact) => boolean): SimulatorAnswer {
  const { account, query } = inside
  const found = [...account.contacts.values()].filter((one) => isIdentified(one) && isAsked(one))
  const sorted = sortContacts(found, query.get('sort'))
  const shown = pageOf(sorted, query.get('page'), contactsPerPage)
  return json({
    meta: { count: found.length, current_page: query.get('page') ?? 1 },
    payload: shown.map((contact) => wholeShape(inside, contact)),
  })
}

function sortContacts(contacts: Contact[], sort: string | null): Contact[] {
  if (sort === null) return contacts
  const direction = sort.startsWith('-') ? -1 : 1
  const key = sort.replace(/^-/, '')
  const valueOf = (contact: Contact): string | number | null => {
    if (key === 'last_activity_at') return contact.lastActivityAt
    if (key === 'created_at') return contact.createdAt
    if (key === 'phone_number') return contact.phone
    return key === 'email' ? contact.email : contact.name.toLowerCase()
  }
  return contacts.toSorted((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return (one < other ? -1 : one > other ? 1 : 0) * direction
  })
}

function create(inside: Inside): SimulatorAnswer {
  const { world, account, params } = inside
  const inbox = inboxGiven(account, params['inbox_id'])
  const blank = { name: presentText(params['name']) ?? '', hasPortrait: false }
  const contact = addContact(world, account, blank, world.clock.now())
  try {
    fillContact(account, contact, params)
    const sourceId = inbox === null ? null : startingSource(world, inbox, contact, params['source_id'])
    if (inbox !== null && sourceId !== null) contact.inboxSources.push({ inboxId: inbox.id, sourceId })
    tellOfContact(inside, contact, 'contactCreated')
    const contactInbox = { inbox: inbox === null ? null : inboxSlimShape(inbox), source_id: sourceId }
    return json({ payload: { contact: wholeShape(inside, contact), contact_inbox: contactInbox } })
  } catch (refused) {
    account.contacts.delete(contact.id)
    throw refused
  }
}

/** The source id given, or one that the channel makes up. */
function startingSource(world: World, inbox: Inbox, contact: Contact, given: unknown): string {
  return presentText(given) ?? sourceIdToStart(inbox, contact) ?? `${world.random.letters(8)}-source`
}

function update(inside: Inside, contact: Contact): SimulatorAnswer {
  fillContact(inside.account, contact, inside.params)
  tellOfContact(inside, contact, 'contactUpdated')
  return json({ payload: wholeShape(inside, contact) })
}

function tellOfContact(
  { world, account }: Inside,
  contact: Contact,
  kind: 'contactCreated' | 'contactUpdated',
): void {
  tellOffice(world.office, { kind, account: account.id, contact: contact.id })
}

function wholeShape({ world, account, query }: Inside, contact: Contact): object {
  const shape = contactShape(world, contact)
  if (query.get('include_contact_inboxes') === 'false') return shape
  return { ...shape, contact_inboxes: sourcesShape(account, contact) }
}

function sourcesShape(account: Account, contact: Contact): object[] {
  return inboxSourcesOf(account, contact).flatMap(({ inboxId, sourceId }) => {
    const inbox = account.inboxes.get(inboxId)
    return inbox === undefined ? [] : [{ source_id: sourceId, inbox: inboxSlimShape(inbox) }]
  })
}

/** The last twenty by activity, whatever their state, in inboxes I see. */
function listConversations({ world, account, member }: Inside, contact: Contact): SimulatorAnswer {
  const theirs = [...account.conversations.values()].filter(
    ({ contactId, inboxId }) => contactId === contact.id && seesInbox(account, member, inboxId),
  )
  const newest = theirs.toSorted((a, b) => b.lastActivityAt - a.lastActivityAt).slice(0, conversationsShown)
  return json({
    payload: newest.map((conversation) => conversationShape({ world, account, conversation })),
  })
}

/** A widget's visitor can only be written to before their first conversation there; a messenger's never first. */
function listContactable({ world, account, member }: Inside, contact: Contact): SimulatorAnswer {
  const visible = [...account.inboxes.values()].filter((inbox) => seesInbox(account, member, inbox.id))
  const payload = visible.flatMap((inbox) => {
    const sourceId = contactableSource(world, account, inbox, contact)
    return sourceId === null ? [] : [{ inbox: inboxSlimShape(inbox), source_id: sourceId }]
  })
  return json({ payload })
}

function contactableSource(world: World, account: Account, inbox: Inbox, contact: Contact): string | null {
  const known = inboxSourcesOf(account, contact).filter(({ inboxId }) => inboxId === inbox.id)
  const last = known.at(-1)?.sourceId ?? null
  if (inbox.channelType === 'Channel::Api') return last ?? `${world.random.letters(8)}-source`
  if (inbox.channelType !== 'Channel::WebWidget') return usualSourceId(inbox, contact)
  const hasTalked = [...account.conversations.values()].some(
    ({ inboxId, sourceId }) => inboxId === inbox.id && sourceId === last,
  )
  return hasTalked ? null : last
}

function createNote(inside: Inside, contact: Contact): SimulatorAnswer {
  const { world, user } = inside
  const at = world.clock.now()
  const content = noteContent(inside)
  const note = { id: nextId(world.office), userId: user.id, content, createdAt: at, updatedAt: at }
  contact.notes.push(note)
  return json(noteShape(inside, note))
}

function noteContent({ params }: Inside): string {
  const content = presentText(wrapped(params, 'note', ['content'])['content'])
  if (content === null) throw recordInvalid({ content: "can't be blank" })
  return content
}

function noteNamed({ path }: Inside, contact: Contact): ContactNote {
  const note = contact.notes.find(({ id }) => id === Number(path['note']))
  if (note === undefined) throw notFound()
  return note
}

/** The two ids are rendered from the wrong object in the original: they are there, and they say nothing. */
function noteShape({ world, account }: Inside, note: ContactNote): object {
  return {
    id: note.id,
    content: note.content,
    account_id: null,
    contact_id: null,
    ...(note.userId === null ? {} : { user: agentShape(world, account, userOf(world, note.userId)) }),
    created_at: seconds(note.createdAt),
    updated_at: seconds(note.updatedAt),
  }
}

function inboxGiven(account: Account, value: unknown): Inbox | null {
  if (presentText(value) === null) return null
  const inbox = account.inboxes.get(Number(value))
  if (inbox === undefined) throw notFound()
  return inbox
}
