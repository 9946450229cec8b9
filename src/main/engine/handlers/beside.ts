import type { PanelRow } from '../../../shared/contract/contract.ts'
import { emptyDirectory } from '../../../shared/domain/directory.ts'
import { accountOf, keyOf, type AccountId, type ConversationId } from '../../../shared/domain/ids.ts'
import type { Panel } from '../../providers/provider.ts'
import { askServer, having, take, told } from '../asking.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { agentRow } from '../rows-beside.ts'

type Names =
  | 'panel.read'
  | 'panel.addNote'
  | 'panel.removeNote'
  | 'panel.participants'
  | 'notifications.page'
  | 'notifications.change'
  | 'search.ask'
  | 'folder.save'
  | 'folder.remove'

/** What stands beside the list and the thread: the customer's panel, notifications, search, folders. */
export function besideHandlers(core: Core): Pick<Handlers, Names> {
  return { ...panelHandlers(core), ...lookingHandlers(core) }
}

function panelHandlers(
  core: Core,
): Pick<Handlers, 'panel.read' | 'panel.addNote' | 'panel.removeNote' | 'panel.participants'> {
  return {
    async 'panel.read'({ conversationId }) {
      const id = conversationId as ConversationId
      const said = told(core, id)
      const directory = core.parts.store.directory(accountOf(id)) ?? emptyDirectory
      const panel = await askServer(core, accountOf(id), (session, signal) =>
        having(session.panel).read(said, directory, signal),
      )
      return { panel: panelRow(core, accountOf(id), panel) }
    },
    async 'panel.addNote'({ conversationId, text }) {
      const id = conversationId as ConversationId
      const { customer } = told(core, id)
      await askServer(
        core,
        accountOf(id),
        (session, signal) => having(session.panel?.notes).add(customer.key, text, signal),
        { acts: true },
      )
      return {}
    },
    async 'panel.removeNote'({ conversationId, key }) {
      const id = conversationId as ConversationId
      const { customer } = told(core, id)
      await askServer(
        core,
        accountOf(id),
        (session, signal) => having(session.panel?.notes).remove(customer.key, key, signal),
        { acts: true },
      )
      return {}
    },
    async 'panel.participants'({ conversationId, add, remove }) {
      const id = conversationId as ConversationId
      told(core, id)
      await askServer(
        core,
        accountOf(id),
        (session, signal) => having(session.participants).change(keyOf(id), { add, remove }, signal),
        { acts: true },
      )
      return {}
    },
  }
}

function lookingHandlers(
  core: Core,
): Pick<
  Handlers,
  'notifications.page' | 'notifications.change' | 'search.ask' | 'folder.save' | 'folder.remove'
> {
  return {
    async 'notifications.page'({ accountId, page }) {
      const found = await askServer(core, accountId as AccountId, (session, signal) =>
        having(session.notifications).page(page, signal),
      )
      return { ...found, notifications: found.notifications.map((each) => ({ ...each })) }
    },
    async 'notifications.change'({ accountId, key, change }) {
      const id = accountId as AccountId
      await askServer(
        core,
        id,
        (session, signal) => having(session.notifications).change(key, change, signal),
        { acts: true },
      )
      void core.directories.refresh(id)
      return {}
    },
    async 'search.ask'({ accountId, what, words, page }) {
      const found = await askServer(core, accountId as AccountId, (session, signal) =>
        having(session.search).ask({ what, words: words.trim(), page }, signal),
      )
      return { hits: found.hits.map((each) => ({ ...each })), hasMore: found.hasMore }
    },
    async 'folder.save'({ accountId, name, terms }) {
      const id = accountId as AccountId
      const key = await askServer(
        core,
        id,
        (session, signal) => having(session.folders).save(name.trim(), terms, signal),
        { acts: true },
      )
      await core.directories.refresh(id)
      return { key }
    },
    async 'folder.remove'({ accountId, key }) {
      const id = accountId as AccountId
      await askServer(core, id, (session, signal) => having(session.folders).remove(key, signal), {
        acts: true,
      })
      await core.directories.refresh(id)
      return {}
    },
  }
}

function panelRow(core: Core, id: AccountId, panel: Panel): PanelRow {
  const media = core.mediaOf(id)
  const { name, email, phone, identifier, avatarUrl, blocked, attributes } = panel.customer
  take(core, {
    conversations: panel.previous.map((each) => each.conversation),
    messages: panel.previous.flatMap((each) => each.messages),
  })
  const previous = panel.previous.flatMap(
    ({ conversation }) => core.parts.store.conversation(conversation.id) ?? [],
  )
  return {
    customer: {
      ...{ name, email, phone, identifier, blocked },
      avatar: media(avatarUrl, name),
      attributes: attributes.map((each) => ({ ...each })),
    },
    conversation: { attributes: panel.conversation.attributes.map((each) => ({ ...each })) },
    notes: panel.notes.map((each) => ({ ...each })),
    participants: panel.participants.map((each) => agentRow(each, media)),
    previous: core.publisher.rows(previous),
    missing: [...panel.missing],
  }
}
