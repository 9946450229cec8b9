import type { Provider, ProviderAccount, ProviderHost, Session } from '../provider.ts'
import { doneBundle, readBundle } from './actions.ts'
import { openDesk } from './desk.ts'
import { findSent } from './find-sent.ts'
import { probeChatwoot } from './probe.ts'
import { createPull } from './pull.ts'
import { sendReply } from './send.ts'
import { signIn } from './sign-in.ts'
import { readThread } from './thread.ts'

/** Chatwoot by its Application API: the agent is an agent of the account, with a token of their own. */
export const chatwoot: Provider = {
  id: 'chatwoot',
  label: 'Chatwoot',
  signIn,
  probe: probeChatwoot,
  open: openSession,
}

function openSession(account: ProviderAccount, token: string, host: ProviderHost): Session {
  const desk = openDesk(account, token, host)
  let keepsOwnIds = false
  return {
    pull: createPull(desk),
    thread: (key, before, signal) => readThread(desk, key, before, signal),
    async send(reply, signal) {
      const sent = await sendReply(desk, reply, signal)
      keepsOwnIds = sent.keepsOwnId
      return sent
    },
    findSent: (sought, signal) => findSent(desk, sought, keepsOwnIds, signal),
    done: doneBundle(desk),
    read: readBundle(desk),
  }
}
