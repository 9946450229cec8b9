import { compareMessages } from '../../../shared/domain/ordering.ts'
import type { Message } from '../../../shared/domain/message.ts'
import type { ThreadPage } from '../provider.ts'
import type { Told } from './client.ts'
import type { Desk } from './desk.ts'
import { asObject } from '../../foreign/read.ts'
import { messagesFrom } from './transform-message.ts'

/** A full page; the server does not say whether there is more (docs/providers/chatwoot.md §1.5). */
const pageSize = 20

/** The newest messages of a conversation, or those before one, oldest first. */
export async function readThread(
  desk: Desk,
  key: string,
  before: string | null,
  signal: AbortSignal,
): Promise<ThreadPage> {
  // A key of our own making means nothing to the server: there is no telling what came before it.
  if (before !== null && !isServerKey(before)) return { conversation: null, messages: [], hasOlder: false }
  const { messages, length } = await readMessages(desk, key, before, signal)
  // What came along about the conversation lacks its status and its counts: too little to replace a row.
  return { conversation: null, messages, hasOlder: length >= pageSize }
}

export async function readMessages(
  desk: Desk,
  key: string,
  before: string | null,
  signal: AbortSignal,
): Promise<{
  messages: Message[]
  /** How many rows came, readable or not: paging goes by it. */
  length: number
  answer: Told
}> {
  const query = before === null ? {} : { before }
  const answer = await desk.client.call({ path: `${desk.conversationPath(key)}/messages`, query }, signal)
  const body = asObject(answer.json())
  if (!Array.isArray(body['payload'])) throw desk.unexpected('no list of messages')
  const messages = messagesFrom(body['payload'], key, desk.frame).sort(compareMessages)
  return { messages: knownFirst(messages), length: body['payload'].length, answer }
}

/** What comes before a page is asked for by the key of its first message, which has to be one the server knows. */
function knownFirst(messages: readonly Message[]): Message[] {
  const first = messages.find((each) => isServerKey(each.key))
  return first === undefined ? [...messages] : [first, ...messages.filter((each) => each !== first)]
}

export function isServerKey(key: string): boolean {
  return /^\d+$/.test(key)
}
