import type { Side } from '../../../shared/domain/conversation.ts'
import { conversationId, messageId, type AccountId } from '../../../shared/domain/ids.ts'
import type { Author, Delivery, MailAddresses, Message, MessageKind } from '../../../shared/domain/message.ts'
import { attachmentsFrom } from './transform-attachment.ts'
import { interactiveLines } from './interactive-text.ts'
import { plainMentions } from './mentions.ts'
import {
  asList,
  asObject,
  asText,
  fingerprint,
  isObject,
  isTrue,
  momentOrNull,
  numberOrNull,
  parseJson,
} from '../../foreign/read.ts'
import { textOrNull, webUrlOrNull, type Loose } from '../../foreign/read.ts'
import type { WireContentAttributes, WireMessage, WireSender } from './wire-types.ts'

/** Whose eyes foreign JSON is read with. */
export interface Frame {
  readonly accountId: AccountId
  readonly userId: string
  readonly baseUrl: string
}

/** Every message of a list, in its order; what is no object is no message. */
export function messagesFrom(raw: unknown, conversationKey: string, frame: Frame): Message[] {
  return asList(raw)
    .filter(isObject)
    .map((each) => messageFrom(each, conversationKey, frame))
}

/** A message of either of Chatwoot's two shapes, REST or cable (docs/providers/chatwoot.md §2.3). Never throws. */
export function messageFrom(raw: Loose, conversationKey: string, frame: Frame): Message {
  const wire: WireMessage = raw
  const attributes = contentAttributes(wire)
  const direction = directionOf(wire.message_type)
  const side = sideOf(wire, direction, frame.userId)
  const email = asObject(attributes.email)
  const isTheirMail = side === 'them' && attributes.email !== undefined
  const key = textOrNull(wire.id) ?? `~${fingerprint(raw)}`
  const conversation = conversationId(frame.accountId, conversationKey)
  return {
    id: messageId(conversation, key),
    conversationId: conversation,
    key,
    side,
    author: authorOf(wire, frame.baseUrl),
    kind: kindOf(wire, direction),
    text: textOf(wire, attributes, isTheirMail ? asObject(email['text_content']) : {}),
    html: isTheirMail ? htmlOf(asObject(email['html_content'])) : null,
    subject: textOrNull(email['subject']),
    sentAt: momentOrNull(wire.created_at) ?? momentOrNull(wire.updated_at) ?? 0,
    sequence: numberOrNull(wire.id) ?? 0,
    delivery: deliveryOf(wire, attributes, side, direction),
    attachments: attachmentsFrom(wire.attachments, frame.baseUrl),
    replyTo: textOrNull(attributes.in_reply_to),
    isDeleted: isTrue(attributes.deleted),
    mail: mailOf(attributes, email),
    rating: isSurvey(wire) ? ratingOf(attributes) : null,
    ownId: textOrNull(attributes.tuntas_id),
  }
}

type Direction = 'incoming' | 'outgoing' | 'activity' | 'template' | null

const directions: readonly Direction[] = ['incoming', 'outgoing', 'activity', 'template']

/** Numbers over REST and cable, names in webhooks and some derived servers (§2.1). */
function directionOf(raw: unknown): Direction {
  const number = numberOrNull(raw)
  if (number !== null) return directions[number] ?? null
  return directions.find((each) => each === raw) ?? null
}

/** Some derived servers store it as JSON in a text. */
function contentAttributes(wire: WireMessage): WireContentAttributes {
  if (typeof wire.content_attributes !== 'string') return asObject(wire.content_attributes)
  return asObject(parseJson(new TextEncoder().encode(wire.content_attributes))?.value)
}

function sideOf(wire: WireMessage, direction: Direction, userId: string): Side {
  switch (direction) {
    case 'incoming':
      return 'them'
    case 'activity':
      return 'system'
    case 'template':
      return 'bot'
    case 'outgoing':
      return agentSide(wire, userId)
    case null:
      return senderKind(wire) === 'contact'
        ? 'them'
        : senderId(wire) === null
          ? 'system'
          : agentSide(wire, userId)
  }
}

/** An outgoing message without a sender is a bot's or a rule's; so is one a rule or a campaign sent in an agent's name. */
function agentSide(wire: WireMessage, userId: string): Side {
  const id = senderId(wire)
  const isAutomatic =
    textOrNull(contentAttributes(wire).automation_rule_id) !== null ||
    textOrNull(asObject(wire.additional_attributes)['campaign_id']) !== null
  if (id === null || isAutomatic || senderKind(wire) === 'bot') return 'bot'
  return id === userId ? 'me' : 'colleague'
}

