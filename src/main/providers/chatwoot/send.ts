import type { OutgoingReply, SentReply } from '../provider.ts'
import type { Desk } from './desk.ts'
import { shieldLiquid } from './liquid.ts'
import { isObject, textOrNull } from './read.ts'
import { messageFrom } from './transform-message.ts'
import type { SentMessage } from './wire-types.ts'

const timeoutMs = 30_000

/**
 * Sends a reply once. Our id travels in `content_attributes`, which current servers keep and give back; `echo_id` only
 * comes back with this answer (docs/providers/chatwoot.md §1.5).
 */
export async function sendReply(desk: Desk, reply: OutgoingReply, signal: AbortSignal): Promise<SentReply> {
  const body: SentMessage = {
    content: shieldLiquid(reply.text),
    message_type: 'outgoing',
    content_attributes: { tuntas_id: reply.ownId },
    echo_id: reply.ownId,
  }
  const path = `${desk.conversationPath(reply.conversationKey)}/messages`
  const answer = await desk.client.call({ path, body, timeoutMs }, signal)
  const raw = answer.json()
  if (!isObject(raw) || textOrNull(raw['id']) === null) throw desk.unexpected('no message', true)
  const message = messageFrom(raw, reply.conversationKey, desk.frame)
  return { message, keepsOwnId: message.ownId === reply.ownId }
}
