import { asList, asObject, asText, isObject, type Loose } from '../../foreign/read.ts'
import type { ProviderFailure } from '../provider.ts'
import type { Call, Client } from './client.ts'

/** The most lists give at once, and the most messages (docs/providers/aelyst.md §4). */
export const listLimit = 99
export const messageLimit = 50
const mostPages = 200

export interface WirePage {
  readonly items: readonly Loose[]
  /** Of the next page; null at the end. */
  readonly next: string | null
  /** As of `Told`. */
  readonly aheadMs: number | null
}

/**
 * One page of a list. The address of the next one is never followed: it may lack the version, or be somebody else's, so
 * only its cursor is taken (docs/providers/aelyst.md §1).
 */
export async function readPage(
  { client, unexpected }: Lists,
  call: Call,
  given: { readonly limit: number; readonly cursorId: string | null },
  signal: AbortSignal,
): Promise<WirePage> {
  const { limit, cursorId } = given
  const query = { ...call.query, limit, ...(cursorId === null ? {} : { cursorId }) }
  const { json, aheadMs } = await client.call({ ...call, query }, signal)
  const { items, pagination } = asObject(json)
  if (!Array.isArray(items)) throw unexpected('no list')
  const next = cursorIn(asObject(pagination)['next'])
  // The same cursor once more, or a page of nothing, would go on for ever.
  const isEnd = next === cursorId || items.length === 0
  return { items: asList(items).filter(isObject), next: isEnd ? null : next, aheadMs }
}

export interface Lists {
  readonly client: Client
  unexpected(reason: string, mayHaveLeft?: boolean): ProviderFailure
}

/** Every page of a list, one after the other. */
export async function readAll(lists: Lists, call: Call, signal: AbortSignal): Promise<Loose[]> {
  const all: Loose[] = []
  let cursorId: string | null = null
  for (let pages = 0; pages < mostPages; pages++) {
    const page: WirePage = await readPage(lists, call, { limit: listLimit, cursorId }, signal)
    all.push(...page.items)
    cursorId = page.next
    if (cursorId === null) break
  }
  return all
}

/** A negative one leads backwards. */
function cursorIn(address: unknown): string | null {
  return /[?&]cursorId=(\d+)(?:&|$)/.exec(asText(address))?.[1] ?? null
}
