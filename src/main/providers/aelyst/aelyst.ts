import type { Learn, Provider, ProviderAccount, ProviderHost, Session } from '../provider.ts'
import { assignBundle } from './assign.ts'
import { lookAt, readThread } from './contacts.ts'
import { openDesk } from './desk.ts'
import { directoryBundle } from './directory.ts'
import { doneBundle } from './done.ts'
import { findSent } from './find-sent.ts'
import { panelBundle } from './panel.ts'
import { probeAelyst } from './probe.ts'
import { pull } from './pull.ts'
import { sendReply } from './send.ts'
import { signIn } from './sign-in.ts'
import { labelsBundle } from './tags.ts'

/**
 * Aelyst, and respond.io by its address: a workspace's token, and the agent one of its users. What its API has no part
 * for, read marks and snoozing among it, is done on this computer (docs/providers/aelyst.md §9).
 */
export const aelyst: Provider = {
  id: 'aelyst',
  label: 'Aelyst, respond.io',
  signIn,
  probe: probeAelyst,
  open: openSession,
}

/** Of one workspace, for everybody who works in it (docs/providers/aelyst.md §6). */
const budget = { perMinute: 120, burst: 8 }
const sharedBudget = { perMinute: 30, burst: 8 }

function openSession(
  account: ProviderAccount,
  token: string,
  host: ProviderHost,
  learn: Learn = () => {},
): Session {
  const desk = openDesk(account, token, host, learn)
  return {
    get budget() {
      return desk.learned.sharedBucket ? sharedBudget : budget
    },
    pull: (cursor, signal) => pull(desk, cursor, signal),
    thread: (key, before, signal) => readThread(desk, key, before, signal),
    send: (reply, signal) => sendReply(desk, reply, signal),
    findSent: (sought, signal) => findSent(desk, sought, signal),
    look: (key, signal) => lookAt(desk, key, signal),
    done: doneBundle(desk),
    assign: assignBundle(desk),
    labels: labelsBundle(desk),
    notes: { mentions: true, isEcho: true },
    // No bytes are sent, so no size is asked of them here.
    attachments: { maxBytes: Number.MAX_SAFE_INTEGER, by: 'link' },
    placeholders: ['{{'],
    directory: directoryBundle(desk),
    panel: panelBundle(desk),
  }
}
