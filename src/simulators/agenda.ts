/** What is to happen later in a simulated world, by its own clock: nothing happens until `run` is called. */
export interface Agenda {
  after(delayMs: number, happen: () => void): () => void
  /** Lets everything happen that is due by now, in order, also what that in turn makes due. Returns how much. */
  run(): number
  clear(): void
}

export interface SimulatorClock {
  now(): number
}

interface Entry {
  readonly dueAt: number
  readonly sequence: number
  readonly happen: () => void
}

export function createAgenda(clock: SimulatorClock): Agenda {
  const entries = new Set<Entry>()
  let sequence = 0

  function after(delayMs: number, happen: () => void): () => void {
    sequence += 1
    const entry = { dueAt: clock.now() + delayMs, sequence, happen }
    entries.add(entry)
    return () => entries.delete(entry)
  }

  function run(): number {
    let happened = 0
    for (let entry = nextDue(); entry !== undefined; entry = nextDue()) {
      entries.delete(entry)
      entry.happen()
      happened += 1
    }
    return happened
  }

  function nextDue(): Entry | undefined {
    const due = [...entries].filter((entry) => entry.dueAt <= clock.now())
    return due.sort((a, b) => a.dueAt - b.dueAt || a.sequence - b.sequence)[0]
  }

  return { after, run, clear: () => entries.clear() }
}
