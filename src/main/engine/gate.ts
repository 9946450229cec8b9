import type { AccountId } from '../../shared/domain/ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Http } from '../ports/http.ts'
import { ProviderFailure } from '../providers/provider.ts'
import { budgetWaitMs, fullPurse, spend, usualBudget, type Budget, type Purse } from './budget.ts'
import type { PresenceDesk } from './presence.ts'
import { restMs } from './schedule.ts'

/**
 * Says when an account may ask its server. What a host refuses counts for every account there, and for sends and polls
 * alike: while it rests one request at a time finds out how it fares, and that is a send where one is due.
 */
export interface Gate {
  know(id: AccountId, host: string, budget?: Budget): void
  forget(id: AccountId): void
  /** 0: now. Finite: then ask again. Infinity: `opened` will be told. */
  waitMs(id: AccountId, lane: Lane): number
  /** Runs one request, or a few that are one, and learns from how it ends. */
  run<T>(id: AccountId, lane: Lane, ask: () => Promise<T>, signal: AbortSignal): Promise<T>
  /** The same in two steps, for whoever keeps its failures to itself. Ends with what is returned. */
  enter(id: AccountId, lane: Lane): () => void
  /** How it went; null for well. */
  fared(id: AccountId, lane: Lane, failure: ProviderFailure | null): void
  /** For how long its host is left alone still, ms. */
  restsMs(id: AccountId): number
  /** For how long its host asked for silence still, ms: nobody hurries it. */
  silentMs(id: AccountId): number
  budgetWaitMs(id: AccountId): number
  /** The world changed: back-offs of one account's host, or of all, are over. What a server asked for stays. */
  hurry(id?: AccountId): void
  /** HTTP whose requests are spent from this account's budget. */
  metered(id: AccountId, http: Http): Http
  stop(): void
}

/** A send of now, one that is tried again, what the agent looks at, a pull, a thread in the background. */
export type Lane = 'send' | 'again' | 'look' | 'poll' | 'fill'

export interface GateParts {
  readonly clock: Clock
  readonly random: () => number
  readonly presence: Pick<PresenceDesk, 'now' | 'isSettling'>
  /** Somebody who waits may go on. Sends are to be asked first. */
  readonly opened: () => void
}

/** Moments are elapsed ms. */
interface Host {
  failures: number
  /** Those among them in which the server itself asked for silence. */
  limits: number
  /** Our own back-off: those who hurry may end it. */
  restUntil: number
  /** What the server asked for. */
  silentUntil: number
  running: number
  sending: number
  cancel: () => void
}

interface Entry {
  readonly host: Host
  readonly budget: Budget
  purse: Purse
}

interface Held extends GateParts {
  readonly hosts: Map<string, Host>
  readonly entries: Map<AccountId, Entry>
}

export function createGate(parts: GateParts): Gate {
  const held: Held = { ...parts, hosts: new Map(), entries: new Map() }
  const { clock } = parts
  const hostOf = (id: AccountId): Host => entryOf(held, id).host
  return {
    know: (id, host, budget) => void know(held, id, { host, budget: budget ?? usualBudget }),
    forget: (id) => void held.entries.delete(id),
    waitMs: (id, lane) => waitMs(held, id, lane),
    async run(id, lane, ask, signal) {
      const leave = enter(held, id, lane)
      try {
        const answer = await ask()
        fared(held, id, lane, null)
        return answer
      } catch (error) {
        if (error instanceof ProviderFailure && !signal.aborted) fared(held, id, lane, error)
        throw error
      } finally {
        leave()
      }
    },
    enter: (id, lane) => enter(held, id, lane),
    fared: (id, lane, failure) => fared(held, id, lane, failure),
    restsMs: (id) => Math.max(0, opensAt(hostOf(id)) - clock.elapsed()),
    silentMs: (id) => Math.max(0, hostOf(id).silentUntil - clock.elapsed()),
    budgetWaitMs: (id) => budgetFor(held, id, 'poll'),
    hurry(id) {
      for (const host of id === undefined ? held.hosts.values() : [hostOf(id)]) {
        if (clock.elapsed() >= host.silentUntil) Object.assign(host, { failures: 0, limits: 0 })
        host.restUntil = 0
        openLater(held, host)
      }
      parts.opened()
    },
    metered: (id, http) => ({
      request(request, signal) {
        const entry = entryOf(held, id)
        entry.purse = spend(entry.purse, entry.budget, clock.elapsed())
        return http.request(request, signal)
      },
    }),
    stop() {
      for (const host of held.hosts.values()) host.cancel()
    },
  }
}

