/** What the host notices about the world. The host plugs in the source; the engine keeps the meaning. */
export type Signal = 'wake' | 'sleep' | 'online' | 'offline' | 'shown' | 'hidden'

export interface Signals {
  listen(onSignal: (signal: Signal) => void): () => void
}
