import type { AccountId, OutboxId } from '../../shared/domain/ids.ts'
import { StoreFault } from './store.ts'

/** Marks, drafts and orders belong to an account: without it nobody would ever send or show them. */
export function noSuchAccount(id: AccountId): StoreFault {
  return new StoreFault('other', `There is no account ${id} here. Add it again first.`)
}

/** A row that was discarded meanwhile must not leave. */
export function noSuchOrder(id: OutboxId): StoreFault {
  return new StoreFault('other', `The order ${id} is not in the outbox any more.`)
}
