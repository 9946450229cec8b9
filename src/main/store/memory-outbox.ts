import type { AccountId, OutboxId } from '../../shared/domain/ids.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import { emptyDraft, isEmptyDraft, type Draft } from '../../shared/domain/reply.ts'
import { draftOf, type MemoryFiles } from './memory-files.ts'
import {
  canBeTakenBack,
  canBeTakenOut,
  draftKindOf,
  draftWith,
  foundSending,
  heads,
  isDue,
  isReplacedBy,
  nextAfter,
} from './queue.ts'
import { noSuchAccount, noSuchOrder } from './refusals.ts'
import type { Store } from './store.ts'

/** The outbox of the store in memory: one list, in the order its rows are to leave. */
export function memoryOutbox(
  held: MemoryOrders,
): Pick<Store, keyof ReturnType<typeof giving> | keyof ReturnType<typeof asking>> {
  return { ...giving(held), ...asking(held) }
}

export interface MemoryOrders {
  readonly accounts: ReadonlyMap<AccountId, unknown>
  readonly drafts: Map<string, Draft>
  readonly files: MemoryFiles
  orders: OutboxRow[]
}

function giving(
  held: MemoryOrders,
): Pick<
  Store,
  'enqueue' | 'enqueueAll' | 'moveOrder' | 'removeOrder' | 'takeBack' | 'takeOut' | 'recoverSending'
> {
  const remove = (isOver: (row: OutboxRow) => boolean): void => {
    for (const row of held.orders.filter(isOver)) held.files.releaseFiles(row.id)
    held.orders = held.orders.filter((row) => !isOver(row))
  }
  function enqueue(row: OutboxRow): OutboxRow {
    const known = find(held, row.id)
    if (known !== undefined) return known
    if (!held.accounts.has(row.accountId)) throw noSuchAccount(row.accountId)
    remove((kept) => kept.conversationId === row.conversationId && isReplacedBy(kept, row.order))
    held.orders.push(row)
    const kind = draftKindOf(row.order)
    if (row.order.kind === 'reply' && kind !== null) {
      held.files.takeOver(row.order.files, { conversationId: row.conversationId, kind }, row.id)
      held.drafts.delete(draftOf(row.conversationId, kind))
    }
    return row
  }
  function enqueueAll(rows: readonly OutboxRow[]): OutboxRow[] {
    const { orders, drafts } = { orders: [...held.orders], drafts: new Map(held.drafts) }
    const restoreFiles = held.files.snapshot()
    try {
      return rows.map(enqueue)
    } catch (error) {
      held.orders = orders
      for (const [key, draft] of drafts) held.drafts.set(key, draft)
      restoreFiles()
      throw error
    }
  }
  return {
    enqueue: (row) => enqueueAll([row])[0] ?? row,
    enqueueAll,
    moveOrder(id, state, attempts) {
      if (state.kind === 'sending' && find(held, id) === undefined) throw noSuchOrder(id)
      if (state.kind === 'sent') held.files.releaseFiles(id)
      held.orders = held.orders.map((row) => (row.id === id ? { ...row, state, attempts } : row))
    },
    removeOrder: (id) => remove((row) => row.id === id),
    takeBack: (id) => take(held, id, canBeTakenBack, remove),
    takeOut: (id) => take(held, id, canBeTakenOut, remove),
    recoverSending() {
      const recovered: OutboxRow[] = []
      held.orders = held.orders.map((row) => {
        if (row.state.kind !== 'sending') return row
        const found = { ...row, state: foundSending(row.state) }
        recovered.push(found)
        return found
      })
      return recovered
    },
  }
}

function asking(
  held: MemoryOrders,
): Pick<Store, 'outboxRow' | 'openOrders' | 'nextDue' | 'nextDueAt' | 'claimedKeys' | 'unsentCount'> {
  const open = (): OutboxRow[] => held.orders.filter((row) => row.state.kind !== 'sent')
  return {
    outboxRow: (id) => find(held, id) ?? null,
    openOrders: (id) => open().filter((row) => id === undefined || row.conversationId === id),
    nextDue: (now) => heads(open()).filter((row) => isDue(row, now)),
    nextDueAt: (now) => nextAfter(now, heads(open())),
    claimedKeys: (id) =>
      held.orders.flatMap(({ conversationId, state }) =>
        conversationId === id && state.kind === 'sent' && state.remoteKey !== null ? [state.remoteKey] : [],
      ),
    unsentCount: (id) => open().filter((row) => row.accountId === id).length,
  }
}

function find(held: MemoryOrders, id: OutboxId): OutboxRow | undefined {
  return held.orders.find((row) => row.id === id)
}

function take(
  held: MemoryOrders,
  id: OutboxId,
  mayBe: (row: OutboxRow) => boolean,
  remove: (isOver: (row: OutboxRow) => boolean) => void,
): OutboxRow | null {
  const row = find(held, id)
  if (row === undefined || !mayBe(row)) return null
  const kind = draftKindOf(row.order)
  if (row.order.kind === 'reply' && kind !== null) {
    const place = draftOf(row.conversationId, kind)
    held.files.giveBack(id)
    const draft = draftWith(row.conversationId, row.order, held.drafts.get(place) ?? emptyDraft)
    held.drafts.delete(place)
    if (!isEmptyDraft(draft)) held.drafts.set(place, draft)
  }
  remove((each) => each.id === id)
  return row
}
