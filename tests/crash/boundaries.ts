import { AsyncLocalStorage } from 'node:async_hooks'
import type { Http } from '../../src/main/ports/http.ts'
import type { Provider, Session } from '../../src/main/providers/provider.ts'
import type { Store } from '../../src/main/store/store.ts'
import type { OutboxId } from '../../src/shared/domain/ids.ts'
import type { Message } from '../../src/shared/domain/message.ts'
import type { OutboxState } from '../../src/shared/domain/outbox.ts'

/**
 * Wraps what is handed to the engine, so that every step of the send path is heard by name, before and after it, in the
 * same turn. The product knows nothing of it. A reply with a file is heard of under two names.
 */
export function boundaries(reached: (step: string) => void): Boundaries {
  const carrying = new AsyncLocalStorage<Carried>()
  return {
    store: (store) => watchedStore(store, reached),
    http: ({ request }) => ({
      async request(given, signal) {
        const of = carrying.getStore()
        const isIt = of !== undefined && (of === 'lookup') === (given.method === 'GET')
        const names = isIt ? namesOf(of) : []
        for (const name of names) reached(`${name} request leaves`)
        const answer = await request(given, signal)
        for (const name of names) reached(`${name} answer arrived`)
        return answer
      },
    }),
    provider: (provider) => ({
      ...provider,
      open: (...given) => watchedSession(provider.open(...given), carrying),
    }),
  }
}

export interface Boundaries {
  store(store: Store): Store
  http(http: Http): Http
  provider(provider: Provider): Provider
}

type Carried = 'reply' | 'reply with a file' | 'action' | 'lookup'

function namesOf(carried: Carried): Carried[] {
  return carried === 'reply with a file' ? ['reply', carried] : [carried]
}

function watchedSession(session: Session, carrying: AsyncLocalStorage<Carried>): Session {
  const watched: Session = {
    ...session,
    send: (reply, signal) =>
      carrying.run(reply.files.length > 0 ? 'reply with a file' : 'reply', () => session.send(reply, signal)),
    findSent: (...sought) => carrying.run('lookup', () => session.findSent(...sought)),
  }
  const { done, labels } = session
  return {
    ...watched,
    ...(done === undefined
      ? {}
      : { done: { ...done, resolve: (...of) => carrying.run('action', () => done.resolve(...of)) } }),
    ...(labels === undefined
      ? {}
      : { labels: { ...labels, change: (...of) => carrying.run('action', () => labels.change(...of)) } }),
  }
}

function watchedStore(store: Store, reached: (step: string) => void): Store {
  /** While what a pull brought is being told, which is one turn. */
  let isTellingOfPage = false
  function around<T>(steps: string | readonly string[], commit: () => T): T {
    const names = typeof steps === 'string' ? [steps] : steps
    for (const step of names) reached(`before ${step}`)
    const result = commit()
    for (const step of names) reached(`after ${step}`)
    return result
  }
  const kindsOf = (id: OutboxId): readonly Carried[] => {
    const order = store.outboxRow(id)?.order
    if (order === undefined) return []
    return order.kind === 'reply' && order.files.length > 0 ? namesOf('reply with a file') : [order.kind]
  }
  return {
    ...store,
    putDraft: (id, kind, draft) => around('draft', () => store.putDraft(id, kind, draft)),
    putFile: (file) => around('file', () => store.putFile(file)),
    appendFile: (id, offset, bytes) => around('piece', () => store.appendFile(id, offset, bytes)),
    enqueue: (row) => around('keep', () => store.enqueue(row)),
    enqueueAll: (rows) => around('keep', () => store.enqueueAll(rows)),
    takeBack: (id) => around('taking back', () => store.takeBack(id)),
    moveOrder(id, state, attempts) {
      const step = state.kind === 'sent' && isTellingOfPage ? 'noticed' : stepOf(state)
      const steps = kindsOf(id).map((kind) => `${kind} ${step}`)
      around(steps, () => store.moveOrder(id, state, attempts))
    },
    removeOrder(id) {
      const steps = kindsOf(id).map((kind) => `${kind} removed`)
      around(steps, () => store.removeOrder(id))
    },
    recoverSending: () => around('recover', () => store.recoverSending()),
    applyPage(accountId, page) {
      const isOurs = page.messages.some((message) => isOfOpenReply(store, message))
      isTellingOfPage = true
      queueMicrotask(() => (isTellingOfPage = false))
      return around(isOurs ? 'page with our own' : [], () => store.applyPage(accountId, page))
    },
  }
}

function stepOf(state: OutboxState): string {
  if (state.kind === 'unsure' && state.asked) return 'asking'
  return state.kind === 'sending' && state.isPreparing === true ? 'preparing' : state.kind
}

function isOfOpenReply(store: Store, { side, ownId, text, conversationId }: Message): boolean {
  if (side !== 'me') return false
  return store
    .openOrders(conversationId)
    .some(({ id, order }) => order.kind === 'reply' && (ownId === null ? order.text === text : ownId === id))
}
