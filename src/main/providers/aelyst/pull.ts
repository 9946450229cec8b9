import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { fingerprint, textOrNull, type Loose } from '../../foreign/read.ts'
import { ProviderFailure, type Page } from '../provider.ts'
import { readContacts } from './contact-list.ts'
import { conversationOf, readContact, readTop } from './contacts.ts'
import { readCursor, writeCursor, type Cursor, type Entry } from './cursor.ts'
import { keepContact, type Desk } from './desk.ts'
import { movedTo } from './failures.ts'
import { mayShow } from './space.ts'
import { byUrgency, isListDue, isTopDue, nextDueAt, type Load } from './tiers.ts'
import { nothingHeard, statusOf } from './transform.ts'

/** So few requests a page that the agent's own calls never wait long behind them. */
const mostLooks = 6
const firstLimit = 20
const topLimit = 10
/** After one contact could not be read, and the rest could. */
const troublePauseMs = 60_000

/**
 * One page of what changed: a page of the list of open contacts, or the newest messages of those that are due. A contact
 * that left the list is looked at once (docs/providers/aelyst.md §8).
 */
export async function pull(desk: Desk, cursor: string | null, signal: AbortSignal): Promise<Page> {
  const round = beginRound(desk, readCursor(cursor))
  if (round.cursor.isWalking || isListDue(round.cursor, round.load, round.now)) {
    await walkOn(round, signal)
    if (round.cursor.isWalking) return pageOf(round)
  }
  await lookAround(round, signal)
  return pageOf(round)
}

interface Round {
  readonly desk: Desk
  readonly load: Load
  readonly now: number
  readonly entries: Map<string, Entry>
  readonly conversations: Map<string, Conversation>
  readonly messages: Message[]
  readonly gone: string[]
  readonly rekeyed: { from: string; to: string }[]
  cursor: Omit<Cursor, 'entries'>
}

function beginRound(desk: Desk, cursor: Cursor): Round & { cursor: Cursor } {
  const { statusFilter, sharedBucket } = desk.learned
  const entries = new Map(cursor.entries)
  for (const [key, { summary }] of entries)
    if (!desk.summaries.has(key) && summary.newest !== null) desk.summaries.set(key, summary)
  return {
    desk,
    load: { isFiltered: statusFilter, isShared: sharedBucket },
    now: desk.clock.now(),
    entries,
    ...{ conversations: new Map(), messages: [], gone: [], rekeyed: [] },
    cursor,
  }
}

/** The next page of the list. At its end, whoever it did not name has left it and is looked at next. */
async function walkOn(round: Round, signal: AbortSignal): Promise<void> {
  const { desk, entries, now } = round
  const { isWalking, next, walk, pages } = round.cursor
  const thisWalk = isWalking ? walk : walk + 1
  const askedAt = desk.clock.elapsed()
  const page = await readContacts(desk, isWalking ? next : null, signal)
  const users = await desk.space.users(signal)
  for (const told of page.items) {
    const key = textOrNull(told['id'])
    if (key === null) continue
    const raw = keepContact(desk, told, askedAt)
    await meet(round, { key, raw, walk: thisWalk, isShown: mayShow(raw, users, desk.userId) }, signal)
  }
  const isOver = page.next === null
  round.cursor = {
    walk: thisWalk,
    next: page.next,
    isWalking: !isOver,
    pages: isWalking ? pages + 1 : 1,
    listedAt: isOver ? now : round.cursor.listedAt,
  }
  // Left alone until now, they are due at once.
  if (isOver)
    for (const [key, each] of entries) if (each.walk !== thisWalk) entries.set(key, { ...each, dueAt: now })
}

interface Met {
  readonly key: string
  readonly raw: Loose
  readonly walk: number
  readonly isShown: boolean
}

/** A contact as the server has it now; told where anything of it changed. */
async function meet(round: Round, { key, raw, walk, isShown }: Met, signal: AbortSignal): Promise<void> {
  const { desk, entries } = round
  const known = entries.get(key)
  const isDone = statusOf(raw).kind === 'done'
  if (!isShown || (isDone && known === undefined)) {
    if (known !== undefined) round.gone.push(key)
    entries.delete(key)
    return
  }
  const hash = fingerprint(raw)
  const summary = known?.summary ?? desk.summaries.get(key) ?? nothingHeard
  if (known?.hash !== hash) {
    const conversation = await conversationOf(desk, { raw, summary }, signal)
    round.conversations.set(key, conversation)
  }
  if (isDone) return void entries.delete(key)
  const { assignee } = round.conversations.get(key) ?? { assignee: undefined }
  const isClose = assignee === undefined ? (known?.isClose ?? false) : assignee === null || assignee.isMe
  const isNewlyClose = isClose && known?.isClose === false
  entries.set(key, { hash, walk, isClose, dueAt: isNewlyClose ? round.now : (known?.dueAt ?? null), summary })
}

