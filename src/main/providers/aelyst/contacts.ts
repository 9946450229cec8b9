import type { Conversation } from '../../../shared/domain/conversation.ts'
import { asObject, textOrNull, type Loose } from '../../foreign/read.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'
import { ProviderFailure, type ThreadPage, type Told } from '../provider.ts'
import { contactPath, keepContact, type Desk } from './desk.ts'
import { messageLimit, readPage } from './paging.ts'
import { conversationFrom, nothingHeard, previewOf, summaryOf, type Summary } from './transform.ts'
import { messagesFrom, type ToldMessage } from './transform-message.ts'

/** One contact, read now. One that was merged away is gone, and the failure says where it went. */
export async function readContact(desk: Desk, key: string, signal: AbortSignal): Promise<Loose> {
  const askedAt = desk.clock.elapsed()
  const { json } = await desk.client.call({ path: contactPath(key) }, signal)
  const raw = asObject(json)
  const told = textOrNull(raw['id'])
  if (told === null) throw desk.unexpected('no contact')
  if (told !== key)
    throw new ProviderFailure({
      kind: 'gone',
      code: 'gone',
      facts: { host: desk.client.host, movedTo: told },
      mayHaveLeft: false,
    })
  return keepContact(desk, raw, askedAt)
}

export interface MessagePage {
  /** Oldest first. */
  readonly told: readonly ToldMessage[]
  readonly hasOlder: boolean
  readonly aheadMs: number | null
}

/** The newest messages of a contact, or those before one of them. Some servers tell that one again (docs/providers/aelyst.md §4). */
export async function readMessages(
  desk: Desk,
  key: string,
  given: { readonly before: string | null; readonly limit: number },
  signal: AbortSignal,
): Promise<MessagePage> {
  const { before, limit } = given
  if (before !== null && !/^\d+$/.test(before)) return { told: [], hasOlder: false, aheadMs: null }
  const call = { path: `${contactPath(key)}/message/list` }
  const page = await readPage(desk, call, { limit, cursorId: before }, signal)
  const all = messagesFrom(page.items, key, await desk.frame(signal))
  const told = before === null ? all : all.filter(({ message }) => message.sequence < Number(before))
  return { told, hasOlder: page.next !== null && told.length > 0, aheadMs: page.aheadMs }
}

/** The newest messages, and what they say of the conversation from now on. */
export async function readTop(
  desk: Desk,
  key: string,
  { limit, before }: { readonly limit: number; readonly before: Summary },
  signal: AbortSignal,
): Promise<MessagePage & { readonly summary: Summary }> {
  const page = await readMessages(desk, key, { before: null, limit }, signal)
  const summary = summaryOf(before, page.told, !page.hasOlder)
  desk.summaries.set(key, summary)
  return { ...page, summary }
}

/** A contact as a conversation, with what its messages say; `told` are those that came along. */
export async function conversationOf(
  desk: Desk,
  { raw, summary, told = [] }: { raw: Loose; summary: Summary; told?: readonly ToldMessage[] },
  signal: AbortSignal,
): Promise<Conversation> {
  const channels = await desk.space.channels(summary.channelKey, signal)
  const preview = previewOf(told.at(-1)?.message)
  const conversation = conversationFrom(raw, { summary, channels, preview }, await desk.frame(signal))
  if (conversation === null) throw desk.unexpected('no contact')
  return conversation
}

export async function lookAt(desk: Desk, key: string, signal: AbortSignal): Promise<Told> {
  const raw = await readContact(desk, key, signal)
  const { told, summary } = await readTop(desk, key, heardOf(desk, key), signal)
  const conversation = await conversationOf(desk, { raw, summary, told }, signal)
  return { conversation, messages: told.map(({ message }) => message) }
}

/** The conversation after something was done to it: whatever goes wrong from here on, that may have been done. */
export async function lookAfter(desk: Desk, key: string, signal: AbortSignal): Promise<Conversation> {
  const raw = await tellingLeft(true, readContact(desk, key, signal))
  const known = desk.summaries.get(key)
  const summary = known ?? (await tellingLeft(true, readTop(desk, key, heardOf(desk, key), signal))).summary
  return tellingLeft(true, conversationOf(desk, { raw, summary }, signal))
}

export async function readThread(
  desk: Desk,
  key: string,
  before: string | null,
  signal: AbortSignal,
): Promise<ThreadPage> {
  const given = { before, limit: messageLimit }
  const { told, hasOlder } = await readMessages(desk, key, given, signal)
  return { conversation: null, messages: told.map(({ message }) => message), hasOlder }
}

function heardOf(desk: Desk, key: string) {
  return { limit: 10, before: desk.summaries.get(key) ?? nothingHeard }
}
