import { html, json, page, TurnedDown, refusals } from './answers.ts'
import type { Route, SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import type { Exchange } from './exchange.ts'
import { contactBySource, identityHash, inboxByIdentifier } from './public-desk.ts'
import { paramsOf, presentText, type JsonObject } from './request-body.ts'
import type { Account, Contact, Conversation, Inbox, Place, World } from './world.ts'

/**
 * The doors of the Client API (docs/providers/chatwoot-public.md §1): no token; the two identifiers of the path are all
 * there is, and whatever is not found is a miss of Rails' own, without the `{error}` of the other half.
 */
export function publicRoute(
  method: string,
  tail: string,
  handle: (at: AtInbox, path: Readonly<Record<string, string>>) => SimulatorAnswer,
): Route<Exchange> {
  return {
    method,
    pattern: `/public/api/v1/inboxes/:inbox${tail}`,
    handle: ({ world, request }, path) => {
      const found = inboxByIdentifier(world, path['inbox'] ?? '')
      if (found === null) throw missed(world, request)
      return handle({ world, request, ...found, params: paramsOf(request) }, path)
    },
  }
}

export interface AtInbox {
  readonly world: World
  readonly request: SimulatorRequest
  readonly account: Account
  readonly inbox: Inbox
  readonly params: JsonObject
}

export interface AtContact extends AtInbox {
  readonly contact: Contact
  readonly sourceId: string
}

export interface AtTicket extends AtContact, Place {}

export function contactRoute(
  method: string,
  tail: string,
  handle: (at: AtContact, path: Readonly<Record<string, string>>) => SimulatorAnswer,
): Route<Exchange> {
  return publicRoute(method, `/contacts/:contact${tail}`, (at, path) => {
    const sourceId = path['contact'] ?? ''
    const contact = contactBySource(at.account, at.inbox, sourceId)
    if (contact === null) throw missed(at.world, at.request)
    return handle({ ...at, contact, sourceId }, path)
  })
}

/** A conversation of this very contact inbox; of the contact's in any inbox, once their identity was proven. */
export function ticketRoute(
  method: string,
  tail: string,
  handle: (at: AtTicket) => SimulatorAnswer,
): Route<Exchange> {
  return contactRoute(method, `/conversations/:conversation${tail}`, (at, path) => {
    const conversation = ticketsOf(at).find(({ displayId }) => displayId === Number(path['conversation']))
    if (conversation === undefined) throw missed(at.world, at.request)
    return handle({ ...at, conversation })
  })
}

export function ticketsOf({ world, account, inbox, contact, sourceId }: AtContact): Conversation[] {
  const isVerified = world.publicProofs.verified.has(sourceId)
  return [...account.conversations.values()].filter((each) =>
    isVerified
      ? each.contactId === contact.id
      : each.contactId === contact.id && each.inboxId === inbox.id && each.sourceId === sourceId,
  )
}

/** Only the three routes of the contact itself look at the hash; a wrong one breaks the server. */
export function proveIdentity({ world, inbox, params }: AtInbox, sourceId: string | null): void {
  const hash = presentText(params['identifier_hash'])
  if (hash === null && !world.publicProofs.mandatory.has(inbox.id)) return
  if (hash !== identityHash(inbox, presentText(params['identifier']) ?? ''))
    throw new TurnedDown(refusals.internal())
  if (sourceId !== null) world.publicProofs.verified.add(sourceId)
}

export function missed({ installation }: World, { headers }: SimulatorRequest): TurnedDown {
  const isJson = installation.publicMisses === 'json' && (headers['accept'] ?? '').includes('json')
  const words = page('The page you were looking for doesn’t exist', 'Nothing lives at this address.')
  return new TurnedDown(isJson ? json({ status: 404, error: 'Not Found' }, 404) : html(words, 404))
}
