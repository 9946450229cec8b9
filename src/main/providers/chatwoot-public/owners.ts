import type { Client } from './client.ts'
import { goneAt, isGone, pathOf, ticketPath } from './paths.ts'
import type { OwnContact } from './keys.ts'

/** Whose each ticket is, where there are several of us: every address of a ticket begins with its contact. */
export interface Owners {
  of(key: string, signal: AbortSignal): Promise<OwnContact>
  learn(key: string, contact: OwnContact): void
}

export function createOwners(client: Client, contacts: () => readonly [OwnContact, ...OwnContact[]]): Owners {
  const known = new Map<string, OwnContact>()
  return {
    learn: (key, contact) => void known.set(key, contact),
    /** With one contact there is nothing to ask; after a start with several, each is asked until one has it. */
    async of(key, signal) {
      const [first, ...others] = contacts()
      const owner = others.length === 0 ? first : known.get(key)
      if (owner !== undefined) return owner
      for (const contact of [first, ...others]) {
        const answer = await client.ask({ path: pathOf(contact, ticketPath(key)) }, signal)
        if (answer.status !== 200) {
          const failure = client.failureOf(answer, false)
          if (isGone(failure)) continue
          throw failure
        }
        known.set(key, contact)
        return contact
      }
      throw goneAt(client.host)
    },
  }
}
