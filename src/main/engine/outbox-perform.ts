import type { Action } from '../../shared/domain/action.ts'
import type { Conversation } from '../../shared/domain/conversation.ts'
import { ProviderFailure, type Session } from '../providers/provider.ts'

/** Asks the server for one action. Throws ProviderFailure, `notPossible` where the session has no bundle for it. */
export async function perform(
  session: Session,
  action: Action,
  { key, said }: { readonly key: string; readonly said: Conversation | null },
  signal: AbortSignal,
): Promise<Performed> {
  if (action.kind === 'reopen') return having(session.done?.reopen?.(key, signal))
  const known = async (): Promise<Conversation> => said ?? (await session.look(key, signal)).conversation
  return { conversation: await asked(session, action, { key, known }, signal), restored: true }
}

export interface Performed {
  readonly conversation: Conversation
  /** False when a reopened conversation did not go back to whom it was assigned to. */
  readonly restored: boolean
}

async function asked(
  session: Session,
  action: Exclude<Action, { kind: 'reopen' }>,
  of: { readonly key: string; readonly known: () => Promise<Conversation> },
  signal: AbortSignal,
): Promise<Conversation> {
  const { key } = of
  switch (action.kind) {
    case 'resolve':
      return having(session.done?.resolve(key, action.answers, signal))
    case 'pend':
      return having(session.done?.pend?.(key, signal))
    case 'snooze':
      if (action.until === null && session.snooze?.untilReply !== true) throw impossible()
      return having(session.snooze?.snooze(key, action.until, signal))
    case 'assign':
      if (session.assign === undefined) throw impossible()
      return session.assign.assign(await of.known(), action.to, signal)
    case 'assignTeam':
      if (session.assign?.assignTeam === undefined) throw impossible()
      return session.assign.assignTeam(await of.known(), action.to, signal)
    case 'label':
      return having(session.labels?.change(key, { add: action.add, remove: action.remove }, signal))
    case 'prioritise':
      return having(session.priority?.set(key, action.priority, signal))
    case 'mute':
      return having(session.mute?.mute(key, signal))
    case 'unmute':
      return having(session.mute?.unmute(key, signal))
    case 'markRead':
      return having(session.read?.markRead(key, signal))
    case 'markUnread':
      return having(session.read?.markUnread?.(key, signal))
  }
}

/** What a bundle answers, where there is one. */
function having<T>(answer: Promise<T> | undefined): Promise<T> {
  if (answer === undefined) throw impossible()
  return answer
}

function impossible(): ProviderFailure {
  return new ProviderFailure({ kind: 'rejected', code: 'notPossible', mayHaveLeft: false })
}
