import { asList, asObject, asText, textOrNull, type Loose } from '../../foreign/read.ts'
import type { Clock } from '../../ports/clock.ts'
import { ProviderFailure } from '../provider.ts'
import { spaceChannelFrom, type SpaceChannel } from './channels.ts'
import { readAll, type Lists } from './paging.ts'
import { nameOf } from './transform.ts'

/** Who and what a workspace has, read now and then and kept meanwhile (docs/providers/aelyst.md §4). */
export interface Space {
  users(signal: AbortSignal): Promise<ReadonlyMap<string, User>>
  /** The same, as far as they were read already. */
  knownUsers(): ReadonlyMap<string, User>
  /** `wanted` is a channel a message just named: a new one is read at once. */
  channels(wanted: string | null, signal: AbortSignal): Promise<ReadonlyMap<string, SpaceChannel>>
  /** A channel, as far as they were read already. */
  known(key: string | null): SpaceChannel | null
}

export interface User {
  readonly key: string
  readonly name: string
  readonly email: string | null
  readonly role: string
  readonly teamKey: string | null
  readonly restrictions: readonly string[]
}

/** Restrictions are honoured here and may change; channels hardly do. */
const usersFreshMs = 3_600_000
const channelsFreshMs = 24 * 3_600_000
const unknownPauseMs = 60_000

export function openSpace(lists: Lists, clock: Clock): Space {
  let people: Kept<User> | null = null
  let places: Kept<SpaceChannel> | null = null
  return {
    async users(signal) {
      if (people !== null && clock.elapsed() - people.at < usersFreshMs) return people.all
      people = { at: clock.elapsed(), all: byKey(await readUsers(lists, signal)) }
      return people.all
    },
    async channels(wanted, signal) {
      const ageMs = places === null ? Infinity : clock.elapsed() - places.at
      const isKnown = wanted === null || places?.all.has(wanted) === true
      if (places !== null && ageMs < (isKnown ? channelsFreshMs : unknownPauseMs)) return places.all
      const read = readAll(lists, { path: '/space/channel' }, signal)
      const all = await orNothing(read)
      places = { at: clock.elapsed(), all: byKey(all.flatMap(spaceChannelFrom)) }
      return places.all
    },
    knownUsers: () => people?.all ?? new Map(),
    known: (key) => (key === null ? null : (places?.all.get(key) ?? null)),
  }
}

interface Kept<T> {
  /** Elapsed ms. */
  readonly at: number
  readonly all: ReadonlyMap<string, T>
}

export async function readUsers(lists: Lists, signal: AbortSignal): Promise<User[]> {
  return (await readAll(lists, { path: '/space/user' }, signal)).flatMap(userFrom)
}

/**
 * Whether the agent may see it. The token belongs to the workspace and sees everything, so what an agent is kept from
 * there is kept from them here (docs/providers/aelyst.md §4.2).
 */
export function mayShow(contact: Loose, users: ReadonlyMap<string, User>, userId: string): boolean {
  const me = users.get(userId)
  const assignee = textOrNull(asObject(contact['assignee'])['id'])
  if (me === undefined || assignee === userId) return true
  if (me.restrictions.includes('show_only_mine')) return false
  if (!me.restrictions.includes('show_team_contacts')) return true
  const team = assignee === null ? null : (users.get(assignee)?.teamKey ?? null)
  return team !== null && team === me.teamKey
}

function userFrom(raw: Loose): User[] {
  const key = textOrNull(raw['id'])
  if (key === null) return []
  const email = textOrNull(raw['email'])
  return [
    {
      key,
      name: textOrNull(nameOf(raw)) ?? email ?? key,
      email,
      role: asText(raw['role']),
      teamKey: textOrNull(asObject(raw['team'])['id']),
      restrictions: asList(raw['restrictions']).map(asText),
    },
  ]
}

function byKey<T extends { readonly key: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((each) => [each.key, each]))
}

/** A list the token may not read is an empty one. */
async function orNothing(read: Promise<Loose[]>): Promise<Loose[]> {
  try {
    return await read
  } catch (error) {
    if (error instanceof ProviderFailure && ['forbidden', 'gone'].includes(error.kind)) return []
    throw error
  }
}
