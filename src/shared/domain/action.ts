import type { Answers } from './attributes.ts'
import type { Conversation, Priority } from './conversation.ts'

/**
 * What the agent may order of a conversation's state. Each names the state wanted, so that carrying it out twice is
 * the same as once: that is why it may wait in the outbox, be laid over the list at once, and be repeated in doubt.
 * What does harm twice (a macro, a transcript) is no action: it is asked for directly, and never repeated.
 */
export type Action =
  /** `answers` fill what the server wants to know before it lets a conversation be resolved, by attribute key. */
  | { readonly kind: 'resolve'; readonly answers: Answers }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'pend' }
  /** `until: null` is until the customer writes again; else epoch ms. */
  | { readonly kind: 'snooze'; readonly until: number | null }
  | { readonly kind: 'assign'; readonly to: AgentRef | null }
  | { readonly kind: 'assignTeam'; readonly to: TeamRef | null }
  /** A difference, not a list: what colleagues changed meanwhile stays. */
  | { readonly kind: 'label'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'prioritise'; readonly priority: Priority | null }
  /** Blocks the customer in the whole account, and resolves. */
  | { readonly kind: 'mute' }
  | { readonly kind: 'unmute' }
  | { readonly kind: 'markRead' }
  | { readonly kind: 'markUnread' }

export const actionKinds = [
  'resolve',
  'reopen',
  'pend',
  'snooze',
  'assign',
  'assignTeam',
  'label',
  'prioritise',
  'mute',
  'unmute',
  'markRead',
  'markUnread',
] as const
export type ActionKind = (typeof actionKinds)[number]

/** Enough of a person to show the order before it is carried out. */
export interface AgentRef {
  readonly key: string
  readonly name: string
  readonly isMe: boolean
}

export interface TeamRef {
  readonly key: string
  readonly name: string
}

/** Which part of a conversation an action sets: a later order of the same part makes an earlier one meaningless. */
export function partOf(kind: ActionKind): 'status' | 'read' | 'assignee' | 'team' | 'priority' | 'labels' {
  switch (kind) {
    case 'resolve':
    case 'reopen':
    case 'pend':
    case 'snooze':
    case 'mute':
    case 'unmute':
      return 'status'
    case 'assign':
      return 'assignee'
    case 'assignTeam':
      return 'team'
    case 'label':
      return 'labels'
    case 'prioritise':
      return 'priority'
    case 'markRead':
    case 'markUnread':
      return 'read'
  }
}

/** Whether a later order leaves nothing of an earlier one: differences add up, and muting is more than a status. */
export function replaces(later: Action, earlier: Action): boolean {
  if (later.kind === 'label' && earlier.kind === 'label') {
    const said = [...later.add, ...later.remove]
    return [...earlier.add, ...earlier.remove].every((each) => said.includes(each))
  }
  if (partOf(later.kind) !== partOf(earlier.kind)) return false
  const mutes = (each: Action): boolean => each.kind === 'mute' || each.kind === 'unmute'
  return mutes(later) === mutes(earlier)
}

/** Whether an order is about what the agent saw: it must not put aside or mark as read what the customer wrote since. */
export function isOfWhatWasSeen(kind: ActionKind): boolean {
  return kind === 'resolve' || kind === 'snooze' || kind === 'pend' || kind === 'markRead'
}

/** Whether the server already has it so, as far as what it last said goes. */
export function isDoneAlready(said: Conversation, action: Action): boolean {
  switch (action.kind) {
    case 'resolve':
      return said.status.kind === 'done' && Object.keys(action.answers).length === 0
    case 'reopen':
      return said.status.kind === 'open'
    case 'pend':
      return said.status.kind === 'pending'
    case 'snooze':
      return said.status.kind === 'snoozed' && said.status.until === action.until
    case 'assign':
      return (
        (said.assignee?.kind === 'bot' ? undefined : (said.assignee?.key ?? null)) ===
        (action.to?.key ?? null)
      )
    case 'assignTeam':
      return said.team === (action.to?.name ?? null)
    case 'label':
      return (
        action.add.every((each) => said.labels.includes(each)) &&
        !action.remove.some((each) => said.labels.includes(each))
      )
    case 'prioritise':
      return said.priority === action.priority
    case 'mute':
      return said.muted && said.status.kind === 'done'
    case 'unmute':
      return !said.muted
    case 'markRead': {
      const isRead = said.lastTheirsAt === null || said.lastTheirsAt <= (said.readAt ?? -Infinity)
      return isRead && said.unread.kind === 'exact' && said.unread.count === 0
    }
    case 'markUnread':
      return false
  }
}
