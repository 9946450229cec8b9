import type { Learn, Provider, ProviderAccount, ProviderHost, Session } from '../provider.ts'
import { assignBundle } from './assign.ts'
import { openDesk } from './desk.ts'
import { directoryBundle } from './directory.ts'
import { doneBundle } from './done.ts'
import { findSent } from './find-sent.ts'
import { probeWapikit } from './probe.ts'
import { createPull } from './pull.ts'
import { sendReply } from './send.ts'
import { signIn } from './sign-in.ts'
import { createThread } from './thread.ts'

/** WhatsApp conversations of one organisation at a Wapikit, in any of its dialects; text alone goes out. */
export const wapikit: Provider = {
  id: 'wapikit',
  label: 'Wapikit',
  signIn,
  probe: probeWapikit,
  open: openSession,
}

/** Of the newer branch, each route bears 600 an hour from one address, a whole office behind it (docs/providers/wapikit.md §5). */
const budget = { perMinute: 10, burst: 60 }

type Changing = { -readonly [Name in keyof Session]: Session[Name] }

function openSession(
  account: ProviderAccount,
  key: string,
  host: ProviderHost,
  learn: Learn = () => {},
): Session {
  const desk = openDesk(account, key, host, learn)
  const { updateWorks, mayUpdate, mayAssign } = desk.learned.now
  const session: Changing = {
    budget,
    pull: createPull(desk),
    thread: createThread(desk),
    send: (reply, signal) => sendReply(desk, reply, signal),
    findSent: (sought, signal) => findSent(desk, sought, signal),
    look: (conversationKey, signal) => desk.read(conversationKey, signal),
    directory: directoryBundle(desk),
  }
  const isDoneThere = updateWorks !== false && mayUpdate
  if (isDoneThere) session.done = doneBundle(desk, () => delete session.done)
  if (mayAssign) session.assign = assignBundle(desk, () => delete session.assign)
  return session
}
