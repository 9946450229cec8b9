import { ProviderFailure } from '../provider.ts'
import { conversationList, readConversation, type ConversationList } from './conversation-list.ts'
import type { SteadyCursor } from './cursor.ts'
import type { Desk } from './desk.ts'
import type { ToldConversation } from './transform.ts'

/** Every so many pulls what changes without a trace is re-read. */
const sweepEvery = 4
/** How many unread conversations that are on no page read anyway are asked for one by one. */
const mostSingles = 5

export interface Swept {
  readonly told: readonly ToldConversation[]
  /** Keys of those that are deleted, or no longer ours to see. */
  readonly gone: readonly string[]
  readonly cursor: SteadyCursor
}

export function isSweepTurn(turn: number): boolean {
  return turn % sweepEvery === 0
}

/**
 * Read marks move without touching the conversation, so no question for changes finds them
 * (docs/providers/chatwoot.md §0.4). Re-read are the newest open conversations, one further page of them in turn,
 * and some of those last seen unread. In the long run that also heals whatever paging missed.
 */
export async function sweep(
  desk: Desk,
  cursor: SteadyCursor,
  news: readonly ToldConversation[],
  signal: AbortSignal,
): Promise<Swept> {
  const first = await openPage(desk, 1, signal)
  const isPaged = cursor.sweepPage > 1 && first.length > 0
  const further = isPaged ? await openPage(desk, cursor.sweepPage, signal) : nothing
  const listed = [...first.told, ...further.told]
  const seen = new Set([...news, ...listed].map((each) => each.conversation.key))
  const wanted = cursor.unread.filter((key) => !seen.has(key)).slice(0, mostSingles)
  const singles = await readSingles(desk, wanted, signal)
  const told = [...listed, ...singles.told]
  const rested = cursor.unread.filter((key) => !wanted.includes(key))
  const sweepPage = further.length < first.length ? 2 : cursor.sweepPage + 1
  return { told, gone: singles.gone, cursor: { ...cursor, sweepPage, unread: noteUnread(rested, told) } }
}

/** Those still unread, the newly told last; who was told to be read is dropped. */
export function noteUnread(unread: readonly string[], told: readonly ToldConversation[]): string[] {
  const keys = new Set(unread)
  for (const { conversation } of told) {
    const isRead = conversation.unread.kind === 'exact' && conversation.unread.count === 0
    if (isRead || conversation.status.kind === 'done') keys.delete(conversation.key)
    else keys.add(conversation.key)
  }
  return [...keys]
}

const nothing: ConversationList = { told: [], length: 0, total: null }

async function openPage(desk: Desk, page: number, signal: AbortSignal): Promise<ConversationList> {
  const query = { status: 'open', sort_by: 'last_activity_at_desc', page }
  const answer = await desk.client.call({ path: `${desk.accountPath}/conversations`, query }, signal)
  return conversationList(desk, answer, signal)
}

async function readSingles(
  desk: Desk,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Pick<Swept, 'told' | 'gone'>> {
  const told: ToldConversation[] = []
  const gone: string[] = []
  for (const key of keys) {
    try {
      told.push(await readConversation(desk, key, signal))
    } catch (error) {
      const isOutOfReach =
        error instanceof ProviderFailure && (error.kind === 'gone' || error.kind === 'forbidden')
      if (!isOutOfReach) throw error
      gone.push(key)
    }
  }
  return { told, gone }
}
