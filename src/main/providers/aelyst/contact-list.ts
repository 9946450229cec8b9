import { ProviderFailure } from '../provider.ts'
import type { Desk } from './desk.ts'
import { listLimit, readPage, type WirePage } from './paging.ts'
import { statusOf } from './transform.ts'

/**
 * One page of the contacts whose conversations are open. Where the server does not know that filter, or takes it and
 * narrows nothing, all contacts are read from then on (docs/providers/aelyst.md §4.1).
 */
export async function readContacts(
  desk: Desk,
  cursorId: string | null,
  signal: AbortSignal,
): Promise<WirePage> {
  if (!desk.learned.statusFilter) return readWith(desk, [], cursorId, signal)
  try {
    const page = await readWith(desk, [isOpen], cursorId, signal)
    const isNarrowed = page.items.every((each) => statusOf(each).kind !== 'done')
    if (!isNarrowed) desk.learn({ statusFilter: false })
    return page
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.facts['status'] !== '400') throw error
    const page = await readWith(desk, [], cursorId, signal)
    // Only now it is known to have been the filter.
    desk.learn({ statusFilter: false })
    return page
  }
}

const isOpen = { category: 'contactField', field: 'status', operator: 'isEqualTo', value: 'open' }

/** All three of the body's fields are wanted, also when they say nothing (§4). */
function readWith(
  desk: Desk,
  conditions: readonly object[],
  cursorId: string | null,
  signal: AbortSignal,
): Promise<WirePage> {
  const body = { search: '', timezone: 'UTC', filter: { $and: conditions } }
  const call = { path: '/contact/list', kind: 'read', body } as const
  return readPage(desk, call, { limit: listLimit, cursorId }, signal)
}
