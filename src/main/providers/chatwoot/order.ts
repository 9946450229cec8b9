import type { Conversation } from '../../../shared/domain/conversation.ts'
import { ProviderFailure } from '../provider.ts'
import { readConversation } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'

const timeoutMs = 20_000

/**
 * Posts to one of a conversation's own routes. Many answer with nothing, some with a literal `null`
 * (docs/providers/chatwoot.md §8.1): both are null here. What is there and is no JSON throws.
 */
export async function postTo(
  desk: Desk,
  key: string,
  { verb, body }: { readonly verb: string; readonly body: object },
  signal: AbortSignal,
): Promise<unknown> {
  const path = `${desk.conversationPath(key)}/${verb}`
  const answer = await desk.client.call({ path, body, timeoutMs }, signal)
  return answer.bytes.length === 0 ? null : answer.json()
}

/** The conversation as it is after an order whose answer says nothing; throws where it is not as ordered. */
export async function readBack(
  desk: Desk,
  key: string,
  ordered: { readonly what: string; readonly isAsOrdered: (conversation: Conversation) => boolean },
  signal: AbortSignal,
): Promise<Conversation> {
  const conversation = await lookAfter(desk, key, signal)
  if (ordered.isAsOrdered(conversation)) return conversation
  throw notDone(desk, ordered.what)
}

/** The conversation after a write was taken: whatever keeps it from being read now, the order may be carried out. */
export async function lookAfter(desk: Desk, key: string, signal: AbortSignal): Promise<Conversation> {
  return (await tellingLeft(true, readConversation(desk, key, signal))).conversation
}

/** The server took the order and did not carry it out. */
export function notDone(desk: Desk, reason: string): ProviderFailure {
  return new ProviderFailure({
    kind: 'rejected',
    code: 'rejected',
    facts: { host: desk.client.host, reason },
    mayHaveLeft: false,
  })
}
