import { TurnedDown, refusals } from './answers.ts'
import type { Account, Contact, Inbox } from './world.ts'

/**
 * The id under which an inbox knows somebody: their number or address; null where the channel makes up ids of its own,
 * for a widget's visitor or an API's contact (docs/providers/chatwoot.md §1.4, §1.6).
 */
export function usualSourceId(inbox: Inbox, contact: Pick<Contact, 'email' | 'phone'>): string | null {
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
