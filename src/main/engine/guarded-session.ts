import type { AccountId } from '../../shared/domain/ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import {
  ProviderFailure,
  type OutgoingReply,
  type Page,
  type Session,
  type ThreadPage,
  type Told,
} from '../providers/provider.ts'
import { StoreFault } from '../store/store.ts'
import { areTold, fieldOf, isConversation, isDirectory, isMessage, isTold } from './fitting-answers.ts'
import { traceOf } from './trace-of.ts'

/**
 * A session whose promises are held for it: every call settles, throws ProviderFailure and nothing else, and answers
 * with rows the window can show. What breaks that is a bug; it is logged here, and fails this one call of this account.
 */
export function guardedSession(session: Session, guard: Guard): Session {
  const always: Pick<Session, 'pull' | 'thread' | 'send' | 'findSent' | 'look'> = {
    pull(cursor, signal) {
      const step: Step<Page> = async (ending) => pageOf(guard, cursor, await session.pull(cursor, ending))
      return settled(guard, 'pull', step, { signal })
    },
    thread(key, before, signal) {
      const step: Step<ThreadPage> = async (ending) => {
        const page = await session.thread(key, before, ending)
        if (page.conversation !== null && !isConversation(page.conversation, guard.id)) throw new Misfit()
        return { ...page, messages: fitting(guard, 'thread', page.messages, isMessage) }
      }
      return settled(guard, 'thread', step, { signal })
    },
    send: (reply, signal) => send(guard, session, reply, signal),
    findSent(reply, signal) {
      const step: Step<Awaited<ReturnType<Session['findSent']>>> = async (ending) => {
        const found = await session.findSent(reply, ending)
        const isFit = found.message === null || isMessage(found.message, guard.id)
        if (!isFit || !['found', 'absent', 'unknowable'].includes(found.finding)) throw new Misfit()
        return found
      }
      return settled(guard, 'findSent', step, { signal })
    },
    look(key, signal) {
      const step: Step<Told> = async (ending) => toldOf(guard, 'look', await session.look(key, ending))
      return settled(guard, 'look', step, { signal })
    },
  }
  // Bundles are looked up each time: one that turns out not to work leaves the session while it runs.
  return new Proxy(guardedBundle(session, '', guard), {
    get: (bundles, name): unknown => Reflect.get(Object.hasOwn(always, name) ? always : bundles, name),
  })
}

export interface Guard {
  readonly id: AccountId
  readonly host: string
  readonly clock: Clock
  readonly log: Log
}

type Step<T> = (ending: AbortSignal) => Promise<T>

/** An answer that is not what its type says. */
class Misfit extends Error {
  override readonly name = 'Misfit'
}

/** Every request has a deadline of its own; this one is for a call that never settles. */
const deadlineMs = 300_000
/** A real session settles soon after it is told to end, and knows best how far it came. */
const graceMs = 2_000

/** `mayHaveLeft` is what is known of a request that ended in a bug of ours or in nothing at all. */
async function settled<T>(
  guard: Guard,
  name: string,
  step: Step<T>,
  { signal, mayHaveLeft = () => true }: { signal: AbortSignal; mayHaveLeft?: () => boolean },
): Promise<T> {
  const { clock, host } = guard
  const late = new AbortController()
  const ending = AbortSignal.any([signal, late.signal])
  const overdue = Promise.withResolvers<never>()
  const timers = [clock.after(deadlineMs, () => late.abort())]
  const giveUp = (): void => {
    const lost = { kind: 'offline', code: 'timeout', facts: { host } } as const
    const tell = (): void => overdue.reject(new ProviderFailure({ ...lost, mayHaveLeft: mayHaveLeft() }))
    timers.push(clock.after(graceMs, tell))
  }
  ending.addEventListener('abort', giveUp)
  if (ending.aborted) giveUp()
  try {
    return await Promise.race([step(ending), overdue.promise])
  } catch (error) {
    // The store's own fault comes through `leaves`, and is no matter of the provider's.
    if (error instanceof ProviderFailure || error instanceof StoreFault) throw error
    guard.log('provider.broke', { call: name, host, ...traceOf(error) })
    throw new ProviderFailure({
      ...{ kind: 'protocol', code: 'internal' },
      ...{ facts: { host }, mayHaveLeft: mayHaveLeft() },
    })
  } finally {
    ending.removeEventListener('abort', giveUp)
    for (const cancel of timers) cancel()
  }
}

