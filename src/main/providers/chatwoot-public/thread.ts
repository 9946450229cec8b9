import type { Message } from '../../../shared/domain/message.ts'
import { compareMessages } from '../../../shared/domain/ordering.ts'
import type { ThreadPage } from '../provider.ts'
import type { Told } from './client.ts'
import type { Desk } from './desk.ts'
import { messagesFrom } from './transform-message.ts'

/** A full page; nothing says whether there is more (docs/providers/chatwoot-public.md §2.3). */
const pageSize = 20

/** The newest messages of a ticket, or those before one, oldest first. */
export async function readThread(
  desk: Desk,
  key: string,
  before: string | null,
  signal: AbortSignal,
): Promise<ThreadPage> {
  // A key of our own making means nothing to the server: there is no telling what came before it.
  if (before !== null && !isServerKey(before)) return { conversation: null, messages: [], hasOlder: false }
  const { messages, length } = await readMessages(desk, key, before, signal)
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
  const { told } = await desk.ofTicket(key, { path: '/messages', query }, signal)
  const rows = told.json()
  if (!Array.isArray(rows)) throw desk.unexpected('no list of messages')
  const messages = messagesFrom(rows, key, desk.frame).sort(compareMessages)
  return { messages: knownFirst(messages), length: rows.length, answer: told }
}

/** What comes before a page is asked for by its first message, which has to be one the server knows. */
function knownFirst(messages: readonly Message[]): Message[] {
  const first = messages.find((each) => isServerKey(each.key))
  return first === undefined ? [...messages] : [first, ...messages.filter((each) => each !== first)]
}

export function isServerKey(key: string): boolean {
  return /^\d+$/.test(key)
}
