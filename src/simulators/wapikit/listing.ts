import { contactOf, listsOfAll, orderedMessages } from './world.ts'
import type { Assignment, Conversation, Message, World } from './world.ts'

/** One conversation as a page shows it: those of its messages and tags whose rows the page holds. */
export interface Listed {
  readonly conversation: Conversation
  readonly messages: readonly Message[]
  readonly tagIds: readonly string[]
  readonly assignment: Assignment | null
}

interface Row {
  readonly conversation: Conversation
  readonly message: Message | null
  readonly tagId: string | null
  readonly assignment: Assignment | null
}

/**
 * A page of conversations counts the rows of their join with messages, tags, lists and assignments. Those without a
 * message come first, then the newest message decides; inside one the oldest comes first, so that a page cuts off
 * what is newest (docs/providers/wapikit.md §1, §6.1).
 */
export function listedPage(
  world: World,
  conversations: readonly Conversation[],
  cut: { readonly offset: number; readonly perPage: number },
): Listed[] {
  const ordered = [...conversations].sort((a, b) => newestAt(b) - newestAt(a))
  const rows = ordered.flatMap((conversation) => rowsOf(world, conversation))
  return grouped(world, rows.slice(cut.offset, cut.offset + cut.perPage))
}

function rowsOf(world: World, conversation: Conversation): Row[] {
  const { tagIds, assignments } = conversation
  const { listIds } = contactOf(world, conversation)
  const inLists = listIds.length * listsOfAll(world).length
  return orNull(orderedMessages(conversation)).flatMap((message) =>
    orNull(assignments).flatMap((assignment) =>
      orNull(tagIds).flatMap((tagId) =>
        Array.from({ length: Math.max(1, inLists) }, () => ({ conversation, message, assignment, tagId })),
      ),
    ),
  )
}

/** An outer join keeps who has nothing to join. */
function orNull<T>(all: readonly T[]): readonly (T | null)[] {
  return all.length === 0 ? [null] : all
}

/** Where assignments are shown out of date, each of them makes an entry of its own. */
function grouped({ manners }: World, rows: readonly Row[]): Listed[] {
  const entries = new Map<string, Gathered>()
  for (const { conversation, message, tagId, assignment } of rows) {
    const shown = manners.assignedTo === 'stale' ? assignment : null
    const key = `${conversation.id} ${shown?.memberId ?? ''}`
    const entry = entries.get(key) ?? {
      conversation,
      messages: new Set(),
      tagIds: new Set(),
      assignment: shown,
    }
    if (message !== null) entry.messages.add(message)
    if (tagId !== null) entry.tagIds.add(tagId)
    entries.set(key, entry)
  }
  return [...entries.values()].map((entry) => ({
    ...entry,
    messages: [...entry.messages],
    tagIds: [...entry.tagIds],
  }))
}

interface Gathered {
  readonly conversation: Conversation
  readonly messages: Set<Message>
  readonly tagIds: Set<string>
  readonly assignment: Assignment | null
}

function newestAt({ messages }: Conversation): number {
  return messages.length === 0
    ? Number.MAX_SAFE_INTEGER
    : Math.max(...messages.map(({ createdAt }) => createdAt))
}
