import type { Directory } from '../../shared/domain/directory.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import { effective, type EffectiveConversation } from '../../shared/domain/effective.ts'
import { accountOf, type AccountId, type ConversationId, type MessageId } from '../../shared/domain/ids.ts'
import type { LocalMark } from '../../shared/domain/mark.ts'
import type { Message } from '../../shared/domain/message.ts'
import { compareMessages } from '../../shared/domain/ordering.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import { emptyDraft, isEmptyDraft, type Draft } from '../../shared/domain/reply.ts'
import { isInView, type InboxQuery } from '../../shared/domain/view.ts'
import {
  comparePlaces,
  noCounts,
  pageFrom,
  placeAfter,
  placeOf,
  sortOf,
  viewsOf,
  wordsSought,
} from './listing.ts'
import { draftOf, memoryFiles, placeIn, type MemoryFiles } from './memory-files.ts'
import { memoryOutbox } from './memory-outbox.ts'
import { overlayOf } from './overlay-of.ts'
import { joinedDrafts, keptDrafts, sentRowsKeptMs } from './queue.ts'
import { noSuchAccount } from './refusals.ts'
import { conversationWords, messageWords, piecesOf, type Piece } from './search-words.ts'
import { isBehind, settle, type Held, type Rows } from './settle.ts'
import type { AccountRecord, Store } from './store.ts'

/**
 * A store in memory, for tests and for looking over the other one's shoulder: it counts and lists by walking every
 * row, so it cannot share a mistake with indexes and counters. Keeps nothing once the program ends.
 */
export function memoryStore(): Store {
  const accounts: Memory['accounts'] = new Map()
  const held: Memory = {
    accounts,
    directories: new Map(),
    settings: new Map(),
    cursors: new Map(),
    conversations: new Map(),
    messages: new Map(),
    threads: new Map(),
    marks: new Map(),
    drafts: new Map(),
    files: memoryFiles((id) => accounts.has(id)),
    orders: [],
  }
  const { putFile, appendFile, draftFiles, halfFiles, file, fileBytes, removeFile } = held.files
  return {
    ...accountsAndSettings(held),
    ...whatServersTold(held),
    ...reading(held),
    ...marksAndDrafts(held),
    ...{ putFile, appendFile, draftFiles, halfFiles, file, fileBytes, removeFile },
    ...memoryOutbox(held),
    tidy(now) {
      held.files.tidyFiles(now)
      held.orders = held.orders.filter(
        ({ state }) => state.kind !== 'sent' || state.at >= now - sentRowsKeptMs,
      )
    },
    close() {},
  }
}

interface Memory {
  readonly accounts: Map<AccountId, AccountRecord>
  readonly directories: Map<AccountId, Directory>
  readonly settings: Map<string, string>
  readonly cursors: Map<AccountId, string>
  readonly conversations: Map<ConversationId, Conversation>
  readonly messages: Map<ConversationId, Map<MessageId, Message>>
  readonly threads: Map<ConversationId, { filledTo?: string | null; start?: string }>
  readonly marks: Map<ConversationId, LocalMark>
  /** By conversation and kind. */
  readonly drafts: Map<string, Draft>
  readonly files: MemoryFiles
  /** In the order they are to leave. */
  orders: OutboxRow[]
}

type Part<Name extends keyof Store> = Pick<Store, Name>

function accountsAndSettings(
  held: Memory,
): Part<'accounts' | 'putAccount' | 'removeAccount' | 'setting' | 'putSetting'> {
  return {
    accounts: () =>
      [...held.accounts.values()].sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1)),
    putAccount: (account) => void held.accounts.set(account.id, account),
    removeAccount(id) {
      for (const map of [held.conversations, held.messages, held.threads, held.marks]) {
        for (const key of map.keys()) if (accountOf(key) === id) map.delete(key)
      }
      for (const key of held.drafts.keys()) if (key.startsWith(`${id}:`)) held.drafts.delete(key)
      held.files.removeFilesOf(id)
      held.directories.delete(id)
      held.orders = held.orders.filter((row) => row.accountId !== id)
      held.cursors.delete(id)
      held.accounts.delete(id)
    },
    setting: (name) => held.settings.get(name) ?? null,
    putSetting(name, value) {
      if (value === null) held.settings.delete(name)
      else held.settings.set(name, value)
    },
  }
}

function whatServersTold(
  held: Memory,
): Part<
  | 'cursor'
  | 'applyPage'
  | 'applyRows'
  | 'putThreadStart'
  | 'hasWholeThread'
  | 'threadsBehind'
  | 'putThreadFilled'
  | 'threadFilledTo'
  | 'directory'
  | 'putDirectory'
> {
  function applyRows(rows: Rows): ReturnType<Store['applyRows']> {
    const settled = settle(ofKnownAccounts(held, rows), heldIn(held))
    for (const row of settled.conversations) held.conversations.set(row.id, row)
    for (const message of settled.messages) messagesOf(held, message.conversationId).set(message.id, message)
    return settled.changes
  }
  return {
    cursor: (id) => held.cursors.get(id) ?? null,
    applyPage(id, page) {
      if (held.accounts.has(id)) held.cursors.set(id, page.cursor)
      return applyRows(page)
    },
    applyRows,
    putThreadStart(id, before) {
      if (held.conversations.has(id)) held.threads.set(id, { ...held.threads.get(id), start: before })
    },
    hasWholeThread: (id) => held.threads.get(id)?.start !== undefined,
    threadsBehind: (id, limit) =>
      [...held.conversations.values()]
        .filter((row) => row.accountId === id && isBehind(row, held.threads.get(row.id)?.filledTo))
        .sort((a, b) => comparePlaces(placeOf(a, 'newest'), placeOf(b, 'newest')))
        .slice(0, limit)
        .map((row) => row.id),
    directory: (id) => held.directories.get(id) ?? null,
    putDirectory(id, directory) {
      if (held.accounts.has(id)) held.directories.set(id, directory)
    },
    threadFilledTo: (id) => held.threads.get(id)?.filledTo ?? null,
    putThreadFilled(id, lastMessageKey) {
      if (held.conversations.has(id)) {
        held.threads.set(id, { ...held.threads.get(id), filledTo: lastMessageKey })
      }
    },
  }
}

