import { conversationId, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { Clock } from '../ports/clock.ts'
import { ProviderFailure, type Page, type Session } from '../providers/provider.ts'
import type { ChangeSet, Store } from '../store/store.ts'
import type { Gate } from './gate.ts'
import { createAlarm, type Alarm } from './alarm.ts'
import type { PresenceDesk } from './presence.ts'
import { nextPullDelayMs, type Outcome } from './schedule.ts'
import { letGo, tryToFill, type FillState } from './thread-fill.ts'

/**
 * One account's pull loop.
 *
 *   idle     --timer or kick--> pulling        pulling --page--> applied (rows and cursor in one transaction)
 *   applied  --more--> pulling                 applied --end--> filling threads that are behind --> idle
 *   pulling  --failure--> resting (back-off)   resting --gate, timer or kick--> pulling, not before the server said
 *   pulling  --auth--> stopped, until a new secret opens a new loop
 *
 * Whether it may ask at all is the gate's to say: asleep, while its host rests, or beyond its budget it waits.
 */
export interface Sync {
  /** Something happened that makes pulling now worth while. */
  kick(): void
  /** The agent looks at this conversation: its thread comes before all else. */
  focus(id: ConversationId): void
  /** An action's answer was just applied: a page already on its way must not undo it. */
  touched(id: ConversationId): void
  /** The gate may have opened. */
  goOn(): void
  /** The computer falls asleep, or woke: what has been on its way since before comes to nothing, and is asked for anew. */
  letGo(): void
  /** Aborts what runs; settles once nothing of the loop will touch the store any more. */
  stop(): Promise<void>
}

export interface SyncParts {
  readonly accountId: AccountId
  readonly session: Session
  readonly store: Store
  readonly clock: Clock
  readonly random: () => number
  readonly gate: Gate
  readonly presence: Pick<PresenceDesk, 'now' | 'isJustAwake'>
  readonly tell: SyncListener
}

export interface SyncListener {
  loading(done: number, total: number | null): void
  /** Nothing was heard for a while: what the round that begins brings came while we were away. */
  wasAway(): void
  /** A round ended well; `isCatchUp` for the first since the start or since a while of nothing. */
  upToDate(round: { isCatchUp: boolean; isRecovery: boolean }): void
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
  const alarm = createAlarm(parts.clock)
  const state: LoopState = {
    isStopped: false,
    turn: new AbortController(),
    turnAt: 0,
    isDue: true,
    isCatchUp: true,
    isRecovery: false,
    failures: 0,
    heardAt: null,
    beganAt: null,
    focused: new Set(),
    touched: new Set(),
    isPulling: false,
    unreadable: new Map(),
  }
  const ended = loop(parts, state, alarm)
  return {
    kick() {
      state.isDue = true
      // The world changed: a network that is late must not wait as long as one that was away for hours.
      state.failures = 0
      alarm.ring()
      parts.gate.hurry(parts.accountId)
    },
    focus(id) {
      state.focused.add(id)
      alarm.ring()
    },
    touched(id) {
      if (state.isPulling) state.touched.add(id)
    },
    goOn: alarm.ring,
    letGo() {
      // Of one that only just began the connection is as new as we are awake.
      const isOld = Math.abs(parts.clock.now() - state.turnAt) > freshMs
      if (isOld || parts.presence.now() === 'asleep') state.turn.abort()
    },
    stop() {
      state.isStopped = true
      state.turn.abort()
      alarm.ring()
      return ended
    },
  }
}

const freshMs = 5_000

interface LoopState extends FillState {
  isStopped: boolean
  /** Of what runs now: stopping aborts it, and so does falling asleep, after which it is begun anew. */
  turn: AbortController
  /** When it began, our clock, epoch ms: of all clocks this one goes on during sleep. */
  turnAt: number
  isDue: boolean
  isCatchUp: boolean
  /** Something failed since the last round that ended well. */
  isRecovery: boolean
  failures: number
  /** When the last round ended well. */
  heardAt: Moment | null
  /** When the first page was taken of a round that is not over yet. */
  beganAt: Moment | null
  isPulling: boolean
  readonly focused: Set<ConversationId>
  readonly touched: Set<ConversationId>
}

/** By both clocks: one may be set anew, the other may stand still during sleep. */
interface Moment {
  readonly at: number
  readonly elapsedMs: number
}

async function loop(parts: SyncParts, state: LoopState, alarm: Alarm): Promise<void> {
  while (!state.isStopped) {
    state.turn = new AbortController()
    state.turnAt = parts.clock.now()
    const { signal } = state.turn
    try {
      const wasFocused = await fillFocused(parts, state, signal)
      signal.throwIfAborted()
      if (state.isDue) {
        if (mayAsk(parts, 'poll')) await pullRound(parts, state, alarm, signal)
      } else if (!wasFocused) await fillNext(parts, state, alarm, signal)
    } catch (error) {
      if (state.isStopped) return
      if (signal.aborted) state.isDue = true
      else if (!rested(parts, state, alarm, error)) return
    }
    if (!state.isStopped && !hasWork(parts, state, alarm)) await alarm.wait()
  }
}

function mayAsk({ gate, accountId }: SyncParts, lane: 'look' | 'poll'): boolean {
  return gate.waitMs(accountId, lane) === 0
}

/** Whether to go on at once; sets the timer where nobody else will ring. */
function hasWork(parts: SyncParts, state: LoopState, alarm: Alarm): boolean {
  if (state.focused.size > 0 && mayAsk(parts, 'look')) return true
  if (!state.isDue) return false
  const waitMs = parts.gate.waitMs(parts.accountId, 'poll')
  if (waitMs > 0 && waitMs < Infinity) setPull(state, alarm, waitMs)
  return waitMs === 0
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
  if (state.heardAt !== null && sinceMs(state.heardAt, parts.clock) > gapMs) {
    state.isCatchUp = true
    parts.tell.wasAway()
  }
  let page: Page
  try {
    do {
      page = await parts.gate.run(
        parts.accountId,
        'poll',
        () => parts.session.pull(parts.store.cursor(parts.accountId), signal),
        signal,
      )
      signal.throwIfAborted()
      apply(parts, state, page)
      state.beganAt ??= momentOf(parts.clock)
      if (page.progress !== null) parts.tell.loading(page.progress.done, page.progress.total)
      await fillFocused(parts, state, signal)
      // A thread that was aborted counts as one that could not be read: only here is the round known to be over.
      signal.throwIfAborted()
      // The rest of it once the gate opens again: what is here is kept, with where to go on.
      if (page.more && !mayAsk(parts, 'poll')) {
        state.isDue = true
        return
      }
    } while (page.more)
  } finally {
    state.isPulling = false
  }
  state.failures = 0
  state.heardAt = momentOf(parts.clock)
  const { isCatchUp, isRecovery } = state
  state.isCatchUp = false
  state.isRecovery = false
  const hadGap = state.beganAt !== null && sinceMs(state.beganAt, parts.clock) > gapMs
  state.beganAt = null
  parts.tell.upToDate({ isCatchUp, isRecovery })
  // A load that slept in the middle: its first pages are of before, and what came since is no news of now.
  if (hadGap) return anew(parts, state)
  const { minDelayMs } = page
  const delayMs = delayAfter(parts, { outcome: 'ok', failures: 0, minDelayMs })
  setPull(state, alarm, state.touched.size > 0 && delayMs !== null ? sideStepMs : delayMs)
  alarm.after(fillPauseMs, 'fill', () => {})
}

function anew(parts: SyncParts, state: LoopState): void {
  state.isCatchUp = true
  state.isDue = true
  parts.tell.wasAway()
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
  // After a failure the next pull tells whether the server is well at all.
  if (state.failures > 0) return
  const now = parts.clock.elapsed()
  for (const [id, until] of state.unreadable) if (until <= now) state.unreadable.delete(id)
  const behind = parts.store.threadsBehind(parts.accountId, state.unreadable.size + 1)
  const id = behind.find((each) => !state.unreadable.has(each))
  if (id === undefined) return
  const waitMs = parts.gate.waitMs(parts.accountId, 'fill')
  if (waitMs === Infinity) return
  if (waitMs > 0) return alarm.after(waitMs, 'fill', () => {})
  const isFilled = await tryToFill(parts, state, { id, lane: 'fill' }, signal)
  if (isFilled && !state.isDue) alarm.after(fillPauseMs, 'fill', () => {})
}

/** What the agent looks at is asked for at once, in the middle of a first load and while resting too. */
async function fillFocused(parts: SyncParts, state: LoopState, signal: AbortSignal): Promise<boolean> {
  if (state.focused.size === 0 || !mayAsk(parts, 'look')) return false
  const focused = [...state.focused]
  state.focused.clear()
  for (const id of focused) await tryToFill(parts, state, { id, lane: 'look' }, signal)
  return true
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
  state.isRecovery = true
  alarm.forget('fill')
  const delayMs = restOf(parts, state, alarm, failure)
  const retryAt = parts.clock.now() + delayMs
  if (failure === null) parts.tell.broke(error, retryAt)
  else if (!isWorthAnAlarm(parts, state, failure)) return true
  else parts.tell.resting(failure, retryAt)
  return true
}

function isOver(error: unknown): boolean {
  return error instanceof ProviderFailure && error.kind === 'auth'
}

/** What a host refuses its gate waits for, in one turn with all who ask there; what concerns this account alone does not. */
function restOf(parts: SyncParts, state: LoopState, alarm: Alarm, failure: ProviderFailure | null): number {
  const outcome = failure?.kind ?? 'broke'
  if (outcome === 'offline' || outcome === 'busy' || outcome === 'rateLimited') {
    alarm.forget('pull')
    state.isDue = true
    return parts.gate.restsMs(parts.accountId)
  }
  const delayMs = delayAfter(parts, { outcome, failures: state.failures, minDelayMs: 0 })
  setPull(state, alarm, delayMs)
  return delayMs ?? 0
}

/** A network that comes up a little later than the computer is nothing to tell of, where all was well before. */
function isWorthAnAlarm({ presence }: SyncParts, { heardAt }: LoopState, { kind }: ProviderFailure): boolean {
  return kind !== 'offline' || heardAt === null || !presence.isJustAwake()
}

/** Null: not by the clock, as the computer sleeps. */
function setPull(state: LoopState, alarm: Alarm, delayMs: number | null): void {
  if (delayMs === null) return alarm.forget('pull')
  alarm.after(delayMs, 'pull', () => {
    state.isDue = true
  })
}

function delayAfter(
  parts: SyncParts,
  ended: { readonly outcome: Outcome; readonly failures: number; readonly minDelayMs: number },
): number | null {
  return nextPullDelayMs({
    ...ended,
    presence: parts.presence.now(),
    retryInMs: null,
    isSettling: false,
    budgetWaitMs: parts.gate.budgetWaitMs(parts.accountId),
    jitter: parts.random(),
  })
}

function momentOf(clock: Clock): Moment {
  return { at: clock.now(), elapsedMs: clock.elapsed() }
}

function sinceMs({ at, elapsedMs }: Moment, clock: Clock): number {
  return Math.max(clock.now() - at, clock.elapsed() - elapsedMs)
}
