import type { Person } from './conversation.ts'
import type { EffectiveConversation } from './effective.ts'
import type { AccountId } from './ids.ts'

/** The lists of the sidebar; every conversation that is not gone is in at least one of them. */
export const views = ['needsYou', 'mine', 'unassigned', 'open', 'pending', 'snoozed', 'done'] as const
export type View = (typeof views)[number]

export interface InboxQuery {
  readonly view: View
  readonly accountId: AccountId | null
  /** Words to find in names, addresses, subjects and messages; null for no search. A search spans every view. */
  readonly find: string | null
  readonly sort: 'newest' | 'longestWait'
}

/** As much of a conversation as decides where it belongs; the window's rows carry no more. */
export interface Placed extends Pick<EffectiveConversation, 'status' | 'needsYou'> {
  readonly assignee: Pick<Person, 'isMe' | 'kind'> | null
}

/** Whether a conversation, as it effectively is now, belongs to a view. */
export function isInView(view: View, row: Placed): boolean {
  const { status } = row
  const isOpen = status.kind === 'open' || status.kind === 'unknown'
  switch (view) {
    case 'needsYou':
      return row.needsYou
    case 'mine':
      return isOpen && row.assignee?.isMe === true
    case 'unassigned':
      return isOpen && row.assignee?.kind !== 'agent'
    case 'open':
      return isOpen
    case 'pending':
      return status.kind === 'pending'
    case 'snoozed':
      return status.kind === 'snoozed'
    case 'done':
      return status.kind === 'done'
  }
}
