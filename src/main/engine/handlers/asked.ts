import { Refusal } from '../../../shared/contract/failure.ts'
import { emptyDirectory } from '../../../shared/domain/directory.ts'
import {
  accountOf,
  keyOf,
  type AccountId,
  type ConversationId,
  type MessageId,
} from '../../../shared/domain/ids.ts'
import { askServer, having, take, told } from '../asking.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { isOwnRowId } from '../rows.ts'
import { agentRow, directoryRow, templateRow } from '../rows-beside.ts'
import { ProviderFailure } from '../../providers/provider.ts'

type Names =
  | 'message.delete'
  | 'message.retry'
  | 'macro.run'
  | 'transcript.send'
  | 'typing.tell'
  | 'availability.set'
  | 'directory.read'
  | 'assign.candidates'
  | 'templates.list'
  | 'conversation.fetch'

/** What is asked of one conversation's or one account's server directly. */
export function askedHandlers(core: Core): Pick<Handlers, Names> {
  return {
    ...messageHandlers(core),
    ...accountHandlers(core),
    async 'macro.run'({ conversationId, macroKey }) {
      const id = conversationId as ConversationId
      const { told: now, isChanged } = await act(core, id, (session, signal) =>
        having(session.macros).run(macroKey, told(core, id), signal),
      )
      take(core, { conversations: [now.conversation], messages: now.messages })
      core.desk.sync(accountOf(id))?.focus(id)
      return { isChanged }
    },
    async 'transcript.send'({ conversationId, email }) {
      const id = conversationId as ConversationId
      if (!isAddress(email)) throw new Refusal('badEmail', { email })
      await act(core, id, (session, signal) =>
        having(session.transcript).send(keyOf(id), email.trim(), signal),
      )
      return {}
    },
    'typing.tell'({ conversationId, isNote, isTyping }) {
      core.typing.tell(conversationId as ConversationId, { isNote, isTyping })
      return {}
    },
    async 'assign.candidates'({ conversationId }) {
      const id = conversationId as ConversationId
      const { inbox } = told(core, id)
      const media = core.mediaOf(accountOf(id))
      try {
        const people = await askServer(core, accountOf(id), (session, signal) =>
          having(session.assign).candidates(inbox.key, signal),
        )
        return { people: people.map((each) => agentRow(each, media)), isFresh: true }
      } catch (error) {
        // Offline, the people of the account are a better answer than none: the order is checked when it is carried out.
        if (!isOutOfReach(error)) throw error
        const { agents } = core.parts.store.directory(accountOf(id)) ?? emptyDirectory
        return { people: agents.map((each) => agentRow(each, media)), isFresh: false }
      }
    },
    'templates.list'({ conversationId }) {
      const id = conversationId as ConversationId
      const { inbox } = told(core, id)
      const { inboxes } = core.directories.read(accountOf(id))
      const templates = inboxes.find((each) => each.key === inbox.key)?.templates ?? []
      return { templates: templates.map(templateRow) }
    },
  }
}

function messageHandlers(core: Core): Pick<Handlers, 'message.delete' | 'message.retry'> {
  const keyIn = (id: ConversationId, message: string): string => {
    const isOfIt = message.startsWith(`${id}/`) && !isOwnRowId(id, message)
    if (!isOfIt) throw new Refusal('notFound')
    return (message as MessageId).slice(id.length + 1)
  }
  return {
    async 'message.delete'({ conversationId, messageId }) {
      const id = conversationId as ConversationId
      const key = keyIn(id, messageId)
      const message = await act(core, id, (session, signal) =>
        having(session.messages).remove(keyOf(id), key, signal),
      )
      take(core, { conversations: [], messages: [message] })
      return {}
    },
    async 'message.retry'({ conversationId, messageId }) {
      const id = conversationId as ConversationId
      const key = keyIn(id, messageId)
      const message = await act(core, id, (session, signal) =>
        having(having(session.messages).retry)(keyOf(id), key, signal),
      )
      take(core, { conversations: [], messages: [message] })
      return {}
    },
  }
}

function accountHandlers(
  core: Core,
): Pick<Handlers, 'availability.set' | 'directory.read' | 'conversation.fetch'> {
  return {
    async 'availability.set'({ accountId, availability, autoOffline }) {
      const id = accountId as AccountId
      await askServer(
        core,
        id,
        async (session, signal) => {
          const bundle = having(session.availability)
          if (availability !== null) await bundle.set(availability, signal)
          if (autoOffline !== null) await having(bundle.setAutoOffline)(autoOffline, signal)
        },
        { acts: true },
      )
      await core.directories.refresh(id)
      return {}
    },
    'directory.read'({ accountId }) {
      const id = accountId as AccountId
      if (!core.desk.accounts.has(id)) throw new Refusal('notFound')
      return { directory: directoryRow(core.directories.read(id), core.mediaOf(id)) }
    },
    async 'conversation.fetch'({ accountId, key }) {
      const now = await askServer(core, accountId as AccountId, (session, signal) =>
        session.look(key, signal),
      )
      take(core, { conversations: [now.conversation], messages: now.messages })
      return { conversationId: now.conversation.id }
    },
  }
}

/** Changes something at the server: once, now or not at all. */
function act<T>(core: Core, id: ConversationId, what: Parameters<typeof askServer<T>>[2]): Promise<T> {
  told(core, id)
  return askServer(core, accountOf(id), what, { acts: true })
}

function isOutOfReach(error: unknown): boolean {
  if (error instanceof ProviderFailure) return error.kind === 'offline' || error.kind === 'busy'
  return error instanceof Refusal && error.failure.code === 'offline'
}

export function isAddress(text: string): boolean {
  return /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(text.trim())
}
