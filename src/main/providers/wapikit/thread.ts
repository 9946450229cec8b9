import { asList, asObject, numberOrNull, parseJson } from '../../foreign/read.ts'
import { isHtml } from '../../foreign/fault.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { compareMessages } from '../../../shared/domain/ordering.ts'
import type { ThreadPage } from '../provider.ts'
import type { Call } from './client.ts'
import { rowsPerPage } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { isBrokenMessagesRoute, unreadable } from './failures.ts'
import { messagesFrom } from './transform-message.ts'

/**
 * The newest messages of a conversation, or those before one, oldest first. On most servers their own route fails
 * whatever is asked, which is remembered; the conversation itself holds all of them (docs/providers/wapikit.md §1, §6.4).
 */
export function createThread(
  desk: Desk,
): (key: string, before: string | null, signal: AbortSignal) => Promise<ThreadPage> {
  /** Of each conversation: what was handed over as its oldest, and the page before that. */
  const reached = new Map<string, { readonly oldest: string; readonly page: number }>()

  async function byPages(
    key: string,
    before: string | null,
    signal: AbortSignal,
  ): Promise<ThreadPage | null> {
    const place = reached.get(key)
    if (before !== null && place?.oldest !== before) return null
    const from = before === null ? 1 : (place?.page ?? 1)
    const first = await readPage(desk, key, from, signal)
    if (first === null) return null
    // They come oldest first, and only an answer tells how many pages there are.
    const last = before === null ? Math.max(1, Math.ceil(first.total / rowsPerPage)) : from
    const read = last === from ? first : await readPage(desk, key, last, signal)
    const oldest = read?.messages[0]
    if (read === null || (oldest === undefined && last > 1)) return null
    if (oldest !== undefined) reached.set(key, { oldest: oldest.key, page: last - 1 })
    return { conversation: null, messages: read.messages, hasOlder: last > 1 }
  }

  return async (key, before, signal) => {
    const kept = before === null ? desk.shelf.take(key) : null
    if (kept !== null) return { ...kept, hasOlder: false }
    const isWorth = desk.learned.now.messagesEndpoint !== false
    const page = isWorth ? await byPages(key, before, signal) : null
    if (page !== null) return page
    const told = await desk.read(key, signal)
    const index = told.messages.findIndex((each) => each.key === before)
    return {
      conversation: told.conversation,
      messages: before === null ? told.messages : told.messages.slice(0, Math.max(0, index)),
      hasOlder: false,
    }
  }
}

interface ReadPage {
  readonly messages: readonly Message[]
  readonly total: number
}

/** Null where the server has no such route that works, or does not say how many there are. */
async function readPage(
  desk: Desk,
  key: string,
  page: number,
  signal: AbortSignal,
): Promise<ReadPage | null> {
  const path = `${desk.conversationPath(key)}/messages`
  const call: Call = { path, query: { page, per_page: rowsPerPage } }
  const answer = await desk.client.ask(call, signal)
  if (isMissing(answer) || isBrokenMessagesRoute(answer)) {
    desk.learned.note({ messagesEndpoint: false })
    return null
  }
  if (answer.status < 200 || answer.status >= 300) throw desk.client.failureOf(answer, call)
  const parsed = parseJson(answer.bytes)
  const asked = { host: desk.client.host, now: desk.clock.now(), isWrite: false }
  if (parsed === null) throw unreadable(answer, asked)
  const body = asObject(parsed.value)
  const rows = body['messages']
  if (!Array.isArray(rows) && rows !== null) throw desk.unexpected('no list of messages')
  const messages = messagesFrom(rows, key, desk.frame).sort(compareMessages)
  const total = numberOrNull(asObject(body['paginationMeta'])['total'])
  if (total === null || total < asList(rows).length) return null
  desk.learned.note({ messagesEndpoint: true })
  return { messages, total }
}

/** A page in place of an answer, or a path nobody knows (docs/providers/wapikit.md §3). */
function isMissing(answer: HttpAnswer): boolean {
  const isPage = isHtml(answer) && (answer.status < 300 || answer.status === 404)
  return isPage || answer.status === 405
}
