import { numberOrNull } from '../../foreign/read.ts'

/**
 * A moment as epoch ms, whatever its unit: a message's id is one in microseconds, everything else is in seconds or
 * milliseconds (docs/providers/aelyst.md §10). Null where it is too small to be any.
 */
export function momentOf(value: unknown): number | null {
  const number = numberOrNull(value)
  if (number === null || number > latest) return null
  if (number >= 1e15) return Math.floor(number / 1000)
  if (number >= 1e12) return Math.floor(number)
  return number >= 1e9 ? Math.floor(number * 1000) : null
}

/** Beyond this no date can be written. */
const latest = 8.64e18
