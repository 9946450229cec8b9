/** Time as the engine sees it. Tests turn it by hand. */
export interface Clock {
  /** Wall clock, epoch ms: for what is shown, stored or compared with a server. */
  now(): number
  /** Monotonic ms since some moment of this process: for intervals. It may stand still while the computer sleeps. */
  elapsed(): number
  /** Runs once after `delayMs` of monotonic time; returns how to cancel. */
  after(delayMs: number, run: () => void): () => void
}
