import type { Agent } from '../../../shared/domain/directory.ts'
import type { ParticipantsBundle } from '../provider.ts'
import { agentsFrom } from './agents.ts'
import type { Desk } from './desk.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'

const timeoutMs = 20_000

/**
 * Who else takes part. Adding and removing are calls of their own: replacing the list would undo what colleagues do
 * meanwhile. Ids go as numbers, texts break the server's comparison (docs/providers/chatwoot.md §1.4).
 */
export function participantsBundle(desk: Desk): ParticipantsBundle {
  const change = async (
    method: 'POST' | 'DELETE',
    key: string,
    people: readonly string[],
    signal: AbortSignal,
  ): Promise<void> => {
    const ids = people.filter((each) => /^\d+$/.test(each)).map(Number)
    if (ids.length === 0) return
    const path = `${desk.conversationPath(key)}/participants`
    await desk.client.call({ path, method, body: { user_ids: ids }, timeoutMs }, signal)
  }
  return {
    read: (key, signal) => readParticipants(desk, key, signal),
    async change(key, { add, remove }, signal) {
      await change('POST', key, add, signal)
      const removing = change('DELETE', key, remove, signal)
      await (add.length === 0 ? removing : tellingLeft(true, removing))
      // Whoever may not take part is left out without a word, so only the list itself tells.
      return tellingLeft(true, readParticipants(desk, key, signal))
    },
  }
}

export async function readParticipants(desk: Desk, key: string, signal: AbortSignal): Promise<Agent[]> {
  const answer = await desk.client.call({ path: `${desk.conversationPath(key)}/participants` }, signal)
  const agents = answer.json()
  if (!Array.isArray(agents)) throw desk.unexpected('no list of agents')
  return agentsFrom(agents, desk.frame)
}
