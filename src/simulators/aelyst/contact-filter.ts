import { invalid, isObject, isText, type JsonObject } from './exchange.ts'
import { nameOf } from './rules.ts'
import { statusShown } from './shapes.ts'
import { momentIn } from './zone-times.ts'
import type { Contact, World } from './world.ts'

/**
 * The three fields a list of contacts must be asked with, all of them even where they say nothing, as one test. What no
 * contact field is called, anything about the last message included, is refused (docs/providers/aelyst.md §4.1).
 */
export function contactFilter(world: World, body: JsonObject): (contact: Contact) => boolean {
  const { search, timezone, filter } = body
  if (!isText(search) || !isText(timezone) || !isObject(filter)) throw invalid()
  const every = filter['$and']
  const some = filter['$or']
  const given = every ?? some ?? []
  if (!Array.isArray(given) || !given.every(isObject)) throw invalid()
  const asked = { world, timezone }
  const tests = obeyed(world, given).map((condition) => testOf(asked, condition))
  const isSome = every === undefined && some !== undefined
  return (contact) => {
    if (!isFound(contact, search)) return false
    return isSome ? tests.some((test) => test(contact)) : tests.every((test) => test(contact))
  }
}

interface Asked {
  readonly world: World
  readonly timezone: string
}

type Test = (contact: Contact) => boolean

/** What is left of the conditions where this workspace does not take all of them. */
function obeyed({ manners }: World, conditions: readonly JsonObject[]): readonly JsonObject[] {
  const alone = (each: JsonObject) =>
    isStatus(each) ? manners.statusFilter : isUpdatedAt(each) ? manners.updatedAtFilter : 'works'
  if (conditions.some((each) => alone(each) === 'refused')) throw invalid()
  if (conditions.length > 1 && manners.combinedFilter === 'refused') throw invalid()
  const kept = conditions.filter((each) => alone(each) === 'works')
  return manners.combinedFilter === 'ignored' ? kept.slice(0, 1) : kept
}

function isStatus({ category, field }: JsonObject): boolean {
  return category === 'contactField' && field === 'status'
}

function isUpdatedAt({ category, field }: JsonObject): boolean {
  return category === 'contactField' && (field === 'updatedAt' || field === 'updated_at')
}

function testOf(asked: Asked, condition: JsonObject): Test {
  const { category, field, operator, value } = condition
  switch (category) {
    case 'contactField':
      return compared(asked, valueOf(asked.world, field), operator, value)
    case 'contactTag':
      return tagged(operator, value)
    case 'lifecycle':
      return compared(asked, (contact) => contact.lifecycle, operator, value)
    default:
      throw invalid()
  }
}

type Value = string | number | null

function valueOf(world: World, field: unknown): (contact: Contact) => Value {
  switch (field) {
    case 'status':
      return (contact) => statusShown(world, contact)?.replace(/^close$/, 'closed') ?? null
    case 'assigneeUserId':
      return (contact) => (contact.assigneeId === null ? null : String(contact.assigneeId))
    case 'createdAt':
    case 'created_at':
      return (contact) => contact.createdAt
    case 'updatedAt':
    case 'updated_at':
      return (contact) => contact.updatedAt
    case 'firstName':
    case 'lastName':
    case 'phone':
    case 'email':
    case 'language':
    case 'countryCode':
      return (contact) => contact[field]
    default:
      return customValue(world, field)
  }
}

function customValue(world: World, field: unknown): (contact: Contact) => Value {
  const find = (contact: Contact) => contact.customFields?.find(({ name }) => name === field)
  if (!isText(field) || [...world.contacts.values()].every((contact) => find(contact) === undefined))
    throw invalid()
  return (contact) => {
    const value = find(contact)?.value ?? null
    return value === null || typeof value === 'number' || isText(value) ? value : JSON.stringify(value)
  }
}

function compared(asked: Asked, of: (contact: Contact) => Value, operator: unknown, value: unknown): Test {
  switch (operator) {
    case 'isEqualTo':
      return (contact) => isSame(of(contact), value)
    case 'isNotEqualTo':
      return (contact) => !isSame(of(contact), value)
    case 'exists':
      return (contact) => of(contact) !== null
    case 'doesNotExist':
      return (contact) => of(contact) === null
    case 'isTimestampAfter':
      return within(of, momentIn(value, asked.timezone), Infinity)
    case 'isTimestampBefore':
      return within(of, -Infinity, momentIn(value, asked.timezone))
    case 'isTimestampBetween': {
      const { from, to } = isObject(value) ? value : {}
      return within(of, momentIn(from, asked.timezone), momentIn(to, asked.timezone))
    }
    case 'isGreaterThan':
      return within(of, Number(value), Infinity)
    case 'isLessThan':
      return within(of, -Infinity, Number(value))
    case 'isBetween': {
      const { from, to } = isObject(value) ? value : {}
      return within(of, Number(from), Number(to))
    }
    default:
      throw invalid()
  }
}

function isSame(held: Value, value: unknown): boolean {
  if (value === null) return held === null
  if (!isText(value) && typeof value !== 'number') throw invalid()
  return held !== null && String(held) === (value === 'close' ? 'closed' : String(value))
}

function within(of: (contact: Contact) => Value, from: number, to: number): Test {
  if (Number.isNaN(from) || Number.isNaN(to)) throw invalid()
  return (contact) => {
    const held = of(contact)
    return held !== null && Number(held) >= from && Number(held) <= to
  }
}

function tagged(operator: unknown, value: unknown): Test {
  const names: unknown[] = Array.isArray(value) ? value : []
  const has = ({ tags }: Contact) => names.map((name) => isText(name) && tags.includes(name))
  switch (operator) {
    case 'hasAnyOf':
      return (contact) => has(contact).includes(true)
    case 'hasAllOf':
      return (contact) => !has(contact).includes(false)
    case 'hasNoneOf':
      return (contact) => !has(contact).includes(true)
    case 'exists':
      return ({ tags }) => tags.length > 0
    case 'doesNotExist':
      return ({ tags }) => tags.length === 0
    default:
      throw invalid()
  }
}

function isFound(contact: Contact, search: string): boolean {
  const words = search.trim().toLowerCase()
  return [nameOf(contact), contact.phone, contact.email].some(
    (text) => text?.toLowerCase().includes(words) === true,
  )
}
