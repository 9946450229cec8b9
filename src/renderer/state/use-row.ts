import type { ConversationRow } from '../../shared/contract/contract.ts'
import { useDesk, useMirror } from './hooks.ts'
import { rowOf } from './selectors.ts'

/** The freshest row held for a conversation; null where it is neither in the list nor open. */
export function useRow(conversationId: string): ConversationRow | null {
  const desk = useDesk()
  return useMirror(() => rowOf(desk, conversationId))
}
