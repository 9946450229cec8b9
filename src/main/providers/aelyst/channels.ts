import type { Channel } from '../../../shared/domain/conversation.ts'
import type { ReplyLimits } from '../../../shared/domain/reply.ts'
import { asText, entryOf, textOrNull, type Loose } from '../../foreign/read.ts'

/** A channel of the workspace. */
export interface SpaceChannel {
  readonly key: string
  readonly name: string
  /** As told; the list of these is open (docs/providers/aelyst.md §4.2). */
  readonly source: string
}

export interface ChannelFacts {
  readonly channel: Channel
  readonly limits: ReplyLimits
  /** How long after a message of theirs free text is taken; null for ever. */
  readonly windowMs: number | null
}

export function spaceChannelFrom(raw: Loose): SpaceChannel[] {
  const key = textOrNull(raw['id'])
  if (key === null) return []
  const source = asText(raw['source'])
  return [{ key, name: textOrNull(raw['name']) ?? (source === '' ? key : source), source }]
}

/** What a channel takes. Files go by their address and one at a time; how long a text may be the server does not say. */
export function channelFacts(source: string): ChannelFacts {
  if (isWhatsApp(source))
    return {
      channel: 'whatsapp',
      limits: { ...plain, maxLength: 4096, templates: true },
      windowMs: 24 * 3_600_000,
    }
  const channel = entryOf(channels, source.toLowerCase()) ?? 'other'
  const isMail = channel === 'email'
  return { channel, limits: { ...plain, copies: isMail, quotes: isMail }, windowMs: null }
}

/** Several sources carry it, and more than are written down. */
export function isWhatsApp(source: string): boolean {
  return /whatsapp/i.test(source)
}

const plain: ReplyLimits = {
  maxLength: 10_000,
  files: 'one',
  quotes: false,
  copies: false,
  templates: false,
}

const channels: Readonly<Record<string, Channel>> = {
  facebook: 'facebook',
  instagram: 'instagram',
  line: 'line',
  telegram: 'telegram',
  tiktok: 'tiktok',
  custom_channel: 'api',
  gmail: 'email',
  other_email: 'email',
  twilio: 'sms',
  message_bird: 'sms',
  nexmo: 'sms',
}
