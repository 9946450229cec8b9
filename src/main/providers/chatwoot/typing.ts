import type { TypingBundle } from '../provider.ts'
import type { Desk } from './desk.ts'

const timeoutMs = 10_000

/** Others stop showing somebody as typing after half a minute (docs/providers/chatwoot.md §3.4). */
export function typingBundle(desk: Desk): TypingBundle {
  return {
    lapsesAfterMs: 30_000,
    async tell(key, { isTyping, isNote }, signal) {
      const path = `${desk.conversationPath(key)}/toggle_typing_status`
      const body = { typing_status: isTyping ? 'on' : 'off', is_private: isNote }
      await desk.client.call({ path, body, timeoutMs }, signal)
    },
  }
}
