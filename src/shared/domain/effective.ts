import { isOfWhatWasSeen, type Action, type ActionKind } from './action.ts'
import type { Conversation } from './conversation.ts'
import type { LocalMark } from './mark.ts'

/** A conversation as the agent should see it now: the server's word under what this computer has marked or still has to say. */
export interface EffectiveConversation extends Conversation {
  readonly needsYou: boolean
  /** Actions of ours the server has not confirmed yet, oldest first. While any is here, a poll cannot undo it. */
  readonly pending: readonly ActionKind[]
  /** True when the status shown is only this computer's. */
  readonly isLocal: boolean
}

export interface Overlay {
  readonly mark: LocalMark | null
  readonly pending: readonly PendingAction[]
  /** `seenAt` of our newest reply still on its way; up to there they are answered as far as the agent is concerned. */
  readonly answeredUntil: number | null
}

export interface PendingAction {
  readonly action: Action
  readonly seenAt: number | null
}

export const noOverlay: Overlay = { mark: null, pending: [], answeredUntil: null }

/** Lays what this computer knows over what the server said. Pure; never written into the cache. */
export function effective(said: Conversation, overlay: Overlay): EffectiveConversation {
  let shown = said
  let isLocal = false
  let byHand = overlay.mark?.unreadByHand ?? false
  const local = overlay.mark === null ? null : standingMark(said, overlay.mark)
  if (local !== null && isOpen(said)) {
    shown = {
      ...shown,
      status: local.kind === 'done' ? { kind: 'done' } : { kind: 'snoozed', until: local.until },
    }
    isLocal = true
  }
  if (said.readScope === 'device') shown = readHere(shown, overlay.mark?.readAt ?? null)
  for (const { action, seenAt } of overlay.pending) {
    if (action.kind === 'markUnread') byHand = true
    if (action.kind === 'markRead') byHand = false
    if (isOfWhatWasSeen(action.kind) && isNewer(said.lastTheirsAt, seenAt)) continue
    shown = ordered(shown, action, seenAt)
  }
  shown = { ...shown, lastReplyAt: latest(overlay.answeredUntil, shown.lastReplyAt) }
  const pending = overlay.pending.map((each) => each.action.kind)
  return { ...shown, needsYou: needsYou(shown, byHand), pending, isLocal }
}

/** Where no server keeps a read mark, this computer's counts. */
function readHere(row: Conversation, readAt: number | null): Conversation {
  const all = latest(row.readAt, readAt)
  if (isNewer(row.lastTheirsAt, all)) return { ...row, readAt: all }
  return { ...row, readAt: all, unread: { kind: 'exact', count: 0 } }
}

/** The conversation as it will be once the order is carried out. */
function ordered(row: Conversation, action: Action, seenAt: number | null): Conversation {
  switch (action.kind) {
    case 'resolve':
      return { ...row, status: { kind: 'done' }, attributes: { ...row.attributes, ...action.answers } }
    case 'reopen':
      return { ...row, status: { kind: 'open' } }
    case 'pend':
      return { ...row, status: { kind: 'pending' } }
    case 'snooze':
      return { ...row, status: { kind: 'snoozed', until: action.until } }
    case 'assign':
      return {
        ...row,
        assignee: action.to === null ? null : { ...action.to, avatarUrl: null, kind: 'agent' },
      }
    case 'assignTeam':
      return { ...row, team: action.to?.name ?? null }
    case 'label': {
      const kept = row.labels.filter((each) => !action.remove.includes(each))
      return { ...row, labels: [...kept, ...action.add.filter((each) => !kept.includes(each))] }
    }
    case 'prioritise':
      return { ...row, priority: action.priority }
    case 'mute':
      return { ...row, muted: true, status: { kind: 'done' } }
    case 'unmute':
      return { ...row, muted: false }
    case 'markRead':
      return { ...row, unread: { kind: 'exact', count: 0 }, readAt: latest(seenAt, row.readAt) }
    case 'markUnread':
      return row
  }
}

/**
 * Open, and a message of theirs newer than both the read mark and the newest human reply; or marked unread by hand.
 * Snoozed, pending, done and gone never need you. Bots never clear it.
 */
export function needsYou(
  row: Pick<Conversation, 'status' | 'lastTheirsAt' | 'readAt' | 'lastReplyAt'>,
  unreadByHand: boolean,
): boolean {
  if (!isOpen(row)) return false
  if (unreadByHand) return true
  if (row.lastTheirsAt === null) return false
  return isNewer(row.lastTheirsAt, row.readAt) && isNewer(row.lastTheirsAt, row.lastReplyAt)
}

function isOpen(row: Pick<Conversation, 'status'>): boolean {
  return row.status.kind === 'open' || row.status.kind === 'unknown'
}

/** A local mark stands until the customer writes after it was made. */
function standingMark(said: Conversation, mark: LocalMark): LocalMark['local'] {
  return isNewer(said.lastTheirsAt, mark.seenAt) ? null : mark.local
}

function isNewer(at: number | null, than: number | null): boolean {
  return at !== null && at > (than ?? -Infinity)
}

function latest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}
