import type { Signal } from '../ports/signals.ts'
import type { Core } from './core.ts'

/** What the engine makes of what its host notices. Sends are hurried before polls, so that they leave first. */
export function onSignal(core: Core, signal: Signal): void {
  core.presence.heard(signal)
  switch (signal) {
    case 'sleep':
      return core.desk.letGo()
    case 'wake':
      core.desk.letGo()
      return hurry(core)
    case 'online':
    case 'unlocked':
      return hurry(core)
    case 'shown':
      return core.desk.kickAll()
    case 'hidden':
      core.looking = { ...core.looking, visible: false, focused: false }
      return
    case 'offline':
    case 'locked':
  }
}

function hurry(core: Core): void {
  core.gate.hurry()
  core.outbox.hurry()
  core.desk.kickAll()
}
