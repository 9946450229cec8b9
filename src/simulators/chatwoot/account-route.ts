import type { Route, SimulatorAnswer } from '../router.ts'
import { enteredAccount, signedIn } from './access.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { isObject, paramsOf, presentText, type JsonObject } from './request-body.ts'
import type { Account, Member, User, World } from './world.ts'

/** A call inside an account, for its members alone: bots are turned down before anything else is looked at. */
export function accountRoute(
  method: string,
  path: string,
  handle: (inside: Inside) => SimulatorAnswer,
): Route<Exchange> {
  return {
    method,
    pattern: `/api/v1/accounts/:account/${path}`,
    handle: ({ world, request }, found) => {
      const caller = signedIn(world, request, false)
      const { account, member } = enteredAccount(world, caller, found['account'] ?? '')
      if (caller.kind === 'bot' || member === null) throw new TurnedDown(refusals.bot())
      const { user } = caller
      const params = paramsOf(request)
      return handle({ world, account, member, user, query: request.query, params, path: found })
    },
  }
}

export interface Inside {
  readonly world: World
  readonly account: Account
  readonly member: Member
  readonly user: User
  readonly query: URLSearchParams
  readonly params: JsonObject
  readonly path: Readonly<Record<string, string>>
}

export function adminsOnly({ member }: Inside): void {
  if (member.role !== 'administrator') throw new TurnedDown(refusals.denied())
}

/** Rails takes `{note: {…}}` and the bare fields alike; nothing at all is a missing parameter. */
export function wrapped(params: JsonObject, name: string, fields: readonly string[]): JsonObject {
  const inner = params[name]
  if (isObject(inner)) return inner
  const bare = Object.fromEntries(Object.entries(params).filter(([key]) => fields.includes(key)))
  if (Object.keys(bare).length > 0) return bare
  throw new TurnedDown(refusals.unprocessable(`param is missing or the value is empty: ${name}`))
}

/** The refusal of a record that is not valid: its second shape, with the attributes beside the sentence. */
export function recordInvalid(faults: Readonly<Record<string, string>>): TurnedDown {
  const attributes = Object.keys(faults)
  const message = Object.entries(faults)
    .map(([attribute, fault]) => `${humanName(attribute)} ${fault}`)
    .join(', ')
  return new TurnedDown(json({ message, attributes }, 422))
}

export function notFound(): TurnedDown {
  return new TurnedDown(refusals.notFound())
}

/** `?page=` as pages are counted: from 1, whatever nonsense is given. */
export function pageOf<T>(all: readonly T[], page: unknown, size: number): T[] {
  const number = Math.max(1, Number.parseInt(presentText(page) ?? '1', 10) || 1)
  return all.slice((number - 1) * size, number * size)
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A list of ids or titles, however single and however typed. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return value === undefined || value === null ? [] : [value]
}

function humanName(attribute: string): string {
  const words = attribute.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
