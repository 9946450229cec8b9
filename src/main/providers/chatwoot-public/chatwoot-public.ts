import type { Provider, ProviderAccount, ProviderHost, Session } from '../provider.ts'
import { openDesk } from './desk.ts'
import { findSent } from './find-sent.ts'
import { doneBundle, readBundle, typingBundle } from './orders.ts'
import { probeDesk } from './probe.ts'
import { createPull } from './pull.ts'
import { sendReply } from './send.ts'
import { signIn } from './sign-in.ts'
import { startBundle } from './start.ts'
import { readThread } from './thread.ts'
import { readTicket } from './tickets.ts'

/** Chatwoot by its Client API: the agent is the customer of somebody else's helpdesk, and has tickets there. */
export const chatwootPublic: Provider = {
  id: 'chatwoot-public',
  label: 'Chatwoot, as a customer',
  signIn,
  probe: probeDesk,
  open: openSession,
}

/** What servers take by default; another limit is told by its refusal (docs/providers/chatwoot-public.md §2.3). */
const mostFileBytes = 40 * 1024 * 1024

function openSession(account: ProviderAccount, secret: string, host: ProviderHost): Session {
  const desk = openDesk(account, secret, host)
  return {
    pull: createPull(desk),
    thread: (key, before, signal) => readThread(desk, key, before, signal),
    send: (reply, signal) => sendReply(desk, reply, signal),
    findSent: (sought, signal) => findSent(desk, sought, signal),
    look: (key, signal) => readTicket(desk, key, signal),
    done: doneBundle(desk),
    read: readBundle(desk),
    attachments: { maxBytes: mostFileBytes },
    typing: typingBundle(desk),
    start: startBundle(desk),
  }
}
