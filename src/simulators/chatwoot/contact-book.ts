import { recordInvalid } from './account-route.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import type { Account, Contact } from './world.ts'

/**
 * What may be written about a contact (docs/providers/chatwoot.md §1.6). Both kinds of attributes are merged, everything else is replaced.
 */
export function fillContact(account: Account, contact: Contact, given: JsonObject): void {
  const { additional_attributes: additional, custom_attributes: custom } = given
  const details = {
    name: 'name' in given ? (presentText(given['name']) ?? '') : contact.name,
    email: 'email' in given ? (presentText(given['email'])?.toLowerCase() ?? null) : contact.email,
    phone: 'phone_number' in given ? presentText(given['phone_number']) : contact.phone,
    identifier: 'identifier' in given ? presentText(given['identifier']) : contact.identifier,
  }
  refuseInvalid(account, contact, details)
  Object.assign(contact, details)
  if ('blocked' in given) contact.blocked = given['blocked'] === true || given['blocked'] === 'true'
  if (isObject(additional)) contact.additionalAttributes = { ...contact.additionalAttributes, ...additional }
  if (isObject(custom)) contact.customAttributes = { ...contact.customAttributes, ...custom }
}

type Details = Pick<Contact, 'name' | 'email' | 'phone' | 'identifier'>

function refuseInvalid(account: Account, contact: Contact, details: Details): void {
  const { email, phone, identifier } = details
  const others = [...account.contacts.values()].filter(({ id }) => id !== contact.id)
  const taken = 'has already been taken'
  const faults: Record<string, string> = {}
  if (email !== null && !/^[^@\s]+@[^@\s]+$/.test(email)) faults['email'] = 'is invalid'
  else if (email !== null && others.some((other) => other.email?.toLowerCase() === email)) {
    faults['email'] = taken
  }
  if (phone !== null && !/^\+[1-9]\d{1,14}$/.test(phone)) faults['phone_number'] = 'should be in e164 format'
  else if (phone !== null && others.some((other) => other.phone === phone)) faults['phone_number'] = taken
  if (identifier !== null && others.some((other) => other.identifier === identifier)) {
    faults['identifier'] = taken
  }
  if (Object.keys(faults).length > 0) throw recordInvalid(faults)
}

/** Only these are found by a search: a visitor who left nothing behind is no contact yet. */
export function isIdentified({ email, phone, identifier }: Contact): boolean {
  return [email, phone, identifier].some((each) => each !== null && each !== '')
}

export function matchesContact({ name, email, phone, identifier }: Contact, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return [name, email, phone, identifier].some((each) => each?.toLowerCase().includes(wanted) === true)
}
