import { recordInvalid } from './account-route.ts'
import { TurnedDown, refusals } from './answers.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import type { Account, Contact, Inbox } from './world.ts'

/**
 * What may be written about a contact, and under which source id an inbox knows them
 * (docs/providers/chatwoot.md §1.6). Both kinds of attributes are merged, everything else is replaced.
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

/** `null` where the channel makes up ids of its own: a widget's visitor, an API's contact. */
export function usualSourceId(inbox: Inbox, contact: Details): string | null {
  switch (inbox.channelType) {
    case 'Channel::Email':
      return contact.email
    case 'Channel::Sms':
      return contact.phone
    case 'Channel::Whatsapp':
      return contact.phone?.replace('+', '') ?? null
    case 'Channel::TwilioSms':
      if (contact.phone === null) return null
      return inbox.medium === 'whatsapp' ? `whatsapp:${contact.phone}` : contact.phone
    case 'Channel::WebWidget':
    case 'Channel::Api':
    case 'Channel::Telegram':
    case 'Channel::Instagram':
    case 'Channel::FacebookPage':
    case 'Channel::Tiktok':
      return null
  }
}

/** The source id for writing to somebody first; null is for whoever asks to make one up. */
export function sourceIdToStart(inbox: Inbox, contact: Contact): string | null {
  switch (inbox.channelType) {
    case 'Channel::WebWidget':
    case 'Channel::Api':
      return null
    case 'Channel::Email':
      return contact.email ?? refuseMissing('contact email')
    case 'Channel::Sms':
    case 'Channel::Whatsapp':
    case 'Channel::TwilioSms':
      return usualSourceId(inbox, contact) ?? refuseMissing('contact phone number')
    case 'Channel::Telegram':
    case 'Channel::Instagram':
    case 'Channel::FacebookPage':
    case 'Channel::Tiktok':
      // Nobody can be written to first there, and the original breaks on the attempt.
      throw new TurnedDown(refusals.internal())
  }
}

export interface InboxSource {
  readonly inboxId: number
  readonly sourceId: string
}

/** Where a contact is known, oldest first: by their conversations, and by what was prepared without one. */
export function inboxSourcesOf(account: Account, contact: Contact): InboxSource[] {
  const byConversation = [...account.conversations.values()].filter(
    ({ contactId }) => contactId === contact.id,
  )
  const sources = [...contact.inboxSources, ...byConversation]
  const distinct = new Map(
    sources.map(({ inboxId, sourceId }) => [`${inboxId} ${sourceId}`, { inboxId, sourceId }]),
  )
  return [...distinct.values()]
}

function refuseMissing(what: string): never {
  throw new TurnedDown(refusals.unprocessable(`param is missing or the value is empty: ${what}`))
}
