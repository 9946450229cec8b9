/** Time as the engine sees it. Tests turn it by hand. */
export interface Clock {
  /** Wall clock, epoch ms: for what is shown, stored or compared with a server. */
  now(): number
  /** Runs once after `delayMs` of monotonic time; returns how to cancel. */
  after(delayMs: number, run: () => void): () => void
}
