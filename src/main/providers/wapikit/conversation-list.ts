import { asList, asObject, fingerprint, numberOrNull, textOrNull } from '../../foreign/read.ts'
import { ProviderFailure } from '../provider.ts'
import type { ListName } from './cursor.ts'
import type { Desk } from './desk.ts'
import { keyOf, mergedEntries, type ToldConversation } from './transform.ts'
import type { WireConversation } from './wire-types.ts'

/** What one page of the list holds. It counts rows of a join, not conversations (docs/providers/wapikit.md §1, §6.1). */
export interface ListPage {
  readonly entries: readonly WireConversation[]
  /** The same for the same answer. */
  readonly print: string
}

/** As much as a server takes; more is refused (docs/providers/wapikit.md §6.1). */
export const rowsPerPage = 50

export async function readList(
  desk: Desk,
  { list, page }: { readonly list: ListName; readonly page: number },
  signal: AbortSignal,
): Promise<ListPage> {
  // Whatever is no name of a status breaks the question, so only this one is ever sent.
  const status = list === 'closed' ? { status: 'Closed' } : {}
  const answer = await desk.client.call(
    { path: '/conversations', query: { page, per_page: rowsPerPage, ...status } },
    signal,
  )
  const body = asObject(answer.json())
  const rows = body['conversations']
  if (!Array.isArray(rows) && rows !== null) throw desk.unexpected('no list of conversations')
  return { entries: mergedEntries(rows), print: `${answer.bytes.length} ${fingerprint(asList(rows))}` }
}

/**
 * Whether its newest messages may be on another page: of the last of a page those that follow, of the first of a later
 * page those before (docs/providers/wapikit.md §1). A server that counts them says.
 */
export function mayBeCut(wire: WireConversation, place: { isFirst: boolean; isLast: boolean }): boolean {
  const count = asList(wire.messages).length
  if (count === 0 || (!place.isFirst && !place.isLast)) return false
  const total = numberOrNull(wire.totalMessages)
  return total === null || count < total
}

/** The whole of a conversation of which a page holds a part; null where it went meanwhile. */
export async function readWhole(
  desk: Desk,
  wire: WireConversation,
  signal: AbortSignal,
): Promise<ToldConversation | null> {
  const key = keyOf(wire)
  if (key === null) return null
  try {
    return await desk.read(key, signal)
  } catch (error) {
    if (error instanceof ProviderFailure && error.kind === 'gone') return null
    throw error
  }
}

/** Equal for a conversation that is as it was. */
export function printOf({ conversation, messages }: ToldConversation): string {
  const { status, labels, assignee, customer, unread } = conversation
  return fingerprint([
    ...[status, labels, assignee?.key ?? null, textOrNull(customer.name), unread],
    ...messages.map(({ key, delivery }) => [key, delivery.kind]),
  ])
}
