import type { Route } from '../router.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import { contactFilter } from './contact-filter.ts'
import {
  bodyOf,
  contactNamed,
  invalid,
  isObject,
  isText,
  objectBodyOf,
  splitAtColon,
  tookEffect,
  type Exchange,
  type JsonObject,
} from './exchange.ts'
import { paged } from './paging.ts'
import { addContact, mergeContacts } from './rules.ts'
import { contactChannelShape, contactShape } from './shapes.ts'
import type { Contact, ContactFields } from './world.ts'

/** Contacts: looked for, read, made, changed, tagged, merged (docs/providers/aelyst.md §4). */
export const contactRoutes: readonly Route<Exchange>[] = [
  {
    method: 'POST',
    pattern: '/contact/list',
    handle: (exchange) => {
      const { world } = exchange
      const isAsked = contactFilter(world, objectBodyOf(exchange))
      return paged(exchange, {
        items: [...world.contacts.values()].filter(isAsked),
        idOf: ({ id }) => id,
        shape: (contact) => contactShape(world, contact),
      })
    },
  },
  {
    method: 'POST',
    pattern: '/contact/merge',
    handle: (exchange) => {
      const { contactIds } = objectBodyOf(exchange)
      const ids: unknown[] = Array.isArray(contactIds) ? contactIds : []
      const [one, other] = ids
      if (one === other) throw invalid()
      const named = [one, other].map((id) => contactNamed(exchange, `id:${String(id)}`))
      const [first, second] = named
      if (first === undefined || second === undefined) throw invalid()
      const merged = mergeContacts(exchange.world, first, second)
      tookEffect(exchange.world, merged, 'merge', named.map(({ id }) => id).join(','))
      return json({ contactId: merged.id })
    },
  },
  {
    method: 'POST',
    pattern: '/contact/create_or_update/:contact',
    handle: (exchange, params) => {
      const known = knownAs(exchange, params['contact'])
      if (known === null) return json({ contactId: create(exchange, params['contact']).id })
      return json({ contactId: change(exchange, known).id })
    },
  },
  {
    method: 'GET',
    pattern: '/contact/:contact',
    handle: (exchange, params) =>
      json(contactShape(exchange.world, contactNamed(exchange, params['contact']))),
  },
  {
    method: 'POST',
    pattern: '/contact/:contact',
    handle: (exchange, params) => {
      if (knownAs(exchange, params['contact']) !== null) throw new TurnedDown(refusals.conflict())
      create(exchange, params['contact'])
      return json({ code: 200, message: 'Contact created.' })
    },
  },
  {
    method: 'PUT',
    pattern: '/contact/:contact',
    handle: (exchange, params) =>
      json({ contactId: change(exchange, contactNamed(exchange, params['contact'])).id }),
  },
  {
    method: 'DELETE',
    pattern: '/contact/:contact',
    handle: (exchange, params) => {
      const contact = contactNamed(exchange, params['contact'])
      exchange.world.contacts.delete(contact.id)
      tookEffect(exchange.world, contact, 'delete', null)
      return json({ contactId: contact.id })
    },
  },
  {
    method: 'POST',
    pattern: '/contact/:contact/tag',
    handle: (exchange, params) => retag(exchange, params['contact'], 'tag'),
  },
  {
    method: 'DELETE',
    pattern: '/contact/:contact/tag',
    handle: (exchange, params) => retag(exchange, params['contact'], 'untag'),
  },
  {
    method: 'GET',
    pattern: '/contact/:contact/channels',
    handle: (exchange, params) =>
      paged(exchange, {
        items: contactNamed(exchange, params['contact']).channels,
        idOf: ({ contactChannelId }) => contactChannelId,
        shape: (joined) => contactChannelShape(exchange.world, joined),
      }),
  },
  {
    method: 'POST',
    pattern: '/contact/:contact/lifecycle/update',
    handle: (exchange, params) => {
      const { world } = exchange
      const contact = contactNamed(exchange, params['contact'])
      const { name } = objectBodyOf(exchange)
      const stage = name === '' ? null : name
      if (stage !== null && !(isText(stage) && world.stages.includes(stage))) throw invalid()
      if (!world.manners.ignoresWrites) {
        contact.lifecycle = stage
        tookEffect(world, contact, 'lifecycle', stage)
      }
      return json({ code: 200, message: 'Contact lifecycle updated.' })
    },
  },
]

/** A plain list of names, at most ten at once and ten on a contact; made where nobody had them yet. */
function retag(exchange: Exchange, identifier: string | undefined, action: 'tag' | 'untag') {
  const { world } = exchange
  const contact = contactNamed(exchange, identifier)
  const names = bodyOf(exchange)
  if (!Array.isArray(names) || names.length < 1 || names.length > 10) throw invalid()
  if (!names.every(isText) || names.some((name) => name.trim() === '' || name.length > 255)) throw invalid()
  const tags =
    action === 'tag'
      ? [...new Set([...contact.tags, ...names])]
      : contact.tags.filter((tag) => !names.includes(tag))
  if (tags.length > 10) throw invalid('A contact can have 10 tags at most.')
  if (!world.manners.ignoresWrites) {
    contact.tags = tags
    tookEffect(world, contact, action, names.join(','))
  }
  return json({ contactId: contact.id })
}

function knownAs(exchange: Exchange, identifier: string | undefined): Contact | null {
  try {
    return contactNamed(exchange, identifier)
  } catch (refused) {
    if (refused instanceof TurnedDown && refused.answer.status === 404) return null
    throw refused
  }
}

/** Not ready at once: what is asked of it in the next moments meets 449. */
function create(exchange: Exchange, identifier = ''): Contact {
  const { world } = exchange
  const [kind, value] = splitAtColon(identifier)
  const body = objectBodyOf(exchange)
  if (kind === 'id' || !isText(body['firstName'])) throw invalid()
  const contact = addContact(world, { ...fieldsIn(body), [kind]: value })
  contact.queuedUntil = world.clock.now() + world.manners.queuedForMs
  tookEffect(world, contact, 'create', identifier)
  return contact
}

function change(exchange: Exchange, contact: Contact): Contact {
  const fields = fieldsIn(objectBodyOf(exchange))
  Object.assign(contact, fields)
  tookEffect(exchange.world, contact, 'update', Object.keys(fields).join(','))
  return contact
}

const textFields = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'language',
  'profilePic',
  'countryCode',
] as const

function fieldsIn(body: JsonObject): Partial<ContactFields> {
  const texts = textFields.flatMap((name) => {
    const value = body[name]
    if (value !== undefined && value !== null && !isText(value)) throw invalid()
    return value === undefined ? [] : [[name, value] as const]
  })
  const custom = body['custom_fields']
  const customFields = Array.isArray(custom)
    ? custom
        .filter(isObject)
        .map(({ name, value }) => ({ name: isText(name) ? name : '', value: value ?? null }))
    : undefined
  return { ...Object.fromEntries(texts), ...(customFields === undefined ? {} : { customFields }) }
}
