/**
 * What the host notices about the world. The host plugs in the source; the engine keeps the meaning. A host may miss
 * any of them: drift tells of waking a second time, and nothing sleeps for longer than timers stand still.
 */
export type Signal = 'wake' | 'sleep' | 'online' | 'offline' | 'shown' | 'hidden' | 'locked' | 'unlocked'

export interface Signals {
  listen(onSignal: (signal: Signal) => void): () => void
}
