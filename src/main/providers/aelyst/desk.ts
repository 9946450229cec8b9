import { asText, textOrNull, type Loose } from '../../foreign/read.ts'
import type { Clock } from '../../ports/clock.ts'
import { ProviderFailure, type Learn, type ProviderAccount, type ProviderHost } from '../provider.ts'
import { openClient, type Client } from './client.ts'
import { openSpace, type Space } from './space.ts'
import type { Summary } from './transform.ts'
import type { Frame } from './transform-message.ts'

/** What every call of one session needs at hand. */
export interface Desk {
  readonly client: Client
  readonly clock: Clock
  readonly space: Space
  readonly userId: string
  /** What was found out about this server; kept with the account. */
  readonly learned: Learned
  /** Contacts as last told. */
  readonly contacts: Map<string, KeptContact>
  /** What their newest messages said. */
  readonly summaries: Map<string, Summary>
  frame(signal: AbortSignal): Promise<Frame>
  /** The same without asking anybody. */
  frameNow(): Frame
  learn(found: Partial<Learned>): void
  /** The server answered with something else than it should have. */
  unexpected(reason: string, mayHaveLeft?: boolean): ProviderFailure
}

export interface Learned {
  /** Whether lists can be asked for by status (docs/providers/aelyst.md §4.1). */
  readonly statusFilter: boolean
  /** All paths share one bucket (§6). */
  readonly sharedBucket: boolean
  /** Nothing is closed without a category (§4.4). */
  readonly categoryRequired: boolean
}

export interface KeptContact {
  readonly raw: Loose
  /** When it was asked for, elapsed ms: an answer to an earlier question is older. */
  readonly askedAt: number
}

export function openDesk(account: ProviderAccount, token: string, host: ProviderHost, keep: Learn): Desk {
  const { baseUrl, settings } = account
  const userId = asText(settings['userId'])
  let learned: Learned = {
    statusFilter: settings['statusFilter'] !== false,
    sharedBucket: settings['sharedBucket'] === true,
    categoryRequired: settings['categoryRequired'] === true,
  }
  const learn = (found: Partial<Learned>): void => {
    learned = { ...learned, ...found }
    keep(found)
  }
  const isShared = learned.sharedBucket
  const shares = (): void => learn({ sharedBucket: true })
  const client = openClient({ ...host, baseUrl, token, isShared, shares })
  const unexpected = unexpectedAt(client.host)
  const space = openSpace({ client, unexpected }, host.clock)
  return {
    client,
    clock: host.clock,
    space,
    userId,
    get learned() {
      return learned
    },
    contacts: new Map(),
    summaries: new Map(),
    frameNow: () => ({ accountId: account.id, userId, baseUrl, users: space.knownUsers() }),
    frame: async (signal) => ({ accountId: account.id, userId, baseUrl, users: await space.users(signal) }),
    learn,
    unexpected,
  }
}

export function unexpectedAt(host: string): Desk['unexpected'] {
  return (reason, mayHaveLeft = false) =>
    new ProviderFailure({ kind: 'protocol', code: 'protocol', facts: { host, reason }, mayHaveLeft })
}

/** Always by its id: addresses name the first contact that has them (docs/providers/aelyst.md §3). */
export function contactPath(key: string): string {
  return `/contact/${encodeURIComponent(`id:${key}`)}`
}

/** Keeps what was told of a contact, unless something newer is known; answers what is known then. */
export function keepContact(desk: Desk, raw: Loose, askedAt: number): Loose {
  const key = textOrNull(raw['id']) ?? ''
  const kept = desk.contacts.get(key)
  if (kept !== undefined && kept.askedAt > askedAt) return kept.raw
  desk.contacts.set(key, { raw, askedAt })
  return raw
}

/** Ids go as numbers; some servers tell them as text. */
export function idOf(key: string): number | string {
  return /^\d{1,15}$/.test(key) ? Number(key) : key
}
