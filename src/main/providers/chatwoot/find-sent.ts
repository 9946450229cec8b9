import type { Finding } from '../../../shared/domain/outbox.ts'
import type { Attachment, Message } from '../../../shared/domain/message.ts'
import { ProviderFailure, type SoughtReply } from '../provider.ts'
import type { Desk } from './desk.ts'
import { uploadTimeoutMs } from './direct-upload.ts'
import { shieldLiquid } from './liquid.ts'
import { encodeMentions, plainMentions } from './mentions.ts'
import { isServerKey, readMessages } from './thread.ts'

/** How many pages back a reply is looked for: a busy conversation may have gone on meanwhile. */
const mostPages = 10
/** Before the request left, by the server's clock: times are told in whole seconds, and its machines differ a little. */
const earlierMs = 5_000
/** After it left: a server takes one in up to a minute and a half after the connection died, and that may last itself. */
const laterMs = 300_000

/**
 * Looks once for a reply whose request left without a clear answer. Where the server keeps our ids, only the id
 * counts; elsewhere author, words, files and time do. What is here decides nothing for good: servers accept late, so
 * the caller looks twice before it asks (docs/providers/chatwoot.md §2.5).
 */
export async function findSent(
  desk: Desk,
  sought: SoughtReply,
  keepsOwnIds: boolean,
  signal: AbortSignal,
): Promise<Found> {
  try {
    return judged(await readSince(desk, sought, signal), sought, keepsOwnIds)
  } catch (error) {
    if (error instanceof ProviderFailure && isForGood(error)) return { finding: 'unknowable', message: null }
    throw error
  }
}

interface Found {
  readonly finding: Finding
  readonly message: Message | null
}

interface Read {
  /** The one with our id; no time it is said to be of, and no page before it, can make it another one. */
  readonly own: Message | null
  readonly messages: readonly Message[]
  /** Whether nothing of the time in question is left unread. */
  readonly isAll: boolean
  readonly span: Span | null
}

/** When the server may have taken it in, by its own clock, epoch ms, both ends included. */
interface Span {
  readonly from: number
  readonly until: number
}

/** The newest pages, back to shortly before the request left; to the beginning where no clock says when that was. */
async function readSince(desk: Desk, sought: SoughtReply, signal: AbortSignal): Promise<Read> {
  const messages: Message[] = []
  let before: string | null = null
  let span: Span | null = null
  for (let page = 0; page < mostPages; page++) {
    const { messages: told, answer } = await readMessages(desk, sought.conversationKey, before, signal)
    span = spanOf(sought, answer.isDated ? answer.aheadMs : null, desk.clock.now())
    messages.unshift(...told)
    const own = told.find((each) => each.ownId === sought.ownId) ?? null
    const oldest = told[0]
    const isAll = oldest === undefined || (span !== null && oldest.sentAt < span.from)
    if (own !== null || isAll) return { own, messages, isAll, span }
    if (!isServerKey(oldest.key)) break
    before = oldest.key
  }
  return { own: null, messages, isAll: false, span }
}

/** Null where the server does not tell its time, and where our clock was set back since the request left. */
function spanOf({ startedAt, fileSizes }: SoughtReply, aheadMs: number | null, now: number): Span | null {
  if (aheadMs === null || startedAt > now) return null
  const leftAt = startedAt + aheadMs
  // Files may be taken to the server's store one by one, and then be posted.
  const uploadMs = fileSizes.length === 0 ? 0 : 2 * uploadTimeoutMs(sum(fileSizes))
  return { from: leftAt - earlierMs, until: leftAt + laterMs + uploadMs }
}

function judged({ own, messages, isAll, span }: Read, sought: SoughtReply, keepsOwnIds: boolean): Found {
  if (own !== null) return { finding: 'found', message: own }
  const candidates = messages.filter((each) => mayBe(each, sought) && isWithin(each, span))
  const alike = candidates.filter((each) => isAlike(each, sought))
  // A server that kept the id of any reply keeps every: then equal words are most likely the agent's from elsewhere.
  const isKeeping = keepsOwnIds || messages.some((each) => each.ownId !== null)
  const [first] = alike
  if (first !== undefined && !isKeeping && span !== null) return { finding: 'found', message: first }
  // A retry and a deletion wipe our id, and a deletion the words as well: it may be this one all the same.
  const isOneInDoubt = alike.length > 0 || candidates.some((each) => each.isDeleted)
  return { finding: isOneInDoubt || !isAll ? 'unknowable' : 'absent', message: null }
}

/** Written by this agent, here or elsewhere, and nobody else's as far as is known. */
function mayBe(message: Message, { isNote, claimed }: SoughtReply): boolean {
  return (
    message.side === 'me' &&
    message.kind === (isNote ? 'note' : 'text') &&
    message.ownId === null &&
    !claimed.includes(message.key)
  )
}

function isWithin({ sentAt }: Message, span: Span | null): boolean {
  return span === null || (sentAt >= span.from && sentAt <= span.until)
}

function isAlike(message: Message, { text, isNote, mentions, fileSizes }: SoughtReply): boolean {
  // As it was sent, and as what was sent reads.
  const shielded = shieldLiquid(text)
  const words = isNote ? plainMentions(encodeMentions(shielded, mentions)) : shielded
  return (
    !message.isDeleted &&
    normalised(message.text) === normalised(words) &&
    areOfSize(message.attachments, fileSizes)
  )
}

/** As many files, and none of a size that was not sent; the server may not tell a size. */
function areOfSize(attachments: readonly Attachment[], sizes: readonly number[]): boolean {
  const left = [...sizes]
  const known = attachments.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [sizeBytes]))
  return (
    attachments.length === sizes.length &&
    known.every((size) => {
      const index = left.indexOf(size)
      if (index !== -1) left.splice(index, 1)
      return index !== -1
    })
  )
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
