import { conversationId, messageId, type AccountId } from '../../../shared/domain/ids.ts'
import type { Attachment, Author, Delivery, MailAddresses, Message } from '../../../shared/domain/message.ts'
import type { Side } from '../../../shared/domain/conversation.ts'
import {
  asList,
  asObject,
  asText,
  entryOf,
  fingerprint,
  isObject,
  numberOrNull,
  textOrNull,
  webUrlOrNull,
  type Loose,
} from '../../foreign/read.ts'
import { momentOf } from './moments.ts'
import { componentsOf } from './templates.ts'

/** Who looks, and what is known of the people messages name. */
export interface Frame {
  readonly accountId: AccountId
  readonly userId: string
  readonly baseUrl: string
  readonly users: ReadonlyMap<string, { readonly name: string }>
}

/** A message with what only this server knows of it. */
export interface ToldMessage {
  readonly message: Message
  readonly channelKey: string | null
  /** As told: user, api, workflow ... */
  readonly source: string
}

/** Oldest first, every one once; whatever else is missing, null or unknown becomes the nearest harmless value. */
export function messagesFrom(items: readonly unknown[], key: string, frame: Frame): ToldMessage[] {
  const told = items.filter(isObject).map((raw) => messageFrom(raw, key, frame))
  const distinct = [...new Map(told.map((each) => [each.message.key, each])).values()]
  return distinct.sort((a, b) => a.message.sequence - b.message.sequence)
}

/** A message as lists tell it: its id is its moment as well (docs/providers/aelyst.md §1). */
export function messageFrom(raw: Loose, key: string, frame: Frame): ToldMessage {
  const wireKey = textOrNull(raw['messageId']) ?? `x${fingerprint(raw)}`
  const sender = asObject(raw['sender'])
  const source = asText(sender['source'])
  const body = asObject(raw['message'])
  const conversation = conversationId(frame.accountId, key)
  const side = sideOf(raw, frame)
  const type = asText(body['type'])
  const history = asList(raw['status']).filter(isObject)
  const message: Message = {
    id: messageId(conversation, wireKey),
    conversationId: conversation,
    key: wireKey,
    side,
    author: authorOf(side, sender, frame),
    kind: knownTypes.includes(type) ? 'text' : 'other',
    text: textOf(type, body),
    html: null,
    subject: textOrNull(body['subject']),
    // Some ids only count; then the first thing that became of it tells.
    sentAt: momentOf(raw['messageId']) ?? earliest(history) ?? 0,
    sequence: numberOrNull(raw['messageId']) ?? 0,
    delivery: side === 'them' ? { kind: 'none' } : deliveryOf(history),
    attachments: attachmentsOf(type, body, wireKey, frame.baseUrl),
    replyTo: textOrNull(body['replyToMessageId']),
    isDeleted: false,
    mail: mailOf(body),
    rating: null,
    ownId: null,
  }
  return { message, channelKey: textOrNull(raw['channelId']), source }
}

const knownTypes = ['text', 'attachment', 'quick_reply', 'email', 'whatsapp_template', 'facebook_template']

/**
 * Whoever sends by the workspace's token is "api" and nobody by name (docs/providers/aelyst.md §4.2): somebody of the team, and
 * us only where a reply of ours claimed it. What we do not know is a bot's: it never says that somebody answered.
 */
function sideOf(raw: Loose, { userId }: Frame): Side {
  const sender = asObject(raw['sender'])
  const source = asText(sender['source'])
  if (raw['traffic'] === 'incoming' || (raw['traffic'] !== 'outgoing' && source === '')) return 'them'
  switch (source) {
    case 'user':
      return asText(sender['userId']) === userId ? 'me' : 'colleague'
    case 'api':
    case 'echo':
      return 'colleague'
    default:
      return 'bot'
  }
}

function authorOf(side: Side, sender: Loose, { users }: Frame): Author | null {
  const key = textOrNull(sender['userId'])
  if (key !== null && side !== 'them') return { key, name: users.get(key)?.name ?? '', avatarUrl: null }
  return side === 'bot'
    ? { key: asText(sender['source']), name: asText(sender['source']), avatarUrl: null }
    : null
}

