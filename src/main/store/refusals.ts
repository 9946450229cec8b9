import type { AccountId, OutboxId } from '../../shared/domain/ids.ts'
import { FileFault, StoreFault } from './store.ts'

/** Marks, drafts and orders belong to an account: without it nobody would ever send or show them. */
export function noSuchAccount(id: AccountId): StoreFault {
  return new StoreFault('other', `There is no account ${id} here. Add it again first.`)
}

/** A row that was discarded meanwhile must not leave. */
export function noSuchOrder(id: OutboxId): StoreFault {
  return new StoreFault('other', `The order ${id} is not in the outbox any more.`)
}

/** A reply leaves with all of its files or not at all. */
export function noSuchFile(id: string): FileFault {
  return new FileFault('missing', `The file ${id} is not here, or not all of it.`)
}

/** A hole in a file could never be found again. */
export function noPlaceFor(id: string, piece: { readonly offset: number; readonly have: number }): FileFault {
  return new FileFault(
    'misfit',
    `A piece at ${piece.offset} does not fit the file ${id}, which has ${piece.have}.`,
  )
}
