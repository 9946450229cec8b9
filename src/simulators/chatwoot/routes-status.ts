import type { Route, SimulatorAnswer } from '../router.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import {
  conversationRoute,
  noteAction,
  senderOf,
  unknownEnum,
  type AtConversation,
} from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { agentShape, botSlimShape } from './people-shapes.ts'
import { presentText } from './request-body.ts'
import { mute, setAssignee, setPriority, setStatus, setTeam, unmute } from './rules-state.ts'
import { conversationShape } from './shapes.ts'
import { isoOrNull } from './times.ts'
import { tell, userOf, type ConversationStatus, type PriorityName, type World } from './world.ts'

/** Status, priority, muting, typing and whose it is: each with its own answer (docs/providers/chatwoot.md §1.4, §8.1). */
export const statusRoutes: readonly Route<Exchange>[] = [
  conversationRoute('POST', '/toggle_status', true, toggleStatus),
  conversationRoute('POST', '/toggle_priority', true, togglePriority),
  conversationRoute('PATCH', '', true, update),
  conversationRoute('PUT', '', true, update),
  conversationRoute('POST', '/mute', false, (at) => {
    mute(at, { by: senderOf(at.caller) })
    noteAction(at, 'mute', null)
    return emptyOk()
  }),
  conversationRoute('POST', '/unmute', false, (at) => {
    unmute(at, { by: senderOf(at.caller) })
    noteAction(at, 'unmute', null)
    return emptyOk()
  }),
  conversationRoute('POST', '/toggle_typing_status', false, toggleTyping),
  conversationRoute('POST', '/assignments', true, assign),
]

function toggleStatus(at: AtConversation): SimulatorAnswer {
  const { world, conversation, caller, member, params } = at
  const asked = presentText(params['status'])
  const status = asked === null ? toggled(conversation.status) : statusNamed(world, asked)
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
  noteAction(at, 'toggle_status', conversation.status)
  return json({
    payload: {
      success: true,
      conversation_id: conversation.displayId,
      current_status: conversation.status,
      snoozed_until: isoOrNull(conversation.snoozedUntil),
    },
  })
}

/** Missing, null and blank all clear it in 4.10; newer trees want the key to be there. */
function togglePriority(at: AtConversation): SimulatorAnswer {
  const { world, params } = at
  if (world.installation.refusesUnknownEnums && !('priority' in params)) {
    throw new TurnedDown(refusals.unprocessable('param is missing or the value is empty: priority'))
  }
  prioritize(at)
  return emptyOk()
}

function update(at: AtConversation): SimulatorAnswer {
  if ('priority' in at.params) prioritize(at)
  return json(conversationShape(at))
}

function prioritize(at: AtConversation): void {
  const asked = presentText(at.params['priority'])
  const priority = asked === null ? null : priorityNamed(at.world, asked)
  setPriority(at, priority, { by: senderOf(at.caller) })
  noteAction(at, 'priority', priority)
}

/** Any other value is taken without a word and does nothing. */
function toggleTyping(at: AtConversation): SimulatorAnswer {
  const { world, account, conversation, caller, params } = at
  const asked = params['typing_status']
  const isPrivate = params['is_private'] === true || params['is_private'] === 'true'
  if (asked === 'on' || asked === 'off') {
    const kind = asked === 'on' ? 'typingOn' : 'typingOff'
    tell(world, { kind, account, conversation, message: null, by: senderOf(caller), isPrivate })
    noteAction(at, 'typing', asked)
  }
  return emptyOk()
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
  noteAction(at, 'assign', isKnown ? String(id) : null)
  if (!isKnown) return json(null)
  return json(isBot ? botSlimShape(world, id) : agentShape(world, account, userOf(world, id)))
}

function assignTeam(at: AtConversation): SimulatorAnswer {
  const { account, caller, params } = at
  const team = account.teams.get(Number(params['team_id'] ?? 0))
  setTeam(at, team?.id ?? null, { by: senderOf(caller) })
  noteAction(at, 'assign_team', team === undefined ? null : String(team.id))
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

export function statusNamed(world: World, name: string): ConversationStatus {
  switch (name) {
    case 'open':
    case 'resolved':
    case 'pending':
    case 'snoozed':
      return name
    default:
      throw unknownEnum(world, 'status', name)
  }
}

function priorityNamed(world: World, name: string): PriorityName {
  switch (name) {
    case 'low':
    case 'medium':
    case 'high':
    case 'urgent':
      return name
    default:
      throw unknownEnum(world, 'priority', name)
  }
}

/** Unix seconds or nothing: a date in words breaks the original. */
export function secondsGiven(value: unknown): number {
  const text = presentText(value) ?? ''
  if (!/^\d+$/.test(text)) throw new TurnedDown(refusals.internal())
  return Number(text)
}
