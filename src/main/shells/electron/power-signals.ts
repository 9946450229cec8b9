import { net, powerMonitor } from 'electron'
import type { Clock } from '../../ports/clock.ts'
import type { Signal, Signals } from '../../ports/signals.ts'
import { watchDrift } from '../drift.ts'

/**
 * Sleep and wake as the system tells them, with drift as a second source for systems that do not; and the network
 * coming and going, of which Electron gives a state but no event.
 */
export function powerSignals(clock: Clock): Signals {
  return {
    listen(onSignal) {
      const sources = [
        on('suspend', () => onSignal('sleep')),
        on('resume', () => onSignal('wake')),
        on('lock-screen', () => onSignal('locked')),
        on('unlock-screen', () => onSignal('unlocked')),
        watchDrift(clock, () => onSignal('wake')),
        watchOnline(clock, onSignal),
      ]
      return () => sources.forEach((stop) => stop())
    },
  }
}

type PowerEvent = 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen'

function on(event: PowerEvent, run: () => void): () => void {
  // Its typings list every event apart, each the same.
  powerMonitor.on(event as 'suspend', run)
  return () => void powerMonitor.off(event as 'suspend', run)
}

const lookMs = 5000

function watchOnline(clock: Clock, onSignal: (signal: Signal) => void): () => void {
  let wasOnline = net.isOnline()
  let cancel = clock.after(lookMs, look)
  function look(): void {
    const isOnline = net.isOnline()
    cancel = clock.after(lookMs, look)
    if (isOnline !== wasOnline) onSignal(isOnline ? 'online' : 'offline')
    wasOnline = isOnline
  }
  return () => cancel()
}
