import type { ClosingNote, MessageBody, TemplateComponent } from './world.ts'

/**
 * A workspace as it is written down by hand: people by short names, times as "how long ago". `settling` turns it into a
 * world at a given moment.
 */
export interface SpacePlan {
  /** The first is me: the token is the workspace's, so nobody there knows. */
  readonly users: Readonly<Record<string, UserPlan>>
  readonly channels: Readonly<Record<string, ChannelPlan>>
  readonly closingNotes: readonly ClosingNote[]
  readonly stages: readonly string[]
  readonly contacts: readonly ContactPlan[]
  /** Strangers who may turn up while somebody watches. */
  readonly newcomers?: readonly ContactPlan[]
}

export interface UserPlan {
  readonly name: string
  readonly email: string
  readonly role?: string
  readonly team?: { readonly id: number; readonly name: string }
  readonly restrictions?: readonly string[]
}

export interface ChannelPlan {
  readonly name: string
  readonly source: string
  readonly templates?: readonly TemplatePlan[]
}

export interface TemplatePlan {
  readonly name: string
  readonly languageCode: string
  readonly category?: string
  readonly status?: string
  readonly components: readonly TemplateComponent[]
}

export interface ContactPlan {
  readonly name: string
  readonly phone?: string
  readonly email?: string
  readonly language?: string
  readonly countryCode?: string
  readonly channel: string
  readonly hasPortrait?: boolean
  readonly status?: 'open' | 'closed'
  readonly isBlocked?: boolean
  readonly assignee?: string
  readonly tags?: readonly string[]
  readonly lifecycle?: string
  readonly customFields?: readonly { readonly name: string; readonly value: unknown }[]
  readonly lines: readonly LinePlan[]
  /** What the customer says, in turn, each time somebody has answered. */
  readonly then?: readonly string[]
  /** What the customer adds, in turn, while nobody answers. */
  readonly meanwhile?: readonly string[]
}

export interface LinePlan {
  /** `them`, a user's short name, or where else it came from: `workflow`, `ai_agent`, `broadcast`, `echo`, `api`. */
  readonly by: string
  readonly agoMs: number
  readonly body: MessageBody
  /** Where it failed, why. */
  readonly failed?: string
}

export function them(ago: string, said: string | MessageBody): LinePlan {
  return { by: 'them', agoMs: agoMs(ago), body: bodyOf(said) }
}

export function by(who: string, ago: string, said: string | MessageBody): LinePlan {
  return { by: who, agoMs: agoMs(ago), body: bodyOf(said) }
}

export function failing(line: LinePlan, why: string): LinePlan {
  return { ...line, failed: why }
}

export function picture(url: string): MessageBody {
  return { type: 'attachment', attachment: { type: 'image', url } }
}

export function bodyOf(said: string | MessageBody): MessageBody {
  return typeof said === 'string' ? { type: 'text', text: said } : said
}

const unitsMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }

/** "2d 3h 25m 10s" in milliseconds. */
function agoMs(ago: string): number {
  const parts = [...ago.matchAll(/(\d+)([dhms])/g)]
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitsMs[unit] ?? 0), 0)
}
