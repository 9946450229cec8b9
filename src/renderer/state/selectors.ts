import type {
  AccountRow,
  ConversationRow,
  DirectoryRow,
  Query,
  ViewCounts,
} from '../../shared/contract/contract.ts'
import type { Desk } from './desk.ts'
import type { Mirror } from './mirror.ts'

const noAccounts: readonly AccountRow[] = []

export function accountsOf(mirror: Mirror): readonly AccountRow[] {
  return mirror.desk?.accounts ?? noAccounts
}

export function accountOfRow(mirror: Mirror, row: Pick<ConversationRow, 'accountId'>): AccountRow | null {
  return accountsOf(mirror).find((account) => account.id === row.accountId) ?? null
}

/** Whether an account has conversations of this kind at all: where nothing can be given to anybody, nothing is anybody's. */
export function hasView(can: AccountRow['can'], view: Query['view']): boolean {
  switch (view) {
    case 'mine':
    case 'unassigned':
      return can.assign || can.assignTeam
    case 'pending':
      return can.pend
    case 'needsYou':
    case 'open':
    case 'snoozed':
    case 'done':
      return true
  }
}

/** The accounts of these, each once; of none that is held, all there are. */
export function accountsOfRows(
  mirror: Mirror,
  rows: readonly Pick<ConversationRow, 'accountId'>[],
): readonly AccountRow[] {
  const ids = new Set(rows.map(({ accountId }) => accountId))
  return ids.size === 0 ? accountsOf(mirror) : accountsOf(mirror).filter(({ id }) => ids.has(id))
}

/** Whether it can be opened again: there, or because it is only done or asleep on this computer. */
export function canReopen(account: AccountRow | null, row: Pick<ConversationRow, 'isLocal'>): boolean {
  return account !== null && (account.can.reopen || row.isLocal)
}

/** The freshest row held for a conversation, in the list or in the open thread. */
export function rowOf(desk: Desk, conversationId: string): ConversationRow | null {
  const { list, thread } = desk.mirror.getState()
  const held = list.entries.find((entry) => entry.row.id === conversationId)?.row
  return held ?? (thread?.conversationId === conversationId ? thread.row : null)
}

/** The freshest rows held for these, without those that are not held; one look at the list for all of them. */
export function rowsOf(desk: Desk, conversationIds: readonly string[]): readonly ConversationRow[] {
  const { list, thread } = desk.mirror.getState()
  const wanted = new Set(conversationIds)
  const held = list.entries.map((entry) => entry.row).filter((row) => wanted.has(row.id))
  const open = thread?.row ?? null
  const isOnlyOpen = open !== null && wanted.has(open.id) && !held.some((row) => row.id === open.id)
  return isOnlyOpen ? [...held, open] : held
}

/** What an account's pickers offer, as far as it was heard. */
export function directoryOf(mirror: Mirror, accountId: string | null): DirectoryRow | null {
  return accountId === null ? null : (mirror.directories[accountId]?.directory ?? null)
}

/** Counts of the scope the list shows: one account, or all of them. */
export function countsOf(mirror: Mirror, accountId: string | null): ViewCounts | null {
  const counts = mirror.desk?.counts
  if (counts === undefined) return null
  return accountId === null ? counts.all : (counts.byAccount[accountId] ?? null)
}

/** Accounts the list reads from. */
export function accountsInScope(accounts: readonly AccountRow[], query: Query): readonly AccountRow[] {
  return query.accountId === null ? accounts : accounts.filter((account) => account.id === query.accountId)
}

/** How far the first load of these accounts is; null when none is loading. */
export function loadingOf(accounts: readonly AccountRow[]): { done: number; total: number | null } | null {
  let done = 0
  let total: number | null = 0
  let isLoading = false
  for (const { syncing } of accounts) {
    if (syncing.kind !== 'loading') continue
    isLoading = true
    done += syncing.done
    total = total === null || syncing.total === null ? null : total + syncing.total
  }
  return isLoading ? { done, total } : null
}

/** Whether anything of theirs is unread, or needs an answer. */
export function isUnread(row: Pick<ConversationRow, 'unread' | 'needsYou'>): boolean {
  return row.needsYou || row.unread.kind === 'some' || row.unread.count > 0
}
