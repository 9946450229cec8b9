import { keyOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Settings } from '../../shared/contract/contract.ts'
import type { Message } from '../../shared/domain/message.ts'
import { say } from '../../shared/words/words.ts'
import type { Announcement, Notifier } from '../ports/notifier.ts'
import type { Store } from '../store/store.ts'
import { isWorthTelling, type Looking } from './alerts.ts'
import { createGathering } from './gathering.ts'
import type { EventHub } from './event-hub.ts'

/** Tells the agent of new messages: one notification a message, and one summary for what came while we were away. */
export interface Announcer {
  /** Messages that were just stored for the first time. */
  arrived(accountId: AccountId, messages: readonly Message[]): void
  /** From here on until `caughtUp`, what comes is what came while we were away. */
  wasAway(accountId: AccountId): void
  /** The first round after that is over: what came in it is told as one, with what other accounts bring meanwhile. */
  caughtUp(accountId: AccountId, seenUntil: number): void
  /** Anything else worth a notification, where the agent wants such. */
  announce(announcement: Announcement): void
  withdraw(id: ConversationId): void
  stop(): void
}

export interface AnnouncerParts {
  readonly store: Store
  readonly hub: EventHub
  readonly notifier: Notifier | null
  readonly settings: () => Settings
  readonly looking: () => Looking
  readonly announceAfter: (id: AccountId) => number | null
  readonly clock: Pick<Clock, 'after'>
  readonly broke: (error: unknown) => void
}

/** Above this many, what came while we were away is one notification. */
const mostAfterGap = 3

export function createAnnouncer(parts: AnnouncerParts): Announcer {
  /** Up to which moment an account's messages count as "while we were away"; absent until its first round is over. */
  const quietUntil = new Map<AccountId, number>()
  const gathering = createGathering(parts.clock, tellGathered, parts.broke)

  function isTold(accountId: AccountId, message: Message): boolean {
    const conversation = parts.store.conversation(message.conversationId)
    if (conversation === null) return false
    const announceAfter = parts.announceAfter(accountId)
    return isWorthTelling({
      message,
      conversation,
      announceAfter,
      looking: parts.looking(),
      isOn: parts.settings().notifications,
    })
  }

  function tell(announcement: Announcement): void {
    const announce = (inWindow: boolean): void =>
      parts.hub.publish('message.announced', { ...announcement, inWindow })
    const isShown = onDesktop(parts, (notifier) => notifier.show(announcement, () => announce(true)))
    announce(!isShown)
  }

  function tellOf(message: Message): void {
    const who = parts.store.conversation(message.conversationId)?.customer.name ?? ''
    const body = parts.settings().notificationText ? firstLine(message) : say('notification.hiddenText')
    tell({ conversationId: message.conversationId, title: who, body })
  }

  function tellGathered(came: readonly Message[]): void {
    const newest = came.at(-1)
    if (newest === undefined) return
    if (came.length <= mostAfterGap) return came.forEach(tellOf)
    const title = say('notification.summary', { count: came.length })
    tell({ conversationId: newest.conversationId, title, body: names(came) })
  }

  return {
    arrived(accountId, messages) {
      const until = quietUntil.get(accountId)
      for (const message of messages.filter((each) => isTold(accountId, each))) {
        if (until === undefined) gathering.add(message)
        else if (message.sentAt > until) tellOf(message)
      }
    },
    wasAway(accountId) {
      quietUntil.delete(accountId)
      gathering.wasAway(accountId)
    },
    caughtUp(accountId, seenUntil) {
      quietUntil.set(accountId, seenUntil)
      gathering.caughtUp(accountId)
    },
    announce: (announcement) => (parts.settings().notifications ? tell(announcement) : undefined),
    stop: gathering.stop,
    withdraw: (id) => void onDesktop(parts, (notifier) => notifier.withdraw(id)),
  }

  function names(messages: readonly Message[]): string {
    const all = messages.map(
      (each) => parts.store.conversation(each.conversationId)?.customer.name ?? keyOf(each.conversationId),
    )
    return [...new Set(all)].slice(0, 5).join(', ')
  }
}

/** Whether the desktop did it. One that breaks must not take along what is being told of. */
function onDesktop({ notifier, broke }: AnnouncerParts, step: (notifier: Notifier) => void): boolean {
  try {
    if (notifier !== null) step(notifier)
    return notifier !== null
  } catch (error) {
    broke(error)
    return false
  }
}

function firstLine(message: Message): string {
  const line =
    message.text.split('\n').find((each) => each.trim() !== '') ?? message.attachments[0]?.name ?? ''
  return line.trim().slice(0, 200)
}
