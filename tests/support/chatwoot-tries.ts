import type { KnownInbox } from '../../src/main/providers/chatwoot/channels.ts'
import {
  ProviderFailure,
  type AssignBundle,
  type DoneBundle,
  type MessagesBundle,
  type OutgoingReply,
  type ReadBundle,
  type Session,
  type SoughtReply,
} from '../../src/main/providers/provider.ts'

/** For tests of the provider: plain orders to change one thing of, and bundles as if nothing of them were optional. */
export const never = new AbortController().signal

export function aReply(given: Partial<OutgoingReply> = {}): OutgoingReply {
  const plain = { isNote: false, replyTo: null, mentions: [], files: [], mail: null, template: null }
  return { conversationKey: '5', text: 'Hello', ownId: 'row-1', leaves: () => {}, ...plain, ...given }
}

export function aSought(given: Partial<SoughtReply> & { startedAt: number }): SoughtReply {
  const plain = { isNote: false, mentions: [], template: null, fileSizes: [], claimed: [] }
  return { conversationKey: '5', text: 'Hello', ownId: 'row-1', ...plain, ...given }
}

export function anInbox(given: Partial<KnownInbox> = {}): KnownInbox {
  return { name: 'Website', channelType: '', medium: '', provider: '', windowHours: null, ...given }
}

export function doneOf({ done }: Session): Required<Omit<DoneBundle, 'offersAnswers'>> {
  const { verb, resolve, asks, pend, reopen } = there(done)
  return { verb, resolve, asks: there(asks), pend: there(pend), reopen: there(reopen) }
}

export function readOf({ read }: Session): Required<ReadBundle> {
  const { scope, markRead, markUnread } = there(read)
  return { scope, markRead, markUnread: there(markUnread) }
}

export function assignOf({ assign }: Session): Required<AssignBundle> {
  const { candidates, assign: toAgent, assignTeam } = there(assign)
  return { candidates, assign: toAgent, assignTeam: there(assignTeam) }
}

export function messagesOf({ messages }: Session): Required<MessagesBundle> {
  const { remove, retry } = there(messages)
  return { remove, retry: there(retry) }
}

export function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('not there')
  return value
}

export async function failureOf(outcome: Promise<unknown>): Promise<ProviderFailure> {
  const failure = await outcome.then(
    () => new Error('it went well'),
    (error: unknown) => error,
  )
  if (failure instanceof ProviderFailure) return failure
  throw new Error('no failure', { cause: failure })
}

/** The simulated server itself, asked past the provider: what is truly there, and what somebody else does by hand. */
export async function byHand(
  { simulator }: { readonly simulator: { readonly url: string; readonly token: string } },
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(`${simulator.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Api-Access-Token': simulator.token, 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await answer.text()
  return text === '' ? null : JSON.parse(text)
}
