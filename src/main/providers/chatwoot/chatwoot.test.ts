import { startChatwootSimulator } from '../../../simulators/chatwoot/chatwoot-simulator.ts'
import { jsonAnswer } from '../../../../tests/support/scripted-http.ts'
import { nodeHttp } from '../../shells/loopback/node-http.ts'
import { provesProvider, type Stage } from '../provider.conformance.ts'
import { chatwoot } from './chatwoot.ts'

provesProvider('chatwoot', chatwootStage)

async function chatwootStage(): Promise<Stage> {
  const simulator = await startChatwootSimulator()
  const http = nodeHttp({ env: {} })
  return {
    provider: chatwoot,
    http,
    signIn: { method: 'token', fields: { url: simulator.url, token: simulator.token } },
    conversationKey: '5',
    label: 'delivery',
    // The sixth is in an inbox this agent is no member of.
    everyMessage: () => new Map([1, 2, 3, 4, 5, 7].map((each) => [String(each), keysIn(each)])),
    customerWrites: (text) => String(simulator.scenario.customerWrites({ conversation: 5, text }).message),
    unknownSecret: jsonAnswer({ error: 'Invalid Access Token' }, 401),
    async close() {
      await http.close()
      await simulator.close()
    },
  }

  function keysIn(conversation: number): string[] {
    return simulator.scenario
      .look({ conversation })
      .messages.map((each) => String('id' in each ? each.id : ''))
  }
}
