import { ProviderFailure } from '../provider.ts'
import type { OwnContact } from './keys.ts'

/** The addresses below an inbox, and what it means when nothing is there. */
export function pathOf({ identifier }: OwnContact, tail: string): string {
  return `/contacts/${encodeURIComponent(identifier)}${tail}`
}

export function ticketPath(key: string): string {
  return `/conversations/${encodeURIComponent(key)}`
}

export function isGone(error: unknown): boolean {
  return error instanceof ProviderFailure && error.kind === 'gone'
}

export function goneAt(host: string): ProviderFailure {
  return new ProviderFailure({ kind: 'gone', code: 'gone', facts: { host }, mayHaveLeft: false })
}

/** The inbox or the contact is not known any more: only new identifiers help. */
export function unknownKeys(host: string): ProviderFailure {
  return new ProviderFailure({ kind: 'auth', code: 'auth', facts: { host }, mayHaveLeft: false })
}
