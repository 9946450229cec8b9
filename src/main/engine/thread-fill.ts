import type { Conversation } from '../../shared/domain/conversation.ts'
import { conversationId, keyOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Clock } from '../ports/clock.ts'
import { ProviderFailure, type Session, type ThreadPage } from '../providers/provider.ts'
import type { Gate, Lane } from './gate.ts'
import type { ChangeSet, Store } from '../store/store.ts'

export interface FillParts {
  readonly gate: Gate
  readonly accountId: AccountId
  readonly session: Session
  readonly store: Store
  readonly clock: Clock
  readonly tell: { changed(change: ChangeSet): void }
}

export interface FillState {
  /** Of the account's pulls, in a row. */
  readonly failures: number
  /** Threads the server would not give, with when to ask again, elapsed ms. */
  readonly unreadable: Map<ConversationId, number>
}

export interface Wanted {
  readonly id: ConversationId
  /** In the background, or looked at by the agent. */
  readonly lane: Extract<Lane, 'fill' | 'look'>
}

const mostPagesBack = 25
const mostSingles = 50
const unreadablePauseMs = 600_000

/**
 * Fills one thread. That one cannot be read says nothing of the account: it is left alone for a while, and only the
 * next pull decides how the account fares. Nor does a failure make an account that rests already rest longer.
 */
export async function tryToFill(
  parts: FillParts,
  state: FillState,
  { id, lane }: Wanted,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await fillThread(parts, { id, lane }, signal)
    state.unreadable.delete(id)
    return true
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.kind === 'auth' || signal.aborted) throw error
    const isOfThread = error.kind === 'busy' || error.kind === 'rejected' || error.kind === 'protocol'
    if (!isOfThread && state.failures === 0) throw error
    if (isOfThread) state.unreadable.set(id, parts.clock.elapsed() + unreadablePauseMs)
    return false
  }
}

/** Fetches the newest messages, and on until they meet what is here, so that a thread never has a silent hole. */
async function fillThread(parts: FillParts, { id, lane }: Wanted, signal: AbortSignal): Promise<void> {
  // Single messages come along with every pull, so only what a fill reached counts as meeting; before the first fill,
  // the oldest of them.
  const filledTo = parts.store.threadFilledTo(id) ?? parts.store.thread(id, null, mostSingles)[0]?.key ?? null
  const goal = parts.store.said(id)?.lastMessageKey ?? null
  const ask = <T>(what: () => Promise<T>): Promise<T> => parts.gate.run(parts.accountId, lane, what, signal)
  let before: string | null = null
  try {
    for (let pages = 0; pages < mostPagesBack; pages++) {
      const page: ThreadPage = await ask(() => parts.session.thread(keyOf(id), before, signal))
      signal.throwIfAborted()
      applyThread(parts, id, page)
      const oldest = page.messages[0]
      if (!page.hasOlder && oldest !== undefined) parts.store.putThreadStart(id, oldest.key)
      const meets = filledTo === null || page.messages.some((each) => each.key === filledTo)
      if (meets || !page.hasOlder || oldest === undefined) break
      before = oldest.key
    }
  } catch (error) {
    // A conversation we may no longer read must not be asked for again and again.
    if (!(error instanceof ProviderFailure) || (error.kind !== 'gone' && error.kind !== 'forbidden'))
      throw error
    if (error.kind === 'gone') letGo(parts, id)
  }
  parts.store.putThreadFilled(id, goal)
}

/** Deleted at the server: no pull will ever say so. What the agent wrote there keeps its line until they decide. */
export function letGo(parts: Pick<FillParts, 'store' | 'tell'>, id: ConversationId): void {
  const said = parts.store.said(id)
  if (said === null || parts.store.openOrders(id).length > 0) return
  const gone: Conversation = { ...said, status: { kind: 'gone' } }
  parts.tell.changed(parts.store.applyRows({ conversations: [gone], messages: [] }))
}

function applyThread(parts: FillParts, id: ConversationId, page: ThreadPage): void {
  const conversations: Conversation[] = page.conversation === null ? [] : [page.conversation]
  const messages: readonly Message[] = page.messages.filter(
    (each) => each.conversationId === conversationId(parts.accountId, keyOf(id)),
  )
  parts.tell.changed(parts.store.applyRows({ conversations, messages }))
}
