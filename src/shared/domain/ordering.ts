import type { Message } from './message.ts'

/** Oldest first: by the moment it was sent, then by the provider's own sequence, then by key so the order is total. */
export function compareMessages(
  a: Pick<Message, 'sentAt' | 'sequence' | 'key'>,
  b: Pick<Message, 'sentAt' | 'sequence' | 'key'>,
): number {
  return a.sentAt - b.sentAt || a.sequence - b.sequence || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}
