/** A stream of chance that is the same for the same seed: a failing scenario can be played again. */
export interface SeededRandom {
  /** At least 0, below 1. */
  next(): number
  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number
  pick<T>(from: readonly T[]): T
  chance(probability: number): boolean
  letters(count: number, alphabet?: string): string
}

const lettersAndDigits = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789'

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  function between(lowest: number, highest: number): number {
    return lowest + Math.floor(next() * (highest - lowest + 1))
  }
  function pick<T>(from: readonly T[]): T {
    const picked = from[between(0, from.length - 1)]
    if (picked === undefined) throw new Error('Nothing to pick from: the list is empty.')
    return picked
  }
  function letters(count: number, alphabet = lettersAndDigits): string {
    return Array.from({ length: count }, () => alphabet[between(0, alphabet.length - 1)]).join('')
  }
  return { next, between, pick, chance: (probability) => next() < probability, letters }
}

/** A number that depends on the text alone: for pictures and ids that must not change between runs. */
export function numberOfText(text: string): number {
  let hash = 2166136261
  for (const unit of new TextEncoder().encode(text)) hash = Math.imul(hash ^ unit, 16777619)
  return hash >>> 0
}
