import { Refusal } from '../../shared/contract/failure.ts'
import { keyOf, type ConversationId, type OutboxId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Finding, OutboxRow } from '../../shared/domain/outbox.ts'
import { ProviderFailure } from '../providers/provider.ts'
import { fallBack, markSent, move, putOff, type OutboxDesk } from './outbox-desk.ts'
import { backOffMs, lookupDelaysMs } from './schedule.ts'

/** A request left and no clear answer came: an action is simply set again, a reply has to be looked for. */
export function settleUnknown(desk: OutboxDesk, row: OutboxRow, startedAt: number): void {
  if (row.order.kind === 'action') {
    desk.doubted.add(row.conversationId)
    putOff(desk, row, backOffMs(row.attempts, desk.parts.random()))
    return
  }
  move(desk, row, { kind: 'unsure', startedAt, asked: false, finding: null })
  planLookup(desk, row.id, 0)
}

/** Something broke that is no answer. Where surely nothing has left, it waits for its turn again. */
export function settleBroken(desk: OutboxDesk, row: OutboxRow, startedAt: number): void {
  const now = desk.parts.store.outboxRow(row.id)?.state
  // It is settled: what broke was only the telling of it.
  if (now?.kind !== 'sending') return
  if (now.isPreparing !== true) return settleUnknown(desk, row, startedAt)
  putOff(desk, row, backOffMs(row.attempts, desk.parts.random()))
}

export function recover(desk: OutboxDesk): void {
  const { store } = desk.parts
  store.recoverSending()
  // All that is open, not only what was found `sending` now: the start before this one may have died right here.
  for (const row of store.openOrders()) {
    if (row.order.kind === 'action') {
      // It may have replaced one whose answer was lost, of which nothing is left to tell.
      desk.doubted.add(row.conversationId)
      if (row.state.kind === 'unsure') fallBack(desk, row, { kind: 'queued', notBefore: null })
    } else if (row.state.kind === 'unsure' && !row.state.asked) planLookup(desk, row.id, 0)
  }
}

/** Looks for a reply twice, spaced, since servers accept late; then asks the agent. */
function planLookup(desk: OutboxDesk, id: OutboxId, turn: number, failures = 0): void {
  const { store, clock, random, gate } = desk.parts
  const delayMs = failures > 0 ? backOffMs(failures + 2, random()) : (lookupDelaysMs[turn] ?? 0)
  forgetLookup(desk, id)
  const run = async (): Promise<void> => {
    desk.lookups.delete(id)
    try {
      const row = store.outboxRow(id)
      if (row === null || row.state.kind !== 'unsure' || row.state.asked) return
      // Of equal words the older row takes the older message.
      if (isBehindAnother(desk, row)) return planLookup(desk, id, turn, failures)
      // Nobody presses a host that rests.
      if (gate.waitMs(row.accountId, 'again') > 0) return planLookup(desk, id, turn, Math.max(1, failures))
      const finding = await gate.run(row.accountId, 'again', () => lookUp(desk, row), desk.signal)
      // A pull or the agent may have settled it while we looked; a stale answer must not ask about it again.
      if (store.outboxRow(id)?.state.kind !== 'unsure') return
      if (turn + 1 < lookupDelaysMs.length) planLookup(desk, id, turn + 1)
      else move(desk, row, { ...row.state, asked: true, finding })
    } catch (error) {
      if (desk.signal.aborted) return
      if (!(error instanceof ProviderFailure) && !(error instanceof Refusal)) desk.parts.tell.broke(error)
      // Could not even look, or the disk has no room for what was found: the same turn again later.
      planLookup(desk, id, turn, failures + 1)
    }
  }
  desk.lookups.set(
    id,
    clock.after(delayMs, () => void run()),
  )
}

export async function lookUp(desk: OutboxDesk, row: OutboxRow): Promise<Finding> {
  const { store } = desk.parts
  const session = desk.parts.session(row.accountId)
  if (session === null) throw new Refusal('offline')
  if (row.state.kind !== 'unsure' || row.order.kind !== 'reply') throw new Refusal('notFound')
  const { text, isNote, mentions, template, files, links } = row.order
  const sought = {
    conversationKey: keyOf(row.conversationId),
    ownId: row.id,
    ...{ text, isNote, mentions, template, ...(links === undefined ? {} : { links }) },
    fileSizes: files.map(({ sizeBytes }) => sizeBytes),
    startedAt: row.state.startedAt,
    claimed: store.claimedKeys(row.conversationId),
  }
  const { finding, message } = await session.findSent(sought, desk.signal)
  if (finding !== 'found' || message === null) return finding
  // Another row of the same words was quicker: this message is spoken for.
  if (store.claimedKeys(row.conversationId).includes(message.key)) return lookUp(desk, row)
  const now = store.outboxRow(row.id)?.state.kind
  // Queued again by the agent while we looked: sending it would answer the customer twice.
  if (now === 'unsure' || now === 'queued') markSent(desk, row, message)
  return finding
}

function isBehindAnother(desk: OutboxDesk, { id, conversationId }: OutboxRow): boolean {
  const open = desk.parts.store.openOrders(conversationId)
  const first = open.find((each) => each.order.kind === 'reply' && isLookedFor(each))
  return first !== undefined && first.id !== id
}

function isLookedFor({ state }: OutboxRow): boolean {
  return state.kind === 'unsure' && !state.asked
}

export function noticed(desk: OutboxDesk, messages: readonly Message[]): void {
  for (const message of messages) {
    if (message.ownId === null) {
      // Some servers do not tell which agent wrote.
      const mayBeOurs = message.side === 'me' || (message.side === 'colleague' && message.author === null)
      if (mayBeOurs) lookAgain(desk, message.conversationId)
      continue
    }
    const row = desk.parts.store.outboxRow(message.ownId as OutboxId)
    // Queued again by the agent and there after all: sending it would answer the customer twice.
    if (row === null || row.state.kind === 'sent' || row.state.kind === 'sending') continue
    const wasAsking = row.state.kind !== 'unsure' || row.state.asked
    markSent(desk, row, message)
    // Only now: where it could not be written down, looking for it goes on.
    forgetLookup(desk, row.id)
    if (wasAsking) desk.parts.tell.sentAfterAll(row)
  }
}

/** Something of ours without an id came: where none are kept, it may be what the agent was asked about already. */
function lookAgain(desk: OutboxDesk, id: ConversationId): void {
  const { store, clock, gate, tell } = desk.parts
  const look = async (asked: OutboxRow): Promise<void> => {
    desk.lookups.delete(asked.id)
    const row = store.outboxRow(asked.id)
    if (row === null || row.state.kind !== 'unsure') return
    try {
      const finding = await gate.run(row.accountId, 'again', () => lookUp(desk, row), desk.signal)
      if (finding === 'found') tell.sentAfterAll(row)
    } catch (error) {
      // The agent was asked and can have it looked for by hand.
      if (!(error instanceof ProviderFailure) && !(error instanceof Refusal)) tell.broke(error)
    }
  }
  for (const row of store.openOrders(id)) {
    const wasAsked = row.order.kind === 'reply' && row.state.kind === 'unsure' && row.state.asked
    if (!wasAsked || desk.lookups.has(row.id)) continue
    desk.lookups.set(
      row.id,
      clock.after(0, () => void look(row)),
    )
  }
}

export function forgetLookup(desk: OutboxDesk, id: OutboxId): void {
  desk.lookups.get(id)?.()
  desk.lookups.delete(id)
}
