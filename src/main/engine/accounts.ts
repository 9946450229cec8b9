import type { AccountRow, HostFacts } from '../../shared/contract/contract.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { VaultFault, type Vault } from '../ports/vault.ts'
import {
  canOf,
  namedOf,
  type DoneBundle,
  type Learn,
  type ProviderAccount,
  type Session,
} from '../providers/provider.ts'
import type { AccountRecord } from '../store/store.ts'
import { failureOf } from './dispatch.ts'
import type { EngineParts } from './engine.ts'
import { guardedSession } from './guarded-session.ts'
import { withHere } from './here.ts'
import type { MediaId } from './rows.ts'
import { traceOf } from './trace-of.ts'

/** What is known of one account while the engine runs: its record, its open session, how its pulling goes. */
export interface OpenAccount {
  readonly record: AccountRecord
  /** Null while locked: no secret, or one the server refuses. */
  readonly session: Session | null
  readonly can: AccountRow['can']
  readonly named: AccountRow['named']
  /** What resolving asks for; known without the secret, so that an order can be given while offline. */
  readonly asks: DoneBundle['asks'] | null
  readonly syncing: AccountRow['syncing']
  readonly asOf: number | null
}

/** The host a person would recognise an account by. */
export function hostOf(record: Pick<AccountRecord, 'baseUrl'>): string {
  return URL.canParse(record.baseUrl) ? new URL(record.baseUrl).host : record.baseUrl
}

/** What is known of an account before its secret is: it can be read, and orders for it wait. */
export function closedAccount(parts: EngineParts, record: AccountRecord): OpenAccount {
  const closed = { record, session: null, asOf: null } as const
  try {
    const shape: Partial<Session> = opened(parts, record, '') ?? {}
    const syncing = { kind: 'loading', done: 0, total: null } as const
    const can = withHere(canOf(shape))
    return { ...closed, can, named: namedOf(shape), asks: shape.done?.asks ?? null, syncing }
  } catch (error) {
    // A provider that cannot even be opened is shown as it is, and keeps no other account from being opened.
    parts.log('provider.notOpened', { host: hostOf(record), ...traceOf(error) })
    const syncing = { kind: 'locked', failure: failureOf(error) } as const
    return { ...closed, can: withHere(canOf({})), named: namedOf({}), asks: null, syncing }
  }
}

/**
 * Reads the secret and opens the session; a missing or refused secret leaves the account locked, saying why. `learn`
 * hears what the session finds out about its server.
 */
export async function openAccount(
  parts: EngineParts,
  record: AccountRecord,
  learn: Learn,
): Promise<OpenAccount> {
  const closed = closedAccount(parts, record)
  if (closed.syncing.kind === 'locked') return closed
  const locked = (failure: Failure): OpenAccount => ({ ...closed, syncing: { kind: 'locked', failure } })
  try {
    const secret = await vaultOf(parts, record.keptIn).get(record.vaultKey)
    if (secret === null)
      return locked({ code: 'sessionEnded', facts: { host: hostOf(record) }, retryAt: null })
    const session = opened(parts, record, secret, learn)
    const { clock, log } = parts
    const guard = { id: record.id, host: hostOf(record), clock, log }
    return { ...closed, session: session === null ? null : guardedSession(session, guard) }
  } catch (error) {
    parts.log('vault.unreadable', { code: failureOf(error).code, ...traceOf(error) })
    return locked(failureOf(error))
  }
}

/** Null where nobody knows its provider (any more). */
function opened(
  parts: EngineParts,
  record: AccountRecord,
  ...withSecret: [secret: string, learn?: Learn]
): Session | null {
  const [secret, learn] = withSecret
  return parts.providers[record.provider]?.open(providerAccount(record), secret, parts, learn) ?? null
}

/** Never silently another place than the one asked for: no keychain is a fault the agent hears of. */
export function vaultOf(parts: EngineParts, keptIn: AccountRecord['keptIn']): Vault {
  if (keptIn === 'session') return parts.sessionVault
  if (parts.keychain === null) throw new VaultFault('missing')
  return parts.keychain
}

/** Whether a secret could be kept in the keychain right now; an owner may lock and unlock it at any time. */
export async function keychainNow({ keychain }: EngineParts): Promise<HostFacts['keychain']> {
  const fault = keychain === null ? new VaultFault('missing') : await keychain.check()
  return fault === null ? { kind: 'ready' } : { kind: 'absent', failure: failureOf(fault) }
}

export function accountRow(parts: EngineParts, open: OpenAccount, media: MediaId): AccountRow {
  const { record } = open
  return {
    id: record.id,
    provider: record.provider,
    providerLabel: parts.providers[record.provider]?.label ?? record.provider,
    name: record.name,
    host: hostOf(record),
    baseUrl: record.baseUrl,
    me: { name: record.me.name, email: record.me.email, avatar: media(record.me.avatarUrl, record.me.name) },
    role: record.role,
    keptIn: record.keptIn,
    syncing: open.syncing,
    asOf: open.asOf,
    can: open.can,
    named: open.named,
  }
}

export type OpenAccounts = Map<AccountId, OpenAccount>

function providerAccount(record: AccountRecord): ProviderAccount {
  return { id: record.id, key: record.key, baseUrl: record.baseUrl, settings: record.settings }
}
