import { jsonAnswer } from '../../../../tests/support/scripted-http.ts'
import { startWapikitSimulator } from '../../../simulators/wapikit/wapikit-simulator.ts'
import { nodeHttp } from '../../shells/loopback/node-http.ts'
import { provesProvider, type CallName, type Stage } from '../provider.conformance.ts'
import { wapikit } from './wapikit.ts'

const never: readonly CallName[] = [
  'pend',
  'snooze',
  'snoozeUntilReply',
  'leaveTeam',
  'label',
  'prioritise',
  'mute',
  'unmute',
  'markRead',
  'markUnread',
  'removeMessage',
  'retryMessage',
]

// Where an update does nothing, a session that knows it has no part for it; the way there is in done.test.ts.
provesProvider('wapikit, main branch', () => stageOf('main'), ['resolve', 'reopen', ...never])
provesProvider('wapikit, newer branch', () => stageOf('newer'), ['resolve', 'reopen', ...never])
provesProvider('wapikit, hosted', () => stageOf('hosted'), never)

async function stageOf(dialect: 'main' | 'newer' | 'hosted'): Promise<Stage> {
  const simulator = await startWapikitSimulator({ dialect })
  const http = nodeHttp({ env: {} })
  const found = await fetch(`${simulator.url}/conversations?page=1&per_page=50`, {
    headers: { 'x-access-token': simulator.key },
  })
  const shown = ((await found.json()) as { conversations: Shown[] }).conversations
  const closed = await fetch(`${simulator.url}/conversations?page=1&per_page=50&status=Closed`, {
    headers: { 'x-access-token': simulator.key },
  })
  shown.push(...((await closed.json()) as { conversations: Shown[] }).conversations)
  const conversationKey = shown.find((each) => each.contact.name === 'Amara Nwosu')?.uniqueId ?? ''
  return {
    provider: wapikit,
    http,
    signIn: { method: 'token', fields: { url: simulator.url, token: simulator.key } },
    conversationKey,
    label: '',
    learned: dialect === 'hosted' ? {} : { updateWorks: false },
    notThere: 'unknowable',
    everyMessage: () => new Map(shown.map(({ uniqueId }) => [uniqueId, keysIn(uniqueId)])),
    customerWrites: (text) =>
      simulator.scenario.customerWrites({ conversation: conversationKey, text }).message ?? '',
    unknownSecret: jsonAnswer({ message: 'Unauthorized access' }, 401),
    async close() {
      await http.close()
      await simulator.close()
    },
  }

  function keysIn(conversation: string): string[] {
    const { messages } = simulator.scenario.look({ conversation }) as Shown
    return messages.map((each) => each.uniqueId)
  }
}

interface Shown {
  readonly uniqueId: string
  readonly contact: { readonly name: string }
  readonly messages: readonly { readonly uniqueId: string }[]
}
