import type { Failure } from '../../shared/contract/failure.ts'
import { Refusal } from '../../shared/contract/failure.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import { accountOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import { ProviderFailure, type Session } from '../providers/provider.ts'
import { hostOf } from './accounts.ts'
import type { Core } from './core.ts'
import { failureOf } from './dispatch.ts'

/**
 * Asks a server directly, once. What reads may be asked again by whoever wants to know; what acts (`acts`) and lost
 * its answer is told as "may have been done", and nobody but the agent repeats it.
 */
export async function askServer<T>(
  core: Core,
  id: AccountId,
  what: (session: Session, signal: AbortSignal) => Promise<T>,
  { acts = false }: { acts?: boolean } = {},
): Promise<T> {
  const session = core.desk.session(id)
  if (session === null) throw new Refusal(...lockedBecause(core, id))
  const silentMs = core.gate.silentMs(id)
  if (silentMs > 0)
    throw new Refusal('rateLimited', { host: hostOfAccount(core, id) }, core.parts.clock.now() + silentMs)
  const deadline = new AbortController()
  const cancel = core.parts.clock.after(deadlineMs, () => deadline.abort())
  try {
    return await what(session, AbortSignal.any([deadline.signal, core.stopping]))
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    core.gate.fared(id, 'look', error)
    if (error.kind === 'auth') core.desk.lock(id, failureOf(error))
    const isLost = ['offline', 'busy', 'protocol'].includes(error.kind) && error.mayHaveLeft
    if (acts && isLost)
      throw new Refusal('mayBeDone', { host: error.facts['host'] ?? hostOfAccount(core, id) })
    throw error
  } finally {
    cancel()
  }
}

/** The bundle a command needs; a window that is older than the account may ask for one that is not there. */
export function having<T>(bundle: T | undefined): T {
  if (bundle === undefined) throw new Refusal('notPossible')
  return bundle
}

/** A conversation as the server last told it; unknown ones are refused. */
export function told(core: Core, id: ConversationId): Conversation {
  const said = core.parts.store.said(id)
  if (said === null) throw new Refusal('notFound')
  return said
}

/** Rows that came with an answer: kept, shown, and looked through for replies whose fate was unknown. */
export function take(
  core: Core,
  rows: { conversations: readonly Conversation[]; messages: readonly Message[] },
): void {
  const change = core.parts.store.applyRows(rows)
  for (const id of change.conversations) core.desk.sync(accountOf(id))?.touched(id)
  core.publisher.changed(change)
  core.outbox.noticed([...change.addedMessages, ...change.changedMessages])
}

/** Long enough for an upload's answer, short enough for somebody who waits. */
const deadlineMs = 60_000

function lockedBecause(core: Core, id: AccountId): [Failure['code'], Record<string, string>] {
  const open = core.desk.accounts.get(id)
  if (open === undefined) return ['notFound', {}]
  if (open.syncing.kind !== 'locked') return ['offline', {}]
  return [open.syncing.failure.code, { ...open.syncing.failure.facts }]
}

function hostOfAccount(core: Core, id: AccountId): string {
  return hostOf(core.desk.accounts.get(id)?.record ?? { baseUrl: '' })
}
