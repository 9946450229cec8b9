import type { Route } from '../router.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import { conversationRoute, noteAction } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { sendTranscripts } from './macros.ts'
import { presentText } from './request-body.ts'

/** A conversation by e-mail (docs/providers/chatwoot.md §1.4); newer trees ask for a plan, and count. */
export const transcriptRoutes: readonly Route<Exchange>[] = [
  conversationRoute('POST', '/transcript', false, (at) => {
    const email = presentText(at.params['email'])
    if (email === null) throw new TurnedDown(refusals.unprocessable('email param missing'))
    switch (at.world.installation.transcripts) {
      case 'planTooSmall':
        return json({ error: 'Email transcript is not available on your plan' }, 402)
      case 'tooMany':
        return { ...emptyOk(), status: 429 }
      case 'sent':
        sendTranscripts(at, email)
        noteAction(at, 'transcript', email)
        return emptyOk()
    }
  }),
]
