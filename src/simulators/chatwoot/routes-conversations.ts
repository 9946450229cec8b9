import type { Route, SimulatorAnswer } from '../router.ts'
import { accountRoute, type Inside } from './account-route.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import { filterConversations } from './conversation-filter.ts'
import { findConversations } from './conversation-finder.ts'
import { conversationRoute, noteAction, type AtConversation } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { markSeen, markUnseen, needsNoMark } from './read-state.ts'
import { deleteConversation } from './rules.ts'
import { conversationShape, searchedConversationShape } from './shapes.ts'
import { unreadCountsShape } from './unread-counts.ts'
import type { Conversation } from './world.ts'

/** The lists, one conversation, its read marks and its end (docs/providers/chatwoot.md §1.3, §1.4). */
export const conversationRoutes: readonly Route<Exchange>[] = [
  accountRoute('GET', 'conversations', (inside) => {
    const { counts, conversations } = found(inside)
    return json({ data: { meta: counts, payload: shapes(inside, conversations) } })
  }),
  accountRoute('GET', 'conversations/meta', (inside) => json({ meta: found(inside).counts })),
  accountRoute('GET', 'conversations/search', (inside) => {
    const { world, account } = inside
    const { counts, conversations } = found(inside)
    const { mine_count, unassigned_count, all_count } = counts
    return json({
      meta: { mine_count, unassigned_count, all_count },
      payload: conversations.map((conversation) =>
        searchedConversationShape({ world, account, conversation }, inside.query.get('q') ?? ''),
      ),
    })
  }),
  accountRoute('POST', 'conversations/filter', (inside) => {
    const { world, account, member, params } = inside
    const { counts, conversations } = filterConversations(world, account, member, params)
    return json({ meta: counts, payload: shapes(inside, conversations) })
  }),
  accountRoute('GET', 'conversations/unread_counts', ({ world, account, member }) => {
    // Where it is not known yet, the address means a conversation of that name.
    switch (world.installation.unreadCounts) {
      case 'absent':
        throw new TurnedDown(refusals.notFound())
      case 'off':
        throw new TurnedDown(refusals.featureOff())
      case 'on':
        return json(unreadCountsShape(account, member))
    }
  }),
  conversationRoute('GET', '', false, (at) => json(conversationShape(at))),
  conversationRoute('DELETE', '', false, (at) => {
    if (at.member?.role !== 'administrator') throw new TurnedDown(refusals.denied())
    deleteConversation(at)
    noteAction(at, 'delete', null)
    return emptyOk()
  }),
  conversationRoute('POST', '/update_last_seen', false, updateLastSeen),
  conversationRoute('POST', '/unread', false, (at) => {
    markUnseen(at.conversation)
    noteAction(at, 'unread', null)
    return json(conversationShape(at))
  }),
]

function found({ world, account, member, query }: Inside): ReturnType<typeof findConversations> {
  return findConversations(world, account, member, query)
}

function shapes({ world, account }: Inside, conversations: readonly Conversation[]): object[] {
  return conversations.map((conversation) => conversationShape({ world, account, conversation }))
}

/** By the server's clock, so that it also covers what the agent has not been shown yet. */
function updateLastSeen(at: AtConversation): SimulatorAnswer {
  const { world, conversation, caller } = at
  if (caller.kind === 'user' && !needsNoMark(world, conversation, caller.user.id)) {
    markSeen(conversation, caller.user.id, world.clock.now())
    noteAction(at, 'update_last_seen', null)
  }
  return json(conversationShape(at))
}
