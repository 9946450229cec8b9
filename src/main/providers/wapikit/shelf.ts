import type { Clock } from '../../ports/clock.ts'
import type { ToldConversation } from './transform.ts'

/**
 * Lists bring conversations with all their messages (docs/providers/wapikit.md §1), and right after a pull somebody asks for the
 * messages of what changed: they are handed over once from here, without a request.
 */
export interface Shelf {
  put(told: ToldConversation): void
  /** Gone from here then: who asks again wants to know what is new. */
  take(conversationKey: string): ToldConversation | null
  /** What is written there from here on is not in it. */
  drop(conversationKey: string): void
}

const keptMs = 120_000
const mostKept = 1_000

export function createShelf(clock: Clock): Shelf {
  const kept = new Map<string, { readonly told: ToldConversation; readonly at: number }>()
  return {
    put(told) {
      kept.delete(told.conversation.key)
      kept.set(told.conversation.key, { told, at: clock.elapsed() })
      for (const key of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(key)
    },
    take(key) {
      const found = kept.get(key)
      kept.delete(key)
      return found !== undefined && clock.elapsed() - found.at < keptMs ? found.told : null
    },
    drop: (key) => void kept.delete(key),
  }
}
