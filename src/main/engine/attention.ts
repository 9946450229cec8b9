import type { EffectiveConversation } from '../../shared/domain/effective.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import type { Named } from '../../shared/domain/order-name.ts'
import { waitingSince } from '../../shared/domain/waiting.ts'
import type { Attention } from './engine.ts'

export interface AttentionFacts {
  readonly accounts: readonly {
    readonly id: AccountId
    readonly name: string
    readonly health: 'loading' | 'upToDate' | 'resting' | 'locked'
    readonly asOf: number | null
    readonly done: Named['done']
  }[]
  readonly needsYou: number
  /** The three that wait longest, in that order. */
  readonly longest: readonly EffectiveConversation[]
}

/** What every surface outside the window shows. A failed account changes the state, never the number. */
export function attentionOf(facts: AttentionFacts): Attention {
  const troubledAccounts = facts.accounts.filter(
    (each) => each.health === 'resting' || each.health === 'locked',
  ).length
  const moments = facts.accounts.map((each) => each.asOf).filter((at) => at !== null)
  return {
    badge: facts.needsYou,
    state: stateOf(facts, troubledAccounts),
    waiting: facts.longest.map((row) => waitingRow(row, facts.accounts)),
    asOf: moments.length === 0 ? null : Math.min(...moments),
    troubledAccounts,
  }
}

function stateOf(facts: AttentionFacts, troubledAccounts: number): Attention['state'] {
  if (facts.accounts.length === 0) return 'signedOut'
  if (facts.accounts.every((each) => each.health === 'locked')) return 'signedOut'
  if (troubledAccounts > 0) return 'trouble'
  return facts.needsYou > 0 ? 'needsYou' : 'quiet'
}

function waitingRow(
  row: EffectiveConversation,
  accounts: AttentionFacts['accounts'],
): Attention['waiting'][number] {
  const account = accounts.find((each) => each.id === row.accountId)
  return {
    conversationId: row.id,
    name: row.customer.name,
    account: account?.name ?? '',
    waitingSince: waitingSince(row),
    done: account?.done ?? 'resolveHere',
  }
}
