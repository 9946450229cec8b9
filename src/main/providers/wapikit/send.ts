import { asObject, isObject, textOrNull } from '../../foreign/read.ts'
import { ProviderFailure, type OutgoingReply, type SentReply } from '../provider.ts'
import type { Desk } from './desk.ts'
import { messageFrom } from './transform-message.ts'
import type { SentMessage } from './wire-types.ts'

const timeoutMs = 30_000

/**
 * Sends a text once, and never again by itself: a failure may come after WhatsApp took it (docs/providers/wapikit.md §1,
 * §6.6). Any other type is stored, answered as sent and never delivered, so nothing but text may get this far.
 */
export async function sendReply(desk: Desk, reply: OutgoingReply, signal: AbortSignal): Promise<SentReply> {
  const { conversationKey, text, isNote, files, template } = reply
  if (isNote || files.length > 0 || template !== null) {
    const facts = { host: desk.client.host }
    throw new ProviderFailure({ kind: 'rejected', code: 'notPossible', facts, mayHaveLeft: false })
  }
  const body: SentMessage = { messageType: 'Text', messageData: { text } }
  const path = `${desk.conversationPath(conversationKey)}/messages`
  desk.shelf.drop(conversationKey)
  const answer = await desk.client.call({ path, body, timeoutMs, onLeaving: reply.leaves }, signal)
  const raw = asObject(answer.json())['message']
  if (!isObject(raw) || textOrNull(raw['uniqueId']) === null) throw desk.unexpected('no message', true)
  const message = messageFrom(raw, conversationKey, desk.frame)
  // The answer to our own request is ours; when it is read again, nothing says so.
  const own = {
    ...message,
    side: 'me',
    kind: 'text',
    text: message.text || text,
    ownId: reply.ownId,
  } as const
  return { message: own, keepsOwnId: false }
}
