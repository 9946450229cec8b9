import { Notification } from 'electron'
import type { ConversationId } from '../../../shared/domain/ids.ts'
import type { Log } from '../../ports/log.ts'
import type { Notifier } from '../../ports/notifier.ts'

/** One notification a message, through the desktop. A click opens its thread, however old the notification is. */
export function desktopNotifier(onClick: (id: ConversationId) => void, log: Log): Notifier {
  /** Kept, or the garbage collector would take a notification's click with it. */
  const shown = new Map<Notification, ConversationId>()
  return {
    show({ conversationId, title, body }, onFailed) {
      if (!Notification.isSupported()) {
        log('notification.unsupported')
        return onFailed()
      }
      const notification = new Notification({ title, body })
      shown.set(notification, conversationId)
      forgetOldest(shown)
      notification.on('click', () => {
        shown.delete(notification)
        onClick(conversationId)
      })
      notification.on('failed', (_event, reason) => {
        shown.delete(notification)
        log('notification.failed', { reason })
        onFailed()
      })
      notification.show()
    },
    withdraw(conversationId) {
      for (const [notification, about] of shown) {
        if (about !== conversationId) continue
        shown.delete(notification)
        notification.close()
      }
    },
  }
}

/** A closed notification may still be clicked in the notification centre, so only age takes one out. */
const mostKept = 200

function forgetOldest(shown: Map<Notification, ConversationId>): void {
  const [oldest] = shown.keys()
  if (shown.size > mostKept && oldest !== undefined) shown.delete(oldest)
}
