import {
  startChatwootSimulator,
  type ChatwootSimulator,
} from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { withTickets } from '../support/simulated-chatwoot-public.ts'
import { named } from './chatwoot-rig.ts'
import type { Rig, RigKind, Struck } from './rig.ts'

/** Two tickets at a Chatwoot of somebody else's. It keeps nothing of ours, whatever its version. */
export const chatwootPublicRig: RigKind = {
  servers: { dropsOwnIds: { keepsOwnIds: false } },
  actions: ['resolve'],
  async start({ clock, seed }) {
    const simulator = await startChatwootSimulator({ clock: { now: () => clock.now() }, seed })
    const { inbox, rosa: contact, lamp } = await withTickets(simulator, () => Promise.resolve())
    const other = simulator.scenario.publicTicket({ contact, text: 'Where is my invoice?' }).conversation
    const ticking = setInterval(() => simulator.scenario.tick(), 5)
    return {
      signIn: {
        provider: 'chatwoot-public',
        method: 'identifiers',
        fields: { url: simulator.url, inbox, contacts: contact, identifier: '', hash: '' },
        accountKey: await numberOf(`${simulator.url}/public/api/v1/inboxes/${inbox}/contacts/${contact}`),
      },
      places: [lamp, other].map((conversation) => ({
        conversation: String(conversation),
        actions: [{ kind: 'resolve', answers: {} }],
        takesFiles: true,
        takesNotes: false,
      })),
      ...troubleAt(simulator),
      ...sightOf(simulator),
      async close() {
        clearInterval(ticking)
        await simulator.close()
      },
    }
  },
}

async function numberOf(contact: string): Promise<string> {
  const { id } = (await (await fetch(contact)).json()) as { id: number }
  return String(id)
}

const tickets = '/public/api/v1/inboxes/*/contacts/*/conversations'

function troubleAt({ scenario }: ChatwootSimulator): Pick<Rig, 'strike' | 'slow'> {
  return {
    strike(what, nth, fault) {
      const path = `${tickets}/*/${endingOf(what)}`
      scenario.fault(named(fault), { method: 'POST', path, skip: nth - 1, count: 1 })
    },
    slow(what, delayMs) {
      const path = what === 'pulls' ? tickets : `${tickets}/*/messages`
      scenario.fault({ kind: 'latency', delayMs, jitterMs: 0 }, { method: 'GET', path })
    },
  }
}

type Sight = Pick<Rig, 'begun' | 'did' | 'accepted' | 'lateSince'>

function sightOf({ scenario, accepted: { messages, actions }, requests }: ChatwootSimulator): Sight {
  const ordered = () => actions.filter(({ action }) => action === 'toggle_status')
  const endsIn = (path: string, ending: string): boolean => path.replace(/\?.*/, '').endsWith(`/${ending}`)
  return {
    begun: (what) =>
      requests.filter(({ method, path }) => method === 'POST' && endsIn(path, endingOf(what))).length,
    did: (what) => (what === 'reply' ? messages.length : ordered().length),
    accepted() {
      const replies = messages.map(({ conversation, message, content, at }) => {
        const shown = scenario.look({ conversation }).messages.find((each) => idOf(each) === message)
        return {
          conversation: String(conversation),
          text: content,
          at,
          mark: null,
          fileSizes: sizesOf(shown),
        }
      })
      const set = ordered().map(({ conversation, at }) => ({
        conversation: String(conversation),
        ...{ mark: 'resolve', text: null, fileSizes: [], at },
      }))
      return [...replies, ...set].sort((a, b) => a.at - b.at)
    },
    lateSince: () =>
      Math.max(-Infinity, ...requests.filter(({ fault }) => fault === 'acceptLate').map(({ at }) => at)),
  }
}

function endingOf(what: Struck): string {
  return what === 'reply' ? 'messages' : 'toggle_status'
}

function idOf(shown: object): number {
  return (shown as { id: number }).id
}

function sizesOf(shown: object | undefined): number[] {
  const { attachments = [] } = (shown ?? {}) as { attachments?: readonly { file_size: number }[] }
  return attachments.map((each) => each.file_size)
}
