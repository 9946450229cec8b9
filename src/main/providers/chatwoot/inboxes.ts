import type { Clock } from '../../ports/clock.ts'
import type { Client } from './client.ts'
import { ProviderFailure } from '../provider.ts'
import type { KnownInbox } from './channels.ts'
import { asList, asObject, asText, countOrNull, isObject, textOrNull } from '../../foreign/read.ts'
import type { WireInbox } from './wire-types.ts'

/** What the account's inboxes say of themselves: conversations only carry their ids (docs/providers/chatwoot.md §1.2). */
export interface Inboxes {
  /** Read where one of the wanted is not among them, but not all the time, and now and then since names change. */
  knowing(wanted: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, KnownInbox>>
}

const restMs = 300_000
const renewMs = 3_600_000

export function createInboxes(client: Client, accountPath: string, clock: Clock): Inboxes {
  const known = new Map<string, KnownInbox>()
  let askedAt: number | null = null

  async function knowing(
    wanted: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, KnownInbox>> {
    const age = askedAt === null ? Infinity : clock.now() - askedAt
    const isMissing = wanted.some((key) => key !== '' && !known.has(key))
    if (wanted.length === 0 || age < (isMissing ? restMs : renewMs)) return known
    for (const [key, inbox] of await read(signal)) known.set(key, inbox)
    askedAt = clock.now()
    return known
  }

  async function read(signal: AbortSignal): Promise<[string, KnownInbox][]> {
    try {
      const told = await client.call({ path: `${accountPath}/inboxes` }, signal)
      return asList(asObject(told.json())['payload']).filter(isObject).map(named)
    } catch (error) {
      // A name is not worth more than the conversations: only what stops those too stops here.
      const isOnlyNames =
        error instanceof ProviderFailure && ['forbidden', 'rejected', 'gone'].includes(error.kind)
      if (isOnlyNames) return []
      throw error
    }
  }

  return { knowing }
}

function named(wire: WireInbox): [string, KnownInbox] {
  const inbox: KnownInbox = {
    name: textOrNull(wire.name) ?? '',
    channelType: asText(wire.channel_type),
    medium: asText(wire.medium),
    provider: asText(wire.provider),
    windowHours: countOrNull(asObject(wire.additional_attributes)['agent_reply_time_window']),
  }
  return [asText(wire.id), inbox]
}
