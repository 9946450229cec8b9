import { ProviderFailure, type Page } from '../provider.ts'
import { mayBeCut, printOf, readList, readWhole, type ListPage } from './conversation-list.ts'
import { readCursor, settledPrints, startOfAll, withPrints, writeCursor, type Cursor } from './cursor.ts'
import type { Desk } from './desk.ts'
import { keyOf, type ToldConversation } from './transform.ts'

const dayMs = 86_400_000
/** How far back closed conversations are kept. */
const closedReachMs = 30 * dayMs
/** No walk goes further, however long the list is (docs/providers/wapikit.md §15). */
const mostPages = 20
/** Every so many walks the closed list is looked at, and, in between, one page of the older conversations. */
const lookEvery = 10
/** So long after a refusal the pause between two pulls is twice as long. */
const slowMs = 3_600_000
/** A steady question a minute is what the newer branch's limiter bears for hours (docs/providers/wapikit.md §5). */
const minDelayMs = { main: 20_000, newer: 60_000, hosted: 60_000 } as const

/**
 * One page of what changed since a cursor. The list tells what is newest first, so it is walked until something is met
 * that is as it was; the first time to its end. A conversation of which a page holds only a part is read by itself: the
 * part that is missing is the newest (docs/providers/wapikit.md §1).
 */
export function createPull(desk: Desk): (cursor: string | null, signal: AbortSignal) => Promise<Page> {
  let limitedAtMs = -Infinity
  return async (text, signal) => {
    try {
      const page = await nextPage(desk, readCursor(text) ?? startOfAll, signal)
      // Who was refused for asking too often asks less often for a while.
      const isSlow = desk.clock.elapsed() - limitedAtMs < slowMs
      return isSlow ? { ...page, minDelayMs: page.minDelayMs * 2 } : page
    } catch (error) {
      const isLimit = error instanceof ProviderFailure && error.kind === 'rateLimited'
      if (isLimit) limitedAtMs = desk.clock.elapsed()
      throw error
    }
  }
}

async function nextPage(desk: Desk, cursor: Cursor, signal: AbortSignal): Promise<Page> {
  const list = await readList(desk, cursor, signal)
  const isFront = cursor.list === 'open' && cursor.page === 1
  const isSame = isFront && cursor.front?.print === list.print && cursor.front.isTelling
  const walked = isSame ? nothingNew : await walk(desk, cursor, list, signal)
  for (const each of walked.told) desk.shelf.put(each)
  const moved: Cursor = {
    ...cursor,
    front: isFront ? { print: list.print, isTelling: walked.isTelling } : cursor.front,
    done: cursor.done + walked.told.length,
    cut: walked.cut,
    fresh: withPrints(cursor, walked.prints),
  }
  if (!walked.isOver) return onward({ ...moved, page: cursor.page + 1 }, walked.told)
  if (cursor.list === 'open' && isClosedDue(desk, cursor))
    return onward({ ...moved, list: 'closed', page: 1, cut: null }, walked.told)
  const settled: Cursor = {
    ...startOfAll,
    isFirst: false,
    front: moved.front,
    turn: cursor.turn + 1,
    sweepPage: cursor.sweepPage,
    known: settledPrints(moved),
  }
  const last = await looked(desk, settled, signal)
  return rested(desk, { ...last, told: [...walked.told, ...last.told] })
}

interface Walked {
  readonly told: readonly ToldConversation[]
  readonly prints: readonly (readonly [string, string])[]
  /** The conversation the page ends in. */
  readonly cut: string | null
  readonly isOver: boolean
  /** Whether this page, when it comes again as it is, leaves nothing unsaid: it holds the newest conversation whole. */
  readonly isTelling: boolean
}

const nothingNew: Walked = { told: [], prints: [], cut: null, isOver: true, isTelling: true }

async function walk(desk: Desk, cursor: Cursor, list: ListPage, signal: AbortSignal): Promise<Walked> {
  const known = new Map(cursor.known)
  const told: ToldConversation[] = []
  const prints: [string, string][] = []
  let isMet = false
  let isTelling = list.entries.length === 0
  let oldestAt = Infinity
  for (const [index, wire] of list.entries.entries()) {
    // Its rows go on here; it was told whole with the page before.
    if (cursor.cut !== null && keyOf(wire) === cursor.cut) continue
    const place = { isFirst: index === 0 && cursor.page > 1, isLast: index === list.entries.length - 1 }
    const isCut = mayBeCut(wire, place)
    // What comes after something known is as old as it was.
    if (isCut && isMet) continue
    const each = isCut ? await readWhole(desk, wire, signal) : desk.told(wire)
    if (each === null) continue
    told.push(each)
    const { key, lastActivityAt } = each.conversation
    const print = printOf(each)
    prints.push([key, print])
    // Conversations without a message come first, whatever is new (docs/providers/wapikit.md §1).
    if (each.messages.length === 0) continue
    isMet ||= known.get(key) === print
    isTelling ||= !isCut
    oldestAt = lastActivityAt
  }
  const isOld = cursor.list === 'closed' && oldestAt < desk.clock.now() - closedReachMs
  const isOver = list.entries.length === 0 || isMet || isOld || cursor.page >= mostPages
  const last = list.entries.at(-1)
  return { told, prints, cut: last === undefined ? null : keyOf(last), isOver, isTelling }
}

/** Where a status cannot be changed, nothing gets into that list. */
function isClosedDue({ learned }: Desk, { isFirst, turn }: Cursor): boolean {
  return isFirst || (turn % lookEvery === 0 && learned.now.updateWorks !== false)
}

interface Ended {
  readonly cursor: Cursor
  readonly told: readonly ToldConversation[]
}

/**
 * Now and then one page of the older conversations, in turn: what changed there without a message, and what slipped from
 * page to page during a walk, is told that way in the long run. Its ends may be cut, and are left out.
 */
async function looked(desk: Desk, cursor: Cursor, signal: AbortSignal): Promise<Ended> {
  if (cursor.turn % lookEvery !== lookEvery / 2) return { cursor, told: [] }
  const { entries } = await readList(desk, { list: 'open', page: cursor.sweepPage }, signal)
  const told = entries.slice(1, -1).flatMap((each) => desk.told(each) ?? [])
  return { cursor: { ...cursor, sweepPage: entries.length === 0 ? 2 : cursor.sweepPage + 1 }, told }
}

function onward(cursor: Cursor, told: readonly ToldConversation[]): Page {
  return {
    ...joined(told),
    gone: [],
    cursor: writeCursor(cursor),
    more: true,
    progress: cursor.isFirst ? { done: cursor.done, total: null } : null,
    minDelayMs: 0,
  }
}

function rested(desk: Desk, { cursor, told }: Ended): Page {
  return {
    ...joined(told),
    gone: [],
    cursor: writeCursor(cursor),
    more: false,
    progress: null,
    minDelayMs: minDelayMs[desk.learned.now.dialect],
  }
}

function joined(told: readonly ToldConversation[]): Pick<Page, 'conversations' | 'messages'> {
  return {
    conversations: told.map((each) => each.conversation),
    messages: told.flatMap((each) => each.messages),
  }
}
