import type { Side } from '../../../shared/domain/conversation.ts'
import { conversationId, messageId, type AccountId } from '../../../shared/domain/ids.ts'
import type { Attachment, Delivery, Message } from '../../../shared/domain/message.ts'
import {
  asList,
  asObject,
  asText,
  entryOf,
  fingerprint,
  isObject,
  momentOrNull,
  numberOrNull,
  textOrNull,
  webUrlOrNull,
  type Loose,
} from '../../foreign/read.ts'
import type { WireMessage } from './wire-types.ts'

/** Whose eyes foreign JSON is read with. */
export interface Frame {
  readonly accountId: AccountId
  readonly organizationId: string
  /** Which member of the organisation we are; empty where that could not be found out. */
  readonly memberId: string
  readonly baseUrl: string
}

/**
 * Every message of a list, oldest first as the server tells them; what is no object is no message. What WhatsApp
 * brought twice is shown once, and only where the server names WhatsApp's own id is that known
 * (docs/providers/wapikit.md §8): equal words alone are two messages.
 */
export function messagesFrom(raw: unknown, conversationKey: string, frame: Frame): Message[] {
  const rows = asList(raw).filter(isObject)
  const brought = new Set<string>()
  const ranks = new Map<string, number>()
  const messages: Message[] = []
  for (const row of rows) {
    const wire: WireMessage = row
    const original = textOrNull(wire.whatsAppMessageId)
    const delivery = original === null ? null : `${asText(wire.direction)} ${original}`
    if (delivery !== null && brought.has(delivery)) continue
    if (delivery !== null) brought.add(delivery)
    const stamp = asText(wire.createdAt)
    const rank = ranks.get(stamp) ?? 0
    ranks.set(stamp, rank + 1)
    messages.push(messageFrom(row, conversationKey, frame, rank))
  }
  return messages
}

/** `rank`: its place among those of the very same moment, since ids say nothing of order (docs/providers/wapikit.md §10). */
export function messageFrom(raw: Loose, conversationKey: string, frame: Frame, rank = 0): Message {
  const wire: WireMessage = raw
  const key = textOrNull(wire.uniqueId) ?? `~${fingerprint(raw)}`
  const conversation = conversationId(frame.accountId, conversationKey)
  const side = sideOf(wire.direction)
  const type = textOrNull(wire.messageType) ?? textOrNull(wire.message_type) ?? 'Text'
  const data = asObject(wire.messageData)
  return {
    id: messageId(conversation, key),
    conversationId: conversation,
    key,
    side,
    author: null,
    kind: type === 'Text' ? 'text' : 'other',
    text: textOf(wire.messageData, data),
    html: null,
    subject: null,
    sentAt: momentOrNull(wire.createdAt) ?? 0,
    sequence: belowMs(wire.createdAt) * mostOfOneMoment + rank,
    delivery: deliveryOf(wire.status, side),
    attachments: attachmentsOf(type, data, key, frame.baseUrl),
    replyTo: textOrNull(wire.replyToMessageId),
    isDeleted: false,
    mail: null,
    rating: null,
    ownId: null,
  }
}

/** Nobody tells which agent wrote: what we did not send ourselves counts as a colleague's (docs/providers/wapikit.md §11). */
function sideOf(direction: unknown): Side {
  switch (direction) {
    case 'OutBound':
      return 'colleague'
    case 'InBound':
      return 'them'
    default:
      // Shown, and looked at, rather than taken for answered.
      return 'them'
  }
}

function deliveryOf(status: unknown, side: Side): Delivery {
  if (side === 'them') return { kind: 'none' }
  switch (status) {
    case 'Delivered':
      return { kind: 'delivered' }
    case 'Read':
      return { kind: 'read' }
    case 'Failed':
    case 'UnDelivered':
      return { kind: 'failed', reason: null }
    default:
      return { kind: 'sent' }
  }
}

/** The words, or what comes closest in a type the server has no code for yet. */
function textOf(raw: unknown, data: Loose): string {
  if (typeof raw === 'string') return raw
  const said = ['text', 'caption', 'body', 'title', 'emoji'].map((name) => data[name])
  for (const each of said) {
    const words = textOrNull(each) ?? textOrNull(asObject(each)['body'])
    if (words !== null) return words
  }
  return ''
}

const attachmentKinds: Readonly<Record<string, Attachment['kind']>> = {
  Image: 'image',
  Sticker: 'image',
  Video: 'video',
  Audio: 'audio',
  Document: 'file',
  Location: 'location',
  Address: 'location',
  Contacts: 'contact',
}

/** No server stores files today (docs/providers/wapikit.md §8); what one says of them is shown as far as it goes. */
function attachmentsOf(type: string, data: Loose, key: string, baseUrl: string): Attachment[] {
  const kind = entryOf(attachmentKinds, type)
  if (kind === undefined) return []
  const addresses = ['link', 'url', 'mediaUrl'].map((name) => webUrlOrNull(data[name], baseUrl))
  return [
    {
      key: `${key}-file`,
      kind,
      name: textOrNull(data['filename']) ?? textOrNull(data['name']) ?? type,
      url: addresses.find((each) => each !== null) ?? null,
      thumbUrl: null,
      sizeBytes: null,
      width: null,
      height: null,
    },
  ]
}

const mostOfOneMoment = 1_000

/** What a time says below the millisecond, in ns: Go writes up to nine digits, and a moment of ours has three. */
function belowMs(raw: unknown): number {
  const digits = /\.\d{3}(\d{1,6})/.exec(asText(raw))?.[1] ?? ''
  return numberOrNull(digits.padEnd(6, '0')) ?? 0
}
