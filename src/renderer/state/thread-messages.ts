import type { MessageRow } from '../../shared/contract/contract.ts'

/** Messages with some replaced, added or gone, oldest first. The same array comes back when nothing differs. */
export function mergeMessages(
  held: readonly MessageRow[],
  upserted: readonly MessageRow[],
  removed: readonly string[],
): readonly MessageRow[] {
  if (upserted.length === 0 && removed.length === 0) return held
  const byId = new Map(held.map((message) => [message.id, message]))
  for (const id of removed) byId.delete(id)
  for (const message of upserted) byId.set(message.id, message)
  return [...byId.values()].sort(compareMessageRows)
}

/** Older messages in front; what is held already is newer knowledge and stays. */
export function prependMessages(
  held: readonly MessageRow[],
  older: readonly MessageRow[],
): readonly MessageRow[] {
  const ids = new Set(held.map((message) => message.id))
  return [...older.filter((message) => !ids.has(message.id)), ...held].sort(compareMessageRows)
}

function compareMessageRows(a: MessageRow, b: MessageRow): number {
  return a.sentAt - b.sentAt || a.sequence - b.sequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