/** The newest messages of those that are due, the most urgent first, and whoever left the list. */
async function lookAround(round: Round, signal: AbortSignal): Promise<void> {
  const due = [...round.entries].filter(([, each]) => isTopDue(each, round.now)).sort(byUrgency)
  const looked = due.slice(0, mostLooks)
  const failures: ProviderFailure[] = []
  for (const [key, entry] of looked) {
    try {
      if (entry.walk === round.cursor.walk) await lookAtTop(round, key, entry, signal)
      else await lookAtLeaver(round, key, signal)
    } catch (error) {
      await settle(round, { key, entry, error }, signal)
      if (error instanceof ProviderFailure && isTrouble(error)) failures.push(error)
    }
  }
  const [first] = failures
  if (first !== undefined && failures.length > 1 && failures.length === looked.length) throw first
}

async function lookAtTop(round: Round, key: string, entry: Entry, signal: AbortSignal): Promise<void> {
  const { desk } = round
  const limit = entry.summary.newest === null ? firstLimit : topLimit
  const { told, summary } = await readTop(desk, key, { limit, before: entry.summary }, signal)
  const raw = desk.contacts.get(key)?.raw ?? (await readContact(desk, key, signal))
  const conversation = await conversationOf(desk, { raw, summary, told }, signal)
  round.conversations.set(key, conversation)
  round.messages.push(...told.map(({ message }) => message))
  const looked = { ...entry, summary }
  round.entries.set(key, { ...looked, dueAt: nextDueAt(looked, round.load, round.now) })
}

async function lookAtLeaver(round: Round, key: string, signal: AbortSignal): Promise<void> {
  const raw = await readContact(round.desk, key, signal)
  const users = await round.desk.space.users(signal)
  const isShown = mayShow(raw, users, round.desk.userId)
  // Open after all: lists are not told in one breath.
  await meet(round, { key, raw, walk: round.cursor.walk, isShown }, signal)
  const still = round.entries.get(key)
  if (still !== undefined)
    round.entries.set(key, { ...still, dueAt: nextDueAt(still, round.load, round.now) })
}

/** What could not be read of one contact: it is gone, went elsewhere, or waits, and the others go on. */
async function settle(
  round: Round,
  { key, entry, error }: { readonly key: string; readonly entry: Entry; readonly error: unknown },
  signal: AbortSignal,
): Promise<void> {
  if (!(error instanceof ProviderFailure) || signal.aborted) throw error
  const to = movedTo(error)
  if (to !== null) return follow(round, { from: key, to }, signal)
  if (error.kind === 'gone') {
    round.entries.delete(key)
    round.gone.push(key)
    return
  }
  const isItsOwn = isTrouble(error) || error.kind === 'rejected' || error.kind === 'forbidden'
  if (!isItsOwn || error.code === 'proxyPage') throw error
  const dueAt = error.retryAt ?? round.now + troublePauseMs
  round.entries.set(key, { ...entry, walk: round.cursor.walk, dueAt })
}

/** Merged into another contact, which is the conversation from now on (docs/providers/aelyst.md §3). */
async function follow(
  round: Round,
  { from, to }: { readonly from: string; readonly to: string },
  signal: AbortSignal,
): Promise<void> {
  const { entries, cursor, desk } = round
  const raw = await readContact(desk, to, signal)
  const users = await desk.space.users(signal)
  entries.delete(from)
  round.rekeyed.push({ from, to })
  round.gone.push(from)
  await meet(round, { key: to, raw, walk: cursor.walk, isShown: mayShow(raw, users, desk.userId) }, signal)
}

function isTrouble({ kind }: ProviderFailure): boolean {
  return kind === 'busy' || kind === 'protocol'
}

function pageOf({ cursor, entries, now, ...page }: Round): Page {
  const all = [...entries.values()]
  const unread = all.filter(({ dueAt }) => dueAt === null).length
  const isUrgent = all.some((each) => each.isClose && isTopDue(each, now))
  return {
    conversations: [...page.conversations.values()],
    messages: page.messages,
    gone: page.gone,
    rekeyed: page.rekeyed,
    cursor: writeCursor({ ...cursor, entries }),
    more: cursor.isWalking || unread > 0 || isUrgent,
    progress: unread > 0 || cursor.isWalking ? { done: all.length - unread, total: all.length } : null,
    minDelayMs: 0,
  }
}
