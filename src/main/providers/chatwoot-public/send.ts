import { multipart } from '../../foreign/multipart.ts'
import { isObject, textOrNull } from '../../foreign/read.ts'
import { ProviderFailure, type OutgoingReply, type SentReply } from '../provider.ts'
import type { Call } from './client.ts'
import type { Desk } from './desk.ts'
import { messageFrom } from './transform-message.ts'

const timeoutMs = 30_000
/** As slow as an upload may be before it is given up. */
const slowestBytesPerMs = 16

/**
 * Writes as the customer, once. The server takes words and files and nothing else: our id goes along for its event and
 * is kept nowhere, so a lost answer leaves only what was said to go by (docs/providers/chatwoot-public.md §2.3).
 */
export async function sendReply(desk: Desk, reply: OutgoingReply, signal: AbortSignal): Promise<SentReply> {
  if (reply.isNote) {
    const facts = { host: desk.client.host }
    throw new ProviderFailure({ kind: 'rejected', code: 'notPossible', facts, mayHaveLeft: false })
  }
  const { told } = await desk.ofTicket(reply.conversationKey, callOf(reply), signal)
  const raw = told.json()
  if (!isObject(raw) || textOrNull(raw['id']) === null) throw desk.unexpected('no message', true)
  return { message: messageFrom(raw, reply.conversationKey, desk.frame), keepsOwnId: false }
}

function callOf({ text, ownId, files, leaves: onLeaving }: OutgoingReply): Call {
  const path = '/messages'
  const message = { content: text, echo_id: ownId }
  if (files.length === 0) return { path, body: message, timeoutMs, onLeaving }
  const form = multipart(
    Object.entries(message),
    files.map((file) => ['attachments[]', file]),
    ownId,
  )
  return { path, form, timeoutMs: uploadTimeoutMs(form.bytes.length), onLeaving }
}

export function uploadTimeoutMs(bytes: number): number {
  return timeoutMs + Math.ceil(bytes / slowestBytesPerMs)
}
