import type { SignInField } from '../../shared/contract/contract.ts'
import type { FailureCode } from '../../shared/contract/failure.ts'
import type { Conversation, ReadScope } from '../../shared/domain/conversation.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Finding } from '../../shared/domain/outbox.ts'
import type { Clock } from '../ports/clock.ts'
import type { Http } from '../ports/http.ts'
import type { Log } from '../ports/log.ts'

/** A service we can talk to. Adding one is a folder and a line in the registry; nothing else changes. */
export interface Provider {
  readonly id: string
  readonly label: string
  /** What signing in asks for, as data: the form is generic. */
  readonly signIn: readonly SignInField[]
  /** Who answers there, with these fields. Throws ProviderFailure. Changes nothing on the server. */
  probe(fields: Readonly<Record<string, string>>, host: ProviderHost, signal: AbortSignal): Promise<Probed>
  open(account: ProviderAccount, secret: string, host: ProviderHost): Session
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

export interface Probed {
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
  /** One page of what changed since `cursor` (null: from the beginning). Replaying a cursor changes nothing. */
  pull(cursor: string | null, signal: AbortSignal): Promise<Page>
  /** Messages older than `before` (a message key), or the newest; oldest first. */
  thread(conversationKey: string, before: string | null, signal: AbortSignal): Promise<ThreadPage>
  /** Sends once; never retries by itself. `ownId` goes along where the server can keep it. */
  send(reply: OutgoingReply, signal: AbortSignal): Promise<SentReply>
  /** Whether a reply whose fate is unknown is there after all. */
  findSent(reply: SoughtReply, signal: AbortSignal): Promise<{ finding: Finding; message: Message | null }>
  readonly done?: DoneBundle
  readonly read?: ReadBundle
}

export interface DoneBundle {
  resolve(conversationKey: string, signal: AbortSignal): Promise<Conversation>
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

export interface Page {
  readonly conversations: readonly Conversation[]
  /** Messages that came along; need not be complete. */
  readonly messages: readonly Message[]
  /** Keys of conversations the server no longer has, or no longer lets us see; those it was asked for one by one. */
  readonly gone: readonly string[]
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

export interface OutgoingReply {
  readonly conversationKey: string
  readonly text: string
  readonly ownId: string
}

export interface SentReply {
  readonly message: Message
  /** Whether the answer shows that the server kept our own id. */
  readonly keepsOwnId: boolean
}

export interface SoughtReply extends OutgoingReply {
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
export function canOf(session: Pick<Session, 'done' | 'read'>): {
  resolve: boolean
  reopen: boolean
  markRead: boolean
  markUnread: boolean
} {
  return {
    resolve: session.done !== undefined,
    reopen: session.done?.reopen !== undefined,
    markRead: session.read !== undefined,
    markUnread: session.read?.markUnread !== undefined,
  }
}
