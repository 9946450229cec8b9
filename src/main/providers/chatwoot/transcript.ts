import type { Session } from '../provider.ts'
import type { Desk } from './desk.ts'

const timeoutMs = 20_000

/** Sends the conversation by e-mail; thirty an hour for the whole account (docs/providers/chatwoot.md §1.4, §4). */
export function transcriptBundle(desk: Desk): NonNullable<Session['transcript']> {
  return {
    async send(key, email, signal) {
      const path = `${desk.conversationPath(key)}/transcript`
      await desk.client.call({ path, body: { email: email.trim() }, timeoutMs }, signal)
    },
  }
}
