import { conversationId, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import { isWaitOver } from '../../shared/domain/outbox.ts'
import type { Clock } from '../ports/clock.ts'
import { ProviderFailure, type Page, type Session } from '../providers/provider.ts'
import type { ChangeSet, Store } from '../store/store.ts'
import { nextPullDelayMs } from './schedule.ts'
import { letGo, tryToFill, type FillState } from './thread-fill.ts'

/**
 * One account's pull loop.
 *
 *   idle     --timer or kick--> pulling        pulling --page--> applied (rows and cursor in one transaction)
 *   applied  --more--> pulling                 applied --end--> filling threads that are behind --> idle
 *   pulling  --failure--> resting (back-off)   resting --timer or kick--> pulling, not before the server said
 *   pulling  --auth--> stopped, until a new secret opens a new loop
 */
export interface Sync {
  /** Something happened that makes pulling now worth while. */
  kick(): void
  /** The agent looks at this conversation: its thread comes before all else. */
  focus(id: ConversationId): void
  /** An action's answer was just applied: a page already on its way must not undo it. */
  touched(id: ConversationId): void
  /** Aborts what runs; settles once nothing of the loop will touch the store any more. */
  stop(): Promise<void>
}

export interface SyncParts {
  readonly accountId: AccountId
  readonly session: Session
  readonly store: Store
  readonly clock: Clock
  readonly random: () => number
  readonly isVisible: () => boolean
  readonly tell: SyncListener
}

export interface SyncListener {
  loading(done: number, total: number | null): void
  /** Nothing was heard for a while: what the round that begins brings came while we were away. */
  wasAway(): void
  /** A round ended well; `isCatchUp` for the first since the start or since a while of nothing. */
  upToDate(round: { isCatchUp: boolean }): void
  resting(failure: ProviderFailure, retryAt: number): void
  locked(failure: ProviderFailure): void
  changed(change: ChangeSet): void
  /** Something thrown that is no ProviderFailure: a full disk, a bug. The loop rests and goes on. */
  broke(error: unknown, retryAt: number): void
}

const fillPauseMs = 200
const sideStepMs = 2_000
/** So long without a word is a gap, whatever made it: sleep, a network that was away, a server that was down. */
const gapMs = 120_000

export function startSync(parts: SyncParts): Sync {
  const stopping = new AbortController()
  const alarm = createAlarm(parts.clock)
  const state: LoopState = {
    isDue: true,
    isCatchUp: true,
    failures: 0,
    heardAt: null,
    silentUntil: 0,
    focused: new Set(),
    touched: new Set(),
    isPulling: false,
    unreadable: new Map(),
  }
  const ended = loop(parts, state, alarm, stopping.signal)
  return {
    kick() {
      if (!isWaitOver(state.silentUntil, parts.clock.now())) return
      state.isDue = true
      // The world changed: a network that is late must not wait as long as one that was away for hours.
      state.failures = 0
      alarm.ring()
    },
    focus(id) {
      state.focused.add(id)
      alarm.ring()
    },
    touched(id) {
      if (state.isPulling) state.touched.add(id)
    },
    stop() {
      stopping.abort()
      alarm.ring()
      return ended
    },
  }
}

interface LoopState extends FillState {
  isDue: boolean
  isCatchUp: boolean
  failures: number
  /** When the last round ended well, our clock, epoch ms. */
  heardAt: number | null
  /** Until when the server asked for silence, epoch ms. */
  silentUntil: number
  isPulling: boolean
  readonly focused: Set<ConversationId>
  readonly touched: Set<ConversationId>
}

async function loop(parts: SyncParts, state: LoopState, alarm: Alarm, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const wasFocused = await fillFocused(parts, state, signal)
      if (state.isDue) await pullRound(parts, state, alarm, signal)
      else if (!wasFocused) await fillNext(parts, state, alarm, signal)
    } catch (error) {
      if (signal.aborted || !rested(parts, state, alarm, error)) return
    }
    if (!signal.aborted && !state.isDue && state.focused.size === 0) await alarm.wait()
  }
}

async function pullRound(
  parts: SyncParts,
  state: LoopState,
  alarm: Alarm,
  signal: AbortSignal,
): Promise<void> {
  state.isDue = false
  state.isPulling = true
  state.touched.clear()
  if (state.heardAt !== null && parts.clock.now() - state.heardAt > gapMs) {
    state.isCatchUp = true
    parts.tell.wasAway()
  }
  let page: Page
  try {
    do {
      page = await parts.session.pull(parts.store.cursor(parts.accountId), signal)
      signal.throwIfAborted()
      apply(parts, state, page)
      if (page.progress !== null) parts.tell.loading(page.progress.done, page.progress.total)
      await fillFocused(parts, state, signal)
      // A thread that was aborted counts as one that could not be read: only here is the round known to be over.
      signal.throwIfAborted()
    } while (page.more)
  } finally {
    state.isPulling = false
  }
  state.failures = 0
  state.heardAt = parts.clock.now()
  parts.tell.upToDate({ isCatchUp: state.isCatchUp })
  state.isCatchUp = false
  const delayMs = state.touched.size > 0 ? sideStepMs : pullDelayMs(parts, page.minDelayMs)
  setPull(state, alarm, delayMs)
  alarm.after(fillPauseMs, 'fill', () => {})
}

