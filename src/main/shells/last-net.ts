import type { Log } from '../ports/log.ts'
import { traceOf } from '../engine/trace-of.ts'

/**
 * Catches what nobody caught in this process: it is logged without its words and handed on, and the app goes on, since
 * whatever must not be lost is on the disk already. Returns how to take the net away again.
 */
export function spreadLastNet(process: Thrower, log: Log, onCaught: (error: unknown) => void): () => void {
  const caught = (error: unknown): void => {
    log('app.broke', traceOf(error))
    try {
      onCaught(error)
    } catch (still) {
      log('app.broke', traceOf(still))
    }
  }
  process.on('uncaughtException', caught)
  // Electron only prints these, and Node would end.
  process.on('unhandledRejection', caught)
  return () => {
    process.off('uncaughtException', caught)
    process.off('unhandledRejection', caught)
  }
}

/** What is needed of a process. */
export interface Thrower {
  on(event: 'uncaughtException' | 'unhandledRejection', heard: (error: unknown) => void): unknown
  off(event: 'uncaughtException' | 'unhandledRejection', heard: (error: unknown) => void): unknown
}
