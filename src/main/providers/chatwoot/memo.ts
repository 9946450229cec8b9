/**
 * The body of the last answer, to stop early where a new one says the same. It counts only once the cursor that was
 * returned with it comes back: a page that was never stored must be told again.
 */
export interface Memo {
  begin(cursor: string | null): void
  /** Whether this body is the one the last stored page was made of. */
  isSame(body: Uint8Array): boolean
  end(cursor: string): void
}

export function createMemo(): Memo {
  let stored: Uint8Array | null = null
  let fresh: Uint8Array | null = null
  let returned: string | null = null
  return {
    begin(cursor) {
      const isStored = returned !== null && cursor === returned
      stored = isStored ? fresh : null
      fresh = null
      returned = null
    },
    isSame(body) {
      fresh = body
      return stored !== null && isEqual(stored, body)
    },
    end(cursor) {
      returned = cursor
    },
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
