import { withTickets } from '../../../../tests/support/simulated-chatwoot-public.ts'
import { startChatwootSimulator } from '../../../simulators/chatwoot/chatwoot-simulator.ts'
import { nodeHttp } from '../../shells/loopback/node-http.ts'
import { provesProvider, type Stage } from '../provider.conformance.ts'
import { chatwootPublic } from './chatwoot-public.ts'

provesProvider('chatwoot-public', publicStage, [
  ...(['reopen', 'pend', 'snooze', 'snoozeUntilReply', 'assign', 'unassign', 'leaveTeam'] as const),
  ...(['label', 'prioritise', 'mute', 'unmute', 'markUnread'] as const),
  ...(['candidates', 'removeMessage', 'retryMessage'] as const),
])

async function publicStage(): Promise<Stage> {
  const simulator = await startChatwootSimulator()
  const http = nodeHttp({ env: {} })
  const { inbox, rosa, lamp, cord } = await withTickets(simulator, () => Promise.resolve())
  const fields = { url: simulator.url, inbox, contacts: rosa, identifier: '', hash: '' }
  return {
    provider: chatwootPublic,
    http,
    signIn: { method: 'identifiers', fields },
    conversationKey: String(lamp),
    label: '',
    everyMessage: () => new Map([lamp, cord].map((each) => [String(each), shownIn(each)])),
    // To the agent, who is the customer here, the one who writes is somebody at the helpdesk.
    customerWrites: (text) =>
      String(simulator.scenario.agentWrites({ conversation: lamp, as: 'ada', text }).message),
    // A ticket that is gone is told in the same words; only that the contact is gone too tells them apart.
    unknownSecret: () => simulator.scenario.publicContactGone({ contact: rosa }),
    async close() {
      await http.close()
      await simulator.close()
    },
  }

  function shownIn(conversation: number): string[] {
    const { messages } = simulator.scenario.look({ conversation })
    return messages.flatMap((each) => {
      const { id, private: isPrivate, message_type: type } = each as Record<string, unknown>
      return isPrivate === true || type === 2 ? [] : [String(id)]
    })
  }
}
