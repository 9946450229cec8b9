import type { AgentRef } from '../../../shared/domain/action.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { isHtml } from '../../foreign/fault.ts'
import { parseJson } from '../../foreign/read.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type AssignBundle } from '../provider.ts'
import type { Call } from './client.ts'
import type { Desk } from './desk.ts'
import { isHadBefore, isNobodys, unreadable, wordsOf } from './failures.ts'
import { agentsOf, readMembers } from './members.ts'

const timeoutMs = 20_000

/**
 * Giving conversations to members. One branch takes it as a POST, the other as a GET with a body; whoever had a
 * conversation once cannot be given it again; and most reads do not show who has it (docs/providers/wapikit.md §6.7). So
 * what was ordered here is kept here. `leave` takes this bundle out of the session.
 */
export function assignBundle(desk: Desk, leave: () => void): AssignBundle {
  /** Orders whose answer was lost: what the server then says is there already, is ours. */
  const unheard = new Set<string>()

  async function order(key: string, to: AgentRef | null, signal: AbortSignal): Promise<HttpAnswer> {
    const ordered = `${key} ${to?.key ?? ''}`
    try {
      return await post(desk, callOf(desk, key, to), signal)
    } catch (error) {
      if (error instanceof ProviderFailure && error.mayHaveLeft) unheard.add(ordered)
      throw error
    }
  }

  function refused(answer: HttpAnswer, conversation: Conversation, to: AgentRef | null): ProviderFailure {
    const failure = desk.client.failureOf(answer, callOf(desk, conversation.key, to))
    const { host } = desk.client
    const fail = (code: 'hadBefore' | 'notAssignable') =>
      new ProviderFailure({
        kind: 'rejected',
        code,
        facts: { host, name: to?.name ?? '' },
        mayHaveLeft: false,
      })
    if (to !== null && isHadBefore(answer)) return fail('hadBefore')
    if (to !== null && failure.kind === 'gone' && /member/i.test(wordsOf(answer) ?? ''))
      return fail('notAssignable')
    if (failure.kind === 'forbidden') {
      leave()
      desk.learned.note({ mayAssign: false })
    }
    if (failure.mayHaveLeft) unheard.add(`${conversation.key} ${to?.key ?? ''}`)
    return failure
  }

  return {
    async candidates(_, signal) {
      const agents = agentsOf(await readMembers(desk.client, signal), desk.frame.memberId)
      return agents.sort((a, b) => a.name.localeCompare(b.name))
    },
    async assign(conversation, to, signal) {
      const { key } = conversation
      const isTheirs = ({ assignee }: Conversation): boolean => (assignee?.key ?? null) === (to?.key ?? null)
      // Asked for again, it would be refused as somebody's who had it before: they have it.
      const isKnown = !desk.tellsAssignee() && to !== null && desk.learned.givenTo(key)?.memberKey === to.key
      if (isKnown) return (await desk.read(key, signal)).conversation
      const answer = await order(key, to, signal)
      const isUnheard = unheard.has(`${key} ${to?.key ?? ''}`)
      const isThere = to === null ? isNobodys(answer) : isHadBefore(answer) && isUnheard
      if (!isSuccess(answer) && !isThere) {
        const now = isHadBefore(answer) && desk.tellsAssignee() ? await desk.read(key, signal) : null
        if (now !== null && isTheirs(now.conversation)) return now.conversation
        throw refused(answer, conversation, to)
      }
      const asked = { host: desk.client.host, now: desk.clock.now(), isWrite: true }
      if (isSuccess(answer) && parseJson(answer.bytes) === null) throw unreadable(answer, asked)
      unheard.delete(`${key} ${to?.key ?? ''}`)
      desk.learned.give(key, to === null ? null : { memberKey: to.key, name: to.name })
      const { conversation: now } = await tellingLeft(true, desk.read(key, signal))
      if (isTheirs(now)) return now
      throw desk.notDone(now.assignee?.name ?? 'null')
    },
  }
}

function callOf(desk: Desk, key: string, to: AgentRef | null): Call {
  const path = desk.conversationPath(key)
  // Whose it is not to be any more is never looked at, and the field has to be there.
  return to === null
    ? { path: `${path}/unassign`, body: { userId: desk.frame.memberId }, timeoutMs }
    : { path: `${path}/assign`, body: { organizationMemberId: to.key }, timeoutMs }
}

/** By the verb this server is known to take, else by the other one. What knows no such route has done nothing. */
async function post(desk: Desk, call: Call, signal: AbortSignal): Promise<HttpAnswer> {
  const verb = desk.learned.now.assignVerb
  const answer = await desk.client.ask({ ...call, method: verb }, signal)
  if (!isNoRoute(answer)) return answer
  const other = verb === 'POST' ? 'GET' : 'POST'
  const second = await desk.client.ask({ ...call, method: other }, signal)
  if (isNoRoute(second)) return answer
  desk.learned.note({ assignVerb: other })
  return second
}

/** Another method's path, or a page for a path nobody knows (docs/providers/wapikit.md §3). */
function isNoRoute(answer: HttpAnswer): boolean {
  return answer.status === 405 || (isHtml(answer) && (answer.status === 200 || answer.status === 404))
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300
}
