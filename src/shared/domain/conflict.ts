import { partOf, type Action } from './action.ts'
import type { Conversation, Priority, Status } from './conversation.ts'

/**
 * What somebody else did to the part an order sets, between the agent's look at it and the order's leaving; null where
 * the order puts nobody's decision aside. The table and its reasons: docs/decisions/0016-conflicts-are-shown.md.
 */
export function conflictOf(action: Action, seen: Seen, now: Conversation, at: number): Conflict | null {
  switch (action.kind) {
    case 'resolve':
      return ofStatus({ kind: 'done' }, seen, now, at)
    case 'reopen':
      return ofStatus({ kind: 'open' }, seen, now, at)
    case 'pend':
      return ofStatus({ kind: 'pending' }, seen, now, at)
    case 'snooze':
      return ofStatus({ kind: 'snoozed', until: action.until }, seen, now, at)
    case 'assign':
      return ofAssignee(action.to?.key ?? null, seen, now)
    case 'assignTeam':
      return ofTeam(action.to?.name ?? null, seen, now)
    case 'prioritise':
      return ofPriority(action.priority, seen, now)
    case 'label':
    case 'mute':
    case 'unmute':
    case 'markRead':
    case 'markUnread':
      return null
  }
}

/** What the agent knew when ordering. Kept with the order, so that it is compared with however late it leaves. */
export interface Seen {
  readonly status: Status
  /** Key of the person who has it; null for nobody, and for a bot. */
  readonly assignee: string | null
  readonly team: string | null
  readonly priority: Priority | null
  /** Orders of ours that may reach the server first: what they bring about is nobody else's doing. */
  readonly ours: readonly Action[]
}

export type Conflict =
  | { readonly code: 'takenSince' | 'teamSince'; readonly facts: { readonly name: string } }
  | {
      readonly code:
        'yoursSince' | 'resolvedSince' | 'reopenedSince' | 'snoozedSince' | 'pendedSince' | 'prioritySince'
      readonly facts: Readonly<Record<string, never>>
    }

/** What can be seen of a conversation that an order may set. */
export function seenOf(said: Conversation, ours: readonly Action[]): Seen {
  const { status, team, priority } = said
  return { status, assignee: holderOf(said), team, priority, ours }
}

/** Whether an order of this kind can put aside what a colleague decided. */
export function mayConflict({ kind }: Action): boolean {
  const part = partOf(kind)
  return part !== 'read' && part !== 'labels' && kind !== 'mute' && kind !== 'unmute'
}

/** Whether two statuses are one. Servers keep a snooze's end in whole seconds. */
export function isSameStatus(a: Status, b: Status): boolean {
  if (isOpen(a) && isOpen(b)) return true
  if (a.kind !== 'snoozed' || b.kind !== 'snoozed') return a.kind === b.kind
  if (a.until === null || b.until === null) return a.until === b.until
  return Math.abs(a.until - b.until) < 1_000
}

export function holderOf({ assignee }: Pick<Conversation, 'assignee'>): string | null {
  return assignee?.kind === 'agent' ? assignee.key : null
}

function ofStatus(wanted: Status, seen: Seen, { status }: Conversation, at: number): Conflict | null {
  const expected = [wanted, seen.status, ...seen.ours.flatMap(statusAfter)]
  if (expected.some((each) => isSameStatus(each, status))) return null
  // A snooze that is over ends by itself.
  const isOver = seen.status.kind === 'snoozed' && seen.status.until !== null && seen.status.until <= at
  if (isOver && isOpen(status)) return null
  switch (status.kind) {
    case 'done':
      return { code: 'resolvedSince', facts: {} }
    case 'open':
    case 'unknown':
      return { code: 'reopenedSince', facts: {} }
    case 'snoozed':
      return { code: 'snoozedSince', facts: {} }
    case 'pending':
      return { code: 'pendedSince', facts: {} }
    case 'gone':
      // The server says so itself.
      return null
  }
}

/** Nobody is robbed of what nobody has. */
function ofAssignee(wanted: string | null, seen: Seen, now: Conversation): Conflict | null {
  const holder = holderOf(now)
  if (holder === null || holder === wanted || holder === seen.assignee) return null
  if (seen.ours.some((each) => mayBringHolder(each, holder))) return null
  return now.assignee?.isMe === true
    ? { code: 'yoursSince', facts: {} }
    : { code: 'takenSince', facts: { name: now.assignee?.name ?? '' } }
}

function ofTeam(wanted: string | null, seen: Seen, { team }: Conversation): Conflict | null {
  const isOurs = seen.ours.some((each) => each.kind === 'assignTeam' && each.to?.name === team)
  if (team === null || team === wanted || team === seen.team || isOurs) return null
  return { code: 'teamSince', facts: { name: team } }
}

function ofPriority(wanted: Priority | null, seen: Seen, { priority }: Conversation): Conflict | null {
  const isOurs = seen.ours.some((each) => each.kind === 'prioritise' && each.priority === priority)
  if (priority === wanted || priority === seen.priority || isOurs) return null
  return { code: 'prioritySince', facts: {} }
}

function statusAfter(action: Action): Status[] {
  switch (action.kind) {
    case 'resolve':
    case 'mute':
      return [{ kind: 'done' }]
    case 'reopen':
      return [{ kind: 'open' }]
    case 'pend':
      return [{ kind: 'pending' }]
    case 'snooze':
      return [{ kind: 'snoozed', until: action.until }]
    case 'unmute':
    case 'assign':
    case 'assignTeam':
    case 'label':
    case 'prioritise':
    case 'markRead':
    case 'markUnread':
      return []
  }
}

/** A team brings somebody of its own, opening gives it to who opens it, and what nobody has is given out again. */
function mayBringHolder(action: Action, holder: string): boolean {
  if (action.kind === 'assign') return action.to === null || action.to.key === holder
  return action.kind === 'assignTeam' || action.kind === 'reopen'
}

function isOpen({ kind }: Status): boolean {
  return kind === 'open' || kind === 'unknown'
}
