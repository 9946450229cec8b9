import type { Side } from '../../../shared/domain/conversation.ts'
import { conversationId, messageId, type AccountId } from '../../../shared/domain/ids.ts'
import type { Author, Message } from '../../../shared/domain/message.ts'
import { asList, asObject, asText, fingerprint, isObject, isTrue } from '../../foreign/read.ts'
import {
  momentOrNull,
  numberOrNull,
  parseJson,
  textOrNull,
  webUrlOrNull,
  type Loose,
} from '../../foreign/read.ts'
import { attachmentsFrom } from './transform-attachment.ts'

/** Whose eyes foreign JSON is read with. */
export interface Frame {
  readonly accountId: AccountId
  readonly baseUrl: string
  /** What the helpdesk calls the inbox; the only name it has. */
  readonly inboxName: string
  /** Whether there is more than one of us. */
  readonly hasSeveral: boolean
}

/** Every message of a list, in its order; what is no object is no message. */
export function messagesFrom(raw: unknown, key: string, frame: Frame): Message[] {
  return asList(raw)
    .filter(isObject)
    .map((each) => messageFrom(each, key, frame))
}

/**
 * A message with its sides turned round: what came in to them went out from us (docs/providers/chatwoot-public.md §5.1).
 * Never throws.
 */
export function messageFrom(wire: Loose, conversationKey: string, frame: Frame): Message {
  const attributes = attributesOf(wire)
  const side = sideOf(wire, attributes)
  const key = textOrNull(wire['id']) ?? `~${fingerprint(wire)}`
  const conversation = conversationId(frame.accountId, conversationKey)
  return {
    id: messageId(conversation, key),
    conversationId: conversation,
    key,
    side,
    author: authorOf(wire, frame.baseUrl),
    kind: kindOf(wire, side),
    text: textOf(wire, attributes),
    html: null,
    subject: null,
    sentAt: momentOrNull(wire['created_at']) ?? 0,
    sequence: numberOrNull(wire['id']) ?? 0,
    // The server has what we wrote; whether somebody read it, it does not tell customers.
    delivery: side === 'me' ? { kind: 'sent' } : { kind: 'none' },
    attachments: attachmentsFrom(wire['attachments'], frame.baseUrl),
    replyTo: textOrNull(attributes['in_reply_to']),
    isDeleted: isTrue(attributes['deleted']),
    mail: null,
    rating: isSurvey(wire) ? ratingOf(attributes) : null,
    ownId: null,
  }
}

type Direction = 'incoming' | 'outgoing' | 'activity' | 'template'

const directions: readonly Direction[] = ['incoming', 'outgoing', 'activity', 'template']

/** Numbers; in some derived servers names. */
function directionOf(wire: Loose): Direction | null {
  const raw = wire['message_type']
  const number = numberOrNull(raw)
  return number === null ? (directions.find((each) => each === raw) ?? null) : (directions[number] ?? null)
}

/**
 * An answer is theirs, also a bot's: a customer has to read it. What nobody wrote for this ticket (greetings, surveys,
 * rules, campaigns) is a bot's, and asks for nothing.
 */
function sideOf(wire: Loose, attributes: Loose): Side {
  if (isTrue(wire['private'])) return 'system'
  const isContact = textOrNull(asObject(wire['sender'])['type'])?.toLowerCase() === 'contact'
  switch (directionOf(wire)) {
    case 'incoming':
      return 'me'
    case 'outgoing':
      return isAutomatic(wire, attributes) ? 'bot' : 'them'
    case 'template':
      return 'bot'
    case 'activity':
      return 'system'
    case null:
      return isContact ? 'me' : 'them'
  }
}

function isAutomatic(wire: Loose, attributes: Loose): boolean {
  const campaign = asObject(wire['additional_attributes'])['campaign_id']
  return [attributes['automation_rule_id'], campaign].some((each) => textOrNull(each) !== null)
}

/** Some derived servers store them as JSON in a text. */
function attributesOf(wire: Loose): Loose {
  const raw = wire['content_attributes']
  return asObject(typeof raw === 'string' ? parseJson(new TextEncoder().encode(raw))?.value : raw)
}

function authorOf(wire: Loose, baseUrl: string): Author | null {
  if (!isObject(wire['sender'])) return null
  const sender = wire['sender']
  const kind = directionOf(wire) === 'incoming' ? 'contact' : (textOrNull(sender['type']) ?? 'user')
  return {
    key: `${kind}:${asText(sender['id'])}`,
    name: nameOf(sender),
    avatarUrl: webUrlOrNull(sender['thumbnail'], baseUrl) ?? webUrlOrNull(sender['avatar_url'], baseUrl),
  }
}

/** What to call somebody: the name they show, or the best there is. */
export function nameOf(person: Loose): string {
  const names = ['available_name', 'name', 'email', 'phone_number', 'identifier'].map((each) =>
    textOrNull(person[each]),
  )
  return names.find((each) => each !== null) ?? ''
}

const plainContentTypes = new Set([
  ...['', 'text', 'incoming_email', 'sticker', 'article', 'cards', 'form', 'input_text'],
  ...['input_textarea', 'input_email', 'input_select', 'input_csat'],
])

function kindOf(wire: Loose, side: Side): Message['kind'] {
  if (directionOf(wire) === 'activity') return 'activity'
  const isPlain = plainContentTypes.has(asText(wire['content_type'])) && directionOf(wire) !== null
  return isPlain && side !== 'system' ? 'text' : 'other'
}

/** Cards, articles and choices as lines under the words. */
function textOf(wire: Loose, attributes: Loose): string {
  const items = asList(attributes['items']).filter(isObject)
  const lines = items.map((item) =>
    [item['title'], item['description'], item['link']]
      .map(textOrNull)
      .filter((each) => each !== null)
      .join(' – '),
  )
  return [asText(wire['content']), ...lines.map((line) => (line === '' ? '' : `• ${line}`))]
    .filter((each) => each !== '')
    .join('\n')
}

function isSurvey(wire: Loose): boolean {
  return wire['content_type'] === 'input_csat'
}

function ratingOf(attributes: Loose): NonNullable<Message['rating']> {
  const answer = asObject(asObject(attributes['submitted_values'])['csat_survey_response'])
  const stars = numberOrNull(answer['rating'])
  const isStars = stars !== null && stars >= 1 && stars <= 5
  return { stars: isStars ? Math.round(stars) : null, words: textOrNull(answer['feedback_message']) }
}
