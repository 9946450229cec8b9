import type { Route, SimulatorAnswer } from '../router.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import { renderLiquid } from './liquid.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import { conversationRoute, senderOf, type AtConversation } from './routes-conversations.ts'
import type { Exchange } from './exchange.ts'
import { canReply } from './read-state.ts'
import { addMessage, moveMessage } from './rules.ts'
import { messageListShape, messageShape } from './shapes.ts'
import { contactOf, inboxOf, userOf, type Message, type MessageType, type Place } from './world.ts'

/** Reading and writing messages (docs/providers/chatwoot.md §1.5). */
export const messageRoutes: readonly Route<Exchange>[] = [
  conversationRoute('GET', '/messages', false, list),
  conversationRoute('POST', '/messages', true, create),
]

const maxContentLength = 150_000
const maxMessagesPerMinute = 200
const newestCount = 20
const afterCount = 100
const betweenCount = 1000

function list(at: AtConversation): SimulatorAnswer {
  const { conversation, params } = at
  const isHiding = presentText(params['filter_internal_messages']) !== null
  const all = conversation.messages.filter(
    ({ isPrivate, type }) => !isHiding || (!isPrivate && type !== 'activity'),
  )
  const asked = slice(all, idGiven(params['before']), idGiven(params['after']))
  const ordered = asked.toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id)
  return json(messageListShape(at, ordered))
}

/** Filtered by id and cut from the near end; ordered by time afterwards. */
function slice(messages: readonly Message[], before: number | null, after: number | null): Message[] {
  const byId = messages.toSorted((a, b) => a.id - b.id)
  if (after !== null && before !== null) {
    return byId.filter(({ id }) => id >= after && id < before).slice(0, betweenCount)
  }
  if (after !== null) return byId.filter(({ id }) => id > after).slice(0, afterCount)
  if (before !== null) return byId.filter(({ id }) => id < before).slice(-newestCount)
  return byId.slice(-newestCount)
}

function create(at: AtConversation): SimulatorAnswer {
  const { world, account, conversation, caller, params } = at
  const type = typeGiven(at)
  const content = contentGiven(at, type)
  const given = contentAttributesGiven(params)
  const message = addMessage(at, {
    type,
    content,
    sender: type === 'incoming' ? { kind: 'contact', id: conversation.contactId } : senderOf(caller),
    isPrivate: params['private'] === true || params['private'] === 'true',
    contentType: contentTypeGiven(params),
    contentAttributes: keptAttributes(at, given),
    sourceId: presentText(params['source_id']),
  })
  world.accepted.messages.push({
    account: account.id,
    conversation: conversation.displayId,
    message: message.id,
    content,
    at: message.createdAt,
  })
  deliver(at, message)
  const echoId = presentText(params['echo_id'])
  return json({
    ...messageShape(at, message),
    ...(echoId === null ? {} : { echo_id: echoId }),
  })
}

function typeGiven({ account, conversation, params }: AtConversation): MessageType {
  const type = presentText(params['message_type']) ?? 'outgoing'
  if (type === 'outgoing') return type
  if (type !== 'incoming') throw unprocessable(`'${type}' is not a valid message_type`)
  if (inboxOf(account, conversation).channelType !== 'Channel::Api') {
    throw unprocessable('Incoming messages are only allowed in Api inboxes')
  }
  return type
}

function contentGiven(at: AtConversation, type: MessageType): string | null {
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

function liquidValues({ account, conversation, caller, world }: AtConversation): Record<string, string> {
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
  const given = params['content_attributes']
  if (isObject(given)) return given
  if (typeof given !== 'string' || given === '') return {}
  try {
    const parsed: unknown = JSON.parse(given)
    return isObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

/** 4.10 stores what it is given whole; the 4.2 tree keeps what it knows. An unknown `in_reply_to` becomes null. */
function keptAttributes({ world, conversation }: AtConversation, given: JsonObject): Record<string, unknown> {
  const kept = Object.entries(given).filter(
    ([key]) => world.installation.keepsUnknownContentAttributes || knownAttributes.has(key),
  )
  const attributes = Object.fromEntries(kept)
  if (!('in_reply_to' in attributes)) return attributes
  const answered = conversation.messages.find(({ id }) => id === Number(attributes['in_reply_to']))
  return { ...attributes, in_reply_to: answered?.id ?? null }
}

const knownAttributes = new Set(['in_reply_to', 'in_reply_to_external_id', 'items', 'external_created_at'])

/**
 * The server takes a reply whether or not the channel still allows one; WhatsApp refuses a late one a moment
 * afterwards. A reply that already has a source id counts as sent from there and never leaves.
 */
function deliver(place: Place, message: Message): void {
  const { world, account, conversation } = place
  const inbox = inboxOf(account, conversation)
  const isGoingOut = message.type === 'outgoing' && !message.isPrivate && message.sourceId === null
  if (!isGoingOut || inbox.channelType !== 'Channel::Whatsapp' || canReply(place)) return
  world.agenda.after(1500, () => {
    const externalError = 'Template not found or invalid template name'
    moveMessage(place, message, { status: 'failed', externalError })
  })
}

function idGiven(value: unknown): number | null {
  const text = presentText(value)
  return text === null ? null : Number.parseInt(text, 10) || 0
}

function unprocessable(sentence: string): TurnedDown {
  return new TurnedDown(refusals.unprocessable(sentence))
}
