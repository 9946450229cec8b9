import type { SimulatorAnswer } from '../router.ts'
import { json } from './answers.ts'
import { invalid, type Exchange } from './exchange.ts'

/**
 * One page of a list that is in order already, by `limit` and `cursorId`: the id to go on behind, or, negative, the id to
 * stop before. The addresses of other pages are no use by themselves (docs/providers/aelyst.md §1).
 */
export function paged<T>(exchange: Exchange, list: PagedList<T>): SimulatorAnswer {
  const { items, idOf, shape, mostAtOnce = exchange.world.manners.listLimit } = list
  const limit = numberIn(exchange, 'limit') ?? 10
  if (limit < 1 || limit > mostAtOnce) throw invalid()
  const cursor = numberIn(exchange, 'cursorId')
  const start = startOf(exchange, list, limit, cursor)
  const page = items.slice(Math.max(0, start), Math.max(0, start) + limit)
  const [first, last] = [page[0], page.at(-1)]
  const hasMore = last !== undefined && start + page.length < items.length
  const pagination = {
    next: hasMore ? addressOf(exchange, limit, idOf(last)) : noPage(exchange),
    previous: start > 0 && first !== undefined ? addressOf(exchange, limit, -idOf(first)) : noPage(exchange),
  }
  return json({ items: page.map(shape), pagination })
}

export interface PagedList<T> {
  readonly items: readonly T[]
  readonly idOf: (item: T) => number
  readonly shape: (item: T) => object
  /** Absent means by growing id. */
  readonly isNewestFirst?: boolean
  readonly mostAtOnce?: number
}

function startOf<T>(exchange: Exchange, list: PagedList<T>, limit: number, cursor: number | null): number {
  if (cursor === null) return 0
  const ids = list.items.map(list.idOf)
  const isBehind = (id: number) =>
    list.isNewestFirst === true ? id < Math.abs(cursor) : id > Math.abs(cursor)
  const behind = ids.findIndex(isBehind)
  const after = behind === -1 ? ids.length : behind
  if (cursor < 0) {
    const at = ids.indexOf(-cursor)
    return Math.max(0, (at === -1 ? after : at) - limit)
  }
  const isRepeated = exchange.world.manners.pagesOverlap && limit > 1 && ids.includes(cursor)
  return isRepeated ? after - 1 : after
}

function numberIn({ request }: Exchange, name: string): number | null {
  const text = request.query.get(name)
  if (text === null || text === '') return null
  const number = Number(text)
  if (!Number.isInteger(number)) throw invalid()
  return number
}

function addressOf({ world, path }: Exchange, limit: number, cursorId: number): string {
  const base = world.manners.pagesKeepBase ? world.base : ''
  return `${world.origin}${base}${path}?limit=${limit}&cursorId=${cursorId}`
}

function noPage({ world }: Exchange): string | null {
  return world.manners.endOfPages === 'empty' ? '' : null
}