function senderId(wire: WireMessage): string | null {
  return textOrNull(asObject(wire.sender)['id']) ?? textOrNull(wire.sender_id)
}

function senderKind(wire: WireMessage): 'user' | 'contact' | 'bot' {
  const said = (textOrNull(asObject(wire.sender)['type']) ?? asText(wire.sender_type)).toLowerCase()
  if (said === 'contact') return 'contact'
  return /bot|captain|assistant/.test(said) ? 'bot' : 'user'
}

/** Agents under their bare id, as everywhere; customers and bots apart, since their ids may be the same. */
function authorOf(wire: WireMessage, baseUrl: string): Author | null {
  if (!isObject(wire.sender)) return null
  const sender: WireSender = wire.sender
  const id = textOrNull(sender.id) ?? ''
  const kind = directionOf(wire.message_type) === 'incoming' ? 'contact' : senderKind(wire)
  return {
    key: kind === 'user' ? id : `${kind}:${id}`,
    name: nameOf(sender),
    avatarUrl: webUrlOrNull(sender.thumbnail, baseUrl) ?? webUrlOrNull(sender.avatar_url, baseUrl),
  }
}

/** What to call somebody: the name they show, or the best there is. */
export function nameOf(person: WireSender): string {
  const { available_name, name, email, phone_number, identifier } = person
  return (
    [available_name, name, email, phone_number, identifier].map(textOrNull).find((each) => each !== null) ??
    ''
  )
}

const plainContentTypes = new Set([
  '',
  'text',
  'incoming_email',
  'sticker',
  'article',
  'cards',
  'form',
  'input_text',
  'input_textarea',
  'input_email',
  'input_select',
  'input_csat',
])

function kindOf(wire: WireMessage, direction: Direction): MessageKind {
  if (direction === 'activity') return 'activity'
  if (isTrue(wire.private)) return 'note'
  return direction !== null && plainContentTypes.has(asText(wire.content_type)) ? 'text' : 'other'
}

function textOf(wire: WireMessage, attributes: WireContentAttributes, mailText: Loose): string {
  const told = textOrNull(mailText['reply']) ?? textOrNull(mailText['full']) ?? asText(wire.content)
  const text = isTrue(wire.private) ? plainMentions(told) : told
  // The answer to a survey is told as a rating.
  const lines = interactiveLines(isSurvey(wire) ? { ...attributes, submitted_values: null } : attributes)
  return [text, ...lines].filter((each) => each !== '').join('\n')
}

function isSurvey(wire: WireMessage): boolean {
  return wire.content_type === 'input_csat'
}

/** The answer to a survey arrives in the question, long after it was asked (§2.2). */
function ratingOf(attributes: WireContentAttributes): NonNullable<Message['rating']> {
  const answer = asObject(asObject(attributes.submitted_values)['csat_survey_response'])
  const stars = numberOrNull(answer['rating'])
  return {
    stars: stars !== null && stars >= 1 && stars <= 5 ? Math.round(stars) : null,
    words: textOrNull(answer['feedback_message']),
  }
}

/** Of an e-mail that came in, its own headers; of one we sent, whom it went to besides the customer. */
function mailOf(attributes: WireContentAttributes, email: Loose): MailAddresses | null {
  const mail = {
    from: addresses(email['from']),
    to: addresses(email['to'] ?? attributes.to_emails),
    cc: addresses(email['cc'] ?? attributes.cc_emails),
    bcc: addresses(email['bcc'] ?? attributes.bcc_emails),
  }
  return Object.values(mail).some((each) => each.length > 0) ? mail : null
}

/** A list, one address, or several with commas between. */
function addresses(value: unknown): string[] {
  const each = Array.isArray(value) ? asList(value).map(asText) : asText(value).split(',')
  return each.map((address) => address.trim()).filter((address) => address !== '')
}

function htmlOf(content: Loose): string | null {
  return textOrNull(content['full']) ?? textOrNull(content['reply'])
}

/** Only what we send is delivered; a note never leaves, and what they sent has arrived. */
function deliveryOf(
  wire: WireMessage,
  attributes: WireContentAttributes,
  side: Side,
  direction: Direction,
): Delivery {
  if (side === 'them' || side === 'system' || direction === null || isTrue(wire.private))
    return { kind: 'none' }
  switch (wire.status) {
    case 'sent':
    case 'delivered':
    case 'read':
      return { kind: wire.status }
    case 'failed':
      return { kind: 'failed', reason: textOrNull(attributes.external_error) }
    default:
      return { kind: 'none' }
  }
}