function know(held: Held, id: AccountId, given: { host: string; budget: Budget }): Entry {
  const { hosts, entries, clock } = held
  const host = hosts.get(given.host) ?? calm()
  hosts.set(given.host, host)
  const purse = entries.get(id)?.purse ?? fullPurse(given.budget, clock.elapsed())
  const entry = { host, budget: given.budget, purse }
  entries.set(id, entry)
  return entry
}

function calm(): Host {
  return { failures: 0, limits: 0, restUntil: 0, silentUntil: 0, running: 0, sending: 0, cancel: () => {} }
}

function entryOf(held: Held, id: AccountId): Entry {
  return held.entries.get(id) ?? know(held, id, { host: id, budget: usualBudget })
}

function waitMs(held: Held, id: AccountId, lane: Lane): number {
  const { host } = entryOf(held, id)
  const now = held.clock.elapsed()
  if (held.presence.now() === 'asleep' || now < host.silentUntil) return Infinity
  if (lane === 'send' || lane === 'look') return 0
  const isHeldBack = host.failures > 0 && (now < host.restUntil || host.running > 0 || lane === 'fill')
  if (isHeldBack || (lane === 'fill' && host.sending > 0)) return Infinity
  return lane === 'again' ? 0 : budgetFor(held, id, lane)
}

function budgetFor(held: Held, id: AccountId, lane: 'poll' | 'fill'): number {
  const { purse, budget } = entryOf(held, id)
  return budgetWaitMs(purse, budget, held.clock.elapsed(), lane)
}

function enter(held: Held, id: AccountId, lane: Lane): () => void {
  const { host } = entryOf(held, id)
  const isSend = lane === 'send' || lane === 'again'
  host.running += 1
  if (isSend) host.sending += 1
  return () => {
    host.running -= 1
    if (isSend) host.sending -= 1
    if (host.failures > 0 || (isSend && host.sending === 0)) held.opened()
  }
}

function fared(held: Held, id: AccountId, lane: Lane, failure: ProviderFailure | null): void {
  const { host } = entryOf(held, id)
  if (failure === null || answered.has(failure.kind)) {
    if (host.failures === 0) return
    host.failures = 0
    host.limits = 0
    host.restUntil = 0
    held.opened()
    return
  }
  const now = held.clock.elapsed()
  const isNamed = failure.kind === 'rateLimited' || (failure.kind === 'busy' && failure.retryAt !== null)
  const isResting = now < (isNamed ? host.silentUntil : host.restUntil)
  if (!isNamed && (isResting || !tellsOfHost(failure, lane, host.failures > 0))) return
  // Several that were on their way together are one failure of the host.
  if (!isResting) host.failures += 1
  if (!isResting && isNamed) host.limits += 1
  const ending = {
    outcome: failure.kind,
    // A network that was away pressed no server, so its silence is as short as a first one.
    failures: isNamed ? host.limits : host.failures,
    retryInMs: failure.retryAt === null ? null : failure.retryAt - held.clock.now(),
    isSettling: held.presence.isSettling(),
    jitter: held.random(),
  }
  if (isNamed) host.silentUntil = Math.max(host.silentUntil, now + restMs(ending))
  else host.restUntil = now + restMs(ending)
  openLater(held, host)
}

function opensAt({ restUntil, silentUntil }: Host): number {
  return Math.max(restUntil, silentUntil)
}

/** One timer a host, and one order: those who wait for the same moment do not race. */
function openLater(held: Held, host: Host): void {
  host.cancel()
  const inMs = opensAt(host) - held.clock.elapsed()
  if (inMs > 0) host.cancel = held.clock.after(inMs, held.opened)
}

/** The host is well: it is this account, or this one thing, that it refuses. */
const answered = new Set<ProviderFailure['kind']>(['auth', 'forbidden', 'rejected', 'gone'])

/** One thread or one order may fail where all else goes well. */
function tellsOfHost({ kind }: ProviderFailure, lane: Lane, isFailing: boolean): boolean {
  if (kind === 'offline') return lane === 'poll' || lane === 'fill' || (isFailing && lane === 'again')
  return kind === 'busy' && lane === 'poll'
}
