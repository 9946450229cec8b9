import type { Attachment, Message } from '../../../shared/domain/message.ts'
import type { Finding } from '../../../shared/domain/outbox.ts'
import { ProviderFailure, type SoughtReply } from '../provider.ts'
import type { Desk } from './desk.ts'
import { uploadTimeoutMs } from './send.ts'
import { isServerKey, readMessages } from './thread.ts'

/** How many pages back a reply is looked for. */
const mostPages = 10
/** Before the request left, by the server's clock: it tells whole seconds, and its machines differ a little. */
const earlierMs = 5_000
/** After it left: a server may take one in long after the connection died. */
const laterMs = 300_000

/**
 * Looks once for a reply whose request left without a clear answer. Nothing of ours is kept with a message, so its side,
 * its words, its files and its time are all there is to know it by (docs/providers/chatwoot-public.md §2.3).
 */
export async function findSent(desk: Desk, sought: SoughtReply, signal: AbortSignal): Promise<Found> {
  try {
    return judged(await readSince(desk, sought, signal), sought)
  } catch (error) {
    if (error instanceof ProviderFailure && isForGood(error)) return { finding: 'unknowable', message: null }
    throw error
  }
}

interface Found {
  readonly finding: Finding
  readonly message: Message | null
}

/** When the server may have taken it in, by its own clock, epoch ms, both ends included. */
interface Span {
  readonly from: number
  readonly until: number
}

interface Read {
  readonly messages: readonly Message[]
  /** Whether nothing of the time in question is left unread. */
  readonly isAll: boolean
  readonly span: Span | null
}

async function readSince(desk: Desk, sought: SoughtReply, signal: AbortSignal): Promise<Read> {
  const messages: Message[] = []
  let before: string | null = null
  let span: Span | null = null
  for (let page = 0; page < mostPages; page++) {
    const { messages: told, answer } = await readMessages(desk, sought.conversationKey, before, signal)
    span = spanOf(sought, answer.aheadMs, desk.clock.now())
    messages.unshift(...told)
    const oldest = told[0]
    if (oldest === undefined || (span !== null && oldest.sentAt < span.from))
      return { messages, isAll: true, span }
    if (!isServerKey(oldest.key)) break
    before = oldest.key
  }
  return { messages, isAll: false, span }
}

/** Null where the server does not tell its time, and where our clock was set back since the request left. */
function spanOf({ startedAt, fileSizes }: SoughtReply, aheadMs: number | null, now: number): Span | null {
  if (aheadMs === null || startedAt > now) return null
  const leftAt = startedAt + aheadMs
  const uploadMs = fileSizes.length === 0 ? 0 : uploadTimeoutMs(sum(fileSizes))
  return { from: leftAt - earlierMs, until: leftAt + laterMs + uploadMs }
}

function judged({ messages, isAll, span }: Read, sought: SoughtReply): Found {
  const alike = messages.filter((each) => isAlike(each, sought) && isWithin(each, span))
  const [first] = alike
  // Without the server's clock an equal message may be one of long ago.
  if (first !== undefined && span !== null) return { finding: 'found', message: first }
  return { finding: alike.length > 0 || !isAll ? 'unknowable' : 'absent', message: null }
}

function isWithin({ sentAt }: Message, span: Span | null): boolean {
  return span === null || (sentAt >= span.from && sentAt <= span.until)
}

function isAlike(message: Message, { text, fileSizes, claimed }: SoughtReply): boolean {
  return (
    message.side === 'me' &&
    message.kind === 'text' &&
    !message.isDeleted &&
    !claimed.includes(message.key) &&
    normalised(message.text) === normalised(text) &&
    areOfSize(message.attachments, fileSizes)
  )
}

/** As many files, and none of a size that was not sent; the server may not tell a size. */
function areOfSize(attachments: readonly Attachment[], sizes: readonly number[]): boolean {
  const left = [...sizes]
  const isOneOfThem = ({ sizeBytes }: Attachment): boolean => {
    if (sizeBytes === null) return true
    const at = left.indexOf(sizeBytes)
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  }
  return attachments.length === sizes.length && attachments.every(isOneOfThem)
}

/** The messages cannot be read, now or later. A page of something in between goes away again. */
function isForGood({ kind, code }: ProviderFailure): boolean {
  return code !== 'proxyPage' && ['forbidden', 'gone', 'rejected', 'protocol'].includes(kind)
}

function normalised(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
