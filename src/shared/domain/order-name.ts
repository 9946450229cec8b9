import type { ActionKind } from './action.ts'

/**
 * What an order is called where it is given, as the end of a key in the catalogue: each account's own word where those
 * meant agree, a neutral one where they do not. Pure.
 */
export function orderName(kind: 'resolve', of: readonly Named[]): DoneName
export function orderName(kind: 'snooze', of: readonly Named[]): Named['snooze']
export function orderName(kind: 'markRead' | 'markUnread', of: readonly Named[]): ReadName
export function orderName(kind: ActionKind, of: readonly Named[]): OrderName
export function orderName(kind: ActionKind, of: readonly Named[]): OrderName {
  switch (kind) {
    case 'resolve':
      return same(of.map(({ done }) => done)) ?? 'done'
    case 'snooze':
      return same(of.map(({ snooze }) => snooze)) ?? 'snooze'
    case 'markRead':
      return isDevice(of) ? 'markReadHere' : kind
    case 'markUnread':
      return isDevice(of) ? 'markUnreadHere' : kind
    case 'reopen':
    case 'pend':
    case 'assign':
    case 'assignTeam':
    case 'label':
    case 'prioritise':
    case 'mute':
    case 'unmute':
      return kind
  }
}

/** What is said not to have been done where a server refused it: what is done here is never refused. */
export function refusedName(kind: ActionKind, named: Named | null): ActionKind | 'close' {
  return kind === 'resolve' && named?.done === 'close' ? 'close' : kind
}

/** What an account calls what can be done there, and how far that reaches. */
export interface Named {
  /** `resolveSeen`: the other side is told. `resolveHere`: nobody but this computer knows. */
  readonly done: 'resolve' | 'close' | 'resolveSeen' | 'resolveHere'
  readonly snooze: 'snooze' | 'snoozeHere'
  readonly read: 'everyone' | 'own' | 'device'
}

/** `done` where several accounts are meant that call it differently. */
export type DoneName = Named['done'] | 'done'
export type ReadName = 'markRead' | 'markReadHere' | 'markUnread' | 'markUnreadHere'
export type OrderName = Exclude<ActionKind, 'resolve'> | DoneName | Named['snooze'] | ReadName

function isDevice(of: readonly Named[]): boolean {
  return same(of.map(({ read }) => read)) === 'device'
}

function same<T>(all: readonly T[]): T | null {
  const [first, ...rest] = all
  return first !== undefined && rest.every((each) => each === first) ? first : null
}
