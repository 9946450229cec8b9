import { handClock, type HandClock } from './hand-clock.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import {
  startChatwootSimulator,
  type ChatwootSimulator,
  type ChatwootSimulatorOptions,
} from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { nodeHttp } from '../../src/main/shells/loopback/node-http.ts'
import type { Http, HttpRequest } from '../../src/main/ports/http.ts'
import type { Session } from '../../src/main/providers/provider.ts'
import { chatwoot } from '../../src/main/providers/chatwoot/chatwoot.ts'

/** For tests: a session at the simulator over real sockets, both on clocks turned by hand. */
export interface Simulated {
  readonly simulator: ChatwootSimulator
  readonly session: Session
  /** What the session goes by. */
  readonly http: Http
  /** Ours. */
  readonly clock: HandClock
  /** The server's; it starts with ours. */
  readonly serverClock: HandClock
  /** The paths asked for since the last look, with their query, without the account's part. */
  asked(): string[]
  /** The requests made since the last look, as they left. */
  sent(): Sent[]
  /** From now on requests end up at another address, as if names or routes had changed, and writes are given up earlier. */
  way(given: { readonly to?: string; readonly patienceMs?: number }): void
  /** The same account after a restart: whatever a session remembers is gone. */
  reopened(): Session
  close(): Promise<void>
}

export interface Sent {
  readonly method: HttpRequest['method']
  /** Without the account's part. */
  readonly path: string
  readonly headers: HttpRequest['headers']
  /** Parsed, where it was JSON; text, where it was anything else. */
  readonly body: unknown
}

export async function startSimulated(data: ChatwootSimulatorOptions['data'] = 'small'): Promise<Simulated> {
  const clock = handClock()
  const serverClock = handClock()
  const simulator = await startChatwootSimulator({ data, clock: serverClock })
  const http = nodeHttp({ env: {} })
  const left: HttpRequest[] = []
  let way: Parameters<Simulated['way']>[0] = {}
  const watched: Http = {
    request(request, signal) {
      left.push(request)
      const url = request.url.replace(simulator.url, way.to ?? simulator.url)
      const patienceMs = request.method === 'GET' ? undefined : way.patienceMs
      const timeoutMs = Math.min(request.timeoutMs, patienceMs ?? Infinity)
      return http.request({ ...request, url, timeoutMs }, signal)
    },
  }
  const host = { http: watched, clock, log: () => {} }
  const fields = { url: simulator.url, token: simulator.token }
  const ask = { method: 'token', fields, carried: null }
  const found = await chatwoot.probe(ask, host, new AbortController().signal)
  if (found.kind !== 'found') throw new Error('a token needs no second step')
  const { baseUrl, settings, choices } = found
  const account = { id: accountId('home'), key: choices[0]?.key ?? '', baseUrl, settings }
  const reopened = () => chatwoot.open(account, simulator.token, host)
  left.length = 0
  let seen = simulator.requests.length
  return {
    simulator,
    session: reopened(),
    http: watched,
    clock,
    serverClock,
    asked() {
      const fresh = simulator.requests.slice(seen)
      seen = simulator.requests.length
      return fresh.map((each) => each.path.replace(`/api/v1/accounts/${account.key}`, ''))
    },
    way: (given) => void (way = given),
    sent: () => left.splice(0).map((request) => sentOf(request, account.key)),
    reopened,
    async close() {
      await http.close()
      await simulator.close()
    },
  }
}

function sentOf({ method, url, headers, body }: HttpRequest, account: string): Sent {
  const { pathname, search } = new URL(url)
  const path = (pathname + search).replace(`/api/v1/accounts/${account}`, '')
  const text = typeof body === 'string' || body === null ? body : new TextDecoder().decode(body)
  const isJson = headers['Content-Type'] === 'application/json' && text !== null
  return { method, path, headers, body: isJson ? JSON.parse(text) : text }
}
