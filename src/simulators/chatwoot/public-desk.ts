import { createHmac } from 'node:crypto'
import { inboxSourcesOf } from './source-ids.ts'
import type { Account, Contact, Inbox, World } from './world.ts'

/** As agents see it beside the inbox. */
export function identifierOf(inbox: Inbox): string {
  return `inbox-${inbox.id}-identifier`
}

export function hmacTokenOf(inbox: Inbox): string {
  return `hmac-${inbox.id}-secret`
}

/** What proves to be whoever the customer's own system calls so. */
export function identityHash(inbox: Inbox, identifier: string): string {
  return createHmac('sha256', hmacTokenOf(inbox)).update(identifier).digest('hex')
}

/** Only API channels have the half of customers. */
export function inboxByIdentifier(
  world: World,
  identifier: string,
): { account: Account; inbox: Inbox } | null {
  for (const account of world.accounts.values()) {
    for (const inbox of account.inboxes.values()) {
      if (inbox.channelType === 'Channel::Api' && identifierOf(inbox) === identifier)
        return { account, inbox }
    }
  }
  return null
}

export function contactBySource(account: Account, inbox: Inbox, sourceId: string): Contact | null {
  const isIt = (each: { inboxId: number; sourceId: string }): boolean =>
    each.inboxId === inbox.id && each.sourceId === sourceId
  return [...account.contacts.values()].find((one) => inboxSourcesOf(account, one).some(isIt)) ?? null
}
