import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, refusals } from './answers.ts'
import type { Contact, World } from './world.ts'

/** One request, and the world it is asked in. */
export interface Exchange {
  readonly world: World
  readonly request: SimulatorRequest
  /** Without the version before it. */
  readonly path: string
}

export type JsonObject = Readonly<Record<string, unknown>>

/** The JSON of a request, whatever it is; 400 where it is none. */
export function bodyOf({ request }: Exchange): unknown {
  const text = Buffer.from(request.body).toString('utf8')
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new TurnedDown(refusals.invalid())
  }
}

export function objectBodyOf(exchange: Exchange): JsonObject {
  const body = bodyOf(exchange)
  if (!isObject(body)) throw invalid()
  return body
}

/**
 * The contact of a path: `id:12`, `email:a@example.com` or `phone:+15550100`, the first that matches. The id of somebody
 * merged away is nobody's (docs/providers/aelyst.md §3).
 */
export function contactNamed({ world }: Exchange, identifier = ''): Contact {
  const [kind = '', value] = splitAtColon(identifier)
  if (value === '') throw invalid()
  if (kind === 'id' && /^\d+$/.test(value)) return contactById(world, Number(value))
  if (kind !== 'email' && kind !== 'phone') throw invalid()
  const wanted = value.toLowerCase()
  const found = [...world.contacts.values()].find((contact) => contact[kind]?.toLowerCase() === wanted)
  if (found === undefined) throw new TurnedDown(refusals.contactNotFound())
  return found
}

export function splitAtColon(identifier: string): readonly [string, string] {
  const colon = identifier.indexOf(':')
  return colon === -1 ? [identifier, ''] : [identifier.slice(0, colon), identifier.slice(colon + 1)]
}

export function invalid(message?: string): TurnedDown {
  return new TurnedDown(refusals.invalid(message))
}

/** What a request truly did to a contact, kept for whoever counts. */
export function tookEffect(world: World, contact: Contact, action: string, value: string | null): void {
  const at = world.clock.now()
  contact.updatedAt = at
  world.accepted.actions.push({ conversation: contact.id, action, value, at })
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function contactById(world: World, id: number): Contact {
  const contact = world.contacts.get(id)
  if (contact !== undefined) return contact
  const now = world.merged.get(id)
  const isTold = now !== undefined && world.manners.mergedAnswer === 'object'
  throw new TurnedDown(isTold ? refusals.alreadyConnected(now) : refusals.contactNotFound())
}
