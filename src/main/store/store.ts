import type { Conversation } from '../../shared/domain/conversation.ts'
import type { EffectiveConversation } from '../../shared/domain/effective.ts'
import type { Directory } from '../../shared/domain/directory.ts'
import type { AccountId, ConversationId, MessageId, OutboxId } from '../../shared/domain/ids.ts'
import type { LocalMark } from '../../shared/domain/mark.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { OutboxRow, OutboxState } from '../../shared/domain/outbox.ts'
import type { Draft, DraftKind, FileRef } from '../../shared/domain/reply.ts'
import type { InboxQuery, View } from '../../shared/domain/view.ts'

/**
 * The local database. Two halves with different promises: the **desk** (accounts, outbox, drafts, marks, settings)
 * survives a power cut once a call returns; the **cache** (what servers told us) may be dropped at any time.
 * Every method is synchronous and all-or-nothing. Throws StoreFault for a full disk and the like.
 */
export interface Store {
  // ---- desk: accounts and settings
  accounts(): AccountRecord[]
  putAccount(account: AccountRecord): void
  /** Takes the account with its cache, marks, drafts and outbox rows; count the unsent first. */
  removeAccount(id: AccountId): void
  setting(name: string): string | null
  putSetting(name: string, value: string | null): void

  // ---- cache: what servers told us
  cursor(accountId: AccountId): string | null
  /** Rows and cursor in one transaction, merged by domain/merge; says what truly changed. */
  applyPage(
    accountId: AccountId,
    page: { conversations: readonly Conversation[]; messages: readonly Message[]; cursor: string },
  ): ChangeSet
  /**
   * Rows that came outside a pull (a thread, an answer to an action). Here and in a page, rows of an account that is
   * not on the desk (any more) and messages of a conversation nobody told of are left out.
   */
  applyRows(rows: { conversations: readonly Conversation[]; messages: readonly Message[] }): ChangeSet
  /** The server has no message of the conversation before `before` (a message key). */
  putThreadStart(conversationId: ConversationId, before: string): void
  hasWholeThread(conversationId: ConversationId): boolean
  /** Conversations of this account whose thread was never filled, or not up to the newest message the server named; newest activity first. */
  threadsBehind(accountId: AccountId, limit: number): ConversationId[]
  /** Notes that the newest messages up to `lastMessageKey` (the row's own, read after the messages went in) are here. */
  putThreadFilled(conversationId: ConversationId, lastMessageKey: string | null): void
  /** Up to which message the thread was last filled without a hole (a message key); null when it never was. */
  threadFilledTo(conversationId: ConversationId): string | null

  // ---- reading, with marks and outbox laid over (domain/effective)
  said(id: ConversationId): Conversation | null
  conversation(id: ConversationId): EffectiveConversation | null
  /** One page in the query's order. `after` is the `next` of the page before. Keyset, so rows that move do not repeat pages. */
  inboxPage(
    query: InboxQuery,
    after: string | null,
    limit: number,
  ): { rows: EffectiveConversation[]; next: string | null }
  counts(): Map<AccountId, Record<View, number>>
  /** Up to `limit` messages older than `before` (a message id), or the newest; oldest first. */
  thread(id: ConversationId, before: MessageId | null, limit: number): Message[]

  // ---- desk: marks and drafts
  mark(id: ConversationId): LocalMark | null
  putMark(mark: LocalMark): void
  removeMark(id: ConversationId): void
  /** Conversations put to sleep on this computer until `now` or before. */
  dueMarks(now: number): ConversationId[]
  draft(id: ConversationId, kind: DraftKind): Draft
  /**
   * The server calls a conversation otherwise now: orders, drafts, files and marks of the old one go to the new one.
   * Where both have a draft, the words are joined; where both have a mark, the new one's stays.
   */
  rekey(from: ConversationId, to: ConversationId): void
  /** An empty draft is none. */
  putDraft(id: ConversationId, kind: DraftKind, draft: Draft): void
  /** Every draft with words or files in it, the one written last first; those of files alone come after. */
  drafts(): KeptDraft[]

  // ---- desk: files, kept until the server has them
  /** Announces a file of a draft; its bytes follow. The same id again changes nothing. Half-sent ones go after an idle week. */
  putFile(file: FileRef & { readonly conversationId: ConversationId; readonly kind: DraftKind }): void
  /**
   * Puts bytes at `offset` and returns how many there are then; what is there already is left alone. Throws FileFault for
   * a file nobody announced, and for a piece that leaves a hole or is more than was announced.
   */
  appendFile(id: string, offset: number, bytes: Uint8Array): number
  /** Whole files of a draft, in the order they were attached. */
  draftFiles(id: ConversationId, kind: DraftKind): FileRef[]
  /** Those of a draft whose copying was never finished. */
  halfFiles(id: ConversationId, kind: DraftKind): FileRef[]
  file(id: string): FileRef | null
  /** Null unless all of its bytes are here. */
  fileBytes(id: string): Uint8Array | null
  /** Of a draft; one that belongs to an order goes with the order. */
  removeFile(id: string): void

