import type { Route, SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { refusal, turnDown } from './answers.ts'
import type { Limit } from './limiter.ts'
import { holderOf } from './tokens.ts'
import type { Member, User, World } from './world.ts'

/** One request, by somebody who may ask, and the readers every handler needs. */
export interface Exchange {
  readonly world: World
  readonly request: SimulatorRequest
  readonly user: User
  readonly member: Member
}

export interface Arrival {
  readonly world: World
  readonly request: SimulatorRequest
}

/** A route without a method of its own kind in this dialect is left out of the table by `isThere`. */
export interface WapikitRoute extends Route<Arrival> {
  readonly limit: Limit | null
  readonly isThere?: (world: World) => boolean
}

type Handle = (exchange: Exchange, params: Readonly<Record<string, string>>) => SimulatorAnswer

interface Gate {
  readonly limit: Limit
  /** Whether only those may who have a permission, which is owners alone (docs/providers/wapikit.md §1). */
  readonly isGated: boolean
}

/** A route for those with a key. */
export function guarded(method: string, pattern: string, gate: Gate, handle: Handle): WapikitRoute {
  return {
    method,
    pattern,
    limit: gate.limit,
    handle: ({ world, request }, params) => {
      const { manners } = world
      const holder = holderOf(world, request.headers['x-access-token'] ?? '')
      if (holder === null) return refusal(manners, 401, 'Unauthorized access')
      const mayPass = holder.member.accessLevel === 'Owner' || manners.membersMay || !gate.isGated
      // Not 403: whoever takes it for a dead key signs people out for nothing.
      if (!mayPass) return refusal(manners, 401, 'You are not authorized to access this resource.')
      return handle({ world, request, ...holder }, params)
    },
  }
}

/** The body's fields: none where nothing came, 400 where it is no object. */
export function fieldsIn(arrival: Arrival): ReadonlyMap<string, unknown> {
  const value = bodyOf(arrival)
  if (value === undefined) return new Map()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    turnDown(arrival.world.manners, 400, 'code=400, message=Syntax error: the body is not what was expected')
  }
  return new Map(Object.entries(value))
}

/** undefined where nothing came, null where it is no JSON; 400 where it does not say that it is. */
export function bodyOf({ world, request }: Arrival): unknown {
  const text = Buffer.from(request.body).toString('utf8')
  if (text === '') return undefined
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('application/json')) {
    turnDown(world.manners, 400, 'code=415, message=Unsupported Media Type')
  }
  return parsed(text)
}

export function uuidIn({ world }: Arrival, text: unknown, what: string): string {
  if (typeof text === 'string' && isUuid(text)) return text.toLowerCase()
  return turnDown(world.manners, 400, `invalid ${what} id`)
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
}

export interface Paging {
  readonly page: number
  readonly perPage: number
  readonly offset: number
}

/** Both must be said; how many is refused above 50 where the route looks at it (docs/providers/wapikit.md §4). */
export function pagingIn({ world, request }: Arrival, isChecked: boolean): Paging {
  const { manners } = world
  const page = numberOf(request.query.get('page'))
  const perPage = numberOf(request.query.get('per_page'))
  if (page === null || perPage === null) {
    turnDown(manners, 400, 'code=400, message=page and per_page are required and must be numbers')
  }
  if (isChecked && (page === 0 || perPage > 50)) turnDown(manners, 400, 'Invalid page or perPage value')
  if (page < 1) turnDown(manners, 500, 'jet: pq: OFFSET must not be negative')
  if (perPage < 0) turnDown(manners, 500, 'jet: pq: LIMIT must not be negative')
  return { page, perPage, offset: (page - 1) * perPage }
}

export function pageOf<T>(all: readonly T[], { offset, perPage }: Paging): T[] {
  return all.slice(offset, offset + perPage)
}

export function paginationMeta({ page, perPage }: Paging, total: number): object {
  return { page, per_page: perPage, total }
}

function numberOf(text: string | null): number | null {
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