/** Rows an action of ours changed while the page travelled are left for the next pull, which will tell the same or newer. */
function apply(parts: SyncParts, state: LoopState, page: Page): void {
  const conversations = page.conversations.filter((each) => !state.touched.has(each.id))
  const change = parts.store.applyPage(parts.accountId, {
    conversations,
    messages: page.messages,
    cursor: page.cursor,
  })
  parts.tell.changed(change)
  // Before the old one is let go of: what the agent has there would keep it.
  for (const { from, to } of page.rekeyed ?? [])
    parts.store.rekey(conversationId(parts.accountId, from), conversationId(parts.accountId, to))
  for (const key of page.gone) letGo(parts, conversationId(parts.accountId, key))
}

async function fillNext(
  parts: SyncParts,
  state: LoopState,
  alarm: Alarm,
  signal: AbortSignal,
): Promise<void> {
  const now = parts.clock.now()
  for (const [id, until] of state.unreadable) if (isWaitOver(until, now)) state.unreadable.delete(id)
  const behind = parts.store.threadsBehind(parts.accountId, state.unreadable.size + 1)
  const id = behind.find((each) => !state.unreadable.has(each))
  if (id === undefined) return
  const isFilled = await tryToFill(parts, state, id, signal)
  // After a refusal the next pull tells whether the server is well at all.
  if (isFilled && !state.isDue) alarm.after(fillPauseMs, 'fill', () => {})
}

/** What the agent looks at is asked for at once, in the middle of a first load and while resting too. */
async function fillFocused(parts: SyncParts, state: LoopState, signal: AbortSignal): Promise<boolean> {
  const focused = [...state.focused]
  state.focused.clear()
  for (const id of focused) await tryToFill(parts, state, id, signal)
  return focused.length > 0
}

/** Rests also where telling of it fails: the next pull is set by then, and a loop that ended would be one nobody begins again. */
function rested(parts: SyncParts, state: LoopState, alarm: Alarm, error: unknown): boolean {
  try {
    return rest(parts, state, alarm, error)
  } catch {
    return !isOver(error)
  }
}

/** Decides how long to rest after a failure; false when only a new secret helps. */
function rest(parts: SyncParts, state: LoopState, alarm: Alarm, error: unknown): boolean {
  state.failures += 1
  const failure = error instanceof ProviderFailure ? error : null
  if (failure !== null && isOver(failure)) {
    parts.tell.locked(failure)
    return false
  }
  const now = parts.clock.now()
  const delayMs = nextPullDelayMs({
    outcome: 'failed',
    failures: state.failures,
    isVisible: parts.isVisible(),
    minDelayMs: 0,
    retryAt: failure?.retryAt ?? null,
    now,
    jitter: parts.random(),
  })
  state.silentUntil = failure !== null && failure.retryAt !== null ? now + delayMs : 0
  alarm.forget('fill')
  setPull(state, alarm, delayMs)
  if (failure === null) parts.tell.broke(error, now + delayMs)
  else parts.tell.resting(failure, now + delayMs)
  return true
}

function isOver(error: unknown): boolean {
  return error instanceof ProviderFailure && error.kind === 'auth'
}

function setPull(state: LoopState, alarm: Alarm, delayMs: number): void {
  alarm.after(delayMs, 'pull', () => {
    state.isDue = true
  })
}

function pullDelayMs(parts: SyncParts, minDelayMs: number): number {
  return nextPullDelayMs({
    outcome: 'ok',
    failures: 0,
    isVisible: parts.isVisible(),
    minDelayMs,
    retryAt: null,
    now: parts.clock.now(),
    jitter: parts.random(),
  })
}

/** One wait for the loop, ended by a named timer or by hand. */
interface Alarm {
  after(delayMs: number, name: 'pull' | 'fill', onRing: () => void): void
  forget(name: 'pull' | 'fill'): void
  ring(): void
  wait(): Promise<void>
}

function createAlarm(clock: Clock): Alarm {
  const timers = new Map<string, () => void>()
  let isRung = false
  let wake: () => void = () => {}
  const ring = (): void => {
    isRung = true
    wake()
  }
  return {
    after(delayMs, name, onRing) {
      timers.get(name)?.()
      const cancel = clock.after(delayMs, () => {
        onRing()
        ring()
      })
      timers.set(name, cancel)
    },
    forget(name) {
      timers.get(name)?.()
      timers.delete(name)
    },
    ring,
    async wait() {
      if (!isRung) await new Promise<void>((resolve) => (wake = resolve))
      isRung = false
    },
  }
}
