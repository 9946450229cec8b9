import type { SimulatorAnswer } from '../router.ts'
import { json, refusal } from './answers.ts'
import {
  bodyOf,
  fieldsIn,
  guarded,
  isUuid,
  pageOf,
  pagingIn,
  paginationMeta,
  type Exchange,
  type WapikitRoute,
} from './exchange.ts'
import { limits } from './limiter.ts'
import { contactShape } from './shapes.ts'
import { addContact, contactStatuses, organizationOf, type Contact, type World } from './world.ts'

const gate = { limit: limits.contacts, isGated: true }

/** The people behind the numbers (docs/providers/wapikit.md §6.8). */
export const contactRoutes: readonly WapikitRoute[] = [
  guarded('GET', '/api/contacts', gate, list),
  guarded('POST', '/api/contacts', gate, create),
  guarded('GET', '/api/contacts/:id', gate, (exchange, params) => {
    const contact = ownContact(exchange, params['id'])
    const { world } = exchange
    if (contact === null) return refusal(world.manners, 500, 'qrm: no rows in result set')
    return json({ contact: shape(world, contact) })
  }),
  guarded('POST', '/api/contacts/:id', gate, replace),
]

/** Rows again: somebody in two lists fills two of them, and the total counts them. The status asked for is ignored. */
function list(exchange: Exchange): SimulatorAnswer {
  const { world, request, member } = exchange
  const paging = pagingIn(exchange, true)
  const listId = request.query.get('list_id')
  const isListGiven = listId !== null && isUuid(listId)
  const rows = [...world.contacts.values()]
    .filter((contact) => contact.organizationId === member.organizationId)
    .flatMap((contact) =>
      (contact.listIds.length === 0 ? [null] : contact.listIds).map((id) => ({ contact, id })),
    )
    .filter(({ id }) => !isListGiven || id === listId)
  if (request.query.get('order') === 'desc') rows.reverse()
  const shown = new Set(pageOf(rows, paging).map(({ contact }) => contact))
  return json({
    contacts: [...shown].map((contact) => shape(world, contact)),
    paginationMeta: paginationMeta(paging, shown.size === 0 ? 0 : rows.length),
  })
}

/** Without a list the second of two inserts has nothing to insert: 500, and the contact is there all the same. */
function create(exchange: Exchange): SimulatorAnswer {
  const { world, member } = exchange
  const given = bodyOf(exchange)
  if (!Array.isArray(given)) return refusal(world.manners, 400, 'code=400, message=Unmarshal type error')
  const entries = given.map(entriesOf)
  const phones = new Set([...world.contacts.values()].map(({ phone }) => phone))
  if (entries.some((entry) => phones.has(textOf(entry.get('phone'))))) {
    const what = 'duplicate key value violates unique constraint "Contact_PhoneNumber_key"'
    return refusal(world.manners, 500, `jet: pq: ${what}`)
  }
  const at = world.clock.now()
  for (const entry of entries) {
    const name = textOf(entry.get('name'))
    const phone = textOf(entry.get('phone'))
    const listIds = textsOf(entry.get('listsIds'))
    addContact(world, {
      organizationId: member.organizationId,
      createdAt: at,
      name,
      phone,
      attributes: {},
      listIds,
    })
    world.accepted.actions.push({ action: 'contactCreated', conversation: null, value: phone, at })
  }
  if (entries.every((entry) => textsOf(entry.get('listsIds')).length === 0)) {
    return refusal(world.manners, 500, 'jet: pq: syntax error at or near "ON"')
  }
  return json({ message: `Successfully created ${entries.length} contacts` })
}

/** All of it or nothing: what is left out is emptied. */
function replace(exchange: Exchange, params: Readonly<Record<string, string>>): SimulatorAnswer {
  const { world } = exchange
  const contact = ownContact(exchange, params['id'])
  if (contact === null) return refusal(world.manners, 404, 'Contact not found')
  const fields = fieldsIn(exchange)
  const attributes = fields.get('attributes')
  contact.name = textOf(fields.get('name'))
  contact.phone = textOf(fields.get('phone'))
  contact.attributes = typeof attributes === 'object' && attributes !== null ? { ...attributes } : {}
  contact.status = contactStatuses.find((each) => each === fields.get('status')) ?? 'Active'
  contact.listIds = textsOf(fields.get('lists'))
  const at = world.clock.now()
  world.accepted.actions.push({ action: 'contactReplaced', conversation: null, value: contact.id, at })
  return json({ contact: shape(world, contact) })
}

function ownContact({ world, member }: Exchange, id = ''): Contact | null {
  const contact = world.contacts.get(id)
  return contact?.organizationId === member.organizationId ? contact : null
}

/** Here the join is right: the lists they are in, and no others. */
function shape(world: World, contact: Contact): object {
  const { lists } = organizationOf(world, contact.organizationId)
  const own = lists.filter(({ id }) => contact.listIds.includes(id))
  return { ...contactShape(world, contact), lists: own.map(({ id, name }) => ({ uniqueId: id, name })) }
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : []
}
