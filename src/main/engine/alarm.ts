import type { Clock } from '../ports/clock.ts'

/** One wait for the loop, ended by a named timer or by hand. */
export interface Alarm {
  after(delayMs: number, name: 'pull' | 'fill', onRing: () => void): void
  forget(name: 'pull' | 'fill'): void
  ring(): void
  wait(): Promise<void>
}

export function createAlarm(clock: Clock): Alarm {
  const timers = new Map<string, () => void>()
  let isRung = false
  let wake: () => void = () => {}
  const ring = (): void => {
    isRung = true
    wake()
  }
  return {
    after(delayMs, name, onRing) {
      timers.get(name)?.()
      const cancel = clock.after(delayMs, () => {
        onRing()
        ring()
      })
      timers.set(name, cancel)
    },
    forget(name) {
      timers.get(name)?.()
      timers.delete(name)
    },
    ring,
    async wait() {
      if (!isRung) await new Promise<void>((resolve) => (wake = resolve))
      isRung = false
    },
  }
}