async function send(
  guard: Guard,
  session: Session,
  reply: OutgoingReply,
  signal: AbortSignal,
): ReturnType<Session['send']> {
  let isOver = false
  let hasLeft = false
  const leaves = (): void => {
    // Given up by now: what left after that would be a reply nobody looks for.
    if (isOver) throw new Misfit()
    reply.leaves()
    hasLeft = true
  }
  const step: Step<Awaited<ReturnType<Session['send']>>> = async (ending) => {
    const sent = await session.send({ ...reply, leaves }, ending)
    hasLeft = true
    if (!isMessage(sent.message, guard.id)) throw new Misfit()
    return sent
  }
  try {
    return await settled(guard, 'send', step, { signal, mayHaveLeft: () => hasLeft })
  } finally {
    isOver = true
  }
}

/** A page whose rows the window can show; the rest of it is told in the log, and stops nothing. */
function pageOf(guard: Guard, cursor: string | null, page: Page): Page {
  const { progress } = page
  const isWhole =
    typeof page.cursor === 'string' &&
    Array.isArray(page.gone) &&
    Number.isFinite(page.minDelayMs) &&
    (progress === null || Number.isFinite(progress.done))
  if (!isWhole) throw new Misfit()
  return {
    ...page,
    conversations: fitting(guard, 'pull', page.conversations, isConversation),
    messages: fitting(guard, 'pull', page.messages, isMessage),
    // The same page once more would be asked for without a pause, for ever.
    more: page.more && page.cursor !== cursor,
  }
}

function toldOf(guard: Guard, call: string, told: Told): Told {
  if (!isConversation(told.conversation, guard.id)) throw new Misfit()
  return { ...told, messages: fitting(guard, call, told.messages, isMessage) }
}

/** One row that cannot be shown must not keep the others from being told. */
function fitting<T>(
  { id, host, log }: Guard,
  call: string,
  rows: readonly T[],
  isFit: (row: unknown, id: AccountId) => boolean,
): T[] {
  const fit = rows.filter((each) => isFit(each, id))
  if (fit.length < rows.length) log('provider.misfit', { call, host, rows: rows.length - fit.length })
  return fit
}

/** Every function of a bundle, with what is known of its answers; what is no function is as it was. */
function guardedBundle<T extends object>(bundle: T, path: string, guard: Guard): T {
  return new Proxy(bundle, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      const call = `${path}${String(name)}`
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return guardedBundle(value, `${call}.`, guard)
      if (typeof value !== 'function' || pure.has(call)) return value
      return (...given: unknown[]) => {
        const signal = given.find((each) => each instanceof AbortSignal) ?? new AbortController().signal
        const step = async (ending: AbortSignal): Promise<unknown> => {
          const asked = given.map((each) => (each === signal ? ending : each))
          const answer: unknown = await Reflect.apply(value, target, asked)
          if (answersOf[call]?.(answer, guard.id) === false) throw new Misfit()
          return answer
        }
        return settled(guard, call, step, { signal })
      }
    },
  })
}

/** Answers at once, from what is known. */
const pure = new Set(['done.asks'])

/** What the store keeps of a bundle's answers; the rest is only shown, and looked at by dispatch. */
const answersOf: Readonly<Record<string, (answer: unknown, id: AccountId) => boolean>> = {
  'done.resolve': isConversation,
  'done.pend': isConversation,
  'done.reopen': (answer, id) => isConversation(fieldOf(answer, 'conversation'), id),
  'read.markRead': isConversation,
  'read.markUnread': isConversation,
  'snooze.snooze': isConversation,
  'assign.assign': isConversation,
  'assign.assignTeam': isConversation,
  'labels.change': isConversation,
  'priority.set': isConversation,
  'mute.mute': isConversation,
  'mute.unmute': isConversation,
  'messages.remove': isMessage,
  'messages.retry': isMessage,
  'directory.read': isDirectory,
  'macros.run': (answer, id) => isTold(fieldOf(answer, 'told'), id),
  'start.begin': isTold,
  'folders.page': (answer, id) => areTold(fieldOf(answer, 'told'), id),
  'panel.read': (answer, id) => areTold(fieldOf(answer, 'previous'), id),
}
