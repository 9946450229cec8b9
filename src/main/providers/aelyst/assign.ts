import type { Agent } from '../../../shared/domain/directory.ts'
import { ProviderFailure, type AssignBundle } from '../provider.ts'
import { contactPath, idOf, type Desk } from './desk.ts'
import { order } from './order.ts'
import { readUsers, type User } from './space.ts'

/** Assigning to the workspace's users, or to nobody (docs/providers/aelyst.md §4.4). */
export function assignBundle(desk: Desk): AssignBundle {
  return {
    candidates: async (_inboxKey, signal) => agentsFrom(await readUsers(desk, signal), desk.userId),
    async assign(conversation, to, signal) {
      const call = {
        path: `${contactPath(conversation.key)}/conversation/assignee`,
        body: { assignee: to === null ? null : idOf(to.key) },
      }
      const unchanged = 'it has the assignee it had'
      const wanted = to?.key ?? null
      const isAsOrdered = (now: { assignee: { key: string } | null }) =>
        (now.assignee?.key ?? null) === wanted
      try {
        return await order(desk, conversation.key, { call, isAsOrdered, unchanged }, signal)
      } catch (error) {
        if (!(error instanceof ProviderFailure) || error.facts['status'] !== '400' || to === null) throw error
        const facts = { host: desk.client.host, name: to.name }
        throw new ProviderFailure({ kind: 'rejected', code: 'notAssignable', facts, mayHaveLeft: false })
      }
    },
  }
}

/** The agent first, then by name. Nobody says who is there right now. */
export function agentsFrom(users: readonly User[], userId: string): Agent[] {
  return users
    .map(({ key, name, email }) => ({
      ...{ key, name, email },
      avatarUrl: null,
      availability: null,
      isMe: key === userId,
    }))
    .sort((a, b) => Number(b.isMe) - Number(a.isMe) || a.name.localeCompare(b.name))
}
