import { handClock, type HandClock } from './hand-clock.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import {
  startAelystSimulator,
  type AelystSimulator,
  type AelystSimulatorOptions,
} from '../../src/simulators/aelyst/aelyst-simulator.ts'
import type { Http } from '../../src/main/ports/http.ts'
import { aelyst } from '../../src/main/providers/aelyst/aelyst.ts'
import type { Page, ProviderAccount, Session } from '../../src/main/providers/provider.ts'
import { nodeHttp } from '../../src/main/shells/loopback/node-http.ts'

/** For tests: a session at the simulator over real sockets, both on one clock that turns by hand. */
export interface SimulatedAelyst {
  readonly simulator: AelystSimulator
  readonly session: Session
  readonly clock: HandClock
  /** What was learned of the server so far. */
  readonly learned: ProviderAccount['settings']
  /** Lets a call come to its end, turning the clock as far as it waits. */
  run<T>(call: Promise<T>): Promise<T>
  /** Every page from a cursor on, until there is no more right now. */
  pull(cursor?: string | null): Promise<Page[]>
  /** Method and path of what was asked since the last look, without the version. */
  asked(): string[]
  close(): Promise<void>
}

export const never = new AbortController().signal

export async function startSimulatedAelyst(
  given: Omit<AelystSimulatorOptions, 'clock'> & { readonly user?: string } = {},
): Promise<SimulatedAelyst> {
  const { user = 'nilo@example.com', ...options } = given
  const clock = handClock()
  const simulator = await startAelystSimulator({ ...options, clock })
  const http = nodeHttp({ env: {} })
  const host = { http: http as Http, clock, log: () => {} }
  const fields = { url: simulator.url, token: simulator.token, user }
  const probing = aelyst.probe({ method: 'token', fields, carried: null }, host, never)
  const found = await turning(clock, probing)
  if (found.kind !== 'found') throw new Error(`${user} is no user there`)
  const { baseUrl, choices } = found
  let settings = found.settings
  const account = { id: accountId('home'), key: choices[0]?.key ?? '', baseUrl, settings }
  const session = aelyst.open(account, simulator.token, host, (learned) => {
    settings = { ...settings, ...learned }
  })
  let seen = simulator.requests.length
  return {
    simulator,
    session,
    clock,
    get learned() {
      return settings
    },
    run: (call) => turning(clock, call),
    async pull(cursor = null) {
      const pages = [await turning(clock, session.pull(cursor, never))]
      while (pages.at(-1)?.more === true)
        pages.push(await turning(clock, session.pull(pages.at(-1)?.cursor ?? null, never)))
      return pages
    },
    asked() {
      const fresh = simulator.requests.slice(seen)
      seen = simulator.requests.length
      return fresh.map(({ method, path }) => `${method} ${decodeURIComponent(path).replace(/^\/v\d/, '')}`)
    },
    async close() {
      await http.close()
      await simulator.close()
    },
  }
}

/** A quarter of a second at a time, as long as it takes. */
async function turning<T>(clock: HandClock, call: Promise<T>): Promise<T> {
  let isOver = false
  const over = (): void => void (isOver = true)
  call.then(over, over)
  while (!isOver) {
    if (clock.pending() > 0) await clock.advance(250)
    else await new Promise((resolve) => setImmediate(resolve))
  }
  return call
}
