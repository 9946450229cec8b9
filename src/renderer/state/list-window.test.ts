import { describe, expect, it } from 'vitest'
import { aRow } from '../../../tests/renderer/rows.ts'
import type { ConversationRow, Query } from '../../shared/contract/contract.ts'
import {
  emptyWindow,
  maxHeld,
  withChange,
  withEarlierPage,
  withFirstPage,
  withNextPage,
  withoutStrays,
  type ListWindow,
} from './list-window.ts'

const open: Query = { view: 'open', accountId: null, find: null, sort: 'newest', folder: null, terms: null }

/** Row `n` is the n-th newest. */
function nth(n: number, given: Partial<ConversationRow> = {}): ConversationRow {
  return aRow({ id: `acme:${String(n).padStart(5, '0')}`, lastActivityAt: 1_000_000 - n, ...given })
}

function page(from: number, count: number, next: string | null, revision = 1) {
  return { revision, rows: Array.from({ length: count }, (_, index) => nth(from + index)), next }
}

function ids(window: ListWindow): number[] {
  return window.entries.map((entry) => Number(entry.row.id.slice('acme:'.length)))
}

function changed(
  window: ListWindow,
  revision: number,
  upserted: ConversationRow[],
  keepId: string | null = null,
): ListWindow {
  return withChange(window, { revision, upserted, removed: [] }, keepId)
}

describe('the rows held of one query', () => {
  it('moves a row to where its newest activity puts it', () => {
    const window = withFirstPage(emptyWindow(open), page(1, 3, null))
    expect(ids(changed(window, 2, [nth(3, { lastActivityAt: 2_000_000 })]))).toEqual([3, 1, 2])
  })

  it('orders by the longest wait, and those nobody waits for come last', () => {
    const byWait: Query = { ...open, sort: 'longestWait' }
    const rows = [nth(1), nth(2, { waitingSince: 500 }), nth(3, { waitingSince: 100 })]
    const window = withFirstPage(emptyWindow(byWait), { revision: 1, rows, next: null })
    expect(ids(window)).toEqual([3, 2, 1])
  })

  it('takes in a new row only where it falls among the rows held', () => {
    const window = withFirstPage(emptyWindow(open), page(1, 3, 'more'))
    expect(ids(changed(window, 2, [nth(0)]))).toEqual([0, 1, 2, 3])
    expect(ids(changed(window, 2, [nth(9)]))).toEqual([1, 2, 3])
    const whole = withFirstPage(emptyWindow(open), page(1, 3, null))
    expect(ids(changed(whole, 2, [nth(9)]))).toEqual([1, 2, 3, 9])
  })

  it('lets a row go that no longer belongs to the view, the account or this world', () => {
    const window = withFirstPage(emptyWindow({ ...open, accountId: 'acme' }), page(1, 4, null))
    const after = changed(window, 2, [
      nth(1, { status: { kind: 'done' } }),
      nth(2, { accountId: 'kopi' }),
      nth(3, { status: { kind: 'gone' } }),
    ])
    expect(ids(after)).toEqual([4])
    expect(ids(withChange(after, { revision: 3, upserted: [], removed: [nth(4).id] }, null))).toEqual([])
  })

  it('does not let an older word replace a newer one', () => {
    const window = withFirstPage(emptyWindow(open), page(1, 2, null, 5))
    expect(changed(window, 4, [nth(1, { status: { kind: 'done' } })])).toBe(window)
    const removed = withChange(window, { revision: 4, upserted: [], removed: [nth(1).id] }, null)
    expect(ids(removed)).toEqual([1, 2])
  })

  it('keeps the conversation being read in its list until another is opened, but not once it is resolved', () => {
    const needs = { needsYou: true }
    const rows = [nth(1, needs), nth(2, needs)]
    const window = withFirstPage(emptyWindow({ ...open, view: 'needsYou' }), {
      revision: 1,
      rows,
      next: null,
    })
    const read = changed(window, 2, [nth(1, { needsYou: false })], nth(1).id)
    expect(ids(read)).toEqual([1, 2])
    expect(ids(withoutStrays(read, nth(2).id))).toEqual([2])
    const resolved = changed(read, 3, [nth(1, { needsYou: false, status: { kind: 'done' } })], nth(1).id)
    expect(ids(resolved)).toEqual([2])
  })

  it('keeps what a search found whatever becomes of it, and adds news that shows the words', () => {
    const window = withFirstPage(emptyWindow({ ...open, find: 'tent' }), page(1, 1, null))
    const done = changed(window, 2, [nth(1, { status: { kind: 'done' } })])
    expect(ids(done)).toEqual([1])
    const said = { side: 'them', author: null, text: 'My TENT is torn', isNote: false } as const
    expect(ids(changed(done, 3, [nth(2, { preview: said }), nth(3)]))).toEqual([1, 2])
  })
})

