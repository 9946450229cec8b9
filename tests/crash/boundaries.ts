import { AsyncLocalStorage } from 'node:async_hooks'
import type { Http } from '../../src/main/ports/http.ts'
import type { Provider, Session } from '../../src/main/providers/provider.ts'
import type { Store } from '../../src/main/store/store.ts'
import type { OutboxId } from '../../src/shared/domain/ids.ts'
import type { OutboxState } from '../../src/shared/domain/outbox.ts'

/**
 * Wraps what is handed to the engine, so that every step of the send path is heard by name, before and after it, in the
 * same turn. The product knows nothing of it.
 */
export function boundaries(reached: (step: string) => void): Boundaries {
  const carrying = new AsyncLocalStorage<'reply' | 'action' | 'lookup'>()
  return {
    store: (store) => watchedStore(store, reached),
    http: ({ request }) => ({
      async request(given, signal) {
        const of = carrying.getStore()
        const isIt = of !== undefined && (of === 'lookup') === (given.method === 'GET')
        if (isIt) reached(`${of} request leaves`)
        const answer = await request(given, signal)
        if (isIt) reached(`${of} answer arrived`)
        return answer
      },
    }),
    provider: (provider) => ({
      ...provider,
      open: (...given) => {
        const session = provider.open(...given)
        const { done, labels } = session
        const watched: Session = {
          ...session,
          send: (...reply) => carrying.run('reply', () => session.send(...reply)),
          findSent: (...sought) => carrying.run('lookup', () => session.findSent(...sought)),
        }
        return {
          ...watched,
          ...(done === undefined
            ? {}
            : { done: { ...done, resolve: (...of) => carrying.run('action', () => done.resolve(...of)) } }),
          ...(labels === undefined
            ? {}
            : {
                labels: { ...labels, change: (...of) => carrying.run('action', () => labels.change(...of)) },
              }),
        }
      },
    }),
  }
}

export interface Boundaries {
  store(store: Store): Store
  http(http: Http): Http
  provider(provider: Provider): Provider
}

function watchedStore(store: Store, reached: (step: string) => void): Store {
  function around<T>(step: string, commit: () => T): T {
    reached(`before ${step}`)
    const result = commit()
    reached(`after ${step}`)
    return result
  }
  const kindOf = (id: OutboxId): string => store.outboxRow(id)?.order.kind ?? 'gone'
  return {
    ...store,
    enqueue: (row) => around('keep', () => store.enqueue(row)),
    enqueueAll: (rows) => around('keep', () => store.enqueueAll(rows)),
    moveOrder(id, state, attempts) {
      around(`${kindOf(id)} ${stepOf(state)}`, () => store.moveOrder(id, state, attempts))
    },
    removeOrder(id) {
      around(`${kindOf(id)} removed`, () => store.removeOrder(id))
    },
    recoverSending: () => around('recover', () => store.recoverSending()),
  }
}

function stepOf(state: OutboxState): string {
  if (state.kind === 'unsure' && state.asked) return 'asking'
  return state.kind === 'sending' && state.isPreparing === true ? 'preparing' : state.kind
}
