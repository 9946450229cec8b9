import type { Wire } from '../../shared/contract/bridge.ts'
import type { HostFacts } from '../../shared/contract/contract.ts'
import type { ConversationId } from '../../shared/domain/ids.ts'
import type { Named } from '../../shared/domain/order-name.ts'
import type { Clock } from '../ports/clock.ts'
import type { Http } from '../ports/http.ts'
import type { Log } from '../ports/log.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Signals } from '../ports/signals.ts'
import type { Vault } from '../ports/vault.ts'
import type { Provider } from '../providers/provider.ts'
import type { Store } from '../store/store.ts'

/** What a shell hands in. */
export interface EngineParts {
  readonly store: Store
  /** The OS keychain where the host has one, and the memory of this session. */
  readonly keychain: Vault | null
  readonly sessionVault: Vault
  readonly providers: Readonly<Record<string, Provider>>
  readonly http: Http
  readonly clock: Clock
  readonly signals: Signals
  /** Null where the host has no notifications: the window shows announcements itself. */
  readonly notifier: Notifier | null
  readonly log: Log
  readonly host: Pick<HostFacts, 'shell' | 'version' | 'platform' | 'isDemo' | 'logFile'>
  /** Random ids; handed in so that tests can read them. */
  readonly randomId: () => string
  /** 0 to 1; spreads retries. */
  readonly random: () => number
}

export interface Engine {
  /** Commands and events, validated both ways. */
  readonly wire: Wire
  start(): void
  /** Aborts what runs, keeps every queued row, closes the store. */
  stop(): Promise<void>
  /** What tray, dock and tooltip show; recomputed on every change and every minute. */
  attention(): Attention
  onAttention(listener: (attention: Attention) => void): () => void
  /** Asks the window to show something: from the tray, a notification, a key. Remembered until a window listens. */
  ask(
    purpose: 'open' | 'reply' | 'resolve' | 'addAccount' | 'settings' | 'find',
    conversationId: ConversationId | null,
  ): void
  /** The bytes behind an opaque media id, fetched without credentials; null when unknown or refused. */
  media(id: string, signal: AbortSignal): Promise<Media | null>
  globalKeyIs(state: HostFacts['globalKey']): void
  /** Something was thrown in this process that nobody caught. */
  broke(error: unknown): void
}

export interface Media {
  readonly bytes: Uint8Array
  /** A type from our own short list, never the server's word. */
  readonly contentType: string
  readonly name: string
}

/** One pure answer for tray, dock, overlay, title and tooltip. */
export interface Attention {
  /** How many conversations need you, in every account. */
  readonly badge: number
  readonly state: 'quiet' | 'needsYou' | 'trouble' | 'signedOut'
  /** The three that wait longest, longest first. */
  readonly waiting: readonly {
    readonly conversationId: ConversationId
    readonly name: string
    readonly account: string
    /** Epoch ms; null where the provider has no notion of waiting. */
    readonly waitingSince: number | null
    /** What it is called there to be done with it. */
    readonly done: Named['done']
  }[]
  /** The oldest "last pull that succeeded" among the accounts, epoch ms; null before the first. */
  readonly asOf: number | null
  readonly troubledAccounts: number
}
