import type { Route, SimulatorAnswer } from '../router.ts'
import { enteredAccount, openedConversation, signedIn, type Caller } from './access.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import { findConversations } from './conversation-finder.ts'
import { paramsOf, presentText, type JsonObject } from './request-body.ts'
import type { Exchange } from './exchange.ts'
import { markSeen, markUnseen } from './read-state.ts'
import { setAssignee, setStatus, setTeam } from './rules-state.ts'
import { agentShape, botSlimShape } from './people-shapes.ts'
import { conversationShape } from './shapes.ts'
import { isoOrNull } from './times.ts'
import {
  userOf,
  type Account,
  type ConversationStatus,
  type Member,
  type Place,
  type Sender,
  type World,
} from './world.ts'

/** The list, one conversation, and what an agent may do to it short of writing (docs/providers/chatwoot.md §1.3, §1.4). */
export const conversationRoutes: readonly Route<Exchange>[] = [
  listRoute('conversations', ({ world, account, member, query }) => {
    const { counts, conversations } = findConversations(world, account, member, query)
    const payload = conversations.map((conversation) => conversationShape({ world, account, conversation }))
    return { data: { meta: counts, payload } }
  }),
  listRoute('conversations/meta', ({ world, account, member, query }) => ({
    meta: findConversations(world, account, member, query).counts,
  })),
  conversationRoute('GET', '', false, (at) => json(conversationShape(at))),
  conversationRoute('POST', '/toggle_status', true, toggleStatus),
  conversationRoute('POST', '/assignments', true, assign),
  conversationRoute('POST', '/update_last_seen', false, (at) => {
    if (at.caller.kind === 'user') markSeen(at.conversation, at.caller.user.id, at.world.clock.now())
    note(at, 'update_last_seen', null)
    return json(conversationShape(at))
  }),
  conversationRoute('POST', '/unread', false, (at) => {
    markUnseen(at.conversation)
    note(at, 'unread', null)
    return json(conversationShape(at))
  }),
]

/** One conversation somebody may work on, and what they sent along. */
export interface AtConversation extends Place {
  readonly caller: Caller
  readonly member: Member | null
  readonly params: JsonObject
  readonly path: Readonly<Record<string, string>>
}

export function conversationRoute(
  method: string,
  tail: string,
  botMay: boolean,
  handle: (at: AtConversation) => SimulatorAnswer,
): Route<Exchange> {
  return {
    method,
    pattern: `/api/v1/accounts/:account/conversations/:conversation${tail}`,
    handle: ({ world, request }, path) => {
      const caller = signedIn(world, request, botMay)
      const { account, member } = enteredAccount(world, caller, path['account'] ?? '')
      const conversation = openedConversation(account, member, path['conversation'] ?? '')
      return handle({ world, account, conversation, caller, member, params: paramsOf(request), path })
    },
  }
}

export function senderOf(caller: Caller): Sender {
  return caller.kind === 'user' ? { kind: 'user', id: caller.user.id } : { kind: 'bot', id: caller.id }
}

function listRoute(
  path: string,
  shape: (list: { world: World; account: Account; member: Member; query: URLSearchParams }) => object,
): Route<Exchange> {
  return {
    method: 'GET',
    pattern: `/api/v1/accounts/:account/${path}`,
    handle: ({ world, request }, params) => {
      const caller = signedIn(world, request, false)
      const { account, member } = enteredAccount(world, caller, params['account'] ?? '')
      if (member === null) throw new TurnedDown(refusals.bot())
      return json(shape({ world, account, member, query: request.query }))
    },
  }
}

function toggleStatus(at: AtConversation): SimulatorAnswer {
  const { conversation, caller, member, params } = at
  const asked = presentText(params['status'])
  const status = asked === null ? toggled(conversation.status) : statusNamed(asked)
  const snoozedUntil = params['snoozed_until']
  const until =
    asked === null || snoozedUntil === undefined || snoozedUntil === null
      ? undefined
      : secondsGiven(snoozedUntil) * 1000
  const by = senderOf(caller)
  setStatus(at, status, until === undefined ? { by } : { by, snoozedUntil: until })
  // Whoever opens as an agent takes the conversation, whosever it was; administrators do not.
  if (conversation.status === 'open' && caller.kind === 'user' && member?.role === 'agent') {
    setAssignee(at, { kind: 'user', id: caller.user.id }, { by })
  }
  note(at, 'toggle_status', conversation.status)
  return json({
    payload: {
      success: true,
      conversation_id: conversation.displayId,
      current_status: conversation.status,
      snoozed_until: isoOrNull(conversation.snoozedUntil),
    },
  })
}

/** A present `assignee_id` is all that counts, even null; somebody unknown means nobody, and says so with 200 null. */
function assign(at: AtConversation): SimulatorAnswer {
  const { world, account, caller, params } = at
  const by = senderOf(caller)
  if (!('assignee_id' in params)) return assignTeam(at)
  const id = Number(params['assignee_id'] ?? 0)
  const isBot = params['assignee_type'] === 'AgentBot'
  const isKnown = isBot ? world.bots.has(id) : account.members.has(id)
  setAssignee(at, isKnown ? { kind: isBot ? 'bot' : 'user', id } : null, { by })
  note(at, 'assign', isKnown ? String(id) : null)
  if (!isKnown) return json(null)
  return json(isBot ? botSlimShape(world, id) : agentShape(world, account, userOf(world, id)))
}

function assignTeam(at: AtConversation): SimulatorAnswer {
  const { account, caller, params } = at
  const team = account.teams.get(Number(params['team_id'] ?? 0))
  setTeam(at, team?.id ?? null, { by: senderOf(caller) })
  note(at, 'assign_team', team === undefined ? null : String(team.id))
  if (team === undefined) return json(null)
  const createdAt = new Date(account.createdAt).toISOString()
  return json({
    id: team.id,
    name: team.name,
    description: team.description,
    allow_auto_assign: team.allowAutoAssign,
    account_id: account.id,
    created_at: createdAt,
    updated_at: createdAt,
  })
}

function toggled(status: ConversationStatus): ConversationStatus {
  return status === 'open' ? 'resolved' : 'open'
}

function statusNamed(name: string): ConversationStatus {
  switch (name) {
    case 'open':
    case 'resolved':
    case 'pending':
    case 'snoozed':
      return name
    default:
      throw new TurnedDown(refusals.internal())
  }
}

/** Unix seconds or nothing: a date in words breaks the original. */
function secondsGiven(value: unknown): number {
  const text = presentText(value) ?? ''
  if (!/^\d+$/.test(text)) throw new TurnedDown(refusals.internal())
  return Number(text)
}

function note({ world, account, conversation }: AtConversation, action: string, value: string | null): void {
  const at = world.clock.now()
  world.accepted.actions.push({
    account: account.id,
    conversation: conversation.displayId,
    action,
    value,
    at,
  })
}
