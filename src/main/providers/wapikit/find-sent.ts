import type { Finding } from '../../../shared/domain/outbox.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { ProviderFailure, type SoughtReply } from '../provider.ts'
import type { Desk, ReadConversation } from './desk.ts'

/** Before the request left, by the server's clock: its header tells whole seconds. */
const earlierMs = 5_000
/** After it left: how long a server may take over one whose connection died. */
const laterMs = 300_000

/**
 * Looks for a reply whose fate is unknown: a text of ours in these words, written about then, that no other reply
 * claimed. That none is there proves nothing: a server may deliver a message and fail to keep it
 * (docs/providers/wapikit.md §1), so what is not found is unknowable, and the agent is asked.
 */
export async function findSent(
  desk: Desk,
  sought: SoughtReply,
  signal: AbortSignal,
): Promise<{ finding: Finding; message: Message | null }> {
  let told: ReadConversation
  try {
    told = await desk.read(sought.conversationKey, signal)
  } catch (error) {
    if (error instanceof ProviderFailure && isForGood(error)) return unknowable
    throw error
  }
  // Without the server's clock, or where ours was set back, words alone would take somebody else's for it.
  if (told.aheadMs === null || sought.startedAt > desk.clock.now()) return unknowable
  const leftAt = sought.startedAt + told.aheadMs
  const found = told.messages.find(
    (each) =>
      each.side !== 'them' &&
      each.kind === 'text' &&
      !sought.claimed.includes(each.key) &&
      each.sentAt >= leftAt - earlierMs &&
      each.sentAt <= leftAt + laterMs &&
      normalised(each.text) === normalised(sought.text),
  )
  if (found === undefined) return unknowable
  return { finding: 'found', message: { ...found, side: 'me', ownId: sought.ownId } }
}

const unknowable = { finding: 'unknowable', message: null } as const

/** It cannot be read, now or later. A page of something in between goes away again. */
function isForGood({ kind, code }: ProviderFailure): boolean {
  return code !== 'proxyPage' && ['forbidden', 'gone', 'rejected', 'protocol'].includes(kind)
}

function normalised(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
