import { events, type AnyEvent, type EventName, type Events } from '../../shared/contract/contract.ts'
import type { Log } from '../ports/log.ts'
import { traceOf } from './trace-of.ts'

/** Numbers every event and hands it to whoever listens. An event of the wrong shape is a bug: it is logged, not sent. */
export interface EventHub {
  /** The number of the newest event; a snapshot taken now carries it. */
  revision(): number
  publish<N extends EventName>(name: N, payload: Omit<Events[N], 'revision'>): void
  listen(onEvent: (event: AnyEvent) => void): () => void
  hasListeners(): boolean
}

export function createEventHub(log: Log): EventHub {
  const listeners = new Set<(event: AnyEvent) => void>()
  let revision = 0
  return {
    revision: () => revision,
    hasListeners: () => listeners.size > 0,
    publish(name, payload) {
      revision += 1
      const parsed = events[name].safeParse({ ...payload, revision })
      if (!parsed.success) {
        log('event.malformed', { name, path: parsed.error.issues[0]?.path.join('.') ?? '' })
        return
      }
      const event = { name, payload: parsed.data } as AnyEvent
      for (const each of [...listeners]) {
        try {
          each(event)
        } catch (error) {
          // Who tells has done what there is to tell, and the others still listen.
          log('event.unheard', { name, ...traceOf(error) })
        }
      }
    },
    listen(onEvent) {
      listeners.add(onEvent)
      return () => listeners.delete(onEvent)
    },
  }
}
