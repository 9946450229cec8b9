import type { Answers } from '../../../shared/domain/attributes.ts'
import type { Conversation, Person } from '../../../shared/domain/conversation.ts'
import type { AskedField, Directory } from '../../../shared/domain/directory.ts'
import {
  ProviderFailure,
  type DoneBundle,
  type MuteBundle,
  type ReadBundle,
  type SnoozeBundle,
} from '../provider.ts'
import { rawConversation, readConversation, toldBy } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { notDone, postTo, readBack } from './order.ts'
import { asObject, asText, isObject, textOrNull } from '../../foreign/read.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'

/** Resolving, setting aside and reopening. The status is always named: without one the server toggles (docs/providers/chatwoot.md §1.4). */
export function doneBundle(desk: Desk): Required<Omit<DoneBundle, 'offersAnswers'>> {
  /** Whose those were that we opened without hearing so; the order is repeated then, and has to give them back. */
  const unheard = new Map<string, Person | null>()
  return {
    verb: 'resolve',
    async resolve(key, answers, signal) {
      await giveAnswers(desk, key, answers, signal)
      return setStatus(desk, key, { status: 'resolved' }, signal)
    },
    asks,
    pend: (key, signal) => setStatus(desk, key, { status: 'pending' }, signal),
    async reopen(key, signal) {
      const { conversation: found } = await readConversation(desk, key, signal)
      const isOpen = found.status.kind === 'open'
      const isOurDoing = isOpen && found.assignee?.isMe === true && unheard.has(key)
      const former = isOurDoing ? (unheard.get(key) ?? null) : found.assignee
      if (!isOpen) unheard.set(key, former)
      const conversation = isOpen ? found : await setStatus(desk, key, { status: 'open' }, signal)
      unheard.delete(key)
      if (!isTakenOver(former, conversation.assignee)) return { conversation, restored: true }
      return restore(desk, conversation, former, signal)
    },
  }
}

/** Until a time, or until the customer writes. A snooze already set keeps its old time unless another is named (§1.4). */
export function snoozeBundle(desk: Desk): SnoozeBundle {
  return {
    untilReply: true,
    async snooze(key, until, signal) {
      const said = await setSnoozed(desk, key, until, signal)
      if (isSnoozedUntil(said, until)) return said
      // Leaving "snoozed" clears the time. Not by way of "open": that would make it the agent's own.
      await setStatus(desk, key, { status: 'pending' }, signal)
      const again = await orBack(setSnoozed(desk, key, until, signal), () => {
        const former = said.status.kind === 'snoozed' ? said.status.until : null
        return setSnoozed(desk, key, former, signal)
      })
      if (isSnoozedUntil(again, until)) return again
      throw notDone(desk, again.status.kind)
    },
  }
}

/** One mark for the whole team; nobody is told of it by the server (docs/providers/chatwoot.md §0.4). */
export function readBundle(desk: Desk): Required<ReadBundle> {
  const mark = async (key: string, verb: string, signal: AbortSignal): Promise<Conversation> => {
    const raw = await postTo(desk, key, { verb, body: {} }, signal)
    // Some derived servers answer with nothing; the mark itself says what came of it.
    const isConversation = isObject(raw) && textOrNull(raw['id']) !== null
    return (isConversation ? await toldBy(desk, raw, signal) : await readConversation(desk, key, signal))
      .conversation
  }
  return {
    scope: 'everyone',
    markRead: (key, signal) => mark(key, 'update_last_seen', signal),
    markUnread: (key, signal) => mark(key, 'unread', signal),
  }
}

/** Blocks the customer in the whole account and resolves; taking it back only unblocks (docs/providers/chatwoot.md §1.4). */
export function muteBundle(desk: Desk): MuteBundle {
  const isBlocked = (each: Conversation): boolean => each.muted || each.customer.blocked
  return {
    async mute(key, signal) {
      await postTo(desk, key, { verb: 'mute', body: {} }, signal)
      const isMuted = (each: Conversation) => isBlocked(each) && each.status.kind === 'done'
      return readBack(desk, key, { what: 'mute', isAsOrdered: isMuted }, signal)
    },
    async unmute(key, signal) {
      await postTo(desk, key, { verb: 'unmute', body: {} }, signal)
      return readBack(desk, key, { what: 'unmute', isAsOrdered: (each) => !isBlocked(each) }, signal)
    },
  }
}

interface StatusOrder {
  readonly status: 'open' | 'resolved' | 'pending' | 'snoozed'
  /** Unix seconds; anything else breaks the server. */
  readonly snoozed_until?: number
}

