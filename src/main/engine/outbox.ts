import { Refusal } from '../../shared/contract/failure.ts'
import { actionOrder } from '../../shared/domain/action-order.ts'
import { keyOf, type ConversationId, type OutboxId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Finding, OutboxRow, OutboxState } from '../../shared/domain/outbox.ts'
import type { Reply } from '../../shared/domain/reply.ts'
import { ProviderFailure, type OutgoingReply, type Session } from '../providers/provider.ts'
import type { Store } from '../store/store.ts'
import { act, carryOutAction } from './outbox-action.ts'
import { fallBack, markSent, move, putOff, ripen, type OutboxDesk, type OutboxParts } from './outbox-desk.ts'
import { forgetLookup, lookUp, noticed, recover, settleBroken, settleUnknown } from './outbox-doubt.ts'
import { backOffMs } from './schedule.ts'

/**
 * Carries out what the agent ordered, oldest first in each conversation. The states are drawn in domain/outbox.
 * Nothing that may have left is ever sent again by itself: it is looked for, and in doubt the agent is asked.
 */
export interface Outbox {
  /** The first time, rows found `sending` become `unsure` before any leaves: the crash may have come after the request. */
  pump(): void
  /** The network is back or the computer woke: nothing queued has to wait for its back-off. */
  hurry(): void
  sendAgain(id: OutboxId): void
  discard(id: OutboxId): void
  /**
   * A reply that stopped, or was never tried, goes back into its draft; what waited for it leaves. Null where it is on its
   * way, or may be.
   */
  takeOut(id: OutboxId): OutboxRow | null
  check(id: OutboxId): Promise<Finding>
  /** Messages just arrived; one may be a reply whose fate was unknown. */
  noticed(messages: readonly Message[]): void
  /** Aborts what runs; settles once nothing of it will touch the store any more. */
  stop(): Promise<void>
}

const atOncePerAccount = 4
const brokenPauseMs = 15_000

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock } = parts
  const stopping = new AbortController()
  const desk: OutboxDesk = {
    parts,
    signal: stopping.signal,
    busy: new Map(),
    lookups: new Map(),
    due: new Map(),
    doubted: new Set(),
    running: new Set(),
    pump,
  }
  let cancelTimer = (): void => {}
  let isRecovered = false

  function pump(): void {
    if (stopping.signal.aborted) return
    cancelTimer()
    try {
      if (!isRecovered) recover(desk)
      isRecovered = true
      cancelTimer = startDue(desk)
    } catch (error) {
      // Mostly a timer called, which has nobody to throw to.
      parts.tell.broke(error)
      cancelTimer = clock.after(brokenPauseMs, pump)
    }
  }

  return {
    pump,
    hurry() {
      const waiting = store.openOrders().filter((row) => isWaiting(row) && !isSilenced(parts, row))
      for (const row of waiting) store.moveOrder(row.id, { kind: 'queued', notBefore: null }, row.attempts)
      pump()
    },
    sendAgain(id) {
      const row = standing(store, id)
      parts.gate.hurry(row.accountId)
      if (isRefusedAction(row)) orderAnew(desk, row)
      else move(desk, row, { kind: 'queued', notBefore: null })
      // Only now: where the disk has no room for the agent's word, it is still looked for.
      forgetLookup(desk, id)
      pump()
    },
    discard(id) {
      const { conversationId } = standing(store, id)
      store.removeOrder(id)
      forgetLookup(desk, id)
      parts.tell.moved(conversationId, null)
      pump()
    },
    takeOut: (id) => takeOut(desk, id),
    check: (id) => lookUp(desk, standing(store, id)),
    noticed: (messages) => noticed(desk, messages),
    async stop() {
      stopping.abort()
      cancelTimer()
      for (const cancel of desk.lookups.values()) cancel()
      await Promise.all(desk.running)
    },
  }
}

