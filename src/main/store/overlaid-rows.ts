import { effective, noOverlay, type EffectiveConversation } from '../../shared/domain/effective.ts'
import type { ConversationId } from '../../shared/domain/ids.ts'
import { isClear, overlayOf } from './overlay-of.ts'
import type { Cache } from './sqlite-cache.ts'
import type { Desk } from './sqlite-desk.ts'

/**
 * The few conversations this computer shows otherwise than their server told them, by marks and orders of its own.
 * They live in memory, evaluated again when one of their sources changed, and are joined when something is read.
 */
export interface OverlaidRows {
  /** By conversation id. */
  all(): ReadonlyMap<string, Overlaid>
  /** Something about these may have changed. */
  touch(ids: Iterable<ConversationId>): void
  reload(): void
}

export interface Overlaid {
  /** As the server alone has it, and as the lists of the cache know it. */
  readonly told: EffectiveConversation
  readonly shown: EffectiveConversation
}

export function overlaidRows(desk: Desk, cache: Cache): OverlaidRows {
  const rows = new Map<string, Overlaid>()
  const stale = new Set<ConversationId>(desk.touched())
  function refresh(id: ConversationId): void {
    const overlay = overlayOf(desk.mark(id), desk.openOrders(id))
    const said = isClear(overlay) ? null : cache.conversation(id)
    if (said === null) rows.delete(id)
    else rows.set(id, { told: effective(said, noOverlay), shown: effective(said, overlay) })
  }
  return {
    all() {
      // One by one, so that a fault in the middle leaves the rest to be looked at again.
      for (const id of stale) {
        refresh(id)
        stale.delete(id)
      }
      return rows
    },
    touch(ids) {
      for (const id of ids) stale.add(id)
    },
    reload() {
      rows.clear()
      for (const id of desk.touched()) stale.add(id)
    },
  }
}
