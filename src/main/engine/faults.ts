import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { failureOf } from './dispatch.ts'
import type { EventHub } from './event-hub.ts'
import { traceOf } from './trace-of.ts'

/**
 * What was thrown where nobody stands above, such as in a timer: it is logged, and a bug is told to the agent too, but
 * now and then only. Nothing else happens: what could not be done now is done by the next turn.
 */
export function createFaults({ log, clock, hub, logFile }: FaultParts): (error: unknown) => void {
  let toldAt = -Infinity
  return (error) => {
    const { code } = failureOf(error)
    log('engine.broke', { code, ...traceOf(error) })
    const isTold = Math.abs(clock.now() - toldAt) < tellEveryMs
    if (code !== 'internal' || isTold) return
    toldAt = clock.now()
    hub.publish('notice.raised', {
      notice: 'innerFault',
      conversationId: null,
      facts: { log: logFile ?? '' },
    })
  }
}

export interface FaultParts {
  readonly log: Log
  readonly clock: Clock
  readonly hub: EventHub
  readonly logFile: string | null
}

const tellEveryMs = 600_000
