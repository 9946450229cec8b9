import type { Conversation } from '../../../shared/domain/conversation.ts'
import { ProviderFailure } from '../provider.ts'
import { lookAfter } from './contacts.ts'
import type { Call } from './client.ts'
import type { Desk } from './desk.ts'

/**
 * Carries an order out and looks what came of it: the answer is a contact's id, whether anything changed or not
 * (docs/providers/aelyst.md §4.4). One that is refused may be so already.
 */
export async function order(
  desk: Desk,
  key: string,
  { call, isAsOrdered, unchanged }: Ordered,
  signal: AbortSignal,
): Promise<Conversation> {
  try {
    await desk.client.call(call, signal)
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.facts['status'] !== '400' || error.kind === 'gone')
      throw error
    const now = await orNothing(lookAfter(desk, key, signal))
    if (now === null || !isAsOrdered(now)) throw error
    return now
  }
  const now = await lookAfter(desk, key, signal)
  if (isAsOrdered(now)) return now
  throw unchangedBy(desk, unchanged)
}

export interface Ordered {
  readonly call: Call
  isAsOrdered(now: Conversation): boolean
  /** What to say where nothing came of it; null where it can be done on this computer instead. */
  readonly unchanged: string | null
}

export function unchangedBy(desk: Desk, reason: string | null): ProviderFailure {
  const facts = { host: desk.client.host, ...(reason === null ? {} : { reason }) }
  const code = reason === null ? 'notCarriedOut' : 'rejected'
  return new ProviderFailure({ kind: 'rejected', code, facts, mayHaveLeft: false })
}

/** Where it cannot be looked at either, the refusal is what there is to say. */
async function orNothing<T>(step: Promise<T>): Promise<T | null> {
  try {
    return await step
  } catch (error) {
    if (error instanceof ProviderFailure) return null
    throw error
  }
}
