import type { AnyEvent } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { askFocus, openConversation, replyTo, showDialog, toast } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { askForAnswers } from '../../state/orders.ts'

/** Does what the tray, a notification or a global key asks the window for, and shows what the host cannot announce. */
export function attend(desk: Desk, event: AnyEvent): void {
  if (event.name === 'attention.asked') ask(desk, event.payload)
  if (event.name === 'notice.raised')
    toast(desk, { title: say(`notice.${event.payload.notice}`, event.payload.facts) })
  if (event.name === 'message.announced' && event.payload.inWindow) announce(desk, event.payload)
}

function ask(desk: Desk, asked: Extract<AnyEvent, { name: 'attention.asked' }>['payload']): void {
  const { conversationId } = asked
  switch (asked.purpose) {
    case 'open':
      if (conversationId !== null) openConversation(desk, conversationId)
      return askFocus(desk, conversationId === null ? 'list' : 'thread')
    case 'reply':
      if (conversationId !== null) replyTo(desk, conversationId)
      return
    case 'resolve':
      if (conversationId === null) return
      openConversation(desk, conversationId)
      return askForAnswers(desk, [conversationId])
    case 'addAccount':
      return showDialog(desk, { kind: 'addAccount' })
    case 'settings':
      return showDialog(desk, { kind: 'settings' })
    case 'find':
      return askFocus(desk, 'find')
  }
}

/** Not for the thread that is being read: its message is in sight already. */
function announce(desk: Desk, told: Extract<AnyEvent, { name: 'message.announced' }>['payload']): void {
  const { openId, isVisible, isFocused } = desk.view.getState()
  const { conversationId, title, body } = told
  if (openId === conversationId && isVisible && isFocused) return
  const action = { label: say('act.open'), run: () => openConversation(desk, conversationId) }
  toast(desk, { title, body: body === '' ? null : body, action })
}
