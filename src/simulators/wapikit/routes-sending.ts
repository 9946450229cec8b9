import type { SimulatorAnswer } from '../router.ts'
import { json, panic, refusal } from './answers.ts'
import { fieldsIn, guarded, type Exchange, type WapikitRoute } from './exchange.ts'
import { limits } from './limiter.ts'
import { openedConversation } from './routes-conversations.ts'
import { messageShape } from './shapes.ts'
import { addMessage, orderedMessages, tell, type Conversation, type World } from './world.ts'

/** A reply goes to WhatsApp first and into the database second (docs/providers/wapikit.md §1, §6.6). */
export const sendingRoutes: readonly WapikitRoute[] = [
  guarded(
    'POST',
    '/api/conversation/:id/messages',
    { limit: limits.conversations, isGated: true },
    (exchange, params) => send(exchange, openedConversation(exchange, params['id'])),
  ),
]

function send(exchange: Exchange, conversation: Conversation): SimulatorAnswer {
  const { world } = exchange
  const { manners, clock, accepted } = world
  const fields = fieldsIn(exchange)
  const data = objectIn(fields.get('messageData'))
  const type = fields.get('messageType')
  if (manners.whatsApp === 'absent' || type === undefined) panic()
  const text = data?.['text']
  const isDelivered = type === 'Text'
  if (isDelivered && (typeof text !== 'string' || isRefusedByWhatsApp(world, conversation))) panic()
  const done = {
    conversation: conversation.id,
    text: typeof text === 'string' ? text : null,
    isDelivered,
    at: clock.now(),
  }
  if (manners.dialect === 'main' && !manners.hasExpectedAccount) {
    if (isDelivered) accepted.messages.push({ ...done, message: null })
    const table = 'insert or update on table "Message" violates foreign key constraint'
    return refusal(manners, 500, `jet: pq: ${table} "MessageToWhatsappBusinessAccountForeignKey"`)
  }
  const at = clock.now()
  const message = addMessage(world, conversation, { direction: 'OutBound', data: data ?? {}, at })
  accepted.messages.push({ ...done, message: message.id })
  tell(world, { kind: 'sent', conversation, message })
  return json({ message: messageShape(world, message) })
}

function isRefusedByWhatsApp(world: World, conversation: Conversation): boolean {
  const { whatsApp, keepsReplyWindow } = world.manners
  if (whatsApp === 'refuses') return true
  const theirs = orderedMessages(conversation).findLast(({ direction }) => direction === 'InBound')
  return keepsReplyWindow && world.clock.now() - (theirs?.createdAt ?? 0) > 24 * 3_600_000
}

function objectIn(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? { ...value } : null
}
