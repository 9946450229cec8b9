import type { Customer } from '../../../shared/domain/conversation.ts'
import { Refusal } from '../../../shared/contract/failure.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { say } from '../../../shared/words/words.ts'
import { askServer, having, take } from '../asking.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { templateRow } from '../rows-beside.ts'
import { isAddress } from './asked.ts'

type Names = 'start.customers' | 'start.inboxes' | 'start.begin'

/** A conversation the agent begins: opened at the server first, its first message then goes the way of every reply. */
export function startHandlers(core: Core, send: Handlers['reply.send']): Pick<Handlers, Names> {
  return {
    async 'start.customers'({ accountId, words }) {
      const id = accountId as AccountId
      const media = core.mediaOf(id)
      const found = await askServer(core, id, (session, signal) =>
        having(session.start).customers(words.trim(), signal),
      )
      return {
        customers: found.map(({ key, name, email, phone, avatarUrl }: Customer) => ({
          ...{ key, name, email, phone },
          avatar: media(avatarUrl, name),
        })),
      }
    },
    async 'start.inboxes'({ accountId, customerKey }) {
      const inboxes = await askServer(core, accountId as AccountId, (session, signal) =>
        having(session.start).inboxes(customerKey, signal),
      )
      return { inboxes: inboxes.map((each) => ({ ...each, templates: each.templates.map(templateRow) })) }
    },
    async 'start.begin'({ accountId, customer, inboxKey, subject, text, template, clientKey }) {
      if (text.trim() === '' && template === null) throw new Refusal('badInput', { field: 'text' })
      if (customer.kind === 'new' && customer.email !== null && !isAddress(customer.email))
        throw new Refusal('badEmail', { email: customer.email })
      const isOwn = core.desk.accounts.get(accountId as AccountId)?.can.startOwn ?? false
      if (isOwn !== (customer.kind === 'own')) throw new Refusal('notPossible')
      const begun = await askServer(
        core,
        accountId as AccountId,
        (session, signal) => having(session.start).begin({ customer, inboxKey, subject }, signal),
        { acts: true },
      )
      take(core, { conversations: [begun.conversation], messages: begun.messages })
      const { id, customer: who } = begun.conversation
      // A server may go on with a conversation that is there already, in which something else is being written.
      const { store } = core.parts
      const draft = store.draft(id, 'reply')
      try {
        await send({
          ...{ conversationId: id, text, template, clientKey },
          ...{ isNote: false, replyTo: null, mentions: [], files: [], cc: [], bcc: [] },
        })
        store.putDraft(id, 'reply', draft)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        // The conversation is there now; what its channel does not take stays in its draft, and the agent hears why.
        const words = [draft.text, text].filter((each) => each !== '').join('\n\n')
        store.putDraft(id, 'reply', { ...draft, text: words })
        core.publisher.draftMoved(id)
        const what = say(`failure.${error.failure.code}`, error.failure.facts)
        const facts = { name: who.name, what }
        core.hub.publish('notice.raised', { notice: 'orderRefused', conversationId: id, facts })
      }
      return { conversationId: id }
    },
  }
}
