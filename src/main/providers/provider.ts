/* eslint-disable max-lines -- one page says all that a helpdesk can be asked for */
import type { AccountRow, SignInField, SignInMethod, SignInPreset } from '../../shared/contract/contract.ts'
import type { FailureCode } from '../../shared/contract/failure.ts'
import type { AgentRef, TeamRef } from '../../shared/domain/action.ts'
import type { Answers } from '../../shared/domain/attributes.ts'
import type {
  Channel,
  Conversation,
  Customer,
  Priority,
  ReadScope,
} from '../../shared/domain/conversation.ts'
import type { Agent, AskedField, Availability, Directory } from '../../shared/domain/directory.ts'
import type { FilterTerm } from '../../shared/domain/filter.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Finding } from '../../shared/domain/outbox.ts'
import type { Mention, Reply, Template, TemplateUse } from '../../shared/domain/reply.ts'
import type { Clock } from '../ports/clock.ts'
import type { Http } from '../ports/http.ts'
import type { Log } from '../ports/log.ts'

/** A service we can talk to. Adding one is a folder and a line in the registry; nothing else changes. */
export interface Provider {
  readonly id: string
  readonly label: string
  /** Known places and ways to sign in, as data: the form is generic. */
  readonly signIn: { readonly presets: readonly SignInPreset[]; readonly methods: readonly SignInMethod[] }
  /** Who answers there, with these fields, or what else it wants to know. Throws ProviderFailure. Changes nothing there. */
  probe(ask: SignInAsk, host: ProviderHost, signal: AbortSignal): Promise<Probed | ProbeAsks>
  open(account: ProviderAccount, secret: string, host: ProviderHost, learn?: Learn): Session
}

export interface ProviderHost {
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
}

/** What a provider needs to know of one sign-in; `settings` is its own JSON, kept in the store, never secret. */
export interface ProviderAccount {
  readonly id: AccountId
  /** Which of the server's accounts this is. */
  readonly key: string
  readonly baseUrl: string
  readonly settings: Readonly<Record<string, string | number | boolean | null>>
}

/**
 * Keeps what a session found out about its server beside the settings; `open` gets it the next time. A bundle that turned
 * out not to work leaves the session before this is called: what can be done is looked at anew.
 */
export type Learn = (found: ProviderAccount['settings']) => void

export interface SignInAsk {
  readonly method: string
  readonly fields: Readonly<Record<string, string>>
  /** What an earlier answer wanted to be brought along; secret. */
  readonly carried: string | null
}

/** A second step: a code, say. `carry` stays in main. */
export interface ProbeAsks {
  readonly kind: 'asks'
  readonly baseUrl: string
  readonly fields: readonly SignInField[]
  readonly carry: string
}

export interface Probed {
  readonly kind: 'found'
  readonly baseUrl: string
  /** Name and version for showing, where the server says it. */
  readonly server: string | null
  readonly me: {
    readonly key: string
    readonly name: string
    readonly email: string | null
    readonly avatarUrl: string | null
  }
  readonly choices: readonly ProbedChoice[]
  /** Leaves main only into the vault, under `vaultKey`; accounts of one sign-in share it. */
  readonly secret: string
  readonly vaultKey: string
  readonly settings: ProviderAccount['settings']
}

export interface ProbedChoice {
  readonly key: string
  readonly name: string
  readonly role: string | null
  readonly isSuspended: boolean
}

/**
 * A provider opened with an account's secret. Every call may throw ProviderFailure and nothing else, and settles
 * soon after `signal` aborts. **Presence of a bundle is the capability.**
 */
export interface Session {
  /** How many requests a minute its server bears of one account, and how many at once; absent where plenty. */
  readonly budget?: { readonly perMinute: number; readonly burst: number }
  /** One page of what changed since `cursor` (null: from the beginning). Replaying a cursor changes nothing. */
  pull(cursor: string | null, signal: AbortSignal): Promise<Page>
  /** Messages older than `before` (a message key), or the newest; oldest first. */
  thread(conversationKey: string, before: string | null, signal: AbortSignal): Promise<ThreadPage>
  /** Sends once; never retries by itself. `ownId` goes along where the server can keep it. */
  send(reply: OutgoingReply, signal: AbortSignal): Promise<SentReply>
  /** Whether a reply whose fate is unknown is there after all. */
  findSent(reply: SoughtReply, signal: AbortSignal): Promise<{ finding: Finding; message: Message | null }>
  /** One conversation by its key, with the messages told along. */
  look(conversationKey: string, signal: AbortSignal): Promise<Told>

  // Orders: each sets a state, so that repeating it does no harm, and answers with the conversation as it is then.
  readonly done?: DoneBundle
  readonly read?: ReadBundle
  readonly snooze?: SnoozeBundle
  readonly assign?: AssignBundle
  readonly labels?: LabelsBundle
  readonly priority?: PriorityBundle
  readonly mute?: MuteBundle

