import type { Message } from '../../../shared/domain/message.ts'
import type { Finding } from '../../../shared/domain/outbox.ts'
import { ProviderFailure, type SoughtReply } from '../provider.ts'
import { readMessages, type MessagePage } from './contacts.ts'
import type { Desk } from './desk.ts'
import { messageLimit } from './paging.ts'
import type { ToldMessage } from './transform-message.ts'

/** Before it left, by the server's clock (docs/providers/aelyst.md §5); and after, as servers accept late. */
const earlierMs = 60_000
const laterMs = 300_000
const mostPages = 4

/**
 * Looks once for a reply whose request left without a clear answer: sent by the workspace's token, with the same words,
 * about then. Comments cannot be read back, and words with placeholders come back changed.
 */
export async function findSent(desk: Desk, sought: SoughtReply, signal: AbortSignal): Promise<Found> {
  if (sought.isNote) return { finding: 'unknowable', message: null }
  try {
    return await look(desk, sought, signal)
  } catch (error) {
    if (error instanceof ProviderFailure && isForGood(error)) return { finding: 'unknowable', message: null }
    throw error
  }
}

interface Found {
  readonly finding: Finding
  readonly message: Message | null
}

async function look(desk: Desk, sought: SoughtReply, signal: AbortSignal): Promise<Found> {
  let before: string | null = null
  for (let pages = 0; pages < mostPages; pages++) {
    const given = { before, limit: pages === 0 ? 10 : messageLimit }
    const page: MessagePage = await readMessages(desk, sought.conversationKey, given, signal)
    const leftAt = sought.startedAt + (page.aheadMs ?? 0)
    const candidates = page.told.filter((each) => mayBe(each, sought) && isAbout(each, leftAt))
    const alike = candidates.filter(({ message }) => isAlike(message, sought))[0]
    if (alike !== undefined)
      return { finding: 'found', message: { ...alike.message, side: 'me', ownId: sought.ownId } }
    // As much as can be said of words that were filled in there.
    if (isChanged(sought) && candidates.length > 0) return { finding: 'unknowable', message: null }
    const oldest = page.told[0]?.message
    if (!page.hasOlder || oldest === undefined || oldest.sentAt < leftAt - earlierMs)
      return { finding: isChanged(sought) ? 'unknowable' : 'absent', message: null }
    before = oldest.key
  }
  return { finding: 'unknowable', message: null }
}

function mayBe({ message, source }: ToldMessage, { claimed }: SoughtReply): boolean {
  return message.side !== 'them' && source === 'api' && !claimed.includes(message.key)
}

function isAbout({ message }: ToldMessage, leftAt: number): boolean {
  return message.sentAt >= leftAt - earlierMs && message.sentAt <= leftAt + laterMs
}

/** A file sent by its address alone reads as that address here. */
function isAlike({ text, attachments }: Message, sought: SoughtReply): boolean {
  const { links = [] } = sought
  const isFile = normalised(sought.text) === '' && links.length === 1
  const words = isFile ? '' : normalised([sought.text, ...links].join(' '))
  if (normalised(sought.text) !== '' && normalised(text) === normalised(sought.text)) return true
  if (words !== '') return normalised(text) === words
  return text === '' && attachments.length > 0
}

function isChanged({ text, template }: SoughtReply): boolean {
  return template !== null || text.includes('{{')
}

/** Nothing can be said of it, now or later; a page of something in between goes away again. */
function isForGood({ kind, code }: ProviderFailure): boolean {
  return code !== 'proxyPage' && ['forbidden', 'gone', 'rejected', 'protocol'].includes(kind)
}

function normalised(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
