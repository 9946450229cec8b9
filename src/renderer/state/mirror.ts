import { createStore, type StoreApi } from 'zustand/vanilla'
import type {
  AccountRow,
  AnyEvent,
  ConversationRow,
  Counts,
  DirectoryRow,
  HostFacts,
  MessageRow,
  Output,
  Settings,
  StrandedAction,
} from '../../shared/contract/contract.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import { emptyWindow, withChange, type ListWindow } from './list-window.ts'
import { mergeMessages } from './thread-messages.ts'

/** What the engine says, and nothing else. Only the feed writes it; nothing here is guessed ahead of the engine. */
export interface Mirror {
  readonly connection: 'starting' | 'connected' | 'lost' | 'refused'
  /** Null until the first snapshot. */
  readonly desk: DeskFacts | null
  readonly deskFailure: Failure | null
  readonly list: ListWindow
  readonly thread: ThreadState | null
  /** What each account's pickers offer, by account; read when first asked for. */
  readonly directories: Readonly<Record<string, DirectoryState>>
}

export interface DirectoryState {
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly failure: Failure | null
  /** What was last heard, also while it is read again. */
  readonly directory: DirectoryRow | null
}

export interface DeskFacts {
  readonly revision: number
  readonly host: HostFacts
  readonly settings: Settings
  readonly accounts: readonly AccountRow[]
  readonly counts: Counts
}

export interface ThreadState {
  readonly conversationId: string
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly failure: Failure | null
  readonly revision: number
  readonly row: ConversationRow | null
  readonly messages: readonly MessageRow[]
  readonly stranded: readonly StrandedAction[]
  readonly hasOlder: boolean
  readonly older: 'idle' | 'loading' | 'failed'
  /** The first message of theirs that was unread when the thread was opened. */
  readonly unreadFrom: string | null
}

export type MirrorStore = StoreApi<Mirror>

export function createMirror(): MirrorStore {
  return createStore<Mirror>(() => ({
    connection: 'starting',
    desk: null,
    deskFailure: null,
    list: emptyWindow({
      view: 'needsYou',
      accountId: null,
      find: null,
      sort: 'newest',
      folder: null,
      terms: null,
    }),
    thread: null,
    directories: {},
  }))
}

/** The mirror after one event. Events no newer than what a part already shows are left out of that part. */
export function afterEvent(mirror: Mirror, event: AnyEvent): Mirror {
  const next = { ...mirror, desk: deskAfter(mirror.desk, event) }
  switch (event.name) {
    case 'inbox.changed': {
      const keepId = mirror.thread?.conversationId ?? null
      return {
        ...next,
        list: withChange(mirror.list, event.payload, keepId),
        thread: threadWithRow(mirror.thread, event.payload.revision, event.payload.upserted),
      }
    }
    case 'thread.changed':
      return { ...next, thread: threadWithMessages(mirror.thread, event.payload) }
    case 'directory.changed': {
      const { accountId, directory } = event.payload
      const heard: DirectoryState = { phase: 'ready', failure: null, directory }
      return { ...next, directories: { ...mirror.directories, [accountId]: heard } }
    }
    case 'account.removed': {
      const { [event.payload.accountId]: _gone, ...directories } = mirror.directories
      return { ...next, directories }
    }
    case 'account.changed':
    case 'settings.changed':
    case 'attention.asked':
    case 'notice.raised':
    case 'message.announced':
      return next
  }
}

/** A thread as the engine just told it, with the place where unread messages begin. */
export function openedThread(opened: Output<'thread.open'>): ThreadState {
  return {
    conversationId: opened.conversation.id,
    phase: 'ready',
    failure: null,
    revision: opened.revision,
    row: opened.conversation,
    messages: opened.messages,
    stranded: opened.stranded,
    hasOlder: opened.hasOlder,
    older: 'idle',
    unreadFrom: firstUnread(opened.conversation, opened.messages),
  }
}

export function loadingThread(conversationId: string, row: ConversationRow | null): ThreadState {
  return {
    conversationId,
    phase: 'loading',
    failure: null,
    revision: -1,
    row,
    messages: [],
    stranded: [],
    hasOlder: false,
    older: 'idle',
    unreadFrom: null,
  }
}

function firstUnread(row: ConversationRow, messages: readonly MessageRow[]): string | null {
  const count = row.unread.kind === 'some' ? (row.needsYou ? 1 : 0) : row.unread.count
  if (count === 0) return null
  const theirs = messages.filter((message) => message.side === 'them')
  return theirs.at(-Math.min(count, theirs.length))?.id ?? null
}

function deskAfter(desk: DeskFacts | null, event: AnyEvent): DeskFacts | null {
  if (desk === null || event.payload.revision <= desk.revision) return desk
  const { revision } = event.payload
  switch (event.name) {
    case 'inbox.changed':
      return { ...desk, revision, counts: event.payload.counts }
    case 'account.changed':
      return { ...desk, revision, accounts: withAccount(desk.accounts, event.payload.account) }
    case 'account.removed': {
      const { accountId, counts } = event.payload
      return {
        ...desk,
        revision,
        counts,
        accounts: desk.accounts.filter((account) => account.id !== accountId),
      }
    }
    case 'settings.changed':
      return { ...desk, revision, settings: event.payload.settings, host: event.payload.host }
    case 'thread.changed':
    case 'directory.changed':
    case 'attention.asked':
    case 'notice.raised':
    case 'message.announced':
      return desk
  }
}

function withAccount(accounts: readonly AccountRow[], account: AccountRow): readonly AccountRow[] {
  const isKnown = accounts.some((each) => each.id === account.id)
  return isKnown ? accounts.map((each) => (each.id === account.id ? account : each)) : [...accounts, account]
}

function threadWithRow(
  thread: ThreadState | null,
  revision: number,
  upserted: readonly ConversationRow[],
): ThreadState | null {
  if (thread === null || revision <= thread.revision) return thread
  const row = upserted.find((each) => each.id === thread.conversationId)
  return row === undefined ? thread : { ...thread, row }
}

function threadWithMessages(
  thread: ThreadState | null,
  change: Extract<AnyEvent, { name: 'thread.changed' }>['payload'],
): ThreadState | null {
  if (thread === null || thread.conversationId !== change.conversationId) return thread
  if (thread.phase !== 'ready' || change.revision <= thread.revision) return thread
  const messages = mergeMessages(thread.messages, change.upserted, change.removed)
  return { ...thread, messages, stranded: change.stranded }
}