  // What `send` can do beyond plain text.
  /** `isEcho` where a note cannot be read back: it is seen only where it was written. */
  readonly notes?: { readonly mentions: boolean; readonly isEcho?: boolean }
  /**
   * Largest file in bytes; which conversations take files is in their `limits`. By `link` a file is an address that
   * anybody can open, and no bytes are sent.
   */
  readonly attachments?: { readonly maxBytes: number; readonly by?: 'upload' | 'link' }
  /** What the server takes for a placeholder of its own and fills in, though it was only written: `{{`. */
  readonly placeholders?: readonly string[]

  // Asked directly: happens once, now or not at all.
  readonly messages?: MessagesBundle
  readonly directory?: DirectoryBundle
  readonly macros?: MacrosBundle
  readonly transcript?: { send(conversationKey: string, email: string, signal: AbortSignal): Promise<void> }
  readonly typing?: TypingBundle
  readonly availability?: AvailabilityBundle
  readonly participants?: ParticipantsBundle
  readonly notifications?: NotificationsBundle
  readonly search?: SearchBundle
  readonly folders?: FoldersBundle
  readonly panel?: PanelBundle
  readonly start?: StartBundle
}

/** A conversation as one answer told it. */
export interface Told {
  readonly conversation: Conversation
  readonly messages: readonly Message[]
}

export interface DoneBundle {
  /** What it is called there; `resolveSeen` where the other side is told that we did. */
  readonly verb: 'resolve' | 'close' | 'resolveSeen'
  /** Whether something may be filled in that need not be. */
  readonly offersAnswers?: boolean
  /**
   * `answers` to what it `asks` go along. Fails with `notCarriedOut` where the server said yes and did nothing: then it is
   * done on this computer alone.
   */
  resolve(conversationKey: string, answers: Answers, signal: AbortSignal): Promise<Conversation>
  /** What may be filled in when it is resolved, and must where `isRequired`; pure, from what is known. */
  asks?(conversation: Conversation, directory: Directory): readonly AskedField[]
  pend?(conversationKey: string, signal: AbortSignal): Promise<Conversation>
  /** Opens it again and restores the former assignee; `restored` is false where that was not possible. */
  reopen?(
    conversationKey: string,
    signal: AbortSignal,
  ): Promise<{ conversation: Conversation; restored: boolean }>
}

export interface ReadBundle {
  readonly scope: ReadScope
  markRead(conversationKey: string, signal: AbortSignal): Promise<Conversation>
  markUnread?(conversationKey: string, signal: AbortSignal): Promise<Conversation>
}

export interface SnoozeBundle {
  /** Whether it can also last until the customer writes (`until: null`). */
  readonly untilReply: boolean
  snooze(conversationKey: string, until: number | null, signal: AbortSignal): Promise<Conversation>
}

export interface AssignBundle {
  /** Who may have conversations of this inbox, most available first. */
  candidates(inboxKey: string, signal: AbortSignal): Promise<readonly Agent[]>
  /** Fails with `notAssignable` instead of assigning nobody by mistake. */
  assign(conversation: Conversation, to: AgentRef | null, signal: AbortSignal): Promise<Conversation>
  assignTeam?(conversation: Conversation, to: TeamRef | null, signal: AbortSignal): Promise<Conversation>
}

export interface LabelsBundle {
  /** Adds and removes, keeping what others set meanwhile. */
  change(
    conversationKey: string,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
    signal: AbortSignal,
  ): Promise<Conversation>
}

export interface PriorityBundle {
  set(conversationKey: string, priority: Priority | null, signal: AbortSignal): Promise<Conversation>
}

export interface MuteBundle {
  mute(conversationKey: string, signal: AbortSignal): Promise<Conversation>
  unmute(conversationKey: string, signal: AbortSignal): Promise<Conversation>
}

export interface MessagesBundle {
  remove(conversationKey: string, messageKey: string, signal: AbortSignal): Promise<Message>
  retry?(conversationKey: string, messageKey: string, signal: AbortSignal): Promise<Message>
}

export interface DirectoryBundle {
  /** `known` is what was read last, so that what has not changed need not be read again. */
  read(known: Directory | null, signal: AbortSignal): Promise<Directory>
}

