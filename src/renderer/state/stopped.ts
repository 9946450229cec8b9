import type { MessageRow } from '../../shared/contract/contract.ts'
import { say } from '../../shared/words/words.ts'
import { askFocus, tellFailure, toast } from './acts.ts'
import type { Desk } from './desk.ts'

/**
 * Takes a reply of ours out of the queue, back into its draft, and goes on writing there. `mayBeThere` is the agent's
 * word that one of unknown fate may have arrived.
 */
export async function writeOn(desk: Desk, message: MessageRow, mayBeThere: boolean): Promise<void> {
  const { outboxId, delivery } = message
  if (outboxId === null) return
  // What was typed since is put under what comes back, so it has to be there first.
  await Promise.all([...desk.view.getState().keepDrafts].map((keep) => keep()))
  const answer = await desk.bridge.call('outbox.edit', { outboxId, mayBeThere })
  if (!answer.ok) return tellFailure(desk, answer.failure)
  const { conversationId, kind } = answer.value
  desk.view.setState({ restored: { conversationId } })
  if (desk.view.getState().openId === conversationId) askFocus(desk, kind === 'note' ? 'note' : 'composer')
  const waited = 'holdsBack' in delivery ? delivery.holdsBack : 0
  if (waited > 0) toast(desk, { title: say('delivery.othersGo', { count: waited }) })
}

/** Throws a reply away that stopped, words and all. */
export async function throwAway(desk: Desk, outboxId: string): Promise<void> {
  const answer = await desk.bridge.call('outbox.discard', { outboxId })
  if (answer.ok) askFocus(desk, 'thread')
  else tellFailure(desk, answer.failure)
}