describe('a list longer than is held', () => {
  const pageRows = 500

  function scrolledTo(pages: number): ListWindow {
    let window = withFirstPage(emptyWindow(open), page(0, pageRows, 'after 1'))
    for (let each = 1; each < pages; each += 1) {
      window = withNextPage(window, page(each * pageRows, pageRows, `after ${each + 1}`))
    }
    return window
  }

  it('gives back the first pages when too many are held, and remembers how many rows stand above', () => {
    const window = scrolledTo(6)
    expect(window.entries).toHaveLength(maxHeld)
    expect(ids(window)[0]).toBe(2 * pageRows)
    expect(window.rowsAbove).toBe(2 * pageRows)
  })

  it('leaves out news that belongs to the pages given back', () => {
    const window = scrolledTo(6)
    expect(changed(window, 9, [nth(-5)])).toBe(window)
  })

  it('fetches the page above again by its own cursor, and gives back the last one below', () => {
    const window = scrolledTo(6)
    expect(window.above.at(-1)?.after).toBe('after 1')
    const back = withEarlierPage(window, page(pageRows, pageRows, 'after 2'))
    expect(ids(back)[0]).toBe(pageRows)
    expect(back.rowsAbove).toBe(pageRows)
    expect(back.entries).toHaveLength(maxHeld)
    expect(back.next).toBe('after 5')
    const top = withEarlierPage(back, page(0, pageRows, 'after 1'))
    expect(ids(top)[0]).toBe(0)
    expect(top.rowsAbove).toBe(0)
  })
})

describe("a server's own list", () => {
  const servers: Query = { ...open, accountId: 'a', folder: '7' }
  const held = (): ListWindow =>
    withFirstPage(emptyWindow(servers), {
      revision: 1,
      rows: [aRow({ id: 'a:2' }), aRow({ id: 'a:1', lastActivityAt: 9 })],
      next: 'p2',
    })
  const shown = (window: ListWindow): string[] => window.entries.map((entry) => entry.row.id)

  it('keeps the order it came in, page after page', () => {
    const next = withNextPage(held(), {
      revision: 2,
      rows: [aRow({ id: 'a:3', lastActivityAt: 99 })],
      next: null,
    })
    expect(shown(next)).toEqual(['a:2', 'a:1', 'a:3'])
  })

  it('shows news of its rows where they stand, and takes in no others', () => {
    const upserted = [aRow({ id: 'a:1', subject: 'New', lastActivityAt: 100 }), aRow({ id: 'a:9' })]
    const after = withChange(held(), { revision: 2, upserted, removed: [] }, null)
    expect(shown(after)).toEqual(['a:2', 'a:1'])
    expect(after.entries[1]?.row.subject).toBe('New')
  })

  it('keeps what no longer fits until it is asked again, but not what is gone', () => {
    const done = [aRow({ id: 'a:1', status: { kind: 'done' } })]
    const gone = [aRow({ id: 'a:2', status: { kind: 'gone' } })]
    const after = withChange(held(), { revision: 2, upserted: [...done, ...gone], removed: [] }, null)
    expect(shown(after)).toEqual(['a:1'])
  })
})
