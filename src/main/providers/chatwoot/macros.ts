import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { Agent, Directory, Macro, MacroStep } from '../../../shared/domain/directory.ts'
import { ProviderFailure, type MacrosBundle, type Told } from '../provider.ts'
import { readConversation } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { asList, asObject, asText, isObject, textOrNull } from '../../foreign/read.ts'
import { readMessages } from './thread.ts'

const timeoutMs = 20_000
/** When it is looked at again, counted from the moment it was ordered. */
const looksAfterMs = [1_000, 3_000, 8_000] as const

/**
 * Running a macro. The server queues it, answers with nothing, and swallows what fails in it (docs/providers/chatwoot.md
 * §1.2): all that can be told is whether the conversation changed soon after.
 */
export function macrosBundle(desk: Desk): MacrosBundle {
  return {
    async run(macroKey, { key }, signal) {
      const before = await look(desk, key, signal)
      const path = `${desk.accountPath}/macros/${encodeURIComponent(macroKey)}/execute`
      await desk.client.call({ path, body: { conversation_ids: [Number(key)] }, timeoutMs }, signal)
      let told = before
      let waitedMs = 0
      for (const afterMs of looksAfterMs) {
        await rest(desk, afterMs - waitedMs, signal)
        waitedMs = afterMs
        told = await lookAgain(desk, key, told, signal)
        if (isChanged(before, told)) return { told, isChanged: true }
      }
      return { told, isChanged: false }
    },
  }
}

/** The account's macros and the agent's own, with their steps in words as far as they name something we know. */
export function macrosFrom(
  payload: unknown,
  known: { readonly agents: readonly Agent[]; readonly teams: Directory['teams'] },
): Macro[] {
  return asList(payload).flatMap((raw): Macro[] => {
    const wire = asObject(raw)
    const key = textOrNull(wire['id'])
    if (key === null) return []
    const steps = asList(wire['actions'])
      .filter(isObject)
      .map((action): MacroStep => {
        const name = asText(action['action_name'])
        return { name, about: aboutOf(name, asList(action['action_params']), known) }
      })
    return [{ key, name: textOrNull(wire['name']) ?? key, isOwn: wire['visibility'] === 'personal', steps }]
  })
}

function aboutOf(
  name: string,
  params: readonly unknown[],
  known: { readonly agents: readonly Agent[]; readonly teams: Directory['teams'] },
): string {
  const people = name === 'assign_agent' ? known.agents : name === 'assign_team' ? known.teams : []
  const named = params.map((param) => {
    const text = isObject(param) ? (textOrNull(param['message']) ?? JSON.stringify(param)) : asText(param)
    return people.find((each) => each.key === text)?.name ?? text
  })
  return named.filter((each) => each !== '').join(', ')
}

async function look(desk: Desk, key: string, signal: AbortSignal): Promise<Told> {
  const { conversation } = await readConversation(desk, key, signal)
  const { messages } = await readMessages(desk, key, null, signal)
  return { conversation, messages }
}

/** It is ordered: what cannot be read now is read by the next pull. Only a stop from outside ends the waiting. */
async function lookAgain(desk: Desk, key: string, former: Told, signal: AbortSignal): Promise<Told> {
  try {
    return await look(desk, key, signal)
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    if (signal.aborted) throw stopped(desk)
    return former
  }
}

function isChanged(before: Told, now: Told): boolean {
  return marks(before) !== marks(now)
}

/** What a step of a macro may have set. */
function marks({ conversation, messages }: Told): string {
  const { status, assignee, team, labels, priority, muted, attributes, customer }: Conversation = conversation
  const newest = messages.at(-1)?.key ?? null
  const state = { status, assignee: assignee?.key ?? null, team, labels, priority, muted, attributes, newest }
  return JSON.stringify({ ...state, blocked: customer.blocked })
}

function rest(desk: Desk, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel()
      reject(stopped(desk))
    }
    const cancel = desk.clock.after(delayMs, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

function stopped(desk: Desk): ProviderFailure {
  return new ProviderFailure({
    kind: 'offline',
    code: 'reset',
    facts: { host: desk.client.host },
    mayHaveLeft: true,
  })
}