/** Starts what may leave now and sets the timer for what may leave next; returns how to cancel that. */
function startDue(desk: OutboxDesk): () => void {
  const { store, clock } = desk.parts
  // One moment for both: what falls due between two looks at the clock would neither leave nor have a timer.
  const now = clock.now()
  const ripensMs = ripen(desk)
  for (const row of store.nextDue(now)) start(desk, row)
  const waitMs = Math.min((store.nextDueAt(now) ?? Infinity) - now, ripensMs)
  return waitMs < Infinity ? clock.after(waitMs, desk.pump) : () => {}
}

function start(desk: OutboxDesk, row: OutboxRow): void {
  const session = desk.parts.session(row.accountId)
  const busy = desk.busy.get(row.accountId) ?? new Set<ConversationId>()
  desk.busy.set(row.accountId, busy)
  const lane = row.attempts === 0 ? 'send' : 'again'
  if (session === null || desk.parts.gate.waitMs(row.accountId, lane) > 0) return
  if (busy.has(row.conversationId) || busy.size >= atOncePerAccount) return
  busy.add(row.conversationId)
  const leave = desk.parts.gate.enter(row.accountId, lane)
  const over = (): void => {
    busy.delete(row.conversationId)
    leave()
    desk.pump()
  }
  const running = carryOut(desk, row, session).then(over, (error: unknown) => broke(desk, row, error, over))
  desk.running.add(running)
  void running.finally(() => desk.running.delete(running))
}

/** A full disk is not helped by trying again at once; what it kept from being written down is made up for later. */
function broke(desk: OutboxDesk, { id }: Pick<OutboxRow, 'id'>, error: unknown, over: () => void): void {
  const { store, clock, tell } = desk.parts
  tell.broke(error)
  clock.after(brokenPauseMs, () => {
    if (desk.signal.aborted) return
    try {
      const row = store.outboxRow(id)
      if (row?.state.kind === 'sending') settleBroken(desk, row, row.state.startedAt)
      over()
    } catch (still) {
      broke(desk, { id }, still, over)
    }
  })
}

async function carryOut(desk: OutboxDesk, row: OutboxRow, session: Session): Promise<void> {
  const { order } = row
  if (order.kind === 'action')
    return carryOutAction(desk, row, order.action, (action) =>
      attempt(desk, row, (attempted) => act(desk, attempted, action, session)),
    )
  const outgoing = outgoingOf(desk, row, order)
  if (outgoing === null) move(desk, row, { kind: 'failed', code: 'fileMissing', reason: '{}' })
  else
    await attempt(desk, row, async (attempted, leaves) => {
      const { message } = await session.send({ ...outgoing, leaves }, desk.signal)
      markSent(desk, attempted, message)
    })
}

async function attempt(
  desk: OutboxDesk,
  row: OutboxRow,
  request: (attempted: OutboxRow, leaves: () => void) => Promise<void>,
): Promise<void> {
  // Durable before the first byte leaves: a crash from there on finds `sending`, never `queued`.
  const isPreparing = row.order.kind === 'reply'
  const sending = { kind: 'sending', startedAt: desk.parts.clock.now(), isPreparing } as const
  const attempted = { ...row, state: sending, attempts: row.attempts + 1 }
  move(desk, attempted, sending)
  const leave = leaving(desk, attempted, { ...sending, isPreparing: false })
  try {
    await request(attempted, leave.run)
    desk.parts.gate.fared(row.accountId, 'again', null)
  } catch (error) {
    // Stopping: the row stays `sending`, which the next start looks into.
    if (desk.signal.aborted) return
    // Whatever the provider made of it, not a byte has left.
    const stayed = leave.fault()
    if (stayed !== null) throw stayed
    if (!(error instanceof ProviderFailure)) {
      settleBroken(desk, attempted, sending.startedAt)
      throw error
    }
    refusedOrLost(desk, attempted, error, sending.startedAt)
  }
}

