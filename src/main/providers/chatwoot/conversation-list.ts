import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { Message } from '../../../shared/domain/message.ts'
import type { Told } from './client.ts'
import type { Desk } from './desk.ts'
import { asList, asObject, asText, isObject, numberOrNull } from '../../foreign/read.ts'
import { conversationFrom, type ToldConversation } from './transform.ts'
import type { WireConversation } from './wire-types.ts'

/** One answer of the list route. */
export interface ConversationList {
  readonly told: readonly ToldConversation[]
  /** How many rows came, readable or not: paging goes by it. */
  readonly length: number
  /** How many the server counts on all pages; null where it does not say. */
  readonly total: number | null
}

/** Reads a list answer, fetching the names of inboxes it is the first to mention. */
export async function conversationList(
  desk: Desk,
  answer: Told,
  signal: AbortSignal,
): Promise<ConversationList> {
  const data = asObject(asObject(answer.json())['data'])
  if (!Array.isArray(data['payload'])) throw desk.unexpected('no list of conversations')
  const told = await toldIn(desk, data['payload'], signal)
  return {
    told,
    length: asList(data['payload']).length,
    total: numberOrNull(asObject(data['meta'])['all_count']),
  }
}

/** Every conversation of a list of rows, whatever it came wrapped in. */
export async function toldIn(
  desk: Desk,
  payload: unknown,
  signal: AbortSignal,
): Promise<readonly ToldConversation[]> {
  const rows = asList(payload).filter(isObject)
  const inboxes = await desk.inboxes.knowing(rows.map(inboxKeyOf), signal)
  return rows.flatMap((row) => conversationFrom(row, desk.frame, inboxes, desk.client.serverNow()) ?? [])
}

/** One conversation by its own route. */
export async function readConversation(
  desk: Desk,
  key: string,
  signal: AbortSignal,
): Promise<ToldConversation> {
  return toldBy(desk, await rawConversation(desk, key, signal), signal)
}

/** The same as its bare JSON, for what must be written back as it was. */
export async function rawConversation(desk: Desk, key: string, signal: AbortSignal): Promise<unknown> {
  return (await desk.client.call({ path: desk.conversationPath(key) }, signal)).json()
}

/** The conversation an answer consists of; throws where it is none. */
export async function toldBy(desk: Desk, raw: unknown, signal: AbortSignal): Promise<ToldConversation> {
  const inboxes = await desk.inboxes.knowing([inboxKeyOf(asObject(raw))], signal)
  const told = conversationFrom(raw, desk.frame, inboxes, desk.client.serverNow())
  if (told === null) throw desk.unexpected('no conversation')
  return told
}

/** Rows of several answers as one page: of a conversation told twice, the newer word. */
export function joined(told: readonly ToldConversation[]): {
  conversations: Conversation[]
  messages: Message[]
} {
  const conversations = new Map<string, Conversation>()
  const messages = new Map<string, Message>()
  for (const each of told) {
    const kept = conversations.get(each.conversation.key)
    const isOlder = (each.conversation.updatedAt ?? 0) < (kept?.updatedAt ?? 0)
    if (!isOlder) conversations.set(each.conversation.key, each.conversation)
    for (const message of each.messages) messages.set(message.id, message)
  }
  return { conversations: [...conversations.values()], messages: [...messages.values()] }
}

function inboxKeyOf(row: WireConversation): string {
  return asText(row.inbox_id)
}
