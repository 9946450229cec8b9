import type { Finding } from '../../../shared/domain/outbox.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { ProviderFailure, type SoughtReply } from '../provider.ts'
import type { Desk } from './desk.ts'
import { shieldLiquid } from './liquid.ts'
import { isServerKey, readMessages } from './thread.ts'

/** How many pages back a reply is looked for: a busy conversation may have gone on meanwhile. */
const mostPages = 10
/** Before the request left by the server's clock; both clocks are only good to a second or so. */
const earlierMs = 30_000

/**
 * Looks once for a reply whose request left without a clear answer. Where the server keeps our ids, only the id
 * counts; elsewhere author, words and time do. A server may accept late, so an absence means something only when it
 * is found twice, some time apart: that is the caller's to do.
 */
export async function findSent(
  desk: Desk,
  sought: SoughtReply,
  keepsOwnIds: boolean,
  signal: AbortSignal,
): Promise<{ finding: Finding; message: Message | null }> {
  try {
    const { messages, isAll } = await messagesSince(desk, sought, signal)
    const message = match(messages, sought, keepsOwnIds)
    return { finding: message !== null ? 'found' : isAll ? 'absent' : 'unknowable', message }
  } catch (error) {
    if (error instanceof ProviderFailure && isForGood(error)) return { finding: 'unknowable', message: null }
    throw error
  }
}

/** The one with our id; or everything in the conversation from shortly before the request left until now. */
async function messagesSince(
  desk: Desk,
  sought: SoughtReply,
  signal: AbortSignal,
): Promise<{ readonly messages: readonly Message[]; readonly isAll: boolean }> {
  const found: Message[] = []
  let before: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const { messages, answer } = await readMessages(desk, sought.conversationKey, before, signal)
    const own = messages.find((each) => each.ownId === sought.ownId)
    // No time it is said to be of, and no page before it, can make it another one.
    if (own !== undefined) return { messages: [own], isAll: false }
    const since = sought.startedAt + answer.aheadMs - earlierMs
    found.unshift(...messages.filter((each) => each.sentAt >= since))
    const oldest = messages[0]
    if (oldest === undefined || oldest.sentAt < since) return { messages: found, isAll: true }
    if (!isServerKey(oldest.key)) break
    before = oldest.key
  }
  return { messages: found, isAll: false }
}

function match(messages: readonly Message[], sought: SoughtReply, keepsOwnIds: boolean): Message | null {
  const own = messages.find((each) => each.ownId === sought.ownId)
  if (own !== undefined) return own
  // A server that kept the id of any reply keeps every: then equal words are the agent's, written elsewhere.
  if (keepsOwnIds || messages.some((each) => each.ownId !== null)) return null
  // Names called in a note are read back as they were written.
  const words = [sought.text, shieldLiquid(sought.text)].map(normalised)
  const isIt = (each: Message): boolean =>
    each.side === 'me' &&
    each.kind === (sought.isNote ? 'note' : 'text') &&
    each.attachments.length === sought.fileCount &&
    !sought.claimed.includes(each.key) &&
    words.includes(normalised(each.text))
  return messages.find(isIt) ?? null
}

/**
 * The messages of this conversation cannot be read, now or later: nothing can be said of the reply. A page of something
 * in between goes away again.
 */
function isForGood({ kind, code }: ProviderFailure): boolean {
  return code !== 'proxyPage' && ['forbidden', 'gone', 'rejected', 'protocol'].includes(kind)
}

function normalised(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