async function setStatus(
  desk: Desk,
  key: string,
  body: StatusOrder,
  signal: AbortSignal,
): Promise<Conversation> {
  const answer = asObject(await postTo(desk, key, { verb: 'toggle_status', body }, signal))
  const said = asText(asObject(answer['payload'])['current_status'])
  if (said !== '' && said !== body.status) throw notDone(desk, said)
  const wanted = body.status === 'resolved' ? 'done' : body.status
  // What the answer confirms may have moved on since; where it says nothing, only what is there counts.
  const isAsOrdered = ({ status }: Conversation) => said !== '' || status.kind === wanted
  return readBack(desk, key, { what: body.status, isAsOrdered }, signal)
}

function setSnoozed(
  desk: Desk,
  key: string,
  until: number | null,
  signal: AbortSignal,
): Promise<Conversation> {
  const time = until === null ? {} : { snoozed_until: Math.floor(until / 1000) }
  return setStatus(desk, key, { status: 'snoozed', ...time }, signal)
}

/** What is refused for good is not asked for again, so nobody would come back for what it was left in on the way. */
async function orBack<T>(step: Promise<T>, back: () => Promise<unknown>): Promise<T> {
  try {
    return await tellingLeft(true, step)
  } catch (error) {
    if (error instanceof ProviderFailure && ['rejected', 'forbidden'].includes(error.kind))
      await back().catch(() => {})
    throw error
  }
}

function isSnoozedUntil({ status }: Conversation, until: number | null): boolean {
  // They wrote meanwhile.
  if (status.kind === 'open') return true
  if (status.kind !== 'snoozed') return false
  if (until === null || status.until === null) return status.until === until
  return Math.abs(status.until - until) < 1000
}

/** What the account wants to know before resolving, and nobody said yet. A box that is not ticked is an answer. */
function asks(conversation: Conversation, directory: Directory): AskedField[] {
  const isMissing = (key: string): boolean => {
    const value = conversation.attributes[key] ?? null
    return value === null || (typeof value === 'string' && value.trim() === '')
  }
  return directory.requiredToResolve.filter(isMissing).map((key) => {
    const known = directory.attributes.find((each) => each.key === key && each.of === 'conversation')
    const unknown = {
      key,
      label: key,
      of: 'conversation',
      kind: 'text',
      choices: [],
      description: '',
    } as const
    const value = conversation.attributes[key] ?? null
    return { ...(known ?? unknown), value, isRequired: true, maxLength: null }
  })
}

/** Puts the answers among the attributes. The server replaces all of them by what it is given, so they are read first. */
async function giveAnswers(desk: Desk, key: string, answers: Answers, signal: AbortSignal): Promise<void> {
  const given = Object.entries(answers).filter(([, value]) => value !== null)
  if (given.length === 0) return
  const kept = asObject(await rawConversation(desk, key, signal))['custom_attributes'] ?? null
  // Writing without knowing them would wipe what is there.
  if (kept !== null && !isObject(kept)) throw desk.unexpected('no attributes')
  const custom_attributes = { ...kept, ...Object.fromEntries(given) }
  const raw = await postTo(desk, key, { verb: 'custom_attributes', body: { custom_attributes } }, signal)
  const told = asObject(raw)['custom_attributes']
  const said = isObject(told)
    ? told
    : asObject(asObject(await tellingLeft(true, rawConversation(desk, key, signal)))['custom_attributes'])
  const lost = given.find(([name]) => !Object.hasOwn(said, name))
  if (lost !== undefined) throw notDone(desk, lost[0])
}

/**
 * Opening by somebody with the role "agent" assigns the conversation to them. Where nobody had it before and the
 * server gave it to a colleague, that is the workspace's own rule at work.
 */
function isTakenOver(former: Person | null, now: Person | null): boolean {
  if (former === null) return now?.isMe === true
  return former.key !== now?.key || former.kind !== now.kind
}

/** From here on the conversation is open, whatever fails. */
async function restore(
  desk: Desk,
  reopened: Conversation,
  former: Person | null,
  signal: AbortSignal,
): Promise<{ conversation: Conversation; restored: boolean }> {
  try {
    const isBot = former?.kind === 'bot'
    const body = {
      assignee_id: former === null ? 0 : idOf(former.key),
      ...(isBot ? { assignee_type: 'AgentBot' } : {}),
    }
    const answer = asObject(await postTo(desk, reopened.key, { verb: 'assignments', body }, signal))
    // An assignee it does not know is quietly taken for "nobody", with a success.
    const restored = (textOrNull(answer['id']) ?? null) === (former?.key ?? null)
    return { conversation: (await readConversation(desk, reopened.key, signal)).conversation, restored }
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return { conversation: reopened, restored: false }
  }
}

/** Ids go as numbers: sent as text, the server compares some of them in vain. */
export function idOf(key: string): number | string {
  return /^\d+$/.test(key) ? Number(key) : key
}
