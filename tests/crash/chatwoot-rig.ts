import type { ChatwootFault } from '../../src/simulators/chatwoot/named-faults.ts'
import {
  startChatwootSimulator,
  type ChatwootSimulator,
} from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import type { AcceptedOrder } from './judge.ts'
import type { Rig, RigFault, RigKind, Struck } from './rig.ts'

/** A small Chatwoot: a chat and a mail conversation, which may both be answered. */
export const chatwootRig: RigKind = {
  servers: { keepsOwnIds: { keepsOwnIds: true }, dropsOwnIds: { keepsOwnIds: false } },
  actions: ['label', 'resolve'],
  async start({ clock, seed, server }) {
    const simulator = await startChatwootSimulator({ clock: { now: () => clock.now() }, seed })
    if (server === 'dropsOwnIds') simulator.scenario.server({ keepsUnknownContentAttributes: false })
    const ticking = setInterval(() => simulator.scenario.tick(), 5)
    return {
      signIn: {
        provider: 'chatwoot',
        method: 'token',
        fields: { url: simulator.url, token: simulator.token },
        accountKey: '1',
      },
      places: [place('5', 'broken'), place('3', 'delivery')],
      ...troubleAt(simulator),
      ...sightOf(simulator),
      async close() {
        clearInterval(ticking)
        await simulator.close()
      },
    }
  },
}

function place(conversation: string, label: string): Rig['places'][number] {
  const actions = [
    { kind: 'label', add: [label], remove: [] },
    { kind: 'resolve', answers: {} },
  ] as const
  return { conversation, actions, takesFiles: true, takesNotes: true }
}

const conversations = '/api/v1/accounts/*/conversations'

function troubleAt({ scenario }: ChatwootSimulator): Pick<Rig, 'strike' | 'slow'> {
  return {
    strike(what, nth, fault) {
      const path = `${conversations}/*/${endingOf(what)}`
      scenario.fault(named(fault), { method: 'POST', path, skip: nth - 1, count: 1 })
    },
    slow(what, delayMs) {
      const path = what === 'pulls' ? conversations : `${conversations}/*/messages`
      scenario.fault({ kind: 'latency', delayMs, jitterMs: 0 }, { method: 'GET', path })
    },
  }
}

export function named(fault: RigFault): ChatwootFault {
  if (fault.kind !== 'status') return fault
  switch (fault.status) {
    case 449:
      return { kind: 'retryWith' }
    case 500:
      return { kind: 'serverError' }
    case 502:
      return { kind: 'badGateway', status: 502 }
  }
}

type Sight = Pick<Rig, 'begun' | 'did' | 'accepted' | 'lateSince'>

function sightOf({ scenario, accepted: { messages, actions }, requests }: ChatwootSimulator): Sight {
  return {
    begun: (what) =>
      requests.filter(
        ({ method, path }) => method === 'POST' && path.replace(/\?.*/, '').endsWith(`/${endingOf(what)}`),
      ).length,
    did: (what) =>
      what === 'reply' ? messages.length : actions.filter(({ action }) => action === endingOf(what)).length,
    accepted() {
      const replies = messages.map(({ conversation, message, content, at }) => {
        const shown = scenario
          .look({ conversation })
          .messages.find((each) => numberIn(each, 'id') === message)
        return { ...{ conversation: String(conversation), text: content, at }, ...contentOf(shown ?? {}) }
      })
      const set = actions.map(({ conversation, action, value, at }) => ({
        conversation: String(conversation),
        mark: action === 'labels' ? `label ${newest(value)}` : value === 'resolved' ? 'resolve' : action,
        ...{ text: null, fileSizes: [], at },
      }))
      return [...replies, ...set].sort((a, b) => a.at - b.at)
    },
    lateSince: () =>
      Math.max(-Infinity, ...requests.filter(({ fault }) => fault === 'acceptLate').map(({ at }) => at)),
  }
}

function endingOf(what: Struck): string {
  if (what === 'reply') return 'messages'
  return what === 'label' ? 'labels' : 'toggle_status'
}

/** Added labels come last. */
function newest(labels: string | null): string {
  return labels?.split(',').at(-1) ?? ''
}

/** What the server shows of a message: our own id where it kept it, and its files. */
function contentOf(shown: object): Pick<AcceptedOrder, 'mark' | 'fileSizes'> {
  const { content_attributes: attributes, attachments } = shown as Record<string, unknown>
  const ownId =
    typeof attributes === 'object' && attributes !== null ? valueIn(attributes, 'tuntas_id') : null
  return {
    mark: typeof ownId === 'string' ? ownId : null,
    fileSizes: Array.isArray(attachments)
      ? attachments.map((each: object) => numberIn(each, 'file_size'))
      : [],
  }
}

function numberIn(shown: object, name: string): number {
  return Number(valueIn(shown, name))
}

function valueIn(shown: object, name: string): unknown {
  return (shown as Record<string, unknown>)[name]
}
