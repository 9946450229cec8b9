import type { Conversation } from '../../../shared/domain/conversation.ts'
import { isObject, parseJson, textOrNull } from '../../foreign/read.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'
import { ProviderFailure, type DoneBundle, type ReadBundle, type TypingBundle } from '../provider.ts'
import type { Desk } from './desk.ts'
import { readTicket, ticketIn } from './tickets.ts'

const timeoutMs = 20_000

/**
 * Resolving, which is all that `toggle_status` ever does: a second call says yes and changes nothing, and only a new message
 * opens a ticket again. The helpdesk sees who did it (docs/providers/chatwoot-public.md §2.4).
 */
export function doneBundle(desk: Desk): DoneBundle {
  return {
    verb: 'resolveSeen',
    async resolve(key, _answers, signal) {
      const call = { path: '/toggle_status', body: {}, timeoutMs }
      const { told, contact } = await desk.ofTicket(key, call, signal)
      const raw = parseJson(told.bytes)
      const isTicket = isObject(raw?.value) && textOrNull(raw.value['id']) !== null
      // Some derived servers may answer with less; the ticket itself says what came of it.
      if (!isTicket && told.bytes.length > 0) told.json()
      const conversation = isTicket
        ? ticketIn(desk, told, contact, true).conversation
        : await lookAfter(desk, key, signal)
      if (conversation.status.kind === 'done') return conversation
      const facts = { host: desk.client.host, reason: conversation.status.kind }
      throw new ProviderFailure({ kind: 'rejected', code: 'notCarriedOut', facts, mayHaveLeft: false })
    },
  }
}

/** One mark for us alone, which turns what the helpdesk wrote into "read" there (docs/providers/chatwoot-public.md §5.2). */
export function readBundle(desk: Desk): ReadBundle {
  return {
    scope: 'own',
    async markRead(key, signal) {
      const { told } = await desk.ofTicket(key, { path: '/update_last_seen', body: {}, timeoutMs }, signal)
      // It answers with nothing at all; what is there all the same has to be its own.
      if (told.bytes.length > 0) told.json()
      const conversation = await lookAfter(desk, key, signal)
      if (conversation.readAt !== null) return conversation
      const facts = { host: desk.client.host, reason: 'contact_last_seen_at' }
      throw new ProviderFailure({ kind: 'rejected', code: 'rejected', facts, mayHaveLeft: false })
    },
  }
}

/** Others stop showing somebody as typing after half a minute. */
export function typingBundle(desk: Desk): TypingBundle {
  return {
    lapsesAfterMs: 30_000,
    async tell(key, { isTyping }, signal) {
      const body = { typing_status: isTyping ? 'on' : 'off' }
      await desk.ofTicket(key, { path: '/toggle_typing', body, timeoutMs }, signal)
    },
  }
}

/** The ticket after a write was taken: whatever keeps it from being read now, the order may be carried out. */
async function lookAfter(desk: Desk, key: string, signal: AbortSignal): Promise<Conversation> {
  return (await tellingLeft(true, readTicket(desk, key, signal))).conversation
}
