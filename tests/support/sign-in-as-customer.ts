import { say } from '../../src/shared/words/words.ts'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import type { Actors } from './stage.ts'
import { withTickets, type Tickets } from './simulated-chatwoot-public.ts'

/** A helpdesk with Rosa's and Milo's tickets, whose clock runs by itself. */
export function ticketsAt(server: ChatwootSimulator): Promise<Tickets> {
  return withTickets(server, () => Promise.resolve())
}

/** Adds an account at a ticket desk of somebody else, by keys and words a person finds; one contact to a line. */
export async function signInAsCustomer(
  { app, see }: Actors,
  given: { readonly url: string; readonly inbox: string; readonly contacts: string },
): Promise<void> {
  await app.page
    .getByRole('button', { name: say('account.add') })
    .first()
    .click()
  const dialog = see.dialog()
  await dialog.getByRole('button', { name: say('signIn.chatwootPublic.elsewhere') }).click()
  await see.field('signIn.chatwootPublic.url').fill(given.url)
  await see.field('signIn.chatwootPublic.inbox').fill(given.inbox)
  await dialog
    .getByRole('textbox', { name: say('signIn.chatwootPublic.contacts'), exact: true })
    .fill(given.contacts)
  await dialog.getByRole('button', { name: say('signIn.next') }).click()
}

/** Takes the one account that was found. */
export async function addFound({ see }: Actors): Promise<void> {
  const add = see.dialog().getByRole('button', { name: say('signIn.add', { count: 1 }) })
  await add.click()
  await see.dialog().waitFor({ state: 'detached' })
}

/** The paths that were asked for since, by method, without the part that every path of a contact begins with. */
export function askedOf(server: ChatwootSimulator, { inbox, rosa }: Tickets, since = 0): string[] {
  return server.requests
    .slice(since)
    .map(({ method, path, status }) => `${method} ${path.replace(contactPath(inbox, rosa), '')} ${status}`)
}

export function contactPath(inbox: string, contact: string): string {
  return `/public/api/v1/inboxes/${inbox}/contacts/${contact}`
}

/** What the description of the Client API says an error looks like. */
export function promisedError(message: string): string {
  return JSON.stringify({
    description: 'Refused',
    errors: [{ field: 'conversation', message, code: 'refused' }],
  })
}
