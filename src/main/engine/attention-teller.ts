import type { Store } from '../store/store.ts'
import type { OpenAccount } from './accounts.ts'
import { attentionOf } from './attention.ts'
import type { Attention } from './engine.ts'

/** Recomputes what tray, dock and tooltip show, and tells the shell; what cannot be read now is told the next time. */
export interface AttentionTeller {
  now(): Attention
  tell(): void
  listen(listener: (attention: Attention) => void): () => void
  stop(): void
}

export interface AttentionTellerParts {
  readonly store: Store
  readonly accounts: () => readonly OpenAccount[]
  readonly needsYou: () => number
  readonly broke: (error: unknown) => void
}

const shownWaiting = 3

export function createAttentionTeller(parts: AttentionTellerParts): AttentionTeller {
  const listeners = new Set<(attention: Attention) => void>()
  function safely<T>(step: () => T): T | null {
    try {
      return step()
    } catch (error) {
      parts.broke(error)
      return null
    }
  }
  function now(): Attention {
    const query = { view: 'needsYou', accountId: null, find: null, sort: 'longestWait' } as const
    const accounts = parts.accounts().map(({ record, syncing, asOf, named }) => {
      return { id: record.id, name: record.name, health: syncing.kind, asOf, done: named.done }
    })
    return attentionOf({
      accounts,
      needsYou: parts.needsYou(),
      longest: parts.store.inboxPage(query, null, shownWaiting).rows,
    })
  }
  return {
    now,
    tell() {
      if (listeners.size === 0) return
      const attention = safely(now)
      if (attention === null) return
      for (const each of listeners) safely(() => each(attention))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => listeners.clear(),
  }
}
