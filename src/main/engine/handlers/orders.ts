import type { Output } from '../../../shared/contract/contract.ts'
import { Refusal } from '../../../shared/contract/failure.ts'
import type { Action, ActionKind } from '../../../shared/domain/action.ts'
import { actionOrder } from '../../../shared/domain/action-order.ts'
import type { OutboxRow } from '../../../shared/domain/outbox.ts'
import { accountOf, type AccountId, type ConversationId, type OutboxId } from '../../../shared/domain/ids.ts'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { told } from '../asking.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { firstState, takeBack, undoUntil } from '../holding.ts'
import { answered, askedFields, learningSoon, rememberAnswers } from '../resolving.ts'

type Names =
  | 'conversation.act'
  | 'inbox.act'
  | 'resolve.asks'
  | 'resolve.remember'
  | 'outbox.undo'
  | 'outbox.sendAgain'
  | 'outbox.check'
  | 'outbox.discard'

export function orderHandlers(core: Core): Pick<Handlers, Names> {
  return {
    'conversation.act'({ conversationId, action }) {
      const id = conversationId as ConversationId
      return informed(core, [id], action.kind, () => order(core, id, action))
    },
    'inbox.act'({ conversationIds, action }) {
      const ids = conversationIds as ConversationId[]
      return informed(core, ids, action.kind, () => orderMany(core, ids, action))
    },
    'resolve.asks'({ conversationId }) {
      const id = conversationId as ConversationId
      return informed(core, [id], 'resolve', () => ({
        fields: askedFields(core, id).map((each) => ({ ...each, choices: [...each.choices] })),
      }))
    },
    'resolve.remember'({ accountId, answers }) {
      if (!core.desk.accounts.has(accountId as AccountId)) throw new Refusal('notFound')
      rememberAnswers(core, accountId as AccountId, answers)
      return {}
    },
    'outbox.undo': ({ outboxIds }) => takeBack(core, outboxIds as OutboxId[]),
    'outbox.sendAgain'({ outboxId }) {
      core.outbox.sendAgain(outboxId as OutboxId)
      return {}
    },
    'outbox.check': async ({ outboxId }) => ({ finding: await core.outbox.check(outboxId as OutboxId) }),
    'outbox.discard'({ outboxId }) {
      core.outbox.discard(outboxId as OutboxId)
      return {}
    },
  }
}

/** At once, unless it takes a moment to hear what resolving asks for. */
function informed<T>(
  core: Core,
  ids: readonly ConversationId[],
  kind: ActionKind,
  step: () => T,
): T | Promise<T> {
  return learningSoon(core, ids, kind)?.then(step) ?? step()
}

/** A row before it is a request: durable when this returns. */
function order(core: Core, id: ConversationId, given: Action): Output<'conversation.act'> {
  const row = checkedRow(core, id, given)
  keep(core, [row])
  return { outboxId: row.id, undoUntil: undoUntil([row]) }
}

/** What cannot be done to some is done to the rest, all in one step on the disk. */
function orderMany(core: Core, ids: readonly ConversationId[], action: Action): Output<'inbox.act'> {
  const asks: ConversationId[] = []
  const refused: Output<'inbox.act'>['refused'] = []
  const rows = [...new Set(ids)].flatMap((id) => {
    try {
      return checkedRow(core, id, action)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { code, facts, retryAt } = error.failure
      if (code === 'needsAnswers') asks.push(id)
      else refused.push({ conversationId: id, failure: { code, facts: { ...facts }, retryAt } })
      return []
    }
  })
  keep(core, rows)
  return {
    kept: rows.length,
    outboxIds: rows.map((row) => row.id),
    undoUntil: undoUntil(rows),
    asks,
    refused,
  }
}

/** The order as it is to be kept; refused where it cannot be carried out as things are known here. */
function checkedRow(
  core: Core,
  id: ConversationId,
  given: Action,
): OutboxRow & { order: { kind: 'action' } } {
  const account = core.desk.accounts.get(accountOf(id))
  if (account === undefined) throw new Refusal('notFound')
  const isHere = given.kind === 'reopen' && (core.parts.store.mark(id)?.local ?? null) !== null
  if (!isHere && !isPossible(account.can, given)) throw new Refusal('notPossible')
  const now = core.parts.clock.now()
  if (given.kind === 'snooze' && given.until !== null && given.until <= now)
    throw new Refusal('badInput', { field: 'until' })
  const said = told(core, id)
  const action = answered(core, id, given)
  return {
    id: core.parts.randomId() as OutboxId,
    accountId: accountOf(id),
    conversationId: id,
    order: actionOrder(action, said, core.parts.store.openOrders(id)),
    state: firstState(core, action),
    createdAt: now,
    attempts: 0,
  }
}

function keep(core: Core, rows: readonly ReturnType<typeof checkedRow>[]): void {
  for (const { conversationId, order: given } of rows) noteByHand(core, conversationId, given.action.kind)
  core.parts.store.enqueueAll(rows)
  for (const { conversationId } of rows) core.publisher.orderMoved(conversationId)
  core.outbox.pump()
}

/** "Marked unread by hand" is this computer's and wins until the conversation is opened. */
function noteByHand(core: Core, id: ConversationId, action: ActionKind): void {
  const { store } = core.parts
  const mark = store.mark(id)
  if (action === 'markUnread') {
    store.putMark({
      conversationId: id,
      local: mark?.local ?? null,
      seenAt: mark?.seenAt ?? 0,
      readAt: mark?.readAt ?? null,
      unreadByHand: true,
    })
  }
  if (action === 'markRead' && mark?.unreadByHand === true) {
    if (mark.local === null && (mark.readAt ?? null) === null) store.removeMark(id)
    else store.putMark({ ...mark, unreadByHand: false })
  }
}

function isPossible(can: AccountRow['can'], action: Action): boolean {
  switch (action.kind) {
    case 'snooze':
      return can.snooze && (action.until !== null || can.snoozeUntilReply)
    case 'unmute':
      return can.mute
    case 'resolve':
    case 'reopen':
    case 'pend':
    case 'assign':
    case 'assignTeam':
    case 'label':
    case 'prioritise':
    case 'mute':
    case 'markRead':
    case 'markUnread':
      return can[action.kind]
  }
}
