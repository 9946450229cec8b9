import type { Conversation, Person } from '../../../shared/domain/conversation.ts'
import { ProviderFailure, type DoneBundle, type ReadBundle } from '../provider.ts'
import { readConversation, toldBy } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { asObject, asText, isObject, textOrNull } from './read.ts'

const timeoutMs = 20_000

/** Resolving and reopening. The status is always named: without one the server toggles (docs/providers/chatwoot.md §1.4). */
export function doneBundle(desk: Desk): Required<DoneBundle> {
  return {
    async resolve(key, signal) {
      await setStatus(desk, key, 'resolved', signal)
      return (await readConversation(desk, key, signal)).conversation
    },
    async reopen(key, signal) {
      const { conversation: former } = await readConversation(desk, key, signal)
      if (former.status.kind === 'open') return { conversation: former, restored: true }
      await setStatus(desk, key, 'open', signal)
      const { conversation } = await readConversation(desk, key, signal)
      if (!isTakenOver(former.assignee, conversation.assignee)) return { conversation, restored: true }
      return restore(desk, conversation, former.assignee, signal)
    },
  }
}

/** One mark for the whole team; nobody is told of it by the server (docs/providers/chatwoot.md §0.4). */
export function readBundle(desk: Desk): Required<ReadBundle> {
  const mark = async (key: string, verb: string, signal: AbortSignal): Promise<Conversation> => {
    const call = { path: `${desk.conversationPath(key)}/${verb}`, body: {}, timeoutMs }
    const raw = (await desk.client.call(call, signal)).json()
    // Some derived servers answer with nothing; the mark itself says what came of it.
    const isConversation = isObject(raw) && textOrNull(raw['id']) !== null
    return (isConversation ? await toldBy(desk, raw, signal) : await readConversation(desk, key, signal))
      .conversation
  }
  return {
    scope: 'everyone',
    markRead: (key, signal) => mark(key, 'update_last_seen', signal),
    markUnread: (key, signal) => mark(key, 'unread', signal),
  }
}

async function setStatus(
  desk: Desk,
  key: string,
  status: 'open' | 'resolved',
  signal: AbortSignal,
): Promise<void> {
  const call = { path: `${desk.conversationPath(key)}/toggle_status`, body: { status }, timeoutMs }
  const answer = await desk.client.call(call, signal)
  const said = asText(asObject(asObject(answer.json())['payload'])['current_status'])
  if (said === '' || said === status) return
  throw new ProviderFailure({
    kind: 'rejected',
    code: 'rejected',
    facts: { host: desk.client.host, reason: said },
    mayHaveLeft: false,
  })
}

/**
 * Opening by somebody with the role "agent" assigns the conversation to them. Where nobody had it before and the
 * server gave it to a colleague, that is the workspace's own rule at work.
 */
function isTakenOver(former: Person | null, now: Person | null): boolean {
  if (former === null) return now?.isMe === true
  return former.key !== now?.key || former.kind !== now.kind
}

/** From here on the conversation is open, whatever fails. */
async function restore(
  desk: Desk,
  reopened: Conversation,
  former: Person | null,
  signal: AbortSignal,
): Promise<{ conversation: Conversation; restored: boolean }> {
  try {
    const path = `${desk.conversationPath(reopened.key)}/assignments`
    const isBot = former?.kind === 'bot'
    const body = {
      assignee_id: former === null ? 0 : idOf(former),
      ...(isBot ? { assignee_type: 'AgentBot' } : {}),
    }
    const answer = asObject((await desk.client.call({ path, body, timeoutMs }, signal)).json())
    // An assignee it does not know is quietly taken for "nobody", with a success.
    const restored = (textOrNull(answer['id']) ?? null) === (former?.key ?? null)
    return { conversation: (await readConversation(desk, reopened.key, signal)).conversation, restored }
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return { conversation: reopened, restored: false }
  }
}

function idOf(person: Person): number | string {
  return /^\d+$/.test(person.key) ? Number(person.key) : person.key
}
