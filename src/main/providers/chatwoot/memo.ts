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
      return stored !== null && stored.length === body.length && Buffer.compare(stored, body) === 0
    },
    end(cursor) {
      returned = cursor
    },
  }
}
