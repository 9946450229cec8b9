import { accountOf, keyOf, type ConversationId } from '../../shared/domain/ids.ts'
import type { Clock } from '../ports/clock.ts'
import { ProviderFailure, type Session } from '../providers/provider.ts'
import type { AccountId } from '../../shared/domain/ids.ts'

/** Tells the others that somebody writes, no more often than it says something new, and takes it back for sure. */
export interface Typing {
  /** The window tells now and then while somebody types, and once when they stop. */
  tell(id: ConversationId, typing: { isTyping: boolean; isNote: boolean }): void
  stop(): void
}

export interface TypingParts {
  readonly clock: Clock
  readonly session: (id: AccountId) => Session | null
  readonly signal: AbortSignal
  readonly broke: (error: unknown) => void
}

interface Told {
  readonly isNote: boolean
  readonly at: number
  readonly cancel: () => void
}

/** A window that went away without a word is taken for silent. */
const silentAfterMs = 12_000

export function createTyping({ clock, session, signal, broke }: TypingParts): Typing {
  const standing = new Map<ConversationId, Told>()

  function send(id: ConversationId, isTyping: boolean, isNote: boolean): void {
    const bundle = session(accountOf(id))?.typing
    if (bundle === undefined) return
    void bundle.tell(keyOf(id), { isTyping, isNote }, signal).catch((error: unknown) => {
      // Nobody waits for it, and nothing depends on it; only a defect of ours is worth a word.
      if (!(error instanceof ProviderFailure)) broke(error)
    })
  }

  function end(id: ConversationId): void {
    const told = standing.get(id)
    if (told === undefined) return
    told.cancel()
    standing.delete(id)
    send(id, false, told.isNote)
  }

  return {
    tell(id, { isTyping, isNote }) {
      if (!isTyping) return end(id)
      const told = standing.get(id)
      if (told !== undefined && told.isNote !== isNote) end(id)
      told?.cancel()
      const lapsesAfterMs = session(accountOf(id))?.typing?.lapsesAfterMs ?? Infinity
      // Either way: the clock may have been turned back.
      const isFresh = Math.abs(clock.now() - (told?.at ?? -Infinity)) < lapsesAfterMs / 2
      const isStanding = isFresh && told?.isNote === isNote
      if (!isStanding) send(id, true, isNote)
      const cancel = clock.after(silentAfterMs, () => end(id))
      standing.set(id, { isNote, at: isStanding ? told.at : clock.now(), cancel })
    },
    stop() {
      for (const { cancel } of standing.values()) cancel()
      standing.clear()
    },
  }
}
