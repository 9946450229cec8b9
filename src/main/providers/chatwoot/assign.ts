import type { AgentRef, TeamRef } from '../../../shared/domain/action.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { Agent, Availability } from '../../../shared/domain/directory.ts'
import { ProviderFailure, type AssignBundle } from '../provider.ts'
import { idOf } from './actions.ts'
import { agentsFrom } from './agents.ts'
import { readConversation } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { lookAfter, notDone, postTo } from './order.ts'
import { asList, asObject, textOrNull } from '../../foreign/read.ts'

/**
 * Assigning to agents and teams. The server takes whom it does not know for "nobody", with a success
 * (docs/providers/chatwoot.md §1.4): so membership is looked up first, and the answer is read.
 */
export function assignBundle(desk: Desk): Required<AssignBundle> {
  return {
    candidates: (inboxKey, signal) => candidates(desk, inboxKey, signal),
    async assign(conversation, to, signal) {
      if (to !== null) await expectMember(desk, conversation, to, signal)
      const body = { assignee_id: to === null ? 0 : idOf(to.key) }
      const raw = await postTo(desk, conversation.key, { verb: 'assignments', body }, signal)
      const assignee = to === null ? null : { ...to, avatarUrl: null, kind: 'agent' as const }
      const ordered: Ordered = {
        to,
        said: textOrNull(asObject(raw)['id']),
        done: { ...conversation, assignee },
        // Nobody for a moment, and then somebody else's, is as good.
        isDone: (now) =>
          to === null
            ? now.assignee?.key !== conversation.assignee?.key || now.assignee === null
            : now.assignee?.key === to.key,
      }
      return answered(desk, ordered, signal)
    },
    async assignTeam(conversation, to, signal) {
      const body = { team_id: to === null ? 0 : idOf(to.key) }
      const raw = await postTeam(desk, conversation, { to, body }, signal)
      const ordered: Ordered = {
        to,
        said: textOrNull(asObject(raw)['id']),
        done: { ...conversation, team: to?.name ?? null },
        isDone: (now) => now.team === (to?.name ?? null),
      }
      return answered(desk, ordered, signal)
    },
  }
}

const ranks: readonly (Availability | null)[] = ['online', 'busy', 'offline', null]

async function candidates(desk: Desk, inboxKey: string, signal: AbortSignal): Promise<Agent[]> {
  const told = await listed(desk, inboxKey, signal)
  const rank = ({ availability }: Agent): number => ranks.indexOf(availability)
  return agentsFrom(told, desk.frame).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

async function listed(desk: Desk, inboxKey: string, signal: AbortSignal): Promise<readonly unknown[]> {
  if (inboxKey === '') return everybody(desk, signal)
  try {
    const query = { 'inbox_ids[]': inboxKey }
    const answer = await desk.client.call({ path: `${desk.accountPath}/assignable_agents`, query }, signal)
    const agents = asObject(answer.json())['payload']
    if (!Array.isArray(agents)) throw desk.unexpected('no list of agents')
    return asList(agents)
  } catch (error) {
    // A conversation may be ours by its team in an inbox that is not: then there is only the list of everybody.
    if (!(error instanceof ProviderFailure) || error.kind !== 'forbidden') throw error
    return everybody(desk, signal)
  }
}

async function everybody(desk: Desk, signal: AbortSignal): Promise<readonly unknown[]> {
  const answer = await desk.client.call({ path: `${desk.accountPath}/agents` }, signal)
  const agents = answer.json()
  if (!Array.isArray(agents)) throw desk.unexpected('no list of agents')
  return asList(agents)
}

async function expectMember(
  desk: Desk,
  conversation: Conversation,
  to: AgentRef,
  signal: AbortSignal,
): Promise<void> {
  const agents = await candidates(desk, conversation.inbox.key, signal)
  if (!agents.some((each) => each.key === to.key)) throw notAssignable(desk, to.name)
}

/** Current servers take an unknown team for none, others refuse it as if the conversation were gone. */
async function postTeam(
  desk: Desk,
  conversation: Conversation,
  { to, body }: { readonly to: TeamRef | null; readonly body: object },
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return await postTo(desk, conversation.key, { verb: 'assignments', body }, signal)
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.kind !== 'gone' || to === null) throw error
    await readConversation(desk, conversation.key, signal)
    throw notAssignable(desk, to.name)
  }
}

interface Ordered {
  readonly to: AgentRef | TeamRef | null
  /** Whom the answer names; null where it names nobody. */
  readonly said: string | null
  /** The conversation as ordered, for when it may be seen no more. */
  readonly done: Conversation
  isDone(now: Conversation): boolean
}

/** The conversation as it is now: a team may have brought an assignee along, or sent one away. */
async function answered(
  desk: Desk,
  { to, said, done, isDone }: Ordered,
  signal: AbortSignal,
): Promise<Conversation> {
  if (to === null && said !== null) throw notDone(desk, said)
  if (to !== null && said !== null && said !== to.key) throw notAssignable(desk, to.name)
  try {
    const now = await lookAfter(desk, done.key, signal)
    if (said !== null || isDone(now)) return now
  } catch (error) {
    // Some roles only see what is theirs, and this just became somebody else's.
    const isOutOfSight = error instanceof ProviderFailure && ['forbidden', 'gone'].includes(error.kind)
    if (!isOutOfSight || (to !== null && said === null)) throw error
    return done
  }
  throw to === null ? notDone(desk, 'null') : notAssignable(desk, to.name)
}

function notAssignable(desk: Desk, name: string): ProviderFailure {
  const facts = { host: desk.client.host, name }
  return new ProviderFailure({ kind: 'rejected', code: 'notAssignable', facts, mayHaveLeft: false })
}
