import type { Http, HttpRequest } from '../../src/main/ports/http.ts'
import { chatwootPublic } from '../../src/main/providers/chatwoot-public/chatwoot-public.ts'
import type { Probed, ProviderHost, Session } from '../../src/main/providers/provider.ts'
import { nodeHttp } from '../../src/main/shells/loopback/node-http.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import {
  startChatwootSimulator,
  type ChatwootSimulator,
} from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { handClock, type HandClock } from './hand-clock.ts'

/** For tests: customers of a helpdesk, over real sockets, both on clocks turned by hand. */
export interface SimulatedPublic {
  readonly simulator: ChatwootSimulator
  readonly clock: HandClock
  readonly serverClock: HandClock
  readonly tickets: Tickets
  /** As Rosa alone, or as both; `fields` replace what is typed. */
  probe(given?: {
    readonly as?: 'rosa' | 'both'
    readonly fields?: Readonly<Record<string, string>>
  }): Promise<Probed>
  open(given?: Parameters<SimulatedPublic['probe']>[0]): Promise<Session>
  /** The requests since the last look, without what stands in every path. */
  asked(): string[]
  /** Everything logged. */
  readonly log: readonly string[]
  close(): Promise<void>
}

/** What there is at the start: Rosa has two tickets and Milo one, in the API inbox of the small world. */
export interface Tickets {
  readonly inbox: string
  readonly rosa: string
  readonly milo: string
  readonly rosaHash: string
  /** Rosa's, open, answered by Ada and unread. */
  readonly lamp: number
  /** Rosa's, resolved. */
  readonly cord: number
  /** Milo's, open, not answered. */
  readonly bulb: number
}

export const rosaIdentifier = 'rosa@example.com'

/** Puts Rosa and Milo with their tickets into a simulated world. */
export async function withTickets(
  { scenario }: ChatwootSimulator,
  turn: (ms: number) => Promise<void>,
): Promise<Tickets> {
  const rosa = scenario.publicContact({ name: 'Rosa Lind', identifier: rosaIdentifier })
  const milo = scenario.publicContact({ name: 'Milo Arce' })
  const cord = scenario.publicTicket({ contact: rosa.contact, text: 'The cord is too short.' })
  await turn(60_000)
  scenario.agentWrites({ conversation: cord.conversation, as: 'ada', text: 'A longer one is on its way.' })
  scenario.agentSets({ conversation: cord.conversation, as: 'ada', status: 'resolved' })
  await turn(60_000)
  const lamp = scenario.publicTicket({ contact: rosa.contact, text: 'My lamp flickers.' })
  await turn(60_000)
  scenario.agentWrites({ conversation: lamp.conversation, as: 'ada', text: 'Since when?' })
  await turn(60_000)
  const bulb = scenario.publicTicket({ contact: milo.contact, text: 'Which bulb fits?' })
  return {
    inbox: rosa.inbox,
    rosa: rosa.contact,
    milo: milo.contact,
    rosaHash: rosa.identifierHash,
    lamp: lamp.conversation,
    cord: cord.conversation,
    bulb: bulb.conversation,
  }
}

export async function startSimulatedPublic(): Promise<SimulatedPublic> {
  const clock = handClock()
  const serverClock = handClock()
  const simulator = await startChatwootSimulator({ clock: serverClock })
  const turn = async (ms: number): Promise<void> => {
    await clock.advance(ms)
    await serverClock.advance(ms)
  }
  const tickets = await withTickets(simulator, turn)
  await turn(60_000)
  const http = nodeHttp({ env: {} })
  const left: HttpRequest[] = []
  const watched: Http = {
    request(request, signal) {
      left.push(request)
      return http.request(request, signal)
    },
  }
  const log: string[] = []
  const host: ProviderHost = {
    http: watched,
    clock,
    log: (event, facts = {}) => void log.push(`${event} ${JSON.stringify(facts)}`),
  }
  const never = new AbortController().signal
  const probe: SimulatedPublic['probe'] = async ({ as = 'rosa', fields = {} } = {}) => {
    const contacts = as === 'both' ? `${tickets.rosa}\n${tickets.milo}` : tickets.rosa
    const typed = { url: simulator.url, inbox: tickets.inbox, contacts, identifier: '', hash: '', ...fields }
    const found = await chatwootPublic.probe(
      { method: 'identifiers', fields: typed, carried: null },
      host,
      never,
    )
    if (found.kind !== 'found') throw new Error('identifiers need no second step')
    return found
  }
  return {
    simulator,
    clock,
    serverClock,
    tickets,
    log,
    probe,
    async open(given) {
      const { baseUrl, settings, choices, secret } = await probe(given)
      const account = { id: accountId('home'), key: choices[0]?.key ?? '', baseUrl, settings }
      left.length = 0
      return chatwootPublic.open(account, secret, host)
    },
    asked: () => left.splice(0).map(({ method, url }) => `${method} ${shortened(url, tickets)}`),
    async close() {
      await http.close()
      await simulator.close()
    },
  }
}

function shortened(url: string, { inbox, rosa, milo }: Tickets): string {
  const { pathname, search } = new URL(url)
  return (pathname + search)
    .replace(`/public/api/v1/inboxes/${inbox}`, '')
    .replace(rosa, 'rosa')
    .replace(milo, 'milo')
}
