import type { Conversation } from '../../../shared/domain/conversation.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'
import { ProviderFailure, type DoneBundle } from '../provider.ts'
import type { Desk } from './desk.ts'

const timeoutMs = 20_000

/**
 * Closing and opening again. Most servers answer 200 to it and do nothing (docs/providers/wapikit.md §1, §6.3), so each is
 * read back. `leave` takes this bundle out of the session: from then on it is done on this computer.
 */
export function doneBundle(
  desk: Desk,
  leave: () => void,
): Required<Pick<DoneBundle, 'resolve' | 'reopen' | 'verb'>> {
  async function set(key: string, order: Order, signal: AbortSignal): Promise<Conversation> {
    desk.shelf.drop(key)
    const body = { status: order.status }
    try {
      const answer = await desk.client.call({ path: desk.conversationPath(key), body, timeoutMs }, signal)
      // Servers that do nothing say nothing; what says something says it in JSON.
      if (answer.bytes.length > 0) answer.json()
    } catch (error) {
      if (error instanceof ProviderFailure && error.kind === 'forbidden') {
        leave()
        desk.learned.note({ mayUpdate: false })
      }
      throw error
    }
    const { conversation } = await tellingLeft(true, desk.read(key, signal))
    if (conversation.status.kind === order.leadsTo) {
      desk.learned.note({ updateWorks: true })
      return conversation
    }
    leave()
    desk.learned.note({ updateWorks: false })
    throw order.notDone(desk, conversation)
  }

  return {
    verb: 'close',
    resolve: (key, _, signal) => set(key, closing, signal),
    async reopen(key, signal) {
      return { conversation: await set(key, opening, signal), restored: true }
    },
  }
}

interface Order {
  readonly status: 'Closed' | 'Active'
  readonly leadsTo: 'done' | 'open'
  notDone(desk: Desk, conversation: Conversation): ProviderFailure
}

const closing: Order = {
  status: 'Closed',
  leadsTo: 'done',
  notDone: ({ client }) =>
    new ProviderFailure({
      kind: 'rejected',
      code: 'notCarriedOut',
      facts: { host: client.host },
      mayHaveLeft: false,
    }),
}

const opening: Order = {
  status: 'Active',
  leadsTo: 'open',
  notDone: (desk, { status }) => desk.notDone(status.kind),
}
