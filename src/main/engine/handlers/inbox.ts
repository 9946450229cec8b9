import type { Input, MessageRow, Output } from '../../../shared/contract/contract.ts'
import { Refusal } from '../../../shared/contract/failure.ts'
import {
  accountOf,
  keyOf,
  type AccountId,
  type ConversationId,
  type MessageId,
} from '../../../shared/domain/ids.ts'
import { askServer, having, take } from '../asking.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { isOwnRowId } from '../rows.ts'

type Names = 'inbox.page' | 'thread.open' | 'thread.older'

const threadPage = 40

export function inboxHandlers(core: Core): Pick<Handlers, Names> {
  const { store } = core.parts
  return {
    'inbox.page'({ view, accountId, find, sort, folder, terms, after, limit }) {
      if (folder !== null || terms !== null)
        return folderPage(core, accountId as AccountId | null, { folder, terms }, after)
      const query = { view, accountId: accountId as AccountId | null, find, sort }
      const page = store.inboxPage(query, after, limit)
      return { revision: core.hub.revision(), rows: core.publisher.rows(page.rows), next: page.next }
    },
    'thread.open'({ conversationId }) {
      const id = conversationId as ConversationId
      const conversation = core.publisher.row(id)
      if (conversation === null) throw new Refusal('notFound')
      core.desk.sync(accountOf(id))?.focus(id)
      core.announcer.withdraw(id)
      const { messages, stranded } = core.publisher.thread(id, null, threadPage)
      return {
        revision: core.hub.revision(),
        conversation,
        messages,
        stranded,
        hasOlder: hasOlder(core, id, messages.length),
      }
    },
    async 'thread.older'({ conversationId, before }) {
      const id = conversationId as ConversationId
      // Before a bubble of our own comes everything the server has.
      const from = isOwnRowId(id, before) ? null : (before as MessageId)
      let messages = told(core, id, from)
      if (messages.length === 0) {
        await fetchOlder(core, id, from)
        messages = told(core, id, from)
      }
      return { messages, hasOlder: hasOlder(core, id, messages.length) }
    },
  }
}

/** A list only its server knows: its rows are kept like all others, and shown in its order. */
async function folderPage(
  core: Core,
  accountId: AccountId | null,
  { folder, terms }: Pick<Input<'inbox.page'>, 'folder' | 'terms'>,
  after: string | null,
): Promise<Output<'inbox.page'>> {
  if (accountId === null) throw new Refusal('badInput', { field: 'accountId' })
  const page = Number(after ?? '1')
  if (!Number.isInteger(page) || page < 1) throw new Refusal('badInput', { field: 'after' })
  const found = await askServer(core, accountId, (session, signal) =>
    having(session.folders).page(folder === null ? { terms: terms ?? [] } : { folder }, page, signal),
  )
  take(core, {
    conversations: found.told.map((each) => each.conversation),
    messages: found.told.flatMap((each) => each.messages),
  })
  const rows = found.told.flatMap(({ conversation }) => core.parts.store.conversation(conversation.id) ?? [])
  return {
    revision: core.hub.revision(),
    rows: core.publisher.rows(rows),
    next: found.hasMore ? String(page + 1) : null,
  }
}

/** A full page may hide more of ours; beyond what we hold, only a thread whose start we saw has nothing older. */
function hasOlder(core: Core, id: ConversationId, shown: number): boolean {
  return shown >= threadPage || !core.parts.store.hasWholeThread(id)
}

function told(core: Core, id: ConversationId, before: MessageId | null): MessageRow[] {
  return core.publisher.thread(id, before, threadPage).messages.filter((each) => each.outboxId === null)
}

async function fetchOlder(core: Core, id: ConversationId, before: MessageId | null): Promise<void> {
  const { store } = core.parts
  if (store.hasWholeThread(id)) return
  const key = before === null ? null : before.slice(id.length + 1)
  const page = await askServer(core, accountOf(id), (session, signal) =>
    session.thread(keyOf(id), key, signal),
  )
  take(core, { conversations: [], messages: page.messages })
  const oldest = page.messages[0]?.key ?? key
  if (!page.hasOlder && oldest !== null) store.putThreadStart(id, oldest)
}
