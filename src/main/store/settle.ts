import type { Conversation } from '../../shared/domain/conversation.ts'
import type { ConversationId, MessageId } from '../../shared/domain/ids.ts'
import { isSame, mergeConversation, mergeMessage, withMessages } from '../../shared/domain/merge.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { ChangeSet } from './store.ts'

/**
 * Decides what a set of rows changes in what is held. Pure: both stores write exactly what this returns.
 * Messages of a conversation nobody has told of are left out; its thread is filled once the conversation is known.
 */
export function settle(rows: Rows, held: Held): Settled {
  const told = groupByConversation(rows)
  const messages = new Map<MessageId, Message>()
  const conversations: Conversation[] = []
  const changed: ConversationId[] = []
  const removed: ConversationId[] = []
  for (const [id, { saidRows, saidMessages }] of told) {
    const before = held.conversation(id)
    const merged = saidRows.reduce(mergedWith, before)
    if (merged === null) continue
    const news = newsOf(saidMessages, held)
    for (const message of news) messages.set(message.id, message)
    if (merged === before && news.length === 0) continue
    const now = withMessages(merged, [...held.newestMessages(id), ...saidMessages])
    if (before !== null && isSame(before, now)) continue
    conversations.push(now)
    if (now.status.kind !== 'gone') changed.push(id)
    else if (before !== null && before.status.kind !== 'gone') removed.push(id)
  }
  const written = [...messages.values()]
  const isAdded = (message: Message): boolean => held.message(message.id, message.conversationId) === null
  const changes = {
    conversations: changed,
    removed,
    addedMessages: written.filter(isAdded),
    changedMessages: written.filter((message) => !isAdded(message)),
  }
  return { conversations, messages: written, changes }
}

export interface Rows {
  readonly conversations: readonly Conversation[]
  readonly messages: readonly Message[]
}

/** What a store holds before the rows come in. */
export interface Held {
  conversation(id: ConversationId): Conversation | null
  message(id: MessageId, conversationId: ConversationId): Message | null
  /** The newest message held, in a list of one or none: it keeps a preview from falling back to an older message. */
  newestMessages(id: ConversationId): readonly Message[]
}

/** What to write, and what to tell. */
export interface Settled extends Rows {
  readonly changes: ChangeSet
}

/** Whether a thread misses what the server named: never filled, or filled up to another message than the newest. */
export function isBehind(row: Conversation, filledTo: string | null | undefined): boolean {
  if (row.status.kind === 'gone') return false
  return filledTo === undefined || (row.lastMessageKey !== null && row.lastMessageKey !== filledTo)
}

interface Told {
  readonly saidRows: Conversation[]
  readonly saidMessages: Message[]
}

function groupByConversation(rows: Rows): Map<ConversationId, Told> {
  const told = new Map<ConversationId, Told>()
  const of = (id: ConversationId): Told => {
    const known = told.get(id) ?? { saidRows: [], saidMessages: [] }
    told.set(id, known)
    return known
  }
  for (const row of rows.conversations) of(row.id).saidRows.push(row)
  for (const message of rows.messages) of(message.conversationId).saidMessages.push(message)
  return told
}

function mergedWith(kept: Conversation | null, said: Conversation): Conversation | null {
  const merged = mergeConversation(kept, said)
  return merged.kind === 'changed' ? merged.conversation : kept
}

/** The messages that say something new, one each, as they are to be kept. */
function newsOf(said: readonly Message[], held: Held): Message[] {
  const news = new Map<MessageId, Message>()
  for (const message of said) {
    const merged = mergeMessage(
      news.get(message.id) ?? held.message(message.id, message.conversationId),
      message,
    )
    if (merged.kind === 'changed') news.set(message.id, merged.message)
  }
  return [...news.values()]
}