function textOf(type: string, body: Loose): string {
  if (type === 'whatsapp_template' || type === 'facebook_template')
    return templateText(asObject(body['template']))
  if (type === 'quick_reply')
    return [asText(body['title']), ...asList(body['replies']).map((each) => `• ${asText(each)}`)].join('\n')
  const said = [body['text'], body['message'], body['title'], body['caption']].map(textOrNull)
  const text = said.find((each) => each !== null) ?? ''
  if (text !== '' || type === 'attachment' || type === 'location') return text
  // Nothing we can show, and still something they said.
  return knownTypes.includes(type) ? '' : `[${type === '' ? 'message' : type}]`
}

/** As it read with its blanks filled; its name where it brings no words. */
function templateText(template: Loose): string {
  const lines = componentsOf(template['components']).flatMap(({ text, parameters }) => {
    const filled = asText(text).replace(/\{\{\s*(\d+)\s*\}\}/g, (whole, place: string) => {
      const given = asObject(asList(parameters)[Number(place) - 1])
      return textOrNull(given['text']) ?? whole
    })
    return filled === '' ? [] : [filled]
  })
  return lines.length > 0 ? lines.join('\n') : asText(template['name'])
}

function deliveryOf(history: readonly Loose[]): Delivery {
  const last = history.reduce<Loose | null>(
    (newest, each) => (newest === null || (at(each) ?? 0) >= (at(newest) ?? 0) ? each : newest),
    null,
  )
  const kind = asText(last?.['value'])
  switch (kind) {
    case 'sent':
    case 'delivered':
    case 'read':
      return { kind }
    case 'failed':
      return { kind, reason: textOrNull(last?.['message']) }
    default:
      return { kind: 'none' }
  }
}

function earliest(history: readonly Loose[]): number | null {
  const moments = history.flatMap((each) => at(each) ?? [])
  return moments.length === 0 ? null : Math.min(...moments)
}

function at(each: Loose): number | null {
  return momentOf(each['timestamp'])
}

const attachmentKinds: Readonly<Record<string, Attachment['kind']>> = {
  image: 'image',
  sticker: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
  document: 'file',
}

function attachmentsOf(type: string, body: Loose, key: string, baseUrl: string): Attachment[] {
  if (type === 'location') return [placeOf(body, key)]
  const one = isObject(body['attachment']) ? [body['attachment']] : []
  const all = [...one, ...asList(body['attachments']).filter(isObject)]
  return all.map((raw, index) => {
    const url = webUrlOrNull(raw['url'], baseUrl)
    const name = textOrNull(raw['fileName']) ?? textOrNull(raw['name']) ?? nameIn(url)
    return {
      key: `${key}.${index}`,
      kind: entryOf(attachmentKinds, asText(raw['type'])) ?? 'file',
      name,
      url,
      thumbUrl: null,
      sizeBytes: null,
      width: null,
      height: null,
    }
  })
}

function placeOf(body: Loose, key: string): Attachment {
  const place = isObject(body['location']) ? body['location'] : body
  const where = [place['latitude'], place['longitude']].map(asText).filter((each) => each !== '')
  const name = [place['name'], place['address'], where.join(', ')]
    .map(textOrNull)
    .find((each) => each !== null)
  const nothing = { url: null, thumbUrl: null, sizeBytes: null, width: null, height: null }
  return { key: `${key}.0`, kind: 'location', name: name ?? '', ...nothing }
}

function nameIn(url: string | null): string {
  const last = url === null ? '' : (new URL(url).pathname.split('/').at(-1) ?? '')
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

function mailOf(body: Loose): MailAddresses | null {
  if (body['type'] !== 'email') return null
  const texts = (value: unknown): string[] =>
    (Array.isArray(value) ? asList(value) : [value]).map(asText).filter((each) => each.trim() !== '')
  return { from: texts(body['from']), to: texts(body['to']), cc: texts(body['cc']), bcc: texts(body['bcc']) }
}
