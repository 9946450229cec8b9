import { startChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import type { ChatwootFault } from '../../src/simulators/chatwoot/named-faults.ts'
import type { Clock } from '../../src/main/ports/clock.ts'
import type { FaultTarget } from '../../src/simulators/faults.ts'
import type { AcceptedOrder } from './judge.ts'

/** A server for a crash run: what it accepted, and what is to go wrong there. */
export interface Rig {
  readonly provider: string
  readonly fields: Readonly<Record<string, string>>
  readonly accountKey: string
  readonly places: readonly { readonly conversation: string; readonly label: string }[]
  /** The `nth` request of its kind meets the fault. */
  strike(what: Struck, nth: number, fault: ChatwootFault): void
  /** Every pull takes so long, in our milliseconds. */
  slowPulls(delayMs: number): void
  /** How many requests of a kind came in, accepted or not. */
  begun(what: Struck): number
  did(what: Struck): number
  accepted(): AcceptedOrder[]
  /** When a request last came in that is done late, by the run's clock; -Infinity where none did. */
  lateSince(): number
  close(): Promise<void>
}

export type Struck = 'reply' | 'label' | 'resolve'

/** A small Chatwoot: a chat and a mail conversation, which may both be answered. */
export async function chatwootRig(clock: Clock, seed: number): Promise<Rig> {
  const simulator = await startChatwootSimulator({ clock: { now: () => clock.now() }, seed })
  const ticking = setInterval(() => simulator.scenario.tick(), 5)
  const { messages, actions } = simulator.accepted
  const isFor = (what: Struck, { method, path }: { method: string; path: string }): boolean =>
    method === 'POST' && path.replace(/\?.*/, '').endsWith(`/${endings[what]}`)
  return {
    provider: 'chatwoot',
    fields: { url: simulator.url, token: simulator.token },
    accountKey: '1',
    places: [
      { conversation: '5', label: 'broken' },
      { conversation: '3', label: 'delivery' },
    ],
    strike(what, nth, fault) {
      const target: FaultTarget = {
        method: 'POST',
        path: `/api/v1/accounts/*/conversations/*/${endings[what]}`,
        skip: nth - 1,
        count: 1,
      }
      simulator.scenario.fault(fault, target)
    },
    slowPulls(delayMs) {
      const target = { method: 'GET', path: '/api/v1/accounts/*/conversations' }
      simulator.scenario.fault({ kind: 'latency', delayMs, jitterMs: 0 }, target)
    },
    begun: (what) => simulator.requests.filter((each) => isFor(what, each)).length,
    did: (what) =>
      what === 'reply'
        ? messages.length
        : actions.filter(({ action }) => action === accomplished[what]).length,
    accepted() {
      const replies = messages.map(({ conversation, message, at }) => ({
        conversation: String(conversation),
        mark: ownIdOf(simulator.scenario.look({ conversation }).messages, message),
        at,
      }))
      const set = actions.map(({ conversation, action, value, at }) => ({
        conversation: String(conversation),
        mark: action === 'labels' ? `label ${newest(value)}` : value === 'resolved' ? 'resolve' : action,
        at,
      }))
      return [...replies, ...set].sort((a, b) => a.at - b.at)
    },
    lateSince: () =>
      Math.max(
        -Infinity,
        ...simulator.requests.filter(({ fault }) => fault === 'acceptLate').map(({ at }) => at),
      ),
    async close() {
      clearInterval(ticking)
      await simulator.close()
    },
  }
}

const endings = { reply: 'messages', label: 'labels', resolve: 'toggle_status' } as const
const accomplished = { label: 'labels', resolve: 'toggle_status' } as const

/** Added labels come last. */
function newest(labels: string | null): string {
  return labels?.split(',').at(-1) ?? ''
}

function ownIdOf(shown: readonly object[], message: number): string {
  const found = shown.find((each) => 'id' in each && each.id === message)
  const attributes: unknown =
    found !== undefined && 'content_attributes' in found ? found.content_attributes : null
  const ownId =
    typeof attributes === 'object' && attributes !== null && 'tuntas_id' in attributes
      ? attributes.tuntas_id
      : null
  return typeof ownId === 'string' ? ownId : `message ${message}`
}
