import type { HostFacts, Settings } from '../../shared/contract/contract.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import type { AccountDesk } from './account-desk.ts'
import type { Looking } from './alerts.ts'
import type { Announcer } from './announcer.ts'
import type { AttentionTeller } from './attention-teller.ts'
import type { Directories } from './directories.ts'
import type { EngineParts } from './engine.ts'
import type { EventHub } from './event-hub.ts'
import type { Gate } from './gate.ts'
import type { MediaDesk } from './media.ts'
import type { Outbox } from './outbox.ts'
import type { PresenceDesk } from './presence.ts'
import type { Publisher } from './publisher.ts'
import type { Rhythm } from './rhythm.ts'
import type { MediaId } from './rows.ts'
import type { SignIn } from './sign-in.ts'
import type { Typing } from './typing.ts'

/** The engine's own parts, as its handlers see them. */
export interface Core {
  readonly parts: EngineParts
  readonly hub: EventHub
  readonly media: MediaDesk
  readonly mediaOf: (id: AccountId) => MediaId
  readonly publisher: Publisher
  readonly announcer: Announcer
  readonly attention: AttentionTeller
  readonly outbox: Outbox
  readonly gate: Gate
  readonly presence: PresenceDesk
  readonly desk: AccountDesk
  readonly directories: Directories
  readonly signIn: SignIn
  readonly typing: Typing
  readonly rhythm: Rhythm
  readonly settings: () => Settings
  readonly settingsChanged: () => void
  /** Aborts when the engine stops. */
  readonly stopping: AbortSignal
  /** Told what was thrown where nobody stands above. */
  readonly broke: (error: unknown) => void
  host: HostFacts
  looking: Looking
}
