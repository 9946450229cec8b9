import type { Channel } from '../../../shared/domain/conversation.ts'
import type { ReplyLimits } from '../../../shared/domain/reply.ts'
import { entryOf } from '../../foreign/read.ts'

/** What an inbox says of itself beyond its conversations' rows; empty and null where it does not (§1.2). */
export interface KnownInbox {
  readonly name: string
  /** As told, without the leading `Channel::`. */
  readonly channelType: string
  /** Twilio carries text messages and WhatsApp under one channel type; only this tells them apart. */
  readonly medium: string
  readonly provider: string
  /** The workspace's own rule for an Api channel: how long after a message of theirs it takes an answer. */
  readonly windowHours: number | null
}

export interface ChannelFacts {
  readonly channel: Channel
  readonly limits: ReplyLimits
  /** How long after a message of theirs free text is taken; null for ever. */
  readonly windowMs: number | null
  /** The same where the workspace has an exception from the channel's owner. */
  readonly exceptionMs: number | null
}

/**
 * What a channel takes and for how long (docs/providers/chatwoot.md §2.2, §6). None of it is enforced by the server:
 * it accepts what the channel will refuse a moment later. A channel we do not know is trusted with anything.
 */
export function channelFacts(channelType: string, inbox: KnownInbox | undefined): ChannelFacts {
  const type = variantOf(channelType, inbox)
  const facts = entryOf(table, type) ?? unknownChannel
  // Over 360dialog, WhatsApp does not learn which message is answered.
  if (type === 'Whatsapp' && inbox?.provider === 'default')
    return { ...facts, limits: { ...facts.limits, quotes: false } }
  if (type === 'Api' && inbox?.windowHours) return { ...facts, windowMs: inbox.windowHours * hourMs }
  return facts
}

function variantOf(channelType: string, inbox: KnownInbox | undefined): string {
  const type = channelType.replace(/^Channel::/, '')
  return type === 'TwilioSms' && inbox?.medium === 'whatsapp' ? 'TwilioWhatsapp' : type
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const plain: ReplyLimits = {
  maxLength: 10_000,
  files: 'many',
  quotes: false,
  copies: false,
  templates: false,
}

const unknownChannel: ChannelFacts = { channel: 'other', limits: plain, windowMs: null, exceptionMs: null }

const table: Readonly<Record<string, ChannelFacts>> = {
  WebWidget: always('web', { quotes: true }),
  Api: always('api', { quotes: true }),
  Email: always('email', { maxLength: 25_000, copies: true }),
  Whatsapp: within(dayMs, 'whatsapp', { maxLength: 4096, files: 'one', quotes: true, templates: true }),
  TwilioWhatsapp: within(dayMs, 'whatsapp', { maxLength: 1600, files: 'one', templates: true }),
  TwilioSms: always('sms', { maxLength: 320 }),
  Sms: always('sms', { maxLength: 320 }),
  // With the "human agent" exception Meta takes answers for a week.
  FacebookPage: { ...within(dayMs, 'facebook', { maxLength: 2000, quotes: true }), exceptionMs: 7 * dayMs },
  Instagram: { ...within(dayMs, 'instagram', { maxLength: 1000, files: 'one' }), exceptionMs: 7 * dayMs },
  Telegram: always('telegram', { maxLength: 4096, quotes: true }),
  Line: always('line', { maxLength: 2000 }),
  Tiktok: within(2 * dayMs, 'tiktok', { maxLength: 6000, quotes: true }),
  TwitterProfile: always('other', { quotes: true }),
  Voice: always('voice', { files: 'none' }),
}

function always(channel: Channel, limits: Partial<ReplyLimits>): ChannelFacts {
  return { channel, limits: { ...plain, ...limits }, windowMs: null, exceptionMs: null }
}

function within(windowMs: number, channel: Channel, limits: Partial<ReplyLimits>): ChannelFacts {
  return { ...always(channel, limits), windowMs }
}
