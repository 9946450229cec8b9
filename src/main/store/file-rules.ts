/** How much of a file is here, of how much there is to be. */
export interface Extent {
  readonly have: number
  readonly sizeBytes: number
}

export function isWhole({ have, sizeBytes }: Extent): boolean {
  return have === sizeBytes
}

/** The part of a piece that is not here yet; null when it would leave a hole or make more of the file than there is. */
export function freshPart({ have, sizeBytes }: Extent, offset: number, piece: Uint8Array): Uint8Array | null {
  if (offset > have || offset + piece.length > sizeBytes) return null
  return piece.subarray(Math.min(piece.length, have - offset))
}

/** How long a file nobody goes on with is kept, unfinished: a window may come back to it after a crash. */
export const halfSentKeptMs = 7 * 24 * 60 * 60 * 1000
