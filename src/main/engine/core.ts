import type { HostFacts, Settings } from '../../shared/contract/contract.ts'
import type { AccountId, ConversationId } from '../../shared/domain/ids.ts'
import type { Session } from '../providers/provider.ts'
import type { AccountRecord } from '../store/store.ts'
import type { OpenAccounts } from './accounts.ts'
import type { Looking } from './alerts.ts'
import type { Announcer } from './announcer.ts'
import type { EngineParts } from './engine.ts'
import type { EventHub } from './event-hub.ts'
import type { MediaDesk } from './media.ts'
import type { Outbox } from './outbox.ts'
import type { Publisher } from './publisher.ts'
import type { MediaId } from './rows.ts'
import type { SignIn } from './sign-in.ts'
import type { Sync } from './sync.ts'

/** The engine's own parts, as the handlers see them. */
export interface Core {
  readonly parts: EngineParts
  readonly hub: EventHub
  readonly media: MediaDesk
  readonly publisher: Publisher
  readonly announcer: Announcer
  readonly outbox: Outbox
  readonly signIn: SignIn
  readonly accounts: OpenAccounts
  readonly mediaOf: (id: AccountId) => MediaId
  readonly sync: (id: AccountId) => Sync | undefined
  readonly session: (id: AccountId) => Session | null
  readonly hostFacts: () => HostFacts
  readonly settings: () => Settings
  readonly settingsChanged: () => void
  readonly look: (looking: Looking) => void
  /** Opens an account with the secret in its vault and starts pulling; again for one that is open starts it anew. */
  readonly startAccount: (record: AccountRecord) => Promise<void>
  /** Stops pulling and forgets the account, its rows and, when nobody shares it, its secret. */
  readonly dropAccount: (record: AccountRecord) => Promise<void>
  readonly orderGiven: (id: ConversationId) => void
}
