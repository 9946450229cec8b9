import type { Message } from '../../../shared/domain/message.ts'
import type { Provider, ProviderAccount, ProviderHost, Session } from '../provider.ts'
import { doneBundle, muteBundle, readBundle, snoozeBundle } from './actions.ts'
import { assignBundle } from './assign.ts'
import { availabilityBundle } from './availability.ts'
import { readConversation } from './conversation-list.ts'
import { openDesk } from './desk.ts'
import { directoryBundle } from './directory.ts'
import { labelsBundle, priorityBundle } from './filing.ts'
import { findSent } from './find-sent.ts'
import { foldersBundle } from './folders.ts'
import { macrosBundle } from './macros.ts'
import { messagesBundle } from './messages.ts'
import { notificationsBundle } from './notifications.ts'
import { panelBundle } from './panel.ts'
import { participantsBundle } from './participants.ts'
import { probeChatwoot } from './probe.ts'
import { createPull } from './pull.ts'
import { searchBundle } from './search.ts'
import { sendReply } from './send.ts'
import { signIn } from './sign-in.ts'
import { startBundle } from './start.ts'
import { readThread } from './thread.ts'
import { transcriptBundle } from './transcript.ts'
import { typingBundle } from './typing.ts'

/** Chatwoot by its Application API: the agent is an agent of the account, with a token of their own. */
export const chatwoot: Provider = {
  id: 'chatwoot',
  label: 'Chatwoot',
  signIn,
  probe: probeChatwoot,
  open: openSession,
}

/** What current servers take by default; another limit is told by its refusal (docs/providers/chatwoot.md §2.2). */
const mostFileBytes = 40 * 1024 * 1024

function openSession(account: ProviderAccount, token: string, host: ProviderHost): Session {
  const desk = openDesk(account, token, host)
  const pull = createPull(desk)
  let keepsOwnIds = false
  /** One reply that still has its id is proof enough, also of a server nothing was sent to since the start. */
  const heard = <T extends { readonly messages: readonly Message[] }>(told: T): T => {
    keepsOwnIds ||= told.messages.some((each) => each.ownId !== null)
    return told
  }
  return {
    pull: async (cursor, signal) => heard(await pull(cursor, signal)),
    thread: async (key, before, signal) => heard(await readThread(desk, key, before, signal)),
    async send(reply, signal) {
      const sent = await sendReply(desk, reply, signal)
      keepsOwnIds = sent.keepsOwnId
      return sent
    },
    findSent: (sought, signal) => findSent(desk, sought, keepsOwnIds, signal),
    look: async (key, signal) => heard(await readConversation(desk, key, signal)),
    done: doneBundle(desk),
    read: readBundle(desk),
    snooze: snoozeBundle(desk),
    assign: assignBundle(desk),
    labels: labelsBundle(desk),
    priority: priorityBundle(desk),
    mute: muteBundle(desk),
    notes: { mentions: true },
    attachments: { maxBytes: mostFileBytes },
    messages: messagesBundle(desk),
    directory: directoryBundle(desk, account.key),
    macros: macrosBundle(desk),
    transcript: transcriptBundle(desk),
    typing: typingBundle(desk),
    availability: availabilityBundle(desk, account.key),
    participants: participantsBundle(desk),
    notifications: notificationsBundle(desk),
    search: searchBundle(desk),
    folders: foldersBundle(desk),
    panel: panelBundle(desk),
    start: startBundle(desk),
  }
}
