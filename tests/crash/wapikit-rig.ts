import type { WapikitFault } from '../../src/simulators/wapikit/named-faults.ts'
import {
  startWapikitSimulator,
  type WapikitSimulator,
} from '../../src/simulators/wapikit/wapikit-simulator.ts'
import type { Rig, RigFault, RigKind, Struck } from './rig.ts'

/** A small Wapikit with two customers who just wrote. It keeps none of our ids, so what is unclear is looked for by words. */
export const wapikitRig: RigKind = {
  servers: { hosted: { keepsOwnIds: false }, main: { keepsOwnIds: false } },
  actions: ['resolve'],
  async start({ clock, seed, server }) {
    const dialect = server === 'main' ? 'main' : 'hosted'
    const simulator = await startWapikitSimulator({ clock: { now: () => clock.now() }, seed, dialect })
    // What does nothing would be done on this computer, and a server could not be asked what it accepted.
    simulator.scenario.server({ update: 'works', isLimiting: false })
    const ticking = setInterval(() => simulator.scenario.tick(), 5)
    return {
      signIn: {
        provider: 'wapikit',
        method: 'token',
        fields: { url: simulator.url, token: simulator.key },
        accountKey: simulator.organizationId,
      },
      places: ['15550100191', '15550100192'].map((phone) => placeOf(simulator, phone)),
      ...troubleAt(simulator),
      ...sightOf(simulator),
      async close() {
        clearInterval(ticking)
        await simulator.close()
      },
    }
  },
}

function placeOf({ scenario }: WapikitSimulator, phone: string): Rig['places'][number] {
  const { conversation } = scenario.customerWrites({ phone, text: 'Is anybody there?' })
  if (conversation === null) throw new Error('a text makes a conversation')
  return { conversation, actions: [{ kind: 'resolve', answers: {} }], takesFiles: false, takesNotes: false }
}

const one = '/api/conversation/*'

function troubleAt({ scenario }: WapikitSimulator): Pick<Rig, 'strike' | 'slow'> {
  return {
    strike(what, nth, fault) {
      const path = what === 'reply' ? `${one}/messages` : one
      scenario.fault(named(fault), { method: 'POST', path, skip: nth - 1, count: 1 })
    },
    slow(what, delayMs) {
      const path = what === 'pulls' ? '/api/conversations' : one
      scenario.fault({ kind: 'latency', delayMs, jitterMs: 0 }, { method: 'GET', path })
    },
  }
}

function named(fault: RigFault): WapikitFault {
  // Its limiter names a moment in its body, and knows no header.
  if (fault.kind === 'rateLimited')
    return { kind: 'rateLimited', resetInMs: 1_000 * Number(fault.retryAfter ?? 1) }
  if (fault.kind !== 'status') return fault
  switch (fault.status) {
    case 449:
      return { kind: 'status', status: 449, contentType: 'application/json', body: '{"error":"Retry"}' }
    case 500:
      return { kind: 'serverError' }
    case 502:
      return { kind: 'badGateway', status: 502 }
  }
}

type Sight = Pick<Rig, 'begun' | 'did' | 'accepted' | 'lateSince'>

function sightOf({ accepted: { messages, actions }, requests }: WapikitSimulator): Sight {
  const closings = () => actions.filter(({ action, value }) => action === 'status' && value === 'Closed')
  return {
    begun: (what) => requests.filter(({ method, path }) => method === 'POST' && isOf(what, path)).length,
    did: (what) => (what === 'reply' ? messages.length : closings().length),
    accepted() {
      const replies = messages.map(({ conversation, text, at }) => ({ conversation, text, mark: null, at }))
      const set = closings().map(({ conversation, at }) => ({
        conversation: conversation ?? '',
        text: null,
        mark: 'resolve',
        at,
      }))
      const all = [...replies, ...set].map((each) => ({ ...each, fileSizes: [] }))
      return all.sort((a, b) => a.at - b.at)
    },
    lateSince: () =>
      Math.max(-Infinity, ...requests.filter(({ fault }) => fault === 'acceptLate').map(({ at }) => at)),
  }
}

function isOf(what: Struck, path: string): boolean {
  return (what === 'reply' ? /^\/api\/conversation\/[^/]+\/messages$/ : /^\/api\/conversation\/[^/]+$/).test(
    path,
  )
}
