import type { Http, HttpRequest } from '../../src/main/ports/http.ts'
import type { ProviderAccount, Session } from '../../src/main/providers/provider.ts'
import { wapikit } from '../../src/main/providers/wapikit/wapikit.ts'
import { nodeHttp } from '../../src/main/shells/loopback/node-http.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import {
  startWapikitSimulator,
  type WapikitSimulator,
  type WapikitSimulatorOptions,
} from '../../src/simulators/wapikit/wapikit-simulator.ts'
import { handClock, type HandClock } from './hand-clock.ts'

/** For tests: a session at the simulator over real sockets, both on clocks turned by hand. */
export interface SimulatedWapikit {
  readonly simulator: WapikitSimulator
  readonly session: Session
  readonly http: Http
  /** Ours, and the server's; they start together. */
  readonly clock: HandClock
  readonly serverClock: HandClock
  /** What the account keeps of its server, as far as it was learned. */
  readonly settings: ProviderAccount['settings']
  /** The requests since the last look, as method and path with query. */
  asked(): string[]
  /** The same, as they left. */
  sent(): HttpRequest[]
  /** The key of the conversation with somebody, by name or number. */
  keyOf(who: string): Promise<string>
  /** The same account after a restart: only what was learned is still known. */
  reopened(): Session
  close(): Promise<void>
}

export async function startSimulatedWapikit(
  options: Pick<WapikitSimulatorOptions, 'dialect' | 'data'> = {},
): Promise<SimulatedWapikit> {
  const clock = handClock()
  const serverClock = handClock()
  const simulator = await startWapikitSimulator({ ...options, clock: serverClock })
  const http = nodeHttp({ env: {} })
  const left: HttpRequest[] = []
  const watched: Http = {
    request(request, signal) {
      left.push(request)
      return http.request(request, signal)
    },
  }
  const host = { http: watched, clock, log: () => {} }
  const fields = { url: simulator.url, token: simulator.key }
  const never = new AbortController().signal
  const found = await wapikit.probe({ method: 'token', fields, carried: null }, host, never)
  if (found.kind !== 'found') throw new Error('a key needs no second step')
  const settings = { ...found.settings }
  const key = found.choices[0]?.key ?? ''
  const reopened = () =>
    wapikit.open(
      { id: accountId('home'), key, baseUrl: found.baseUrl, settings: { ...settings } },
      found.secret,
      host,
      (learned) => void Object.assign(settings, learned),
    )
  left.length = 0
  return {
    simulator,
    session: reopened(),
    http: watched,
    clock,
    serverClock,
    settings,
    asked: () => left.splice(0).map(({ method, url }) => `${method} ${url.replace(simulator.url, '')}`),
    sent: () => left.splice(0),
    async keyOf(who) {
      for (const status of ['', '&status=Closed']) {
        const answer = await fetch(`${simulator.url}/conversations?page=1&per_page=50${status}`, {
          headers: { 'x-access-token': simulator.key },
        })
        const { conversations } = (await answer.json()) as { conversations: readonly Shown[] }
        const row = conversations.find(({ contact }) => contact.name === who || contact.phone === who)
        if (row !== undefined) return row.uniqueId
      }
      throw new Error(`nobody there is called ${who}`)
    },
    reopened,
    async close() {
      await http.close()
      await simulator.close()
    },
  }
}

interface Shown {
  readonly uniqueId: string
  readonly contact: { readonly name: string; readonly phone: string }
}
