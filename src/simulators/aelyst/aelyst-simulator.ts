import type { SimulatorClock } from '../agenda.ts'
import { createFaultBoard } from '../faults.ts'
import { startSimulatorServer, type LoggedRequest } from '../simulator-server.ts'
import { createCustomers, type LivePace } from './customers.ts'
import { mannersOf, type MannerName, type Manners } from './manners.ts'
import type { SpacePlan } from './plan.ts'
import { answerRequest } from './routes.ts'
import { answerScenario } from './scenario-routes.ts'
import { createScenario, type Scenario } from './scenario.ts'
import { settle } from './settling.ts'
import { smallSpace } from './small-data.ts'
import { newToken } from './tokens.ts'
import { createWorld, type Accepted } from './world.ts'

/**
 * Starts an Aelyst that is nobody's, or by option a respond.io: a real HTTP server on 127.0.0.1 with the shapes, limits,
 * silences and errors of docs/providers/aelyst.md, people in it, and a handle to everything that may happen there.
 */
export async function startAelystSimulator(options: AelystSimulatorOptions = {}): Promise<AelystSimulator> {
  const { seed = 1, data = 'small', manner = 'aelyst', port = 0, livePace = null } = options
  const clock = options.clock ?? { now: () => Date.now() }
  const manners = { ...mannersOf(manner), ...options.manners }
  const world = createWorld({ clock, seed, manners, base: manner === 'aelyst' ? '/v1' : '/v2' })
  world.token = options.token ?? newToken(world, manner)
  const settled = settle(world, await spaceNamed(data, seed))
  const customers = createCustomers(world, settled)
  const faults = createFaultBoard(seed)
  const scenario = createScenario({ world, faults, customers, newToken: () => newToken(world, manner) })
  const server = await startSimulatorServer({
    port,
    clock,
    agenda: world.agenda,
    faults,
    answer: (request) => {
      if (!request.path.startsWith('/_scenario/')) return answerRequest(world, request)
      return answerScenario({ world, scenario, faults, requests: server.requests }, request)
    },
  })
  world.origin = server.url
  if (livePace !== null) customers.start(livePace)
  const ticks = options.ticks ?? (options.clock === undefined ? 'own' : 'byHand')
  const timer = ticks === 'own' ? setInterval(() => world.agenda.run(), 150).unref() : undefined
  return {
    url: server.url + world.base,
    origin: server.url,
    token: world.token,
    scenario,
    requests: server.requests,
    accepted: world.accepted,
    close: async () => {
      clearInterval(timer)
      world.agenda.clear()
      await server.close()
    },
  }
}

export interface AelystSimulatorOptions {
  readonly data?: 'small' | 'demo' | { readonly contacts: number }
  readonly manner?: MannerName
  /** Where this workspace is not like others of its kind. */
  readonly manners?: Partial<Manners>
  readonly seed?: number
  /** Where one is handed in, the world only moves when `scenario.tick()` is called, unless `ticks` says otherwise. */
  readonly clock?: SimulatorClock
  readonly ticks?: 'own' | 'byHand'
  /** Customers who keep writing; null for silence. */
  readonly livePace?: LivePace | null
  /** 0 takes a free one. */
  readonly port?: number
  readonly token?: string
}

export interface AelystSimulator {
  /** What an agent types, version included. */
  readonly url: string
  /** Without the version: where `/_scenario/` is. */
  readonly origin: string
  /** The one the simulator started with; `scenario.resetToken()` answers a new one. */
  readonly token: string
  readonly scenario: Scenario
  /** Every request but those of the scenario, oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** What requests truly did. */
  readonly accepted: Accepted
  close(): Promise<void>
}

/** A pace at which a demo feels alive without becoming noisy. */
export const demoPace: LivePace = { everyMs: 45_000, answerAfterMs: 11_000 }

/** The demo's texts are only read where somebody wants them. */
async function spaceNamed(
  data: NonNullable<AelystSimulatorOptions['data']>,
  seed: number,
): Promise<SpacePlan> {
  if (data === 'small') return smallSpace
  if (data === 'demo') return (await import('./demo-data.ts')).demoSpace
  return (await import('./generated-data.ts')).generatedSpace(data.contacts, seed)
}