function reading(held: Memory): Part<'said' | 'conversation' | 'inboxPage' | 'counts' | 'thread'> {
  const shown = (said: Conversation): EffectiveConversation => {
    const orders = held.orders.filter((row) => row.conversationId === said.id)
    return effective(said, overlayOf(held.marks.get(said.id) ?? null, orders))
  }
  return {
    said: (id) => held.conversations.get(id) ?? null,
    conversation(id) {
      const said = held.conversations.get(id)
      return said === undefined ? null : shown(said)
    },
    inboxPage(query, after, limit) {
      const sort = sortOf(query)
      const from = placeAfter(after)
      const rows = [...held.conversations.values()]
        .filter((row) => query.accountId === null || row.accountId === query.accountId)
        .map(shown)
        .filter((row) => belongs(held, row, query) && comparePlaces(placeOf(row, sort), from) > 0)
        .sort((a, b) => comparePlaces(placeOf(a, sort), placeOf(b, sort)))
      return pageFrom(rows, sort, limit)
    },
    counts() {
      const counts = new Map([...held.accounts.keys()].map((id) => [id, noCounts()]))
      for (const said of held.conversations.values()) {
        const count = counts.get(said.accountId)
        if (count !== undefined) for (const view of viewsOf(shown(said))) count[view] += 1
      }
      return counts
    },
    thread(id, before, limit) {
      const messages = [...(held.messages.get(id)?.values() ?? [])].sort(compareMessages)
      const end = before === null ? messages.length : messages.findIndex((message) => message.id === before)
      return messages.slice(Math.max(0, end - limit), Math.max(0, end))
    },
  }
}

function marksAndDrafts(
  held: Memory,
): Part<'mark' | 'putMark' | 'removeMark' | 'dueMarks' | 'rekey' | 'draft' | 'putDraft' | 'drafts'> {
  return {
    mark: (id) => held.marks.get(id) ?? null,
    putMark(mark) {
      needAccount(held, accountOf(mark.conversationId))
      held.marks.set(mark.conversationId, mark)
    },
    removeMark: (id) => void held.marks.delete(id),
    dueMarks: (now) =>
      [...held.marks.values()]
        .filter(({ local }) => local?.kind === 'snoozed' && local.until <= now)
        .map((each) => each.conversationId),
    rekey(from, to) {
      for (const kind of ['reply', 'note'] as const) {
        held.files.moveDraft(draftOf(from, kind), draftOf(to, kind))
        const moved = held.drafts.get(draftOf(from, kind))
        if (moved === undefined) continue
        const there = held.drafts.get(draftOf(to, kind)) ?? emptyDraft
        held.drafts.set(draftOf(to, kind), joinedDrafts(moved, there))
        held.drafts.delete(draftOf(from, kind))
      }
      held.orders = held.orders.map((row) =>
        row.conversationId === from ? { ...row, conversationId: to } : row,
      )
      const mark = held.marks.get(from)
      held.marks.delete(from)
      if (mark !== undefined && !held.marks.has(to)) held.marks.set(to, { ...mark, conversationId: to })
    },
    draft: (id, kind) => held.drafts.get(draftOf(id, kind)) ?? emptyDraft,
    putDraft(id, kind, draft) {
      needAccount(held, accountOf(id))
      held.drafts.delete(draftOf(id, kind))
      if (!isEmptyDraft(draft)) held.drafts.set(draftOf(id, kind), draft)
    },
    drafts: () =>
      keptDrafts(
        [...held.drafts].reverse().map(([place, draft]) => ({ ...placeIn(place), draft })),
        held.files.attached(),
      ),
  }
}

function heldIn(held: Memory): Held {
  return {
    conversation: (id) => held.conversations.get(id) ?? null,
    message: (id, conversationId) => held.messages.get(conversationId)?.get(id) ?? null,
    newestMessages: (id) => [...(held.messages.get(id)?.values() ?? [])].sort(compareMessages).slice(-1),
  }
}

function messagesOf(held: Memory, id: ConversationId): Map<MessageId, Message> {
  const known = held.messages.get(id) ?? new Map<MessageId, Message>()
  held.messages.set(id, known)
  return known
}

function belongs(held: Memory, row: EffectiveConversation, query: InboxQuery): boolean {
  const sought = wordsSought(query)
  if (sought === null) return isInView(query.view, row)
  if (held.conversations.get(row.id)?.status.kind === 'gone') return false
  const pieces = piecesOf(sought)
  const own = conversationWords(row)
  const written = [...(held.messages.get(row.id)?.values() ?? [])].map(messageWords)
  return (
    pieces.length > 0 &&
    pieces.every(
      (piece) => begins(own, piece) || (!piece.namesOnly && written.some((text) => begins(text, piece))),
    )
  )
}

function begins(words: string, piece: Piece): boolean {
  return ` ${words}`.includes(` ${piece.phrase}`)
}

function ofKnownAccounts(held: Memory, rows: Rows): Rows {
  return {
    conversations: rows.conversations.filter((row) => held.accounts.has(row.accountId)),
    messages: rows.messages,
  }
}

function needAccount(held: Memory, id: AccountId): void {
  if (!held.accounts.has(id)) throw noSuchAccount(id)
}
