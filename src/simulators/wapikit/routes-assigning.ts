import type { SimulatorAnswer } from '../router.ts'
import { json, refusal } from './answers.ts'
import { fieldsIn, guarded, uuidIn, type Exchange, type WapikitRoute } from './exchange.ts'
import { limits } from './limiter.ts'
import { openedConversation } from './routes-conversations.ts'
import { memberWith } from './world.ts'

const gate = { limit: limits.conversations, isGated: true }
const patterns = { assign: '/api/conversation/:id/assign', unassign: '/api/conversation/:id/unassign' }

/** By GET with a body on one branch, by POST on the others (docs/providers/wapikit.md §6.7). */
export const assigningRoutes: readonly WapikitRoute[] = (['GET', 'POST'] as const).flatMap((verb) =>
  [guarded(verb, patterns.assign, gate, assign), guarded(verb, patterns.unassign, gate, unassign)].map(
    (route) => ({ ...route, isThere: ({ manners }) => manners.assignVerb === verb }),
  ),
)

/** Nobody is taken off before; and whoever ever had it cannot be given it again. */
function assign(exchange: Exchange, params: Readonly<Record<string, string>>): SimulatorAnswer {
  const { world } = exchange
  uuidIn(exchange, params['id'], 'conversation')
  const memberId = uuidIn(exchange, fieldsIn(exchange).get('organizationMemberId'), 'organization member')
  if (memberWith(world, memberId) === null) {
    return refusal(world.manners, 404, 'organization member not found')
  }
  const conversation = openedConversation(exchange, params['id'])
  if (conversation.assignments.some((each) => each.memberId === memberId)) {
    const what = 'duplicate key value violates unique constraint "ConversationAssignment_pkey"'
    return refusal(world.manners, 500, `jet: pq: ${what}`)
  }
  const at = world.clock.now()
  conversation.assignments.push({ memberId, createdAt: at, isHolding: true })
  world.accepted.actions.push({ action: 'assign', conversation: conversation.id, value: memberId, at })
  return json({ data: true })
}

function unassign(exchange: Exchange, params: Readonly<Record<string, string>>): SimulatorAnswer {
  const { world } = exchange
  const conversation = openedConversation(exchange, params['id'])
  if (conversation.assignments.length === 0) {
    return refusal(world.manners, 500, 'jet: qrm: no rows in result set')
  }
  for (const assignment of conversation.assignments) assignment.isHolding = false
  const at = world.clock.now()
  world.accepted.actions.push({ action: 'unassign', conversation: conversation.id, value: null, at })
  return json({ data: true })
}
