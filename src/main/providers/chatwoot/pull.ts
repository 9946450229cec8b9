import type { Page } from '../provider.ts'
import type { Call, Told } from './client.ts'
import { conversationList, joined, type ConversationList } from './conversation-list.ts'
import { readCursor, seedLists, startOfSeed, writeCursor } from './cursor.ts'
import type { Cursor, SeedCursor, SteadyCursor } from './cursor.ts'
import type { Desk } from './desk.ts'
import { createMemo, type Memo } from './memo.ts'
import { asObject, numberOrNull } from '../../foreign/read.ts'
import { isSweepTurn, noteUnread, sweep } from './sweep.ts'
import type { ToldConversation } from './transform.ts'

const dayMs = 86_400_000
/** How far back resolved conversations are kept. */
const doneReachMs = 30 * dayMs
/** After a longer absence the changes are read in pages again: asked for at once they come unpaged. */
const longestGapMs = 3 * dayMs
/** What the windows of two pulls overlap, for changes committed late (docs/providers/chatwoot.md §3.5). */
const overlapSeconds = 15
const minDelayMs = 5_000

/**
 * One page of what changed since a cursor: first every list in pages, newest activity first, then what was touched
 * since the last pull, with a re-read now and then of what changes without a trace (docs/providers/chatwoot.md §3.5).
 */
export function createPull(desk: Desk): (cursor: string | null, signal: AbortSignal) => Promise<Page> {
  const memo = createMemo()
  return async (text, signal) => {
    memo.begin(text)
    const cursor = readCursor(text) ?? startOfSeed(null)
    const page =
      cursor.kind === 'seed'
        ? await seedPage(desk, cursor, signal)
        : await steadyPage(desk, memo, cursor, signal)
    memo.end(page.cursor)
    return page
  }
}

async function seedPage(desk: Desk, cursor: SeedCursor, signal: AbortSignal): Promise<Page> {
  const status = seedLists[cursor.list] ?? 'open'
  const query = { status, sort_by: 'last_activity_at_desc', page: cursor.page }
  const answer = await desk.client.call(listOf(desk, query), signal)
  const list = await conversationList(desk, answer, signal)
  const total = cursor.startedAt === null ? await totalOf(desk, list, signal) : cursor.total
  const startedAt = cursor.startedAt ?? answer.serverAt
  const doneSince = cursor.doneSince ?? startedAt - doneReachMs
  const told =
    status === 'resolved'
      ? list.told.filter((each) => each.conversation.lastActivityAt >= doneSince)
      : list.told
  const moved: SeedCursor = {
    ...cursor,
    total,
    startedAt,
    doneSince,
    pageSize: cursor.page === 1 ? list.length : cursor.pageSize,
    seen: cursor.seen + list.length,
    done: cursor.done + told.length,
    unread: noteUnread(cursor.unread, told),
  }
  const isOver = told.length < list.told.length || isLastPage(moved, list)
  return seedAnswer(told, nextOfSeed(moved, isOver, answer), moved)
}

/** The size of a page is the server's own setting, so only fewer than before, or than it counts, tell the end. */
function isLastPage(cursor: SeedCursor, list: ConversationList): boolean {
  if (list.length === 0 || list.length < cursor.pageSize) return true
  return list.total !== null && cursor.seen >= list.total
}

function nextOfSeed(cursor: SeedCursor, isOver: boolean, answer: Told): Cursor {
  if (!isOver) return { ...cursor, page: cursor.page + 1 }
  if (cursor.list + 1 < seedLists.length) return { ...cursor, list: cursor.list + 1, page: 1, seen: 0 }
  const asOf = cursor.startedAt ?? answer.serverAt
  return { kind: 'steady', asOf, aheadMs: answer.aheadMs, turn: 0, sweepPage: 2, unread: cursor.unread }
}

function seedAnswer(told: readonly ToldConversation[], next: Cursor, { done, total }: SeedCursor): Page {
  const isOver = next.kind === 'steady'
  const isCounted = next.kind === 'seed' && seedLists[next.list] !== 'resolved'
  return {
    ...joined(told),
    gone: [],
    cursor: writeCursor(next),
    more: !isOver,
    progress: isOver ? null : { done, total: isCounted && total !== null ? Math.max(total, done) : null },
    minDelayMs,
  }
}

/** How many conversations the first load will bring, without the resolved ones: of those only the recent come. */
async function totalOf(desk: Desk, open: ConversationList, signal: AbortSignal): Promise<number | null> {
  let total = open.total
  for (const status of ['pending', 'snoozed']) {
    const answer = await desk.client.call(
      { path: `${desk.accountPath}/conversations/meta`, query: { status } },
      signal,
    )
    const count = numberOrNull(asObject(asObject(answer.json())['meta'])['all_count'])
    total = total === null || count === null ? null : total + count
  }
  return total
}

async function steadyPage(desk: Desk, memo: Memo, cursor: SteadyCursor, signal: AbortSignal): Promise<Page> {
  const gapMs = desk.clock.now() + cursor.aheadMs - cursor.asOf
  if (gapMs > longestGapMs) {
    const doneSince = Math.min(cursor.asOf - dayMs, cursor.asOf + gapMs - doneReachMs)
    return seedPage(desk, { ...startOfSeed(doneSince), unread: cursor.unread }, signal)
  }
  const answer = await recent(desk, cursor, gapMs, signal)
  const isNews = !memo.isSame(answer.bytes)
  const news = isNews ? (await conversationList(desk, answer, signal)).told : []
  const noted: SteadyCursor = {
    ...cursor,
    asOf: Math.max(cursor.asOf, answer.serverAt),
    aheadMs: answer.aheadMs,
    turn: cursor.turn + 1,
    unread: noteUnread(cursor.unread, news),
  }
  const swept = isSweepTurn(noted.turn)
    ? await sweep(desk, noted, news, signal)
    : { told: [], gone: [], cursor: noted }
  return {
    ...joined([...news, ...swept.told]),
    gone: swept.gone,
    cursor: writeCursor(swept.cursor),
    more: false,
    progress: null,
    minDelayMs,
  }
}

/**
 * What was touched since the cursor, by the server's clock. Ours only guesses how long ago that is; where the answer
 * shows that it guessed too little, the request is made once more.
 */
async function recent(desk: Desk, cursor: SteadyCursor, gapMs: number, signal: AbortSignal): Promise<Told> {
  const askFor = (seconds: number) =>
    desk.client.call(listOf(desk, { status: 'all', updated_within: seconds }), signal)
  const asked = Math.max(0, Math.ceil(gapMs / 1000)) + overlapSeconds
  const answer = await askFor(asked)
  const needed = Math.ceil((answer.serverAt - cursor.asOf) / 1000)
  return needed <= asked - 5 ? answer : askFor(needed + overlapSeconds)
}

function listOf(desk: Desk, query: NonNullable<Call['query']>): Call {
  return { path: `${desk.accountPath}/conversations`, query }
}
