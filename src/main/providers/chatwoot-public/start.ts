import { ProviderFailure, type StartBundle, type StartInbox } from '../provider.ts'
import type { Desk } from './desk.ts'
import type { OwnContact } from './keys.ts'
import { ticketIn } from './tickets.ts'

const timeoutMs = 20_000

/**
 * A new ticket of our own, as whichever of us is chosen. An inbox that keeps one conversation for each customer answers
 * with that one, also when it is resolved (docs/providers/chatwoot-public.md §2.2).
 */
export function startBundle(desk: Desk): StartBundle {
  return {
    isOwn: true,
    customers: () => Promise.resolve([]),
    inboxes: (_key, signal) => {
      signal.throwIfAborted()
      return Promise.resolve(desk.contacts().map((each) => inboxOf(desk, each)))
    },
    async begin({ customer, inboxKey }, signal) {
      if (customer.kind !== 'own') {
        const facts = { host: desk.client.host }
        throw new ProviderFailure({ kind: 'rejected', code: 'notPossible', facts, mayHaveLeft: false })
      }
      const [first, ...others] = desk.contacts()
      const contact = [first, ...others].find(({ key }) => key === inboxKey) ?? first
      const answer = await desk.ofContact(contact, { path: '/conversations', body: {}, timeoutMs }, signal)
      const told = ticketIn(desk, answer, contact, true)
      return told.messages.length > 0 ? told : { ...told, conversation: begunNow(told.conversation) }
    },
  }

  /** Without a message nothing says when it began. */
  function begunNow<T extends { readonly createdAt: number; readonly lastActivityAt: number }>(ticket: T): T {
    const now = desk.clock.now()
    return { ...ticket, createdAt: ticket.createdAt || now, lastActivityAt: ticket.lastActivityAt || now }
  }
}

/** Several of us are told apart as inboxes are. */
function inboxOf({ frame }: Desk, { key, name }: OwnContact): StartInbox {
  const nothing = { hasSubject: false, templates: [], onlyTemplates: false }
  const isNamed = frame.hasSeveral && name !== ''
  return { key, name: isNamed ? name : frame.inboxName, channel: 'api', needs: 'nothing', ...nothing }
}