export interface MacrosBundle {
  /** Runs it, then looks again a few times: the server does not say whether the steps worked. */
  run(
    macroKey: string,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<{ readonly told: Told; readonly isChanged: boolean }>
}

export interface TypingBundle {
  /** A server takes it back by itself after this long, ms. */
  readonly lapsesAfterMs: number
  tell(
    conversationKey: string,
    typing: { readonly isTyping: boolean; readonly isNote: boolean },
    signal: AbortSignal,
  ): Promise<void>
}

export interface AvailabilityBundle {
  set(availability: Availability, signal: AbortSignal): Promise<void>
  setAutoOffline?(isOn: boolean, signal: AbortSignal): Promise<void>
}

export interface ParticipantsBundle {
  read(conversationKey: string, signal: AbortSignal): Promise<readonly Agent[]>
  change(
    conversationKey: string,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly Agent[]>
}

export interface NotificationsBundle {
  page(page: number, signal: AbortSignal): Promise<NotificationsPage>
  /** `key: null` is all of them. */
  change(key: string | null, change: NotificationChange, signal: AbortSignal): Promise<void>
}

export interface NotificationsPage {
  readonly notifications: readonly Notification[]
  readonly unread: number
  readonly hasMore: boolean
}

export interface Notification {
  readonly key: string
  readonly kind: 'created' | 'assigned' | 'message' | 'mention' | 'participating' | 'sla' | 'other'
  readonly title: string
  readonly body: string
  readonly at: number
  readonly isRead: boolean
  readonly snoozedUntil: number | null
  readonly conversationKey: string | null
}

export type NotificationChange =
  | { readonly kind: 'read' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'snooze'; readonly until: number }

export interface SearchBundle {
  ask(
    question: {
      readonly what: 'conversations' | 'messages' | 'customers'
      readonly words: string
      readonly page: number
    },
    signal: AbortSignal,
  ): Promise<{ readonly hits: readonly Hit[]; readonly hasMore: boolean }>
}

export interface Hit {
  readonly kind: 'conversation' | 'message' | 'customer'
  readonly conversationKey: string | null
  readonly customerKey: string | null
  readonly title: string
  readonly excerpt: string
  readonly inbox: string | null
  readonly at: number | null
}

export interface FoldersBundle {
  /** One page of what a folder or a filter made on the spot finds, in the server's order; `page` from 1. */
  page(
    of: { readonly folder: string } | { readonly terms: readonly FilterTerm[] },
    page: number,
    signal: AbortSignal,
  ): Promise<{ readonly told: readonly Told[]; readonly hasMore: boolean }>
  save(name: string, terms: readonly FilterTerm[], signal: AbortSignal): Promise<string>
  remove(folderKey: string, signal: AbortSignal): Promise<void>
}

export interface PanelBundle {
  read(conversation: Conversation, directory: Directory, signal: AbortSignal): Promise<Panel>
  readonly notes?: {
    add(customerKey: string, text: string, signal: AbortSignal): Promise<void>
    remove(customerKey: string, noteKey: string, signal: AbortSignal): Promise<void>
  }
}

/** Everything beside a conversation. What could not be read is named in `missing`; the rest is there. */
export interface Panel {
  readonly customer: Customer & {
    readonly identifier: string | null
    readonly attributes: readonly AttributeLine[]
  }
  readonly conversation: { readonly attributes: readonly AttributeLine[] }
  readonly notes: readonly CustomerNote[]
  readonly participants: readonly Agent[]
  readonly previous: readonly Told[]
  readonly missing: readonly ('customer' | 'notes' | 'participants' | 'previous')[]
}

export interface AttributeLine {
  readonly key: string
  readonly label: string
  readonly value: string
}

export interface CustomerNote {
  readonly key: string
  readonly text: string
  readonly author: string | null
  readonly at: number | null
}

export interface StartBundle {
  /** The agent is the customer there: nobody is chosen, and `begin` is given nobody. */
  readonly isOwn?: boolean
  customers(words: string, signal: AbortSignal): Promise<readonly Customer[]>
  inboxes(customerKey: string | null, signal: AbortSignal): Promise<readonly StartInbox[]>
  /** Opens a conversation without a message; the first one goes through the outbox. */
  begin(
    given: {
      readonly customer:
        | { readonly kind: 'known'; readonly key: string }
        | { readonly kind: 'own' }
        | {
            readonly kind: 'new'
            readonly name: string
            readonly email: string | null
            readonly phone: string | null
          }
      readonly inboxKey: string
      readonly subject: string | null
    },
    signal: AbortSignal,
  ): Promise<Told>
}

export interface StartInbox {
  readonly key: string
  readonly name: string
  readonly channel: Channel
  readonly needs: 'email' | 'phone' | 'nothing'
  readonly hasSubject: boolean
  readonly templates: readonly Template[]
  readonly onlyTemplates: boolean
}

export interface Page {
  readonly conversations: readonly Conversation[]
  /** Messages that came along; need not be complete. */
  readonly messages: readonly Message[]
  /** Keys of conversations the server no longer has, or no longer lets us see; those it was asked for one by one. */
  readonly gone: readonly string[]
  /** Conversations that have another key now: what was ordered, written and marked here goes along. */
  readonly rekeyed?: readonly { readonly from: string; readonly to: string }[]
  readonly cursor: string
  /** More pages are waiting right now. */
  readonly more: boolean
  /** How far the first load is; null once it is over. */
  readonly progress: { readonly done: number; readonly total: number | null } | null
  /** Shortest delay the provider wishes before the next pull. */
  readonly minDelayMs: number
}

export interface ThreadPage {
  /** The conversation as told along with its messages, where it was. */
  readonly conversation: Conversation | null
  readonly messages: readonly Message[]
  readonly hasOlder: boolean
}

export interface OutgoingReply extends Omit<Reply, 'files'> {
  readonly conversationKey: string
  readonly ownId: string
  readonly files: readonly OutgoingFile[]
  /**
   * To be called in the turn in which the first byte of the message itself may leave, through `HttpRequest.onLeaving`:
   * it writes that down, on the disk when it returns. Throws where it cannot, and then nothing may leave.
   */
  readonly leaves: () => void
}

export interface OutgoingFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

export interface SentReply {
  readonly message: Message
  /** Whether the answer shows that the server kept our own id. */
  readonly keepsOwnId: boolean
}

/** What is needed to recognise it among the messages there. */
export interface SoughtReply {
  readonly conversationKey: string
  readonly ownId: string
  readonly text: string
  readonly isNote: boolean
  readonly mentions: readonly Mention[]
  readonly template: TemplateUse | null
  /** Of each file, bytes. */
  readonly fileSizes: readonly number[]
  readonly links?: readonly string[]
  /** When the request left, our clock, epoch ms. */
  readonly startedAt: number
  /** Server messages other rows have already claimed. */
  readonly claimed: readonly string[]
}

export type ProviderFailureKind =
  'auth' | 'forbidden' | 'offline' | 'rateLimited' | 'busy' | 'rejected' | 'gone' | 'protocol'

/** The one thing a provider throws. `code` names the sentence the agent reads; `facts` fill its blanks. */
export class ProviderFailure extends Error {
  readonly kind: ProviderFailureKind
  readonly code: FailureCode
  readonly facts: Readonly<Record<string, string>>
  readonly retryAt: number | null
  /** Whether the server may have acted: decides between queued and unsure. */
  readonly mayHaveLeft: boolean
  constructor(given: {
    kind: ProviderFailureKind
    code: FailureCode
    facts?: Record<string, string>
    retryAt?: number | null
    mayHaveLeft: boolean
  }) {
    super(`${given.kind}: ${given.code}`)
    this.name = 'ProviderFailure'
    this.kind = given.kind
    this.code = given.code
    this.facts = given.facts ?? {}
    this.retryAt = given.retryAt ?? null
    this.mayHaveLeft = given.mayHaveLeft
  }
}

/** What the renderer may offer; the only place where bundles become flags. */
export function canOf(session: Partial<Session>): AccountRow['can'] {
  const has = (bundle: unknown): boolean => bundle !== undefined
  return {
    resolve: has(session.done),
    reopen: has(session.done?.reopen),
    pend: has(session.done?.pend),
    snooze: has(session.snooze),
    snoozeUntilReply: session.snooze?.untilReply ?? false,
    assign: has(session.assign),
    assignTeam: has(session.assign?.assignTeam),
    label: has(session.labels),
    prioritise: has(session.priority),
    mute: has(session.mute),
    markRead: has(session.read),
    markUnread: has(session.read?.markUnread),
    note: has(session.notes),
    mention: session.notes?.mentions ?? false,
    attach: has(session.attachments) && session.attachments?.by !== 'link',
    attachLink: session.attachments?.by === 'link',
    deleteMessage: has(session.messages),
    retryMessage: has(session.messages?.retry),
    directory: has(session.directory),
    macros: has(session.macros),
    transcript: has(session.transcript),
    typing: has(session.typing),
    availability: has(session.availability),
    participants: has(session.participants),
    notifications: has(session.notifications),
    search: has(session.search),
    folders: has(session.folders),
    panel: has(session.panel),
    customerNotes: has(session.panel?.notes),
    start: has(session.start),
    startOwn: session.start?.isOwn === true,
    resolveWith: session.done?.offersAnswers === true,
  }
}

/** What the window calls what can be done, and how far it reaches. */
export function namedOf(session: Partial<Session>): AccountRow['named'] {
  return {
    done: session.done?.verb ?? 'resolveHere',
    snooze: session.snooze === undefined ? 'snoozeHere' : 'snooze',
    read: session.read?.scope ?? 'device',
    notes: session.notes?.isEcho === true ? 'echo' : 'kept',
    placeholders: [...(session.placeholders ?? [])],
  }
}
