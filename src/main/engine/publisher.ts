import type {
  Counts,
  ConversationRow,
  MessageRow,
  StrandedAction,
  ViewCounts,
} from '../../shared/contract/contract.ts'
import { accountOf, type AccountId, type ConversationId, type MessageId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import { views } from '../../shared/domain/view.ts'
import type { ChangeSet, Store } from '../store/store.ts'
import type { EventHub } from './event-hub.ts'
import {
  conversationRow,
  messageRow,
  ownRowId,
  strandedActions,
  threadRows,
  type MediaId,
  type OfOurs,
} from './rows.ts'

/** Turns changes of the store into events, gathered so that one turn of the loop makes one event of each kind. */
export interface Publisher {
  changed(change: ChangeSet): void
  /** The outbox rows of a conversation moved: its line and its thread look different. */
  orderMoved(id: ConversationId): void
  /** Something was written or attached in a conversation, or is not there any more. */
  draftMoved(id: ConversationId): void
  row(id: ConversationId): ConversationRow | null
  rows(list: readonly NonNullable<ReturnType<Store['conversation']>>[]): ConversationRow[]
  thread(
    id: ConversationId,
    before: MessageId | null,
    limit: number,
  ): { messages: MessageRow[]; stranded: StrandedAction[] }
  counts(): Counts
}

export interface PublisherParts {
  readonly store: Store
  readonly hub: EventHub
  readonly media: (id: AccountId) => MediaId
  readonly afterFlush: () => void
  /** Telling has no caller to throw to. */
  readonly broke: (error: unknown) => void
}

export function createPublisher(parts: PublisherParts): Publisher {
  const { store, hub } = parts
  const conversations = new Set<ConversationId>()
  const threads = createThreadTeller(parts)
  let isPlanned = false

  function plan(): void {
    if (isPlanned) return
    isPlanned = true
    queueMicrotask(() => {
      isPlanned = false
      // One after the other: a thread that cannot be told of keeps no line from being told.
      for (const step of [threads.tell, flush, parts.afterFlush]) safely(parts, step)
    })
  }

  /** What a fault keeps from being told is told along with the next change. */
  function flush(): void {
    if (conversations.size === 0) return
    const lines = [...conversations].map((id) => [id, store.conversation(id)] as const)
    const upserted = publisher.rows(lines.flatMap(([, row]) => (row === null ? [] : [row])))
    const removed = lines.flatMap(([id, row]) => (row === null ? [id] : []))
    const counts = publisher.counts()
    conversations.clear()
    hub.publish('inbox.changed', { upserted, removed, counts })
  }

  const publisher: Publisher = {
    changed(change) {
      for (const id of [...change.conversations, ...change.removed]) conversations.add(id)
      threads.changed([...change.addedMessages, ...change.changedMessages])
      if (conversations.size > 0 || threads.hasNews()) plan()
    },
    orderMoved(id) {
      threads.moved(id)
      publisher.draftMoved(id)
    },
    draftMoved(id) {
      conversations.add(id)
      plan()
    },
    row(id) {
      const row = store.conversation(id)
      const ours = { orders: store.openOrders(id), hasDraft: withDrafts(store).has(id) }
      return row === null ? null : conversationRow(row, ours, parts.media(row.accountId))
    },
    rows(list) {
      const orders = byConversation(list.length === 0 ? [] : store.openOrders())
      const drafts = withDrafts(store)
      const ours = (id: ConversationId): OfOurs => ({
        orders: orders.get(id) ?? [],
        hasDraft: drafts.has(id),
      })
      return list.map((row) => conversationRow(row, ours(row.id), parts.media(row.accountId)))
    },
    thread: threads.read,
    counts: () => countsOf(store.counts()),
  }
  return publisher
}

/** Threads as they are read and as they change: the server's messages, and our own bubbles while they are on their way. */
interface ThreadTeller {
  changed(messages: readonly Message[]): void
  moved(id: ConversationId): void
  hasNews(): boolean
  tell(): void
  read: Publisher['thread']
}

function createThreadTeller(parts: PublisherParts): ThreadTeller {
  const { store, hub, media } = parts
  const messages = new Map<ConversationId, Message[]>()
  const moved = new Set<ConversationId>()
  /** Own bubbles the window has been told of, so that it can be told when they are gone. */
  const shownOwn = new Map<ConversationId, Set<string>>()

  function tellOne(id: ConversationId): void {
    const orders = store.openOrders(id)
    const lastAt = store.thread(id, null, 1)[0]?.sentAt ?? 0
    const own = threadRows([], orders, media(accountOf(id))).map((each) => ({
      ...each,
      sentAt: Math.max(each.sentAt, lastAt),
    }))
    const now = new Set(orders.map((each) => ownRowId(id, each)))
    const removed = [...(shownOwn.get(id) ?? [])].filter((each) => !now.has(each))
    shownOwn.set(id, now)
    const told = (messages.get(id) ?? []).map((each) => messageRow(each, media(accountOf(id))))
    hub.publish('thread.changed', {
      conversationId: id,
      upserted: [...told, ...own],
      removed,
      stranded: strandedActions(orders),
    })
  }

  return {
    changed(list) {
      for (const each of list)
        messages.set(each.conversationId, [...(messages.get(each.conversationId) ?? []), each])
    },
    moved: (id) => void moved.add(id),
    hasNews: () => messages.size + moved.size > 0,
    tell() {
      for (const id of new Set([...messages.keys(), ...moved]))
        safely(parts, () => {
          tellOne(id)
          messages.delete(id)
          moved.delete(id)
        })
    },
    read(id, before, limit) {
      const orders = before === null ? store.openOrders(id) : []
      if (before === null) shownOwn.set(id, new Set(orders.map((each) => ownRowId(id, each))))
      return {
        messages: threadRows(store.thread(id, before, limit), orders, media(accountOf(id))),
        stranded: strandedActions(orders),
      }
    },
  }
}

function safely({ broke }: PublisherParts, step: () => void): void {
  try {
    step()
  } catch (error) {
    broke(error)
  }
}

function withDrafts(store: Store): ReadonlySet<ConversationId> {
  return new Set(store.drafts().map((each) => each.conversationId))
}

function byConversation(orders: readonly OutboxRow[]): Map<ConversationId, OutboxRow[]> {
  const map = new Map<ConversationId, OutboxRow[]>()
  for (const each of orders) map.set(each.conversationId, [...(map.get(each.conversationId) ?? []), each])
  return map
}

function countsOf(counted: Map<AccountId, ViewCounts>): Counts {
  const all: ViewCounts = { needsYou: 0, mine: 0, unassigned: 0, open: 0, pending: 0, snoozed: 0, done: 0 }
  for (const each of counted.values()) for (const view of views) all[view] += each[view]
  return { all, byAccount: Object.fromEntries(counted) }
}
