import type { Bridge } from '../../shared/contract/bridge.ts'
import type { AnyEvent, Query } from '../../shared/contract/contract.ts'
import {
  emptyWindow,
  maxHeld,
  withEarlierPage,
  withFirstPage,
  withNextPage,
  withoutStrays,
} from './list-window.ts'
import {
  afterEvent,
  loadingThread,
  openedThread,
  type DirectoryState,
  type Mirror,
  type MirrorStore,
} from './mirror.ts'
import { prependMessages } from './thread-messages.ts'

/**
 * Keeps the mirror true: listens first, then takes the snapshot, and takes it again after a gap. Events are written
 * once per frame; an answer that was on its way while events came is brought up to date with them.
 */
export interface Feed {
  start(): () => void
  reload(): Promise<void>
  show(query: Query): Promise<void>
  /** The list from its beginning, while the rows that are here stay in sight. */
  readAgain(): Promise<void>
  more(): Promise<void>
  earlier(): Promise<void>
  openThread(conversationId: string): Promise<void>
  closeThread(): void
  older(): Promise<void>
  /** Reads what an account's pickers offer, unless it is here or being read. */
  readDirectory(accountId: string, again?: boolean): Promise<void>
}

export interface FeedParts {
  readonly bridge: Bridge
  readonly mirror: MirrorStore
  /** Runs soon, once per frame while anybody looks. */
  readonly nextFrame: (run: () => void) => void
  /** Told every event after the mirror shows it: what was asked and announced is no state. */
  readonly onEvent: (event: AnyEvent) => void
}

export const firstPageRows = 50
export const furtherPageRows = 200
/** Enough to cover whatever arrives while one answer is on its way. */
const recentEvents = 200
const slackRows = 200

export function createFeed(parts: FeedParts): Feed {
  const at: At = { ...parts, recent: [], waiting: [], isPaging: false, finding: 'idle' }
  const { mirror } = parts
  return {
    start: () => start(at),
    reload: () => reload(at),
    show: (query) => {
      mirror.setState({ list: emptyWindow(query) })
      return firstPage(at, query)
    },
    readAgain: () => firstPage(at, mirror.getState().list.query),
    more: () => furtherPage(at, 'next'),
    earlier: () => furtherPage(at, 'earlier'),
    openThread: (conversationId) => {
      mirror.setState((state) => ({
        list: withoutStrays(state.list, conversationId),
        thread: loadingThread(conversationId, heldRow(state, conversationId)),
      }))
      return readThread(at, conversationId)
    },
    closeThread: () => mirror.setState((state) => ({ thread: null, list: withoutStrays(state.list, null) })),
    older: () => readOlder(at),
    readDirectory: (accountId, again = false) => readDirectory(at, accountId, again),
  }
}

interface At extends FeedParts {
  /** What was written lately, to bring late answers up to date. */
  recent: AnyEvent[]
  /** What the next frame will write. */
  waiting: AnyEvent[]
  isPaging: boolean
  /** Whether an open search is being asked again, and has to be once more after that. */
  finding: 'idle' | 'asking' | 'askAgain'
}

function start(at: At): () => void {
  const stop = at.bridge.listen(
    (event) => {
      if (at.waiting.length === 0) at.nextFrame(() => flush(at))
      at.waiting.push(event)
    },
    () => {
      // Another engine may be there, counting its revisions from the start.
      at.recent = []
      at.waiting = []
      void reload(at)
    },
  )
  void reload(at)
  return stop
}

function flush(at: At): void {
  const heard = at.waiting
  at.waiting = []
  const { state, events } = afterAll(at.mirror.getState(), heard)
  at.recent = [...at.recent, ...events].slice(-recentEvents)
  at.mirror.setState(state)
  // What could not be made out may have said something: the engine is asked how things are.
  if (events.length < heard.length) void reload(at)
  for (const event of events) at.onEvent(event)
  // A first load may pour in more rows than are held: begin again with the first page.
  const { list } = at.mirror.getState()
  if (list.entries.length > maxHeld + slackRows && list.pages.length === 1) void firstPage(at, list.query)
  if (list.query.find !== null && list.pages.length === 1) void findAgain(at)
}

/** The mirror after all of these, and those which could be made out: one that cannot must not take the others along. */
function afterAll(before: Mirror, heard: readonly AnyEvent[]): { state: Mirror; events: AnyEvent[] } {
  let state = before
  const events = heard.filter((event) => {
    try {
      // Of an event with a name this window does not know nothing is left to spread.
      state = { ...state, ...afterEvent(state, event) }
      return Number.isFinite(event.payload.revision)
    } catch {
      return false
    }
  })
  return { state, events }
}

/** Only the engine knows what a search finds, so news asks it again; one question at a time. */
async function findAgain(at: At): Promise<void> {
  if (at.finding !== 'idle') {
    at.finding = 'askAgain'
    return
  }
  at.finding = 'asking'
  await firstPage(at, at.mirror.getState().list.query)
  const isStale = at.finding !== 'asking'
  at.finding = 'idle'
  if (isStale) await findAgain(at)
}