/** Written down once, in the turn in which the first byte leaves; the row is kept as preparing until then. */
function leaving(desk: OutboxDesk, { id, attempts }: OutboxRow, left: OutboxState) {
  let hasLeft = false
  let fault: Error | null = null
  return {
    run() {
      if (hasLeft) return
      try {
        desk.parts.store.moveOrder(id, left, attempts)
        hasLeft = true
      } catch (error) {
        fault = error as Error
        throw error
      }
    },
    /** What kept it here. */
    fault: (): Error | null => fault,
  }
}

/** The reply with its files' bytes, read only now; null when one of them is gone, as it must not leave without it. */
function outgoingOf(desk: OutboxDesk, row: OutboxRow, reply: Reply): Omit<OutgoingReply, 'leaves'> | null {
  const { text, isNote, replyTo, mentions, mail, template, links } = reply
  const files = reply.files.map(({ id, name, contentType }) => {
    const bytes = desk.parts.store.fileBytes(id)
    return bytes === null ? null : { name, contentType, bytes }
  })
  const whole = files.filter((each) => each !== null)
  if (whole.length < files.length) return null
  const content = {
    text,
    isNote,
    replyTo,
    mentions,
    mail,
    template,
    files: whole,
    ...(links === undefined ? {} : { links }),
  }
  return { conversationKey: keyOf(row.conversationId), ownId: row.id, ...content }
}

/** What an answer that is no success means for the row; the table of DESIGN, "Outbox". */
function refusedOrLost(desk: OutboxDesk, row: OutboxRow, failure: ProviderFailure, startedAt: number): void {
  const { gate, random } = desk.parts
  gate.fared(row.accountId, 'again', failure)
  switch (failure.kind) {
    case 'auth':
      fallBack(desk, row, { kind: 'queued', notBefore: null })
      desk.parts.tell.locked(row.accountId, failure)
      return
    case 'rateLimited':
      putOff(desk, row, gate.silentMs(row.accountId), 'limited')
      return
    case 'forbidden':
    case 'rejected':
    case 'gone':
      fallBack(desk, row, { kind: 'failed', code: failure.code, reason: JSON.stringify(failure.facts) })
      return
    case 'offline':
    case 'busy':
    case 'protocol':
      // A state can be set twice without harm; a message cannot.
      if (failure.mayHaveLeft) return settleUnknown(desk, row, startedAt)
      putOff(desk, row, backOffMs(row.attempts, random()), failure.kind === 'offline' ? 'network' : 'busy')
  }
}

function isSilenced({ gate }: OutboxParts, { accountId }: OutboxRow): boolean {
  return gate.silentMs(accountId) > 0
}

function takeOut(desk: OutboxDesk, id: OutboxId): OutboxRow | null {
  const { store, tell } = desk.parts
  const row = store.takeOut(id) ?? store.takeBack(id)
  if (row === null) return null
  forgetLookup(desk, id)
  tell.moved(row.conversationId, null)
  desk.pump()
  return row
}

function isWaiting({ state }: OutboxRow): boolean {
  return state.kind === 'queued' && state.notBefore !== null
}

type ActionRow = OutboxRow & { readonly order: { readonly kind: 'action' } }

function isRefusedAction(row: OutboxRow): row is ActionRow {
  return row.order.kind === 'action' && row.state.kind === 'failed'
}

/** By now the agent has seen what was done and written since: an order of now, which replaces the refused one. */
function orderAnew({ parts }: OutboxDesk, row: ActionRow): void {
  const { store, clock } = parts
  const { conversationId: id } = row
  const said = store.said(id)
  store.enqueue({
    ...row,
    id: `${row.id}-again` as OutboxId,
    order: said === null ? row.order : actionOrder(row.order.action, said, store.openOrders(id)),
    state: { kind: 'queued', notBefore: null },
    createdAt: clock.now(),
    attempts: 0,
  })
  parts.tell.moved(id, null)
}

/** A row the agent may decide about: failed, unsure, or still waiting in the queue. */
function standing(store: Store, id: OutboxId): OutboxRow {
  const row = store.outboxRow(id)
  if (row === null || row.state.kind === 'sent' || row.state.kind === 'sending') throw new Refusal('notFound')
  return row
}
