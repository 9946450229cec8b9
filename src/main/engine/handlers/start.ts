import type { Customer } from '../../../shared/domain/conversation.ts'
import { Refusal } from '../../../shared/contract/failure.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
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
      const begun = await askServer(
        core,
        accountId as AccountId,
        (session, signal) => having(session.start).begin({ customer, inboxKey, subject }, signal),
        { acts: true },
      )
      take(core, { conversations: [begun.conversation], messages: begun.messages })
      const conversationId = begun.conversation.id
      await send({
        ...{ conversationId, text, template, clientKey },
        ...{ isNote: false, replyTo: null, mentions: [], files: [], cc: [], bcc: [] },
      })
      return { conversationId }
    },
  }
}
