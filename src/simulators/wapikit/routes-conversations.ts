import type { SimulatorAnswer } from '../router.ts'
import { emptyOk, json, panic, refusal, turnDown } from './answers.ts'
import {
  fieldsIn,
  guarded,
  isUuid,
  pageOf,
  pagingIn,
  paginationMeta,
  uuidIn,
  type Arrival,
  type Exchange,
  type WapikitRoute,
} from './exchange.ts'
import { limits } from './limiter.ts'
import { listedPage } from './listing.ts'
import { conversationShape, messageShape } from './shapes.ts'
import { conversationStatuses, orderedMessages, type Conversation } from './world.ts'

const gate = { limit: limits.conversations, isGated: true }

/** Lists, reads and the update that does nothing (docs/providers/wapikit.md §6.1, §6.2, §6.3, §6.4). */
export const conversationRoutes: readonly WapikitRoute[] = [
  guarded('GET', '/api/conversations', gate, list),
  guarded('GET', '/api/conversation/:id', gate, read),
  guarded('POST', '/api/conversation/:id', gate, update),
  guarded('DELETE', '/api/conversation/:id', gate, remove),
  guarded('GET', '/api/conversation/:id/messages', gate, listMessages),
]

/** Of whatever organisation: only the list looks at whose it is. */
export function openedConversation(exchange: Arrival, id: string | undefined): Conversation {
  const { world } = exchange
  const found = world.conversations.get(uuidIn(exchange, id, 'conversation'))
  return found ?? turnDown(world.manners, 404, 'conversation not found')
}

function list(exchange: Exchange): SimulatorAnswer {
  const { world, request, member } = exchange
  const paging = pagingIn(exchange, true)
  const status = request.query.get('status')
  const campaign = request.query.get('campaign_id')
  if (campaign !== null && !isUuid(campaign)) panic()
  if (status !== null && !conversationStatuses.some((known) => known === status)) {
    const what = `jet: pq: invalid input value for enum "ConversationStatusEnum": "${status}"`
    return refusal(world.manners, 500, what)
  }
  const wanted = [...world.conversations.values()].filter(
    (each) =>
      each.organizationId === member.organizationId &&
      (status === null ? each.status !== 'Deleted' && each.status !== 'Closed' : each.status === status) &&
      (campaign === null || each.campaignId === campaign),
  )
  const conversations = listedPage(world, wanted, paging).map(({ conversation, ...shown }) =>
    conversationShape(world, conversation, shown),
  )
  const total = world.manners.tellsTotals ? wanted.length : 0
  return json({ conversations, paginationMeta: paginationMeta(paging, total) })
}

function read(exchange: Exchange, params: Readonly<Record<string, string>>): SimulatorAnswer {
  const conversation = openedConversation(exchange, params['id'])
  return json({ conversation: conversationShape(exchange.world, conversation) })
}

/** The stub looks at the id's form alone, and says 200 to whatever it is handed. */
function update(exchange: Exchange, params: Readonly<Record<string, string>>): SimulatorAnswer {
  const { world } = exchange
  if (world.manners.update === 'noop') {
    uuidIn(exchange, params['id'], 'conversation')
    return emptyOk()
  }
  const conversation = openedConversation(exchange, params['id'])
  const status = fieldsIn(exchange).get('status')
  const known = conversationStatuses.find((each) => each === status)
  if (known === undefined || known === 'Resolved') return refusal(world.manners, 400, 'Invalid status value')
  conversation.status = known
  world.accepted.actions.push({
    action: 'status',
    conversation: conversation.id,
    value: known,
    at: world.clock.now(),
  })
  return json({ conversation: conversationShape(world, conversation) })
}

function remove(exchange: Exchange, params: Readonly<Record<string, string>>): SimulatorAnswer {
  uuidIn(exchange, params['id'], 'conversation')
  return json(null, 400)
}

/** Counts a table that its query never names: 500 with the database's own words, unless somebody mended it. */
function listMessages(exchange: Exchange, params: Readonly<Record<string, string>>): SimulatorAnswer {
  const { world } = exchange
  const id = uuidIn(exchange, params['id'], 'conversation')
  const paging = pagingIn(exchange, true)
  if (world.manners.messagesRoute === 'broken') {
    return refusal(world.manners, 500, 'jet: pq: missing FROM-clause entry for table "Contact"')
  }
  const conversation = world.conversations.get(id)
  const all = conversation === undefined ? [] : orderedMessages(conversation)
  const messages = pageOf(all, paging).map((message) => messageShape(world, message))
  return json({ messages, paginationMeta: paginationMeta(paging, all.length) })
}
