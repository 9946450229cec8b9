import { startAelystSimulator } from '../../../simulators/aelyst/aelyst-simulator.ts'
import { jsonAnswer } from '../../../../tests/support/scripted-http.ts'
import { nodeHttp } from '../../shells/loopback/node-http.ts'
import { provesProvider, type Stage } from '../provider.conformance.ts'
import { aelyst } from './aelyst.ts'

const lacks = [
  'pend',
  'snooze',
  'snoozeUntilReply',
  'leaveTeam',
  'prioritise',
  'mute',
  'unmute',
  'markRead',
  'markUnread',
  'removeMessage',
  'retryMessage',
] as const

provesProvider('aelyst', () => aelystStage('aelyst'), lacks)
provesProvider('respond.io', () => aelystStage('respondio'), lacks)

async function aelystStage(manner: 'aelyst' | 'respondio'): Promise<Stage> {
  // The clock turns by itself here, and the limits count real seconds.
  const simulator = await startAelystSimulator({ manner, manners: { isLimiting: false } })
  const http = nodeHttp({ env: {} })
  return {
    provider: aelyst,
    http,
    signIn: {
      method: 'token',
      fields: { url: simulator.url, token: simulator.token, user: 'nilo@example.com' },
    },
    conversationKey: '301',
    label: 'delivery',
    everyMessage: () => new Map(open().map((contact) => [String(contact), keysIn(contact)])),
    customerWrites: (text) => String(simulator.scenario.customerWrites({ contact: 301, text }).message),
    newsAfterMs: 300_000,
    unknownSecret: jsonAnswer({ code: 401, message: 'UN_AUTHORIZED' }, 401),
    async close() {
      await http.close()
      await simulator.close()
    },
  }

  function open(): number[] {
    return [301, 302, 303, 304, 305, 306, 307, 308].filter(
      (contact) => 'status' in look(contact) && look(contact).status === 'open',
    )
  }

  function look(contact: number) {
    return simulator.scenario.look({ contact }).contact as { status?: string }
  }

  function keysIn(contact: number): string[] {
    const { messages } = simulator.scenario.look({ contact })
    return messages.map((each) => String((each as { messageId: number }).messageId))
  }
}
