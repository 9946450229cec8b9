import type { Message } from '../../../shared/domain/message.ts'
import { ProviderFailure, type MessagesBundle } from '../provider.ts'
import type { Desk } from './desk.ts'
import { notDone } from './order.ts'
import { isObject, textOrNull } from '../../foreign/read.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'
import { isServerKey, readMessages } from './thread.ts'
import { messageFrom } from './transform-message.ts'

const timeoutMs = 20_000

/** Deleting a message, which the customer's channel is not told of, and sending a failed one once more (§1.5). */
export function messagesBundle(desk: Desk): Required<MessagesBundle> {
  return {
    async remove(key, messageKey, signal) {
      const call = { path: pathOf(desk, key, messageKey), method: 'DELETE', timeoutMs } as const
      const message = await ordered(desk, { key, messageKey, call }, signal)
      if (!message.isDeleted) throw notDone(desk, message.delivery.kind)
      return message
    },
    async retry(key, messageKey, signal) {
      const former = await readMessage(desk, key, messageKey, signal)
      // The server sends again whatever was asked, also what arrived: the customer would read it twice.
      if (former.delivery.kind !== 'failed') return former
      const call = { path: `${pathOf(desk, key, messageKey)}/retry`, body: {}, timeoutMs }
      const message = await ordered(desk, { key, messageKey, call }, signal)
      // It forgets everything a message carried along: what it answers, its addresses, our own id.
      const { replyTo, ownId, mail } = former
      return {
        ...message,
        replyTo: message.replyTo ?? replyTo,
        ownId: message.ownId ?? ownId,
        mail: message.mail ?? mail,
      }
    },
  }
}

function pathOf(desk: Desk, key: string, messageKey: string): string {
  return `${desk.conversationPath(key)}/messages/${encodeURIComponent(messageKey)}`
}

/** The message an order's answer tells; where it tells none, as it is now. */
async function ordered(
  desk: Desk,
  { key, messageKey, call }: { key: string; messageKey: string; call: Parameters<Desk['client']['call']>[0] },
  signal: AbortSignal,
): Promise<Message> {
  const answer = await desk.client.call(call, signal)
  const raw = answer.bytes.length === 0 ? null : answer.json()
  if (isObject(raw) && textOrNull(raw['id']) === messageKey) return messageFrom(raw, key, desk.frame)
  return tellingLeft(true, readMessage(desk, key, messageKey, signal))
}

/** There is no route to a single message: it is the last of those before the next id. */
async function readMessage(
  desk: Desk,
  key: string,
  messageKey: string,
  signal: AbortSignal,
): Promise<Message> {
  const next = isServerKey(messageKey) ? String(Number(messageKey) + 1) : null
  const messages = next === null ? [] : (await readMessages(desk, key, next, signal)).messages
  const found = messages.find((each) => each.key === messageKey)
  if (found !== undefined) return found
  const facts = { host: desk.client.host }
  throw new ProviderFailure({ kind: 'gone', code: 'gone', facts, mayHaveLeft: false })
}