  // ---- cache: what pickers offer
  directory(accountId: AccountId): Directory | null
  putDirectory(accountId: AccountId, directory: Directory): void

  // ---- desk: outbox
  /**
   * Keeps an order; in the same transaction deletes the draft of a reply (or of a note) and takes its files over from
   * it. A template was written elsewhere, and leaves the draft alone. The same id again returns the row that is there. A queued or refused action which the new one `replaces`
   * (domain/action) in that conversation goes; the new row goes to the end of the queue. Files leave with the row, or
   * once it is sent. Throws FileFault when a file of the reply is not whole, or is not one of that draft.
   */
  enqueue(row: OutboxRow): OutboxRow
  /** The same for several, all or none. */
  enqueueAll(rows: readonly OutboxRow[]): OutboxRow[]
  outboxRow(id: OutboxId): OutboxRow | null
  /** Every row not `sent`, oldest first. */
  openOrders(conversationId?: ConversationId): OutboxRow[]
  /**
   * The head of each conversation's queue that is `queued` and due at `now`; a failed or unsure reply at the head blocks
   * the rest of its conversation, a failed or unsure action does not. Never two of one conversation, none beside a
   * `sending` one.
   */
  nextDue(now: number): OutboxRow[]
  /** The earliest `notBefore` still ahead among those heads, or null. */
  nextDueAt(now: number): number | null
  /** Of a row that is gone: nothing happens, but moving it to `sending` throws, so that it cannot leave. */
  moveOrder(id: OutboxId, state: OutboxState, attempts: number): void
  removeOrder(id: OutboxId): void
  /**
   * Takes back what has not left: the row goes, and what was written goes back into its draft with its files. Null where
   * it is too late, or was never there.
   */
  takeBack(id: OutboxId): OutboxRow | null
  /** The same for a reply that stopped: refused, or of unknown fate. Null for any other. */
  takeOut(id: OutboxId): OutboxRow | null
  /** At start: every `sending` row becomes `unsure`. Returns them. */
  recoverSending(): OutboxRow[]
  /** Server message keys that sent replies of this conversation have claimed. */
  claimedKeys(conversationId: ConversationId): string[]
  unsentCount(accountId: AccountId): number

  /** Housekeeping when idle: merges, checkpoints, sent rows older than a week. */
  tidy(now: number): void
  close(): void
}

export interface AccountRecord {
  readonly id: AccountId
  readonly provider: string
  readonly key: string
  readonly name: string
  readonly baseUrl: string
  readonly role: string | null
  readonly me: {
    readonly key: string
    readonly name: string
    readonly email: string | null
    readonly avatarUrl: string | null
  }
  readonly vaultKey: string
  readonly keptIn: 'keychain' | 'session'
  readonly settings: Readonly<Record<string, string | number | boolean | null>>
  readonly addedAt: number
  /** Messages sent before this moment (server's clock) are never announced: the first load seeds silently. */
  readonly announceAfter: number | null
}

/** A draft in which something is kept. */
export interface KeptDraft {
  readonly conversationId: ConversationId
  readonly kind: DraftKind
  readonly draft: Draft
  /** Whole or not. */
  readonly fileCount: number
}

/** What truly changed, in ids; empty when the server said nothing new. */
export interface ChangeSet {
  readonly conversations: readonly ConversationId[]
  readonly removed: readonly ConversationId[]
  readonly addedMessages: readonly Message[]
  readonly changedMessages: readonly Message[]
}

export class StoreFault extends Error {
  readonly why:
    'full' | 'failing' | 'readOnly' | 'locked' | 'corrupt' | 'tooNew' | 'noSqlite' | 'noFullText' | 'other'
  constructor(why: StoreFault['why'], detail: string) {
    super(detail)
    this.name = 'StoreFault'
    this.why = why
  }
}

/** A kept file that cannot be used as it was asked: `missing` for one that is not here (whole), `misfit` for a piece. */
export class FileFault extends Error {
  readonly why: 'missing' | 'misfit'
  constructor(why: FileFault['why'], detail: string) {
    super(detail)
    this.name = 'FileFault'
    this.why = why
  }
}
