import { openConversation } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'

/** Shows who this conversation is with, or puts it away again; one that is not open is opened along with it. */
export function togglePanel(desk: Desk, conversationId: string): void {
  const { openId, panelFor } = desk.view.getState()
  const isShown = openId === conversationId && panelFor === conversationId
  if (openId !== conversationId) openConversation(desk, conversationId)
  desk.view.setState({ panelFor: isShown ? null : conversationId })
}
