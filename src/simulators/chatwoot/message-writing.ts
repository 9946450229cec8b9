import { TurnedDown, refusals } from './answers.ts'
import { senderOf, type Writing } from './conversation-route.ts'
import { deliver } from './delivery.ts'
import { mailAttributes } from './mail-attributes.ts'
import { renderLiquid } from './liquid.ts'
import { attachmentsGiven } from './message-files.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import { addMessage } from './rules.ts'
import {
  contactOf,
  inboxOf,
  userOf,
  type Message,
  type MessageType,
  type Place,
  type Sender,
} from './world.ts'

/**
 * Makes a message of what a request sends along, as the builder behind every way of writing one does; anything wrong with
 * it is a 422 with a sentence (docs/providers/chatwoot.md §1.5).
 */
export function writeMessage(at: Writing): Message {
  const { world, account, conversation, params } = at
  const type = typeGiven(at)
  const content = contentGiven(at, type)
  const isPrivate = params['private'] === true || params['private'] === 'true'
  const given = contentAttributesGiven(params)
  const echoId = presentText(params['echo_id'])
  const template = objectGiven(params['template_params'])
  const message = addMessage(at, {
    type,
    content,
    sender: type === 'incoming' ? { kind: 'contact', id: conversation.contactId } : writerOf(at),
    isPrivate,
    contentType: contentTypeGiven(params),
    contentAttributes: { ...keptAttributes(at, given), ...mailAttributes(at, type, content, isPrivate) },
    additionalAttributes: {
      ...(template === null ? {} : { template_params: template }),
      ...(params['campaign_id'] === undefined ? {} : { campaign_id: params['campaign_id'] }),
    },
    attachments: attachmentsGiven(world, params['attachments']),
    sourceId: presentText(params['source_id']),
    ...(echoId === null ? {} : { echoId }),
  })
  world.accepted.messages.push({
    account: account.id,
    conversation: conversation.displayId,
    message: message.id,
    content,
    at: message.createdAt,
  })
  deliver(at, message)
  return message
}

const maxContentLength = 150_000
const maxMessagesPerMinute = 200

function typeGiven({ account, conversation, params }: Writing): MessageType {
  const type = presentText(params['message_type']) ?? 'outgoing'
  if (type === 'outgoing') return type
  if (type !== 'incoming') throw unprocessable(`'${type}' is not a valid message_type`)
  if (inboxOf(account, conversation).channelType !== 'Channel::Api') {
    throw unprocessable('Incoming messages are only allowed in Api inboxes')
  }
  return type
}

/** Somebody may write in the name of a bot of the account; nobody else's name is looked at. */
function writerOf({ world, caller, params }: Writing): Sender {
  const botId = Number(params['sender_id'])
  if (params['sender_type'] === 'AgentBot' && world.bots.has(botId)) return { kind: 'bot', id: botId }
  return senderOf(caller)
}

function contentGiven(at: Writing, type: MessageType): string | null {
  const { world, conversation, params } = at
  const content = typeof params['content'] === 'string' ? params['content'] : null
  if (content !== null && [...content].length > maxContentLength) {
    throw unprocessable('Validation failed: Content is too long (maximum is 150000 characters)')
  }
  const since = world.clock.now() - 60_000
  const lately = conversation.messages
    .slice(-maxMessagesPerMinute)
    .filter(({ createdAt }) => createdAt >= since)
  if (lately.length >= maxMessagesPerMinute) throw unprocessable('Validation failed: Too many messages')
  return content === null || type !== 'outgoing' ? content : renderLiquid(content, liquidValues(at))
}

function liquidValues({ account, conversation, caller, world }: Writing): Record<string, string> {
  const contact = contactOf(account, conversation)
  const agent = caller.kind === 'user' ? userOf(world, caller.user.id) : null
  return {
    'contact.name': contact.name,
    'contact.first_name': contact.name.split(' ')[0] ?? '',
    'contact.last_name': contact.name.split(' ').slice(1).at(-1) ?? '',
    'contact.email': contact.email ?? '',
    'contact.phone_number': contact.phone ?? '',
    'agent.name': agent?.name ?? '',
    'agent.first_name': agent?.name.split(' ')[0] ?? '',
    'conversation.display_id': String(conversation.displayId),
    'inbox.name': inboxOf(account, conversation).name,
    'account.name': account.name,
  }
}

function contentTypeGiven(params: JsonObject): string {
  const type = presentText(params['content_type']) ?? 'text'
  if (!contentTypes.has(type)) throw unprocessable(`'${type}' is not a valid content_type`)
  return type
}

const contentTypes = new Set([
  'text',
  'input_text',
  'input_textarea',
  'input_email',
  'input_select',
  'cards',
  'form',
  'article',
  'incoming_email',
  'input_csat',
  'integrations',
  'sticker',
  'voice_call',
])

function contentAttributesGiven(params: JsonObject): JsonObject {
  const externalAt = presentText(params['external_created_at'])
  const given = objectGiven(params['content_attributes']) ?? {}
  return externalAt === null ? given : { ...given, external_created_at: externalAt }
}

/** An object, or the JSON of one: in multipart nothing else can be sent. */
function objectGiven(given: unknown): JsonObject | null {
  if (isObject(given)) return given
  if (typeof given !== 'string' || given === '') return null
  try {
    const parsed: unknown = JSON.parse(given)
    return isObject(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** 4.10 stores what it is given whole; the 4.2 tree keeps what it knows. An unknown `in_reply_to` becomes null. */
function keptAttributes({ world, conversation }: Place, given: JsonObject): Record<string, unknown> {
  const kept = Object.entries(given).filter(
    ([key]) => world.installation.keepsUnknownContentAttributes || knownAttributes.has(key),
  )
  const attributes = Object.fromEntries(kept)
  if (!('in_reply_to' in attributes)) return attributes
  const answered = conversation.messages.find(({ id }) => id === Number(attributes['in_reply_to']))
  const external = answered?.sourceId ?? null
  return {
    ...attributes,
    in_reply_to: answered?.id ?? null,
    ...(external === null ? {} : { in_reply_to_external_id: external }),
  }
}

const knownAttributes = new Set(['in_reply_to', 'in_reply_to_external_id', 'items', 'external_created_at'])

function unprocessable(sentence: string): TurnedDown {
  return new TurnedDown(refusals.unprocessable(sentence))
}