/** Writes an answer of `revision`, then what had happened after it but was heard before it. */
function settle(at: At, revision: number, write: (state: Mirror) => Mirror): void {
  const later = at.recent.filter((event) => event.payload.revision > revision)
  at.mirror.setState((state) => later.reduce(afterEvent, write(state)))
}

async function reload(at: At): Promise<void> {
  const { list, thread, directories } = at.mirror.getState()
  const again = thread === null ? undefined : readThread(at, thread.conversationId)
  const offers = Object.keys(directories).map((accountId) => readDirectory(at, accountId, true))
  await Promise.all([snapshot(at), firstPage(at, list.query), again, ...offers])
}

async function snapshot(at: At): Promise<void> {
  const answer = await at.bridge.call('app.snapshot', {})
  if (!answer.ok) return at.mirror.setState({ deskFailure: answer.failure })
  settle(at, answer.value.revision, (state) => ({ ...state, desk: answer.value, deskFailure: null }))
}

async function firstPage(at: At, query: Query): Promise<void> {
  const answer = await at.bridge.call('inbox.page', { ...query, after: null, limit: firstPageRows })
  const { list } = at.mirror.getState()
  if (list.query !== query) return
  if (!answer.ok) {
    // Rows that are here already stay in sight.
    const phase = list.entries.length > 0 ? 'ready' : 'failed'
    return at.mirror.setState({ list: { ...list, phase, failure: answer.failure } })
  }
  settle(at, answer.value.revision, (state) => ({ ...state, list: withFirstPage(state.list, answer.value) }))
}

async function furtherPage(at: At, where: 'next' | 'earlier'): Promise<void> {
  const { list } = at.mirror.getState()
  const after = where === 'next' ? list.next : list.above.at(-1)?.after
  const isThere = after !== undefined && (where === 'earlier' || after !== null)
  if (at.isPaging || list.phase !== 'ready' || !isThere) return
  at.isPaging = true
  const answer = await at.bridge.call('inbox.page', { ...list.query, after, limit: furtherPageRows })
  at.isPaging = false
  const now = at.mirror.getState().list
  if (now.query !== list.query) return
  if (!answer.ok) return at.mirror.setState({ list: { ...now, failure: answer.failure } })
  const grow = where === 'next' ? withNextPage : withEarlierPage
  settle(at, answer.value.revision, (state) => ({ ...state, list: grow(state.list, answer.value) }))
}

async function readThread(at: At, conversationId: string): Promise<void> {
  const answer = await at.bridge.call('thread.open', { conversationId })
  const { thread } = at.mirror.getState()
  if (thread?.conversationId !== conversationId) return
  if (!answer.ok) {
    const phase = thread.phase === 'ready' ? 'ready' : 'failed'
    return at.mirror.setState({ thread: { ...thread, phase, failure: answer.failure } })
  }
  const opened = openedThread(answer.value)
  settle(at, answer.value.revision, (state) => {
    // Read again after a gap, the line stays where the agent first saw it.
    const before = state.thread?.phase === 'ready' ? state.thread.unreadFrom : null
    return { ...state, thread: { ...opened, unreadFrom: before ?? opened.unreadFrom } }
  })
}

async function readOlder(at: At): Promise<void> {
  const { thread } = at.mirror.getState()
  const before = thread?.messages[0]?.id
  if (thread === null || before === undefined || !thread.hasOlder || thread.older === 'loading') return
  const { conversationId } = thread
  patchThread(at, conversationId, () => ({ older: 'loading' }))
  const answer = await at.bridge.call('thread.older', { conversationId, before })
  patchThread(at, conversationId, ({ messages }) =>
    answer.ok
      ? {
          older: 'idle',
          hasOlder: answer.value.hasOlder,
          messages: prependMessages(messages, answer.value.messages),
        }
      : { older: 'failed' },
  )
}

async function readDirectory(at: At, accountId: string, again: boolean): Promise<void> {
  const before = at.mirror.getState().directories[accountId]
  if (before?.phase === 'loading' || (before?.phase === 'ready' && !again)) return
  const loading: DirectoryState = { phase: 'loading', failure: null, directory: before?.directory ?? null }
  writeDirectory(at, accountId, loading)
  const answer = await at.bridge.call('directory.read', { accountId })
  // What was heard meanwhile is newer than this answer.
  if (at.mirror.getState().directories[accountId] !== loading) return
  writeDirectory(
    at,
    accountId,
    answer.ok
      ? { phase: 'ready', failure: null, directory: answer.value.directory }
      : { ...loading, phase: 'failed', failure: answer.failure },
  )
}

function writeDirectory(at: At, accountId: string, state: DirectoryState): void {
  at.mirror.setState(({ directories }) => ({ directories: { ...directories, [accountId]: state } }))
}

type Thread = NonNullable<Mirror['thread']>

/** Changes the open thread, unless another was opened meanwhile. */
function patchThread(at: At, conversationId: string, patch: (thread: Thread) => Partial<Thread>): void {
  const { thread } = at.mirror.getState()
  if (thread?.conversationId === conversationId)
    at.mirror.setState({ thread: { ...thread, ...patch(thread) } })
}

function heldRow(state: Mirror, conversationId: string): Thread['row'] {
  return state.list.entries.find((entry) => entry.row.id === conversationId)?.row ?? null
}
