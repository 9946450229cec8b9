import type { LabelsBundle, PriorityBundle } from '../provider.ts'
import { readConversation } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { lookAfter, notDone, postTo, readBack } from './order.ts'
import { asList, asObject, asText } from '../../foreign/read.ts'

/** Labels by difference. The server only replaces the whole list, so it is read first (docs/providers/chatwoot.md §1.4). */
export function labelsBundle(desk: Desk): LabelsBundle {
  return {
    async change(key, { add, remove }, signal) {
      const answer = await desk.client.call({ path: `${desk.conversationPath(key)}/labels` }, signal)
      const has = titlesOf(answer.json())
      // Writing a list without having read one would take away what colleagues set.
      if (has === null) throw desk.unexpected('no list of labels')
      const labels = [...new Set([...has, ...add])].filter((title) => !remove.includes(title))
      const isSame = labels.length === has.length && labels.every((title) => has.includes(title))
      if (isSame) return (await readConversation(desk, key, signal)).conversation
      const said = titlesOf(await postTo(desk, key, { verb: 'labels', body: { labels } }, signal))
      const conversation = await lookAfter(desk, key, signal)
      const now = said ?? conversation.labels
      const wrong =
        labels.find((title) => !now.includes(title)) ?? remove.find((title) => now.includes(title))
      if (wrong !== undefined) throw notDone(desk, wrong)
      return conversation
    },
  }
}

/** The answer is empty, so it is read back. "None" is always said as null: left out, it means nothing to newer servers. */
export function priorityBundle(desk: Desk): PriorityBundle {
  return {
    async set(key, priority, signal) {
      await postTo(desk, key, { verb: 'toggle_priority', body: { priority } }, signal)
      return readBack(
        desk,
        key,
        { what: 'priority', isAsOrdered: (each) => each.priority === priority },
        signal,
      )
    },
  }
}

function titlesOf(raw: unknown): string[] | null {
  const payload = asObject(raw)['payload']
  if (!Array.isArray(payload)) return null
  return asList(payload)
    .map(asText)
    .filter((title) => title !== '')
}
