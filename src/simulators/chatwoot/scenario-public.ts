import { ScenarioMistake } from '../scenario-input.ts'
import { contactBySource, identifierOf, identityHash } from './public-desk.ts'
import { addConversation, addMessage } from './rules.ts'
import { accountNamed, inboxNamed, placeOf, type Where } from './scenario-names.ts'
import { addContact } from './settling.ts'
import { inboxOf, type Account, type Contact, type Inbox, type World } from './world.ts'

/** Customers of an API inbox who come by the Client API, and what they sign in with. */
export interface ScenarioPublic {
  /** Somebody the inbox knows; in the first API inbox where none is named. */
  publicContact(given: {
    account?: number | undefined
    inbox?: number | undefined
    name?: string | undefined
    email?: string | undefined
    /** What the customer's own system calls them; the hash is of this. */
    identifier?: string | undefined
  }): PublicKeys
  /** They open a ticket there, from elsewhere. */
  publicTicket(given: { account?: number | undefined; contact: string; text: string | null }): {
    conversation: number
    message: number | null
  }
  /** What the customer of a conversation signs in with. */
  publicKeys(where: Where): PublicKeys
  /** Deleted with all their conversations. */
  publicContactGone(given: { account?: number | undefined; contact: string }): void
}

export interface PublicKeys {
  readonly inbox: string
  readonly contact: string
  readonly identifierHash: string
}

export function publicIn(world: World): ScenarioPublic {
  return {
    publicContact({ account: id, inbox: inboxId, name = 'Someone New', email, identifier }) {
      const account = accountNamed(world, id)
      const inbox = inboxId === undefined ? firstApiInbox(account) : inboxNamed(account, inboxId)
      const plan = { name, hasPortrait: false, ...(email === undefined ? {} : { email }) }
      const contact = addContact(world, account, plan, world.clock.now())
      contact.identifier = identifier ?? null
      const sourceId = `${world.random.letters(8)}-${world.random.letters(12)}`
      contact.inboxSources.push({ inboxId: inbox.id, sourceId })
      return keysOf(inbox, contact, sourceId)
    },
    publicTicket({ account: id, contact: sourceId, text }) {
      const account = accountNamed(world, id)
      const { inbox, contact } = known(account, sourceId)
      const conversation = addConversation(world, account, { inbox, contactId: contact.id, sourceId })
      const sender = { kind: 'contact', id: contact.id } as const
      const place = { world, account, conversation }
      const message = text === null ? null : addMessage(place, { type: 'incoming', sender, content: text })
      return { conversation: conversation.displayId, message: message?.id ?? null }
    },
    publicKeys(where) {
      const { account, conversation } = placeOf(world, where)
      const contact = account.contacts.get(conversation.contactId)
      if (contact === undefined) throw new ScenarioMistake('Nobody is the customer there.')
      return keysOf(inboxOf(account, conversation), contact, conversation.sourceId)
    },
    publicContactGone({ account: id, contact: sourceId }) {
      const account = accountNamed(world, id)
      const { contact } = known(account, sourceId)
      account.contacts.delete(contact.id)
      for (const [key, { contactId }] of account.conversations)
        if (contactId === contact.id) account.conversations.delete(key)
    },
  }
}

function keysOf(inbox: Inbox, { identifier }: Contact, sourceId: string): PublicKeys {
  const identifierHash = identityHash(inbox, identifier ?? '')
  return { inbox: identifierOf(inbox), contact: sourceId, identifierHash }
}

function firstApiInbox(account: Account): Inbox {
  const inbox = [...account.inboxes.values()].find(({ channelType }) => channelType === 'Channel::Api')
  if (inbox === undefined) throw new ScenarioMistake(`${account.name} has no API inbox.`)
  return inbox
}

function known(account: Account, sourceId: string): { inbox: Inbox; contact: Contact } {
  for (const inbox of account.inboxes.values()) {
    const contact = contactBySource(account, inbox, sourceId)
    if (contact !== null) return { inbox, contact }
  }
  throw new ScenarioMistake(`Nobody at ${account.name} is known as "${sourceId}".`)
}
