import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import { ProviderFailure, type ProviderAccount, type ProviderHost } from '../provider.ts'
import { openClient, type Call, type Client, type Told } from './client.ts'
import { readKeys, type OwnContact } from './keys.ts'
import { createOwners } from './owners.ts'
import { isGone, pathOf, ticketPath, unknownKeys } from './paths.ts'
import type { Frame } from './transform-message.ts'

/** What every call of a session goes by: the way to the inbox, who we are there, and whose each ticket is. */
export interface Desk {
  readonly client: Client
  readonly clock: Clock
  readonly log: Log
  readonly frame: Frame
  /** Never empty: a session without keys refuses every call instead. */
  contacts(): Contacts
  /** A call on everything one contact has. */
  ofContact(contact: OwnContact, call: Call, signal: AbortSignal): Promise<Told>
  /** A call on one ticket, as whichever of us it belongs to. */
  ofTicket(key: string, call: Call, signal: AbortSignal): Promise<{ told: Told; contact: OwnContact }>
  /** This ticket was seen among those of this contact. */
  belongs(key: string, contact: OwnContact): void
  /** An answer of another shape than documented. */
  unexpected(reason: string, mayHaveLeft?: boolean): ProviderFailure
}

export type Contacts = readonly [OwnContact, ...OwnContact[]]

export function openDesk(account: ProviderAccount, secret: string, host: ProviderHost): Desk {
  const { baseUrl, id, settings } = account
  const { inbox, contacts: all } = readKeys(secret)
  const [first, ...others] = all
  const client = openClient({
    http: host.http,
    clock: host.clock,
    url: `${baseUrl}/public/api/v1/inboxes/${encodeURIComponent(inbox)}`,
    secrets: [inbox, ...all.map((each) => each.identifier)].filter((each) => each !== ''),
  })
  const contacts = (): Contacts => {
    if (first === undefined || inbox === '') throw unknownKeys(client.host)
    return [first, ...others]
  }
  const owners = createOwners(client, contacts)
  return {
    client,
    clock: host.clock,
    log: host.log,
    frame: {
      accountId: id,
      baseUrl,
      inboxName: typeof settings['inboxName'] === 'string' ? settings['inboxName'] : client.host,
      hasSeveral: others.length > 0,
    },
    contacts,
    belongs: owners.learn,
    async ofContact(contact, call, signal) {
      try {
        return await client.call({ ...call, path: pathOf(contact, call.path) }, signal)
      } catch (error) {
        // There is nothing here that could be gone but the contact or the inbox, and with them the sign-in.
        if (isGone(error)) throw unknownKeys(client.host)
        throw error
      }
    },
    async ofTicket(key, call, signal) {
      const contact = await owners.of(key, signal)
      const path = pathOf(contact, `${ticketPath(key)}${call.path}`)
      try {
        return { told: await client.call({ ...call, path }, signal), contact }
      } catch (error) {
        // A miss of a ticket looks like one of the contact: which of the two it is, the contact's own address tells.
        if (isGone(error) && (await isUnknown(client, contact, signal))) throw unknownKeys(client.host)
        throw error
      }
    },
    unexpected: (reason, mayHaveLeft = false) =>
      new ProviderFailure({
        ...{ kind: 'protocol', code: 'protocol' },
        ...{ facts: { host: client.host, reason }, mayHaveLeft },
      }),
  }
}

async function isUnknown(client: Client, contact: OwnContact, signal: AbortSignal): Promise<boolean> {
  const answer = await client.ask({ path: pathOf(contact, '') }, signal)
  return answer.status !== 200 && isGone(client.failureOf(answer, false))
}
