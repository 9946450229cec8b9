import type { Route, SimulatorAnswer } from '../router.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import { conversationRoute, noteAction, type AtConversation } from './conversation-route.ts'
import { deliver } from './delivery.ts'
import type { Exchange } from './exchange.ts'
import { writeMessage } from './message-writing.ts'
import { presentText } from './request-body.ts'
import { changed, deleteMessage, moveMessage } from './rules.ts'
import { messageListShape, messageShape } from './shapes.ts'
import { inboxOf, type Message, type MessageStatus } from './world.ts'

/** Reading, writing, deleting and retrying messages (docs/providers/chatwoot.md §1.5). */
export const messageRoutes: readonly Route<Exchange>[] = [
  conversationRoute('GET', '/messages', false, list),
  conversationRoute('POST', '/messages', true, create),
  conversationRoute('DELETE', '/messages/:message', false, (at) => {
    const message = messageAt(at)
    deleteMessage(at, message)
    noteAction(at, 'delete_message', String(message.id))
    return json(messageShape(at, message))
  }),
  conversationRoute('POST', '/messages/:message/retry', false, retry),
  conversationRoute('PATCH', '/messages/:message', false, move),
  conversationRoute('PUT', '/messages/:message', false, move),
]

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

/** The echo is in this answer and in the event of it, and is kept nowhere. */
function create(at: AtConversation): SimulatorAnswer {
  const message = writeMessage(at)
  const echoId = presentText(at.params['echo_id'])
  return json({
    ...messageShape(at, message),
    ...(echoId === null ? {} : { echo_id: echoId }),
  })
}

/**
 * 4.10 sends whatever it is pointed at again, failed or not, and forgets every attribute with the failure; newer trees
 * look first and forget the failure alone (docs/providers/chatwoot.md §8.4).
 */
function retry(at: AtConversation): SimulatorAnswer {
  const message = messageAt(at)
  const { retriesOnlyFailed } = at.world.installation
  if (retriesOnlyFailed && message.status !== 'failed') return json(messageShape(at, message))
  const { external_error: _failure, ...others } = message.contentAttributes
  message.status = 'sent'
  message.contentAttributes = retriesOnlyFailed ? others : {}
  changed(at, message)
  noteAction(at, 'retry', String(message.id))
  deliver(at, message)
  return json(messageShape(at, message))
}

/** Whoever runs an API channel tells what became of a message; nobody else may. What it does not understand it ignores. */
function move(at: AtConversation): SimulatorAnswer {
  const { account, conversation, params } = at
  if (inboxOf(account, conversation).channelType !== 'Channel::Api') {
    throw new TurnedDown(refusals.onlyApiInboxes())
  }
  const message = messageAt(at)
  const status = statusNames.find((name) => name === params['status'])
  const externalError = presentText(params['external_error'])
  if (status !== undefined) {
    const failure = status === 'failed' && externalError !== null ? { externalError } : {}
    if (moveMessage(at, message, { status, ...failure })) noteAction(at, 'message_status', status)
  }
  return json(messageShape(at, message))
}

const statusNames: readonly MessageStatus[] = ['sent', 'delivered', 'read', 'failed']

function messageAt({ conversation, path }: AtConversation): Message {
  const message = conversation.messages.find(({ id }) => id === Number(path['message']))
  if (message === undefined) throw new TurnedDown(refusals.notFound())
  return message
}

function idGiven(value: unknown): number | null {
  const text = presentText(value)
  return text === null ? null : Number.parseInt(text, 10) || 0
}
