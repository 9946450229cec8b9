import type {
  Availability,
  ChannelType,
  ConversationStatus,
  MessageStatus,
  MessageTemplate,
  PriorityName,
  Role,
} from './world.ts'
import type { ToolsPlan } from './tools-plan.ts'

/**
 * A data set as it is written down by hand: people and threads by short names, times as "how long ago". `settling`
 * turns it into a world at a given moment, so that a demo started any day looks as if it had just happened.
 */
export interface InstallationPlan {
  readonly me: PersonPlan
  readonly accounts: readonly AccountPlan[]
}

export interface PersonPlan {
  readonly name: string
  readonly email: string
  /** Absent means "<what stands before the @>-opens-1!". */
  readonly password?: string
  readonly mfa?: { readonly code: string; readonly backupCodes: readonly string[] }
  readonly signature?: string
}

export interface AccountPlan {
  readonly name: string
  readonly myRole: Role
  readonly colleagues: Readonly<Record<string, PersonPlan & { role?: Role; availability?: Availability }>>
  /** Name of the bot, where there is one. */
  readonly bot?: string
  readonly inboxes: Readonly<Record<string, InboxPlan>>
  readonly teams?: Readonly<Record<string, TeamPlan>>
  readonly labels?: readonly { title: string; color: string; description: string }[]
  readonly contacts: Readonly<Record<string, ContactPlan>>
  readonly tools?: ToolsPlan
  readonly threads: readonly ThreadPlan[]
  /** Strangers who may turn up while somebody watches. */
  readonly newcomers?: readonly NewcomerPlan[]
}

export interface InboxPlan {
  readonly name: string
  readonly channel: ChannelType
  readonly email?: string
  readonly phone?: string
  readonly replyWindowHours?: number
  readonly isBotActive?: boolean
  readonly autoAssignment?: boolean
  readonly medium?: 'sms' | 'whatsapp'
  readonly asksForRating?: boolean
  readonly isLockedToOne?: boolean
  readonly templates?: readonly MessageTemplate[]
  readonly replyWindowMessage?: string
  /** Agents only see inboxes they are members of. */
  readonly withoutMe?: boolean
}

export interface TeamPlan {
  readonly name: string
  readonly description: string
  readonly allowAutoAssign?: boolean
  /** Short names; `me` is me. */
  readonly members: readonly string[]
}

export interface ContactPlan {
  readonly name: string
  readonly email?: string
  readonly phone?: string
  readonly city?: string
  readonly country?: string
  readonly company?: string
  /** Absent means a portrait; false means the agent sees initials. */
  readonly hasPortrait?: boolean
  readonly isBlocked?: boolean
}

export interface ThreadPlan {
  readonly inbox: string
  readonly contact: string
  readonly status?: ConversationStatus
  /** `me`, a colleague's short name, or `bot`. */
  readonly assignee?: string
  readonly team?: string
  readonly labels?: readonly string[]
  readonly priority?: PriorityName
  /** From now; absent while snoozed means until the customer writes. */
  readonly snoozedForHours?: number
  /** How many of the newest incoming messages nobody has read; absent means those since the last answer. */
  readonly unread?: number
  readonly subject?: string
  /** Short names of those who take part besides whoever it is assigned to. */
  readonly participants?: readonly string[]
  readonly customAttributes?: Readonly<Record<string, unknown>>
  /** By me, after the last line: resolved, and the contact blocked. */
  readonly isMuted?: boolean
  readonly lines: readonly LinePlan[]
  /** What the customer says, in turn, each time an agent has answered. */
  readonly then?: readonly string[]
  /** What the customer adds, in turn, while nobody answers. */
  readonly meanwhile?: readonly string[]
}

export interface NewcomerPlan {
  readonly inbox: string
  readonly contact: ContactPlan
  readonly says: string
  readonly then: readonly string[]
  readonly meanwhile?: readonly string[]
}

export interface LinePlan {
  readonly by: string
  readonly agoMs: number
  readonly text: string | null
  readonly isNote: boolean
  readonly extra: LineExtra
}

export interface LineExtra {
  readonly files?: readonly FilePlan[]
  readonly location?: { latitude: number; longitude: number; title: string }
  readonly email?: EmailPlan
  readonly contentType?: string
  readonly contentAttributes?: Readonly<Record<string, unknown>>
  /** How many lines back the answered message stands. */
  readonly answersLinesBack?: number
  readonly status?: MessageStatus
  readonly externalError?: string
  readonly isDeleted?: boolean
  readonly isTemplate?: boolean
}

export interface FilePlan {
  readonly name: string
  readonly contentType: string
  readonly fileType: 'image' | 'audio' | 'video' | 'file'
  readonly bytes: () => Uint8Array
  readonly width?: number
  readonly height?: number
}

export interface EmailPlan {
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly cc?: string
  /** May use `{origin}` for addresses on the simulated server itself. */
  readonly html: string
  readonly quotedHtml?: string
  readonly plain: string
}

export function them(ago: string, text: string | null, extra: LineExtra = {}): LinePlan {
  return { by: 'them', agoMs: agoMs(ago), text, isNote: false, extra }
}

export function me(ago: string, text: string | null, extra: LineExtra = {}): LinePlan {
  return { by: 'me', agoMs: agoMs(ago), text, isNote: false, extra }
}

export function agent(by: string, ago: string, text: string | null, extra: LineExtra = {}): LinePlan {
  return { by, agoMs: agoMs(ago), text, isNote: false, extra }
}

export function bot(ago: string, text: string, extra: LineExtra = {}): LinePlan {
  return { by: 'bot', agoMs: agoMs(ago), text, isNote: false, extra }
}

export function note(by: string, ago: string, text: string): LinePlan {
  return { by, agoMs: agoMs(ago), text, isNote: true, extra: {} }
}

export function told(ago: string, text: string): LinePlan {
  return { by: 'system', agoMs: agoMs(ago), text, isNote: false, extra: {} }
}

/** "2d 3h 25m 10s" in milliseconds. */
export function agoMs(ago: string): number {
  let total = 0
  for (const part of ago.split(' ')) {
    const [, count, unit] = /^(\d+)([dhms])$/.exec(part) ?? []
    if (count === undefined || unit === undefined)
      throw new Error(`"${ago}" is not a time such as "2d 3h 25m".`)
    total += Number(count) * (unitMs[unit] ?? 0)
  }
  return total
}

const unitMs: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }
